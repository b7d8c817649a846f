"""The folder of a built site: its files, its address, and where a link in it leads."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.source import Location, walk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Kind(Enum):
    """Where a link leads: to a file of the site or where one should be, or somewhere else.

    OUTSIDE is a relative link that leaves the folder; FOREIGN is on another host; OTHER is none of
    a page's business, such as `mailto:` and `data:`.
    """

    OWN = "own"
    OUTSIDE = "outside"
    FOREIGN = "foreign"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a file of the folder, and the anchor in it."""

    kind: Kind
    file: str = ""
    anchor: str = ""


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = {"http", "https"}


@dataclass(slots=True)
class Folder:
    """A built site: the size of each file by its path, and its address, empty where unknown."""

    root: Path
    base: str
    sizes: Mapping[str, int]
    _base_path: str = field(init=False)

    def __post_init__(self) -> None:
        self._base_path = urlsplit(self.base).path or "/"

    @property
    def pages(self) -> list[str]:
        """The files that are pages."""
        return [file for file in self.sizes if file.endswith((".html", ".htm"))]

    def shown(self, file: str) -> str:
        """Return a file as whoever named the folder would name it."""
        return (self.root / file).as_posix()

    def read(self, file: str) -> bytes:
        """Return what a file holds. Raises BuildError where it cannot be read."""
        try:
            return (self.root / file).read_bytes()
        except OSError as error:
            message = f"The file cannot be read: {error.strerror}."
            way_out = "Check that it exists and that you may read it."
            at = Location(self.shown(file))
            raise BuildError([Diagnostic(at, Severity.ERROR, message, way_out)]) from error

    def address(self, file: str) -> str:
        """Return the address of a file."""
        path = file.removesuffix("index.html") if _is_index(file) else file
        return self.base + quote(path, safe="/~!$&'()*+,;=:@")

    def resolve(self, file: str, link: str) -> Target:
        """Return where a link in a file leads."""
        path, _, anchor = link.strip().partition("#")
        path, anchor = path.partition("?")[0], unquote(anchor)
        scheme = _SCHEME.match(path)
        if scheme and scheme[1].lower() not in _WEB:
            return Target(Kind.OTHER)
        if scheme or path.startswith("//"):
            whole = path if scheme else f"{urlsplit(self.base).scheme}:{path}"
            return self._below(self.base, whole, anchor) or Target(Kind.FOREIGN)
        if path.startswith("/"):
            return self._below(self._base_path, path, anchor) or Target(Kind.OUTSIDE)
        if not path:
            return Target(Kind.OWN, file, anchor)
        return self._own(posixpath.join(posixpath.dirname(file), path), anchor)

    def _below(self, base: str, path: str, anchor: str) -> Target | None:
        """Return the file at a path that begins with the site's; None where it does not."""
        if not base or not f"{path.rstrip('/')}/".startswith(base):
            return None
        return self._own(path[len(base) :], anchor)

    def _own(self, path: str, anchor: str) -> Target:
        """Return the file that a host answers with at a path."""
        plain = posixpath.normpath(unquote(path) or ".")
        if plain == ".." or plain.startswith("../"):
            return Target(Kind.OUTSIDE)
        if plain == ".":
            plain = "index.html"
        elif path.endswith("/") or (
            plain not in self.sizes and f"{plain}/index.html" in self.sizes
        ):
            plain += "/index.html"
        return Target(Kind.OWN, plain, anchor)


def _is_index(file: str) -> bool:
    return posixpath.basename(file) == "index.html"


def opened(root: Path, base: str) -> Folder:
    """Return a folder with all its files that a host serves; what begins with a dot is left out."""
    return Folder(root, base, {file: (root / file).stat().st_size for file in walk(root.resolve())})
