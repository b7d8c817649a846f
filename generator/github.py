"""The files by which GitHub checks, previews and publishes a site, and takes papers by issues.

This project's own repository uses the very same.
"""

from __future__ import annotations

import json
from importlib import metadata
from typing import TYPE_CHECKING

from generator import __version__
from generator.program import builtin

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = (
    "ISSUE_TEMPLATE/paper.yml",
    "dependabot.yml",
    "pull_request_template.md",
    "workflows/add.yml",
    "workflows/comment.yml",
    "workflows/publish.yml",
    "workflows/review.yml",
)


def files() -> Iterator[tuple[str, str]]:
    """Yield the files for a site's repository, by their paths in it, with their texts."""
    folder = builtin(".github")
    for name in FILES:
        yield f".github/{name}", (folder / name).read_text(encoding="utf-8")
    yield ".github/requirements.txt", _requirements()


def _requirements() -> str:
    """Return what pip needs to install this program again, as far as it knows where it is from."""
    said = "# What the workflows install. The same version of Offprint makes the same pages."
    try:
        origin = json.loads(metadata.distribution("offprint").read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:
        origin = {}
    vcs = origin.get("vcs_info")
    if vcs:
        source = f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
        return f"{said}\noffprint @ {source}\n"
    if origin:  # a folder or a file of this machine, which no other one has
        said += "\n# Here it came from a local file: name the repository that it is in, such as"
        said += "\n# offprint @ git+https://HOST/NAME/offprint"
    return f"{said}\noffprint=={__version__}\n"
