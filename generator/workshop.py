"""What the builds of one site have in common: what is kept between them, and what they read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator import cache, program
from generator.cache import Cache
from generator.inputs import Inputs, digest
from generator.progress import Progress
from generator.source import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from generator.inputs import Seen
    from generator.source import UnreadableError

# Where a site's own files lie.
FOLDERS = ("content", "templates", "static")


# So many changes at once, or more, may be more than were told.
_MANY = 100


@dataclass(slots=True)
class Workshop:
    """The cache of a site, the files it is made from, and how many processes may work on it.

    `version` tells this program from others: another one may make something else of the same files.
    It is that of the program which runs, whatever becomes of its files meanwhile; `own` are those.
    `cluster` is the address of one that renders instead of this machine, where there is one;
    `progress` is told of what goes on. The workshop `is_told` what changed where it need not look.
    """

    root: Path
    cache: Cache = field(default_factory=Cache)
    jobs: int = 1
    inputs: Inputs = field(default_factory=lambda: Inputs({}))
    version: str = ""
    cluster: str = ""
    progress: Progress = field(default_factory=Progress)
    own: Mapping[str, Seen] = field(default_factory=dict)
    is_told: bool = False
    _walks: dict[str, tuple[list[str], list[UnreadableError]]] = field(default_factory=dict)

    def begin(self, changed: Collection[str] | None = None) -> str:
        """Look at every file that a build may read; return a digest of what all of them hold.

        Where it is told which have changed since it looked, only at those, if all are still there.
        """
        self.is_told = changed is not None and bool(self._walks)
        if changed is None or not self._walks or not self._are_known(changed):
            self._walks.clear()
            self._look()
        faults = [self.files(folder)[1] for folder in self._folders]
        paths = [f"{folder}/{name}" for folder in self._folders for name in self.files(folder)[0]]
        return digest(f"{self.version}\n{self.inputs.together(paths)}\n{faults}".encode())

    def files(self, folder: str) -> tuple[list[str], list[UnreadableError]]:
        """Return the files below a folder, from there, and what cannot be read of it."""
        if folder not in self._walks:
            faults: list[UnreadableError] = []
            self._walks[folder] = walk(Path(folder), faults), faults
        return self._walks[folder]

    def theme_digest(self) -> str:
        """Return the digest of what all templates and static files hold, and of their faults."""
        folders = [one for one in self._folders if not one.endswith("/content")]
        faults = [self.files(folder)[1] for folder in folders]
        paths = [f"{folder}/{name}" for folder in folders for name in self.files(folder)[0]]
        return digest(f"{self.inputs.together(paths)}\n{faults}".encode())

    @property
    def _folders(self) -> list[str]:
        return [
            *(f"{self.root}/{name}" for name in FOLDERS),
            *(str(program.builtin(name)) for name in ("templates", "static")),
        ]

    def _are_known(self, changed: Collection[str]) -> bool:
        """Take note of files that have changed; tell whether no others can have."""
        base = f"{self.root.absolute()}/"  # what watchers tell is not resolved either
        names = [
            f"{self.root}/{path.removeprefix(base)}" if path.startswith(base) else path
            for path in changed
        ]
        return len(names) < _MANY and all(map(self.inputs.has_changed, names))

    def _look(self) -> None:
        self.inputs = Inputs(self.cache.get("inputs", "") or {})
        if self.version:
            self.inputs.seen |= self.own
        else:
            self.version = digest(program.version(self.inputs).encode())
            self.own = self.inputs.seen.copy()

    def end(self) -> None:
        """Keep what was learned; where files are told of one by one, with what comes next."""
        if self.is_told:
            return
        if self.inputs.is_news:
            self.cache.put("inputs", "", self.inputs.seen.copy())
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
