"""The files by which GitHub checks, previews and publishes a site, and takes papers by issues.

This project's own repository uses the very same.
"""

from __future__ import annotations

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
_REQUIREMENTS = f"""\
# What the workflows install. The same version of Offprint makes the same pages.
offprint=={__version__}
"""


def files() -> Iterator[tuple[str, str]]:
    """Yield the files for a site's repository, by their paths in it, with their texts."""
    folder = builtin(".github")
    for name in FILES:
        yield f".github/{name}", (folder / name).read_text(encoding="utf-8")
    yield ".github/requirements.txt", _REQUIREMENTS
