"""What a long build tells of itself while it is at work, on standard error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TextIO

_SOON = 1.0  # seconds; a build that is done by then needs no bar
_LATE = 5.0  # seconds; so long a log waits for the result alone
_BAR = "{desc} |{bar}| {n:,} of {total:,}, {remaining} left"
_NO_BAR = "{desc}"


class Progress:
    """Tells nothing, as a short build and one that is to be quiet do."""

    def begin(self, stage: str, count: int = 0) -> None:
        """Take note of a stage that begins, and of how many pieces of work it has, if known."""

    def advance(self, count: int) -> None:
        """Take note of so many pieces more that are done."""

    def end(self) -> None:
        """Take note that all is done, or that it came to nothing."""


class Lines(Progress):
    """Tells of each stage on a line, for a log; of those only that go on after some seconds."""

    def __init__(self, stream: TextIO, patience: float = _LATE) -> None:
        self._stream = stream
        self._start = time.monotonic() + patience
        self._line = ""

    def begin(self, stage: str, count: int = 0) -> None:
        """Write the stage's line, once it is time."""
        self._line = f"{stage}: {count:,}\n" if count else f"{stage}\n"
        self.advance(0)

    def advance(self, count: int) -> None:  # noqa: ARG002 - a line tells of the whole stage
        """Write the stage's line if it has become time."""
        if self._line and time.monotonic() >= self._start:
            self._stream.write(self._line)
            self._stream.flush()
            self._line = ""


class Bar(Progress):
    """Shows on a terminal the stage, how much of it is done and the time left, after a second."""

    def __init__(self, stream: TextIO, patience: float = _SOON) -> None:
        self._stream = stream
        self._start = time.monotonic() + patience
        self._stage = ""
        self._count = self._done = 0
        self._bar: Any = None

    def begin(self, stage: str, count: int = 0) -> None:
        """Show the stage in the place of the one before."""
        self.end()
        self._stage, self._count, self._done = stage, count, 0
        self.advance(0)

    def advance(self, count: int) -> None:
        """Show how much is done."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() >= self._start:
            self._bar = self._shown()

    def end(self) -> None:
        """Leave no trace on the terminal."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _shown(self) -> Any:  # noqa: ANN401 - tqdm tells no types
        from tqdm import tqdm  # noqa: PLC0415 - only long builds on a terminal need it

        tqdm.monitor_interval = 0  # no thread beside this one: processes are forked from it
        return tqdm(
            desc=self._stage,
            total=self._count or None,
            initial=self._done,
            file=self._stream,
            bar_format=_BAR if self._count else _NO_BAR,
            dynamic_ncols=True,
            leave=False,
        )


def shown(stream: TextIO) -> Progress:
    """Return the progress that suits a stream: a bar on a terminal, lines elsewhere."""
    return Bar(stream) if stream.isatty() else Lines(stream)
