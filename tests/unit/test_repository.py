"""Where a file of the site's repository can be edited."""

from __future__ import annotations

import pytest

from generator import repository


@pytest.mark.parametrize(
    ("address", "branch", "expected"),
    [
        ("https://github.com/lab/papers", "main", "https://github.com/lab/papers/edit/main/{path}"),
        ("https://github.com/lab/p.git", "main", "https://github.com/lab/p/edit/main/{path}"),
        ("https://github.com/lab/p/", "a/b c", "https://github.com/lab/p/edit/a/b%20c/{path}"),
        ("https://gitlab.org.example/p", "v1", "https://gitlab.org.example/p/-/edit/v1/{path}"),
        ("https://codeberg.org/lab/p", "main", "https://codeberg.org/lab/p/_edit/main/{path}"),
        ("https://bitbucket.org/l/p", "m", "https://bitbucket.org/l/p/src/m/{path}?mode=edit"),
        ("https://github.com/l/{path}", "m", "https://github.com/l/%7Bpath%7D/edit/m/{path}"),
        ("https://git.example/github", "main", ""),
        ("", "main", ""),
    ],
)
def test_editor(address: str, branch: str, expected: str) -> None:
    """Each host edits files at an address of its own; of others none is known."""
    assert repository.editor(address, branch) == expected


def test_edit_address() -> None:
    """The file stands in the pattern as addresses are written, whatever its name holds."""
    pattern = "https://x.example/edit/{path}?on=main"
    assert (
        repository.edit_address(pattern, "content/papers/ä b#1.md")
        == "https://x.example/edit/content/papers/%C3%A4%20b%231.md?on=main"
    )
