"""What a command costs: seconds on the clock, seconds of CPU, and the memory it needs."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVERY = 0.02  # seconds between two looks at the memory
# An installed program is compiled once, not at every start.
_ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and seconds of CPU of a command with all processes it started."""

    wall: float
    cpu: float


def run(command: Sequence[str]) -> Cost:
    """Run a command and return what it cost. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str]) -> int | None:
    """Run a command and return the bytes that its processes held together at most.

    A page of memory that several of them share counts once (PSS). Only Linux tells; None elsewhere.
    """
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_ENVIRONMENT) as process:
        done = threading.Event()

        def look() -> None:
            nonlocal peak
            while not done.wait(_EVERY):
                peak = max(peak, sum(map(_share, _family(process.pid))))

        watcher = threading.Thread(target=look)
        watcher.start()
        process.wait()
        done.set()
        watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak or None


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that came from it."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue  # it ended while it was looked at
        for child in found:
            yield from _family(int(child))


def _share(process: int) -> int:
    """Return the bytes of memory that are a process's own, and its share of those it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
