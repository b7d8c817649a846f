"""Watching for livereload: a task that is told which of the files that it follows from changed."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

from livereload.watcher import Watcher as LiveReloadWatcher
from tornado.ioloop import IOLoop

from generator.preview import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

# A checkout of another branch changes many files, and may pause between them.
_BURST = 5  # files
_BURST_QUIET = 0.15  # seconds
_LONGEST_HELD = 10  # seconds


class Watcher(LiveReloadWatcher):  # type: ignore[misc]  # livereload comes without types
    """Watches folders in a thread of its own, and runs a task in the loop after each change."""

    def __init__(
        self,
        folders: Iterable[Path],
        task: Callable[[set[str]], None],
        *,
        poll: bool,
    ) -> None:
        super().__init__()
        self.watch("the folders", task)  # livereload watches the working folder where there is none
        self._folders = [folder.absolute() for folder in folders]
        self._locks = set(_locks(self._folders))
        self._noticing = changes.polled if poll else changes.told
        self._task = task
        self._loop = IOLoop.current()
        self._callback: Callable[[], object] | None = None
        self._noticed: set[str] = set()
        self._timer: object | None = None
        self._thread = threading.Thread(target=self._watch, name="watcher", daemon=True)
        self._begun = threading.Event()
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        """Begin to watch: what changes from now on will be noticed."""
        self._thread.start()
        self._begun.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the watch."""
        self._ended.set()
        self._thread.join()

    def start(self, callback: Callable[[], object]) -> bool:
        """Call back, in the loop, whenever there is something to examine."""
        self._callback = callback
        return True

    def examine(self) -> tuple[None, None]:
        """Run the task if anything changed; what the tabs are told is the task's own affair."""
        if self._noticed:
            noticed, self._noticed = self._noticed, set()
            self._task(noticed)
        return None, None

    def _watch(self) -> None:
        """Hand what is noticed over to the loop, until the end."""
        try:
            for paths in self._noticing(self._folders, self._ended):
                if paths:
                    self._loop.add_callback(self._schedule, paths)
                self._begun.set()
        finally:
            self._begun.set()

    def _schedule(self, paths: set[str]) -> None:
        """Examine when the changes are over: at once after a save, a while after many."""
        self._noticed |= paths
        if self._timer:
            self._loop.remove_timeout(self._timer)
        delay = _BURST_QUIET if len(self._noticed) > _BURST else 0
        self._timer = self._loop.call_later(delay, self._call_back)

    def _call_back(self) -> None:
        """Call back, or look again later while git is at work on the files."""
        assert self._callback is not None
        if any(map(is_held, self._locks)):
            self._timer = self._loop.call_later(_BURST_QUIET, self._call_back)
        else:
            self._callback()


def _locks(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files by which git says that it is changing those of the folders."""
    for folder in folders:
        for parent in folder.parents:
            if (parent / ".git").is_dir():
                yield parent / ".git" / "index.lock"
                break


def is_held(lock: Path) -> bool:
    """Tell whether a lock is there, and is not left over by a git that was killed."""
    try:
        return time.time() - lock.stat().st_mtime < _LONGEST_HELD
    except OSError:
        return False
