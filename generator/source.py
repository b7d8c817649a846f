"""The content files: found, read once, and addressed by line and column."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.pickling import pickled_fast

if TYPE_CHECKING:
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


@pickled_fast
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


def walk(folder: Path, faults: list[UnreadableError] | None = None) -> list[str]:
    """Return the path of every file below a folder, from there, sorted; hidden ones are left out.

    A link is followed where it stays in the folder's own parent, which is the site. What is added
    to `faults`: a link that leads out of it, even if it is the folder itself; a folder that cannot
    be read; and what is no file, since reading it may never end.
    """
    site = os.path.realpath(folder.parent)
    problems: list[UnreadableError] = [] if faults is None else faults
    found: list[str] = []
    seen: set[str] = set()
    if not os.path.lexists(folder) or not _is_followed(str(folder), site, folder.name, problems):
        return []

    def fail(error: OSError) -> None:
        place = Location(os.path.relpath(error.filename, folder.parent).replace(os.sep, "/"))
        message = f"The folder cannot be read: {error.strerror}."
        problems.append(UnreadableError(place, message, "Check that you may read it."))

    for top, folders, files in os.walk(folder, onerror=fail, followlinks=True):
        if os.path.realpath(top) in seen:
            folders.clear()  # a link back to where the walk has been
            continue
        seen.add(os.path.realpath(top))
        prefix = os.path.relpath(top, folder).replace(os.sep, "/")
        start = "" if prefix == "." else prefix + "/"
        for names in (folders, files):
            names[:] = [
                name
                for name in names
                if is_shown(name)
                and _is_followed(f"{top}/{name}", site, f"{folder.name}/{start}{name}", problems)
            ]
        found += [start + name for name in files]
    return sorted(found)


# Hidden files that a web host looks for; every other is some program's own.
_PUBLIC = {".well-known", ".nojekyll"}


def is_shown(name: str) -> bool:
    """Tell whether a file or folder of this name belongs to a site; some program's own do not."""
    return name in _PUBLIC or not (name.startswith(".") or name.endswith("~"))


def _is_followed(path: str, site: str, shown: str, problems: list[UnreadableError]) -> bool:
    """Tell whether there is a file or folder that may be read; add to the problems why not."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            if not _lies_in(path, site):
                problems.append(_leads_out(shown))
                return False
            mode = os.stat(path).st_mode  # noqa: PTH116 - a text, as os.walk gives it
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _no_file()
    except OSError as error:
        problems.append(_unreadable(shown, error))
        return False
    return True


def _lies_in(path: str, site: str) -> bool:
    """Tell whether a path leads, through whatever links, to what is there and in the site."""
    real = os.path.realpath(path)
    return os.path.lexists(real) and os.path.commonpath([real, site]) == site


def _leads_out(path: str) -> UnreadableError:
    return UnreadableError(
        Location(path),
        "This link leads out of the site, or nowhere, and is not followed.",
        "Put the file itself here.",
    )


def read(root: Path, path: str) -> Source:
    """Read a file of the site as UTF-8, with or without a byte order mark, with any line ends.

    Raises UnreadableError where it cannot be opened, lies outside the site, is not UTF-8, or holds
    control characters.
    """
    _stay(root, path)
    return decode(path, load(root, path))


def load(root: Path, path: str) -> bytes:
    """Read a file that a walk of the site has found. Raises UnreadableError where it cannot be."""
    try:
        with open(root / path, "rb", opener=_open) as file:
            return file.read()
    except OSError as error:
        raise _unreadable(path, error) from error


def _open(path: str, flags: int) -> int:
    """Open a file; anything else would be waited for, such as a FIFO, or would never end."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # that one is a folder is told by who reads it
        return descriptor
    os.close(descriptor)
    raise _no_file()


def _no_file() -> OSError:
    return OSError(errno.EINVAL, "it is a FIFO, a socket or a device")


def _stay(root: Path, path: str) -> None:
    """Raise UnreadableError where a path leads, through links, to something outside the site."""
    if os.path.lexists(root / path) and not _lies_in(f"{root / path}", os.path.realpath(root)):
        raise _leads_out(path)


def decode(path: str, data: bytes) -> Source:
    """Return the text of a file of the site. Raises UnreadableError where it is none."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error) from error
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    _refuse_control_characters(source)
    _refuse_conflict(source)
    return source


def _refuse_conflict(source: Source) -> None:
    """Refuse what git writes where two people changed the same lines (git-merge(1))."""
    text = f"\n{source.text}"
    begin, middle, end = (text.find(one) for one in ("\n<<<<<<< ", "\n=======\n", "\n>>>>>>> "))
    if -1 < begin < middle < end:
        raise UnreadableError(
            source.location(text.count("\n", 0, begin) + 1, 1),
            "Two changes to this file conflict, and git has put both of them here.",
            "Keep one of the two, or what is right in both, and delete the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>.",
        )


def start(root: Path, path: str) -> bytes:
    """Read how a file of any kind begins. Raises UnreadableError as `read` does."""
    _stay(root, path)
    try:
        with open(root / path, "rb", opener=_open) as file:
            return file.read(16)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: OSError) -> UnreadableError:
    return UnreadableError(
        Location(path),
        f"The file cannot be read: {error.strerror}.",
        "Check that it exists and that you may read it.",
    )


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


# C0 and C1 controls but for tab and newline; the separators U+2028 and U+2029, which some programs
# take for line ends; U+FFFE and U+FFFF, which XML 1.0 cannot carry; and the byte order mark, which
# nobody sees inside a text.
CONTROL = frozenset(
    chr(n)
    for n in (*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
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
