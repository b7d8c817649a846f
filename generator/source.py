"""The content files: found, read once, and addressed by line and column."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One text file: its path from the site's folder, with `/`, and its text with LF line ends."""

    path: str
    text: str

    def location(self, line: int, column: int = 0) -> Location:
        """Return the place at a line and a column, both counted from 1 (0: unknown)."""
        lines = _lines(self.text)
        return Location(self.path, line, column, lines[line - 1] if 0 < line <= len(lines) else "")

    def location_at(self, offset: int) -> Location:
        """Return the place of the character at an offset into the text."""
        line = self.text.count("\n", 0, offset) + 1
        return self.location(line, offset - self.text.rfind("\n", 0, offset))


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text; many places of one text are asked for, one after the other."""
    return tuple(text.split("\n"))


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, with the line that stands there, so that it can be shown later.

    Lines and columns count from 1, columns in characters; 0 says that it is not known.
    """

    path: str
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class UnreadableError(Exception):
    """A file cannot be read as text: where, why, and what to do."""

    location: Location
    message: str
    help: str


def walk(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, from there, sorted; hidden ones are left out."""
    if not folder.is_dir():
        return
    found: list[str] = []
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        prefix = os.path.relpath(top, folder).replace(os.sep, "/")
        start = "" if prefix == "." else prefix + "/"
        found += [start + name for name in files if not name.startswith(".") and name[-1] != "~"]
    yield from sorted(found)


def read(root: Path, path: str) -> Source:
    """Read a file of the site as UTF-8, with or without a byte order mark, with any line ends.

    Raises UnreadableError where it cannot be opened, is not UTF-8, or holds control characters.
    """
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        raise UnreadableError(
            Location(path),
            f"The file cannot be read: {error.strerror}.",
            "Check that it exists and that you may read it.",
        ) from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error) from error
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    _refuse_control_characters(source)
    return source


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> UnreadableError:
    before = data[: error.start].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    end = data.find(b"\n", error.start)
    excerpt = data[data.rfind(b"\n", 0, error.start) + 1 : end if end >= 0 else None]
    return UnreadableError(
        Location(path, line, column, excerpt.decode("utf-8", "replace").rstrip("\r")),
        f"The byte 0x{data[error.start]:02x} is not UTF-8.",
        "Save the file as UTF-8 in your editor.",
    )


# C0 and C1 controls but for tab and newline; U+FFFE and U+FFFF, which XML 1.0 cannot carry; and the
# byte order mark, which nobody sees inside a text.
CONTROL = frozenset(
    chr(n) for n in (*range(9), *range(11, 32), *range(127, 160), 0xFEFF, 0xFFFE, 0xFFFF)
)


def _refuse_control_characters(source: Source) -> None:
    if source.text.isprintable() or CONTROL.isdisjoint(source.text):
        return
    offset = next(i for i, character in enumerate(source.text) if character in CONTROL)
    code = ord(source.text[offset])
    raise UnreadableError(
        source.location_at(offset),
        f"The file holds a character that cannot be shown, U+{code:04X}.",
        "Delete it; it often comes from a copy out of a PDF.",
    )
