"""The stamp of a build: what it followed from, and what it left.

By it the next build can tell that nothing has changed, from sizes and times alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Diagnostic

MANIFEST = ".offprint-manifest"  # the file of an output that tells which others are Offprint's
FLUX = ".offprint-in-flux"  # the file that lists those which a build is about to change
STAGING = ".offprint-staging"  # the folder in which new files wait
LEFT = (STAGING, FLUX, f"{FLUX}.new", f"{MANIFEST}.new")
"""What a build leaves in an output that is stopped there."""

# A file's size in bytes, and the times of its last change of bytes and of anything, in nanoseconds.
Marks = tuple[int, int, int]


def marks(path: str) -> Marks | None:
    """Return what tells a file from one that somebody changed; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


@dataclass(frozen=True, slots=True)
class Stamp:
    """One build: the digest of all it followed from, the files it left, what it said.

    `files` gives the marks of each file of the output, the manifest too, by its path there.
    """

    origin: str
    files: Mapping[str, Marks]
    papers: int
    url: str
    warnings: tuple[Diagnostic, ...]

    @property
    def made(self) -> int:
        """How many files the build made, the manifest aside."""
        return len(self.files) - 1

    def holds(self, root: str, origin: str, *, look: bool = True) -> bool:
        """Tell whether a build would change nothing, also without a look at the files.

        It would where an earlier one was stopped.
        """
        if self.origin != origin or any(marks(f"{root}/{one}") for one in LEFT):
            return False
        files = self.files if look else {}
        return all(marks(f"{root}/{file}") == known for file, known in files.items())
