"""What the files hold that a site is made from, told without reading what has not changed.

As in git's index, a file is known by its size and times, and is read again only when one of them is
another. A file that changed so short a time ago that a further change might leave its times as they
are is read each time ("racy" in git's words).
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Size in bytes, times of the last change of bytes and of anything in nanoseconds, number, digest.
Seen = tuple[int, int, int, int, str]

_SETTLED = 2_000_000_000  # nanoseconds; FAT keeps times in steps of two seconds


class Inputs:
    """The digests of files, by their paths; `seen` is what is to be kept for the next time.

    A file is looked at once, unless it is told that it has changed.
    """

    def __init__(self, known: Mapping[str, Seen]) -> None:
        self._known = known
        self.seen: dict[str, Seen] = {}
        self._digests: dict[str, str] = {}

    @property
    def is_news(self) -> bool:
        """Whether anything was seen that was not known."""
        return self.seen != self._known

    def digest(self, path: str) -> str:
        """Return the digest of a file's bytes, empty where it cannot be read."""
        found = self._digests.get(path)
        if found is None:
            found = self._digests[path] = self._look(path)
        return found

    def has_changed(self, path: str) -> bool:
        """Be told that a file has changed; tell whether it is one that was looked at, and still is.

        Otherwise files came or went.
        """
        self.seen.pop(path, None)
        return self._digests.pop(path, None) is not None and os.path.isfile(path)  # noqa: PTH113 - a text

    def _look(self, path: str) -> str:
        if path in self.seen:
            return self.seen[path][-1]
        try:
            status = os.stat(path)  # noqa: PTH116 - in the hot path of a build without news
            marks = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            known = self._known.get(path)
            if known and known[:-1] == marks:
                self.seen[path] = known
                return known[-1]
            with open(path, "rb") as file:  # noqa: PTH123 - of the same path
                found = hashlib.file_digest(file, new_digest).hexdigest()
        except OSError:
            return ""
        if max(marks[1:3]) < time.time_ns() - _SETTLED:
            self.seen[path] = (*marks, found)
        return found

    def together(self, paths: Iterable[str]) -> str:
        """Return the digest of what several files hold, and of how they are called."""
        text = "\n".join(f"{self.digest(path)} {path}" for path in paths)
        return digest(text.encode())


def new_digest() -> hashlib.blake2b:
    """Return an empty digest: 128 bits of BLAKE2b."""
    return hashlib.blake2b(digest_size=16)


def digest(data: bytes) -> str:
    """Return the fingerprint of bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
