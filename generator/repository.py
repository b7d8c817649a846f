"""Where a file of the site's repository can be edited in a browser, as its host has it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# By a part of the host's name, which also tells a group's own installation from others.
_EDITORS = {
    "github": "{repository}/edit/{branch}/{path}",
    "gitlab": "{repository}/-/edit/{branch}/{path}",
    "codeberg": "{repository}/_edit/{branch}/{path}",
    "forgejo": "{repository}/_edit/{branch}/{path}",
    "gitea": "{repository}/_edit/{branch}/{path}",
    "bitbucket": "{repository}/src/{branch}/{path}?mode=edit",
}


def editor(repository: str, branch: str) -> str:
    """Return the address at which files are edited, with `{path}` for the file; "" if not known."""
    host = urlsplit(repository).hostname or ""
    pattern = next((one for name, one in _EDITORS.items() if name in host), "")
    whole = repository.rstrip("/").removesuffix(".git").replace("{", "%7B").replace("}", "%7D")
    return pattern.format(repository=whole, branch=quote(branch), path="{path}")


def edit_address(pattern: str, path: str) -> str:
    """Return where a file is edited, by the pattern of `editor` or of `site.yaml`."""
    return pattern.replace("{path}", quote(path))
