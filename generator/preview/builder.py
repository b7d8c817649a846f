"""The builds of a preview, in a thread of their own: who asks for a page meanwhile gets one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Self

from tornado.ioloop import IOLoop

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Callable, Collection
    from types import TracebackType

    from generator.preview.session import Session

    Work = Callable[[threading.Event], None]

_LEISURE = 1.0  # seconds without a change


class Builder:
    """Builds after a change, and makes the index of search once nothing has changed for a while.

    One thing is done at a time, and `shown` is called in the loop after each. Changes during a
    build make one more, however many they are. An index that is being made is told to end then, and
    is made later; a build is told to end only where everything ends.
    """

    def __init__(self, session: Session, shown: Callable[[], None]) -> None:
        self._session = session
        self._shown = shown
        self._loop = IOLoop.current()
        self._thread = ThreadPoolExecutor(1, "builder")
        self._end = threading.Event()
        self._changed: set[str] = set()
        self._running: Work | None = None
        self._timer: object = self._index_later()

    def __enter__(self) -> Self:
        """Be ready to build."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell what is being done to end, and wait until it has."""
        self._end.set()
        self._thread.shutdown()

    def change(self, paths: Collection[str]) -> None:
        """Show new style sheets, and build: at once, or after what is being built."""
        if self._session.restyle(paths):
            self._shown()
        self._changed |= set(paths)
        if self._running is None:
            self._build()
        elif self._running == self._session.index:
            self._end.set()

    def _build(self) -> None:
        self._loop.remove_timeout(self._timer)
        changed, self._changed = self._changed, set()
        self._run(partial(self._session.build, changed=changed))

    def _index_later(self) -> object:
        return self._loop.call_later(_LEISURE, self._run, self._session.index)

    def _run(self, work: Work) -> None:
        self._running = work
        self._end.clear()
        done = self._loop.run_in_executor(self._thread, work, self._end)
        self._loop.add_future(done, self._ran)

    def _ran(self, done: Future[None]) -> None:
        was_build = self._running != self._session.index
        self._running = None
        try:
            done.result()  # what it should not have raised is told
            if not self._changed:
                self._session.settle()
            self._shown()
        finally:
            if self._changed:
                self._build()
            elif was_build or self._session.is_hindered:
                self._timer = self._index_later()
