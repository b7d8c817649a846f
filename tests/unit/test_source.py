"""Finding and reading the content files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.source import Location, Source, UnreadableError, read, walk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (1, 1, Location("a.md", 1, 1, "first")),
        (2, 3, Location("a.md", 2, 3, "second")),
        (3, 0, Location("a.md", 3, 0, "")),
        (9, 2, Location("a.md", 9, 2, "")),
        (0, 0, Location("a.md", 0, 0, "")),
    ],
)
def test_location(line: int, column: int, expected: Location) -> None:
    """A location carries its line's text, and none where there is no such line."""
    assert Source("a.md", "first\nsecond\n").location(line, column) == expected


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (4, 1, 5), (5, 1, 6), (6, 2, 1), (8, 2, 3)]
)
def test_location_at(offset: int, line: int, column: int) -> None:
    """An offset is turned into a line and a column that count from 1."""
    found = Source("a.md", "first\nsecond\n").location_at(offset)
    assert (found.line, found.column) == (line, column)


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("a.md"), "a.md"),
        (Location("a.md", 3), "a.md:3"),
        (Location("a.md", 3, 7, "line"), "a.md:3:7"),
    ],
)
def test_location_as_text(location: Location, text: str) -> None:
    """A location is written as far as it is known."""
    assert str(location) == text


@pytest.mark.parametrize(
    "data",
    [
        b"one\ntwo\n",
        b"one\r\ntwo\r\n",
        b"one\rtwo\r",
        b"\xef\xbb\xbfone\ntwo\n",
        b"\xef\xbb\xbfone\r\ntwo\n",
    ],
)
def test_read_is_the_same_text(tmp_path: Path, data: bytes) -> None:
    """A byte order mark and the way in which lines end make no difference."""
    (tmp_path / "a.md").write_bytes(data)
    assert read(tmp_path, "a.md") == Source("a.md", "one\ntwo\n")


@pytest.mark.parametrize("text", ["tab\there", "Gödel 张伟 \U0001f4c4", "no-break\u00a0space", ""])
def test_read_keeps_text(tmp_path: Path, text: str) -> None:
    """Text in any script is read as it stands."""
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert read(tmp_path, "a.md").text == text


@pytest.mark.parametrize(
    ("data", "location", "message"),
    [
        (b"a\nG\xf6d\nb", Location("a.md", 2, 2, "G\ufffdd"), "The byte 0xf6 is not UTF-8."),
        (
            b"\xef\xbb\xbfG\xf6",
            Location("a.md", 1, 2, "G\ufffd"),
            "The byte 0xf6 is not UTF-8.",
        ),
        ("ö\r\nü".encode() + b"\xff\r\n", Location("a.md", 2, 2, "ü\ufffd"), "The byte 0xff"),
        (b"a\n\x0cb", Location("a.md", 2, 1, "\x0cb"), "U+000C"),
        (b"nul \x00", Location("a.md", 1, 5, "nul \x00"), "U+0000"),
        ("a\ufeffb".encode(), Location("a.md", 1, 2, "a\ufeffb"), "U+FEFF"),
        ("a\x85b".encode(), Location("a.md", 1, 2, "a\x85b"), "U+0085"),
        ("\uffff".encode(), Location("a.md", 1, 1, "\uffff"), "U+FFFF"),
    ],
)
def test_read_refuses(tmp_path: Path, data: bytes, location: Location, message: str) -> None:
    """What is not UTF-8, or cannot be shown, is refused at its place."""
    (tmp_path / "a.md").write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path, "a.md")
    assert caught.value.location == location
    assert message in caught.value.message
    assert caught.value.help


def test_read_missing(tmp_path: Path) -> None:
    """A file that cannot be opened is named, with the reason."""
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path, "none.md")
    assert caught.value.location == Location("none.md")
    assert caught.value.message == "The file cannot be read: No such file or directory."


def test_walk(tmp_path: Path) -> None:
    """Every file is found, sorted by its path; hidden ones and an editor's copies are left out."""
    for name in ("b.md", "a/z.md", "a/b/c.md", ".hidden", "a/.git/x", "a.md", "a.md~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(walk(tmp_path)) == ["a.md", "a/b/c.md", "a/z.md", "b.md"]


def test_walk_nowhere(tmp_path: Path) -> None:
    """A folder that does not exist holds no files."""
    assert list(walk(tmp_path / "none")) == []


def test_links_are_followed_inside_the_site(tmp_path: Path) -> None:
    """A linked folder of the site is read; a link out of it, or to nowhere, is a fault."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / "content" / "papers").mkdir(parents=True)
    (site / "shelf").mkdir()
    outside.mkdir()
    (site / "shelf" / "a.md").touch()
    (outside / "secret.md").touch()
    (site / "content" / "papers" / "shelf").symlink_to(site / "shelf")
    (site / "content" / "papers" / "round").symlink_to(site / "content")
    (site / "content" / "papers" / "out").symlink_to(outside)
    (site / "content" / "papers" / "out.md").symlink_to(outside / "secret.md")
    (site / "content" / "papers" / "lost.md").symlink_to(site / "nowhere")
    faults: list[UnreadableError] = []
    assert walk(site / "content", faults) == ["papers/shelf/a.md"]
    assert sorted(fault.location.path for fault in faults) == [
        "content/papers/lost.md",
        "content/papers/out",
        "content/papers/out.md",
    ]


def test_hidden_files(tmp_path: Path) -> None:
    """Hidden files are some program's own, but for those that a web host looks for."""
    for name in (".nojekyll", ".well-known/a.txt", ".git/b", ".c.md", "d.md~", "e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert walk(tmp_path) == [".nojekyll", ".well-known/a.txt", "e.md"]
