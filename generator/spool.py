"""Bytes by key in a temporary file: many of them, of which memory need not hold any."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import IO


_SPARE = 1 << 24  # bytes that may be of no use any more before a file is written anew


class _Extent(NamedTuple):
    """Where bytes are: in which file, from which offset, how many."""

    file: IO[bytes]
    offset: int
    size: int


class Spool:
    """Bytes by key, gone with the process; one forked from it reads them too, and adds its own.

    What cannot be written, as on a full disk, is not there.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._extents: dict[str, _Extent] = {}
        self._file: IO[bytes] | None = None
        self._process = 0
        self._end = 0
        self._live = 0  # bytes of its own file that are still of use

    def __del__(self) -> None:
        """Let go of the file, which is gone with that."""
        if self._file is not None:
            self._file.close()

    def __contains__(self, key: str) -> bool:
        return key in self._extents

    def get(self, key: str) -> bytes | None:
        """Return the bytes of a key, None where there are none."""
        extent = self._extents.get(key)
        with suppress(OSError):
            return extent and _read(extent)
        return None

    def forget(self, key: str) -> None:
        """Have nothing under a key any more."""
        extent = self._extents.pop(key, None)
        if extent and extent.file is self._file:
            self._live -= extent.size

    def keep_only(self, keys: Collection[str]) -> None:
        """Have nothing under other keys than these."""
        for key in self._extents.keys() - keys:
            self.forget(key)

    def put(self, key: str, data: bytes) -> None:
        """Add bytes, instead of what was there under their key."""
        self.forget(key)
        with suppress(OSError):
            if self._file is None or self._process != os.getpid():
                # Two processes would write over each other in one file.
                self._file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - as long as the spool
                self._process, self._end, self._live = os.getpid(), 0, 0
            self._file.seek(self._end)
            if self._file.write(data) == len(data):
                self._extents[key] = _Extent(self._file, self._end, len(data))
                self._end += len(data)
                self._live += len(data)
                if self._end > 2 * self._live + _SPARE:
                    self._write_anew()

    def _write_anew(self) -> None:
        """Leave behind what is of no use any more; a long preview would fill the disk with it."""
        old, self._file = self._file, None
        assert old is not None
        for key, extent in list(self._extents.items()):
            if extent.file is old:
                data = self.get(key)
                self.forget(key)
                if data is not None:
                    self.put(key, data)
        old.close()


def _read(extent: _Extent) -> bytes:
    if sys.platform == "win32":  # where processes are not forked, and so do not share an offset
        extent.file.seek(extent.offset)
        return extent.file.read(extent.size)
    return os.pread(extent.file.fileno(), extent.size, extent.offset)
