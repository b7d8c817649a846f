"""The preview as a writer starts it: a process of its own, of which one reads what it says."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    import signal

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds, for a machine that is busy
# Above the ports that systems give away by themselves nobody listens by chance; each test process
# begins at another one.
FIRST_PORT = 20_000 + os.getpid() * 20 % 10_000


class Serving:
    """A preview that runs until it is stopped, and in any case no longer than its context."""

    patience = PATIENCE  # seconds without a line

    def __init__(self, site: Path, *arguments: str | Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--port", str(FIRST_PORT), *arguments],
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._said: queue.Queue[str] = queue.Queue()
        self._complained: queue.Queue[str] = queue.Queue()
        self._threads = [
            threading.Thread(target=_read, args=(self.process.stdout, self._said)),
            threading.Thread(target=_read, args=(self.process.stderr, self._complained)),
        ]
        self.address = ""
        self.heard = ""

    def __enter__(self) -> Self:
        """Wait until the site is there."""
        for thread in self._threads:
            thread.start()
        self.says("The site is at")
        found = re.search(r"http://\S+", self.heard)
        assert found is not None, self.heard
        self.address = found[0]
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, if it is still there, so that it leaves nothing behind."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        for thread in self._threads:
            thread.join()

    def says(self, text: str) -> None:
        """Wait for a line on standard output that holds a text; all of them are kept in `heard`."""
        self.heard += _await(self._said, text, self.patience)

    def complains(self, text: str) -> str:
        """Wait for a line on standard error that holds a text, and return all until then."""
        return _await(self._complained, text, self.patience)

    def complaints(self) -> str:
        """Return what is left of what was said on standard error."""
        lines = []
        while not self._complained.empty():
            lines.append(self._complained.get())
        return "".join(lines)

    def stop(self, number: signal.Signals) -> int:
        """Send a signal, hear the rest, and return the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join()
        while not self._said.empty():
            self.heard += self._said.get()
        return status


def _read(stream: IO[str], lines: queue.Queue[str]) -> None:
    with stream:
        for line in stream:
            lines.put(line)


def _await(lines: queue.Queue[str], text: str, patience: float) -> str:
    heard = ""
    while True:
        try:
            line = lines.get(timeout=patience)
        except queue.Empty:
            raise AssertionError(f"no line holds {text!r}: {heard}") from None
        heard += line
        if text in line:
            return heard
