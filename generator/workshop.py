"""What the builds of one site have in common: what is kept between them, and what they read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import cache, program
from generator.cache import Cache
from generator.inputs import Inputs, digest
from generator.progress import Progress
from generator.source import walk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.inputs import Seen
    from generator.source import UnreadableError

# Where a site's own files lie.
FOLDERS = ("content", "templates", "static")


@dataclass(slots=True)
class Workshop:
    """The cache of a site, the files it is made from, and how many processes may work on it.

    `version` tells this program from others: another one may make something else of the same files.
    It is that of the program which runs, whatever becomes of its files meanwhile; `own` are those.
    `cluster` is the address of one that renders instead of this machine, where there is one;
    `progress` is told of what goes on.
    """

    root: Path
    cache: Cache = field(default_factory=Cache)
    jobs: int = 1
    inputs: Inputs = field(default_factory=lambda: Inputs({}))
    version: str = ""
    cluster: str = ""
    progress: Progress = field(default_factory=Progress)
    own: Mapping[str, Seen] = field(default_factory=dict)

    def begin(self) -> str:
        """Look at every file that a build may read; return a digest of what all of them hold."""
        self.inputs = Inputs(self.cache.get("inputs", "") or {})
        if self.version:
            self.inputs.seen |= self.own
        else:
            self.version = digest(program.version(self.inputs).encode())
            self.own = self.inputs.seen.copy()
        faults: list[UnreadableError] = []
        paths = [
            f"{folder / name}"
            for folder in (
                *(self.root / name for name in FOLDERS),
                *map(program.builtin, ("templates", "static")),
            )
            for name in walk(folder, faults)
        ]
        return digest(f"{self.version}\n{self.inputs.together(paths)}\n{faults}".encode())

    def end(self) -> None:
        """Keep what was learned."""
        if self.inputs.is_news:
            self.cache.put("inputs", "", self.inputs.seen)
        self.cache.save()


def cores() -> int:
    """Return how many processes this machine can run at once."""
    return os.cpu_count() or 1


def opened(
    root: Path, jobs: int | None = None, cluster: str = "", progress: Progress | None = None
) -> Workshop:
    """Return the workshop of the site in a folder; without a number, each core has a process."""
    kept = cache.opened(root) if (root / "content").is_dir() else Cache()
    return Workshop(root, kept, jobs or cores(), cluster=cluster, progress=progress or Progress())
