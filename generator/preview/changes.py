"""Which files below some folders change: as the system tells it, or by looking again and again.

Both ways yield often, an empty set where nothing changed, and end when an event is set. The folders
may come and go.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

from generator.source import is_shown, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

_QUIET = 10  # milliseconds without a change after which a save is over
_LOOK = 50  # milliseconds between looks at which folders are there
_LONGEST = 1_000  # milliseconds after which changes are told though more of them come
_POLL = 0.3  # seconds between looks at all files
_SHARE = 5  # and at least this many times what a look takes


def told(folders: Sequence[Path], ended: Event) -> Iterator[set[str]]:
    """Yield the paths that the system says have changed; poll where it cannot watch so many."""
    missed: set[str] = set()
    while not ended.is_set():
        there = _there(folders)
        try:
            for changes in watchfiles.watch(
                *there,
                watch_filter=lambda _, path: concerns(folders, Path(path)),
                debounce=_LONGEST,
                step=_QUIET,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=ended,
                force_polling=False,
                ignore_permission_denied=True,
            ):
                yield missed | {path for _, path in changes}
                missed = set()
                if _there(folders) != there:
                    break
        except FileNotFoundError:
            pass  # a folder went just now
        except OSError:
            # Such as Linux's limit to how many folders one may watch.
            yield from polled(folders, ended)
        # Until the next watch has begun nothing is noticed.
        missed = set(map(str, folders))


def _there(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Return which folders are there, each with what tells it from a later one of its name."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            status = folder.stat()
            found[folder] = (status.st_dev, status.st_ino)
    return found


def concerns(folders: Sequence[Path], path: Path) -> bool:
    """Tell whether a path is one that a build reads, and not an editor's own."""
    for folder in folders:
        if path.is_relative_to(folder):
            return all(map(is_shown, path.relative_to(folder).parts))
    return True


def polled(folders: Sequence[Path], ended: Event) -> Iterator[set[str]]:
    """Yield the paths of files that are not what they were at the last look.

    The watchfiles library can poll too, but with times in whole seconds: of two saves in a second
    it misses the second one (its issue 319).
    """
    before = _look(folders)
    yield set()
    pause = _POLL
    while not ended.wait(pause):
        start = time.perf_counter()
        now = _look(folders)
        pause = max(_POLL, _SHARE * (time.perf_counter() - start))
        changed = before.items() ^ now.items()
        while changed and not ended.wait(_QUIET / 1_000):
            earlier, now = now, _look(folders)
            if earlier == now:
                break
            changed |= before.items() ^ now.items()
        before = now
        yield {path for path, _ in changed}


def _look(folders: Sequence[Path]) -> dict[str, tuple[int, int, int]]:
    """Return the files that a build reads, with what differs after a save."""
    found = {}
    for folder in folders:
        for name in walk(folder):
            path = folder / name
            with suppress(OSError):
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found
