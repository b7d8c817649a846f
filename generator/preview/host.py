"""A built site as hosts serve it: what stands at an address, and of which type it is."""

from __future__ import annotations

import mimetypes
import os
from dataclasses import dataclass
from pathlib import Path

from generator.formats.files import FORMATS
from generator.source import is_shown

_WAITING = Path(__file__).parent / "waiting.html"
_BINARY = "application/octet-stream"

# The types of what a site is made of stand here, because those of Python follow from the system.
_TYPES = {f".{one.ending}": f"{one.media_type}; charset=utf-8" for one in FORMATS.values()} | {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at an address: a file, or another address to go to.

    Where there are `data`, they are what the file will hold.
    """

    status: int
    file: Path = _WAITING
    location: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """A site in its folder, shown below a path that begins and ends with `/`."""

    folder: Path
    mount: str = "/"

    def find(self, path: str) -> Answer:
        """Return what stands at the decoded path of an address.

        Where nothing does, it is the site's own page for that, with status 404; where no site has
        been built yet, a page of the preview that waits for it, with status 503.
        """
        if not path.startswith(self.mount):
            # Only the site itself stands on this host, so its root leads there.
            to_site = path == "/" or f"{path}/" == self.mount
            return Answer(302, location=self.mount) if to_site else self._nothing()
        rest = path.removeprefix(self.mount)
        if not _is_plain(rest):
            return self._nothing()
        file = self.folder / rest
        if file.is_dir():
            if not path.endswith("/"):
                return Answer(301, location=f"{path}/")
            file /= "index.html"
        elif rest.endswith("/"):
            return self._nothing()
        return Answer(200, file) if self._holds(file) else self._nothing()

    def _nothing(self) -> Answer:
        page = self.folder / "404.html"
        return Answer(404, page) if self._holds(page) else Answer(503)

    def _holds(self, file: Path) -> bool:
        """Tell whether a file is there and, should a link be in its path, lies in the folder."""
        return file.is_file() and file.resolve().is_relative_to(self.folder.resolve())


def _is_plain(path: str) -> bool:
    r"""Tell whether a path names nothing hidden, nothing above it, and nothing a system may twist.

    To Windows `\` divides folders and `:` names a stream of a file; no system knows NUL.
    """
    parts = path.removesuffix("/").split("/") if path else []
    special = {"\\", "\0"} | ({":"} if os.name == "nt" else set())
    return all(one and is_shown(one) for one in parts) and special.isdisjoint(path)


def media_type(file: Path) -> str:
    """Return the value of Content-Type for a file, of the longest ending that is known."""
    name = file.name.lower()
    for start in (at for at, one in enumerate(name) if one == "."):
        if known := _TYPES.get(name[start:]):
            return known
    guessed, encoding = mimetypes.guess_type(name)
    return guessed if guessed and not encoding else _BINARY
