"""Where the time of a cold build goes: µs of CPU a paper for each stage, in one process.

A stage's time is that of its functions without what they call of other stages.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial, wraps
from inspect import isgeneratorfunction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import addresses, build, entry, gate, holdings, options, site, source
from generator.cache import Cache
from generator.fingerprints import Fingerprints
from generator.output import Output
from generator.pages import plan
from generator.pages.stock import Stock
from generator.pieces import Pieces
from generator.theme import Theme
from tests.bench import sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The functions that are each stage's own, as attributes of a module or a class.
_STAGES: dict[str, list[tuple[Any, str]]] = {
    "find the files": [(source, "walk")],
    "read": [(source, "load"), (source, "decode")],
    "parse the fields": [(entry, "read")],
    "gate": [(gate, "admit")],
    "markup": [(gate.Gate, "read_text")],
    "outline": [(holdings, "_sketch")],
    "sort": [(site, "assemble"), (site, "check_together")],
    "relate": [(plan, "related")],
    "plan": [(plan, "plan"), (addresses, "check"), (Fingerprints, "of")],
    "make the pages": [(plan, "expand")],
    "fingerprint": [(Theme, "fingerprint")],
    "render": [(Theme, "render")],
    "what lists show": [(Theme, "prepare")],
    "compile templates": [(Theme, "compile")],
    "take out of the cache": [
        (Cache, "get"),
        (Cache, "pickled"),
        (Stock, "paper"),
        (Pieces, "_read"),
    ],
    "put into the cache": [
        (Pieces, "news"),
        (Pieces, "keep"),
        (Pieces, "_set_aside"),
        (Cache, "put"),
        (Cache, "save"),
    ],
    "compare": [(Output, "is_current"), (Output, "differs")],
    "stage": [(Output, "stage")],
    "put in place": [(Output, "publish")],
    "the rest": [(build, "build")],
}


_END = object()


class Clock:
    """Seconds of CPU by stage; a stage's clock stands while another one's runs within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stages: list[str] = []
        self._since = 0.0

    def timed(self, stage: str, work: Callable[..., object]) -> Callable[..., object]:
        """Return a function whose time is counted, also that in which it yields."""
        if isgeneratorfunction(work):

            @wraps(work)
            def each(*arguments: object, **named: object) -> Iterator[object]:
                step = self.timed(stage, partial(next, work(*arguments, **named), _END))
                yield from iter(step, _END)

            return each

        @wraps(work)
        def counted(*arguments: object, **named: object) -> object:
            self._turn()
            self._stages.append(stage)
            try:
                return work(*arguments, **named)
            finally:
                self._turn()
                self._stages.pop()

        return counted

    def _turn(self) -> None:
        now = time.process_time()
        if self._stages:
            self.seconds[self._stages[-1]] += now - self._since
        self._since = now


def measure(count: int) -> None:
    """Print what each stage of a cold build of so many papers costs."""
    clock = Clock()
    for stage, functions in _STAGES.items():
        for owner, name in functions:
            setattr(owner, name, clock.timed(stage, getattr(owner, name)))
    with tempfile.TemporaryDirectory(prefix="offprint-bench-") as folder:
        ours = sites.Offprint(Path(folder), count)
        ours.write()
        gc.disable()  # as the command does
        build.build(ours.site, Path(folder, "public"), options.Options(), jobs=1)
    total = sum(clock.seconds.values())
    sys.stdout.write(f"\n{count:,} papers, one process: µs of CPU a paper\n")
    for stage in _STAGES:
        seconds = clock.seconds[stage]
        sys.stdout.write(f"{stage:24}{seconds / count * 1e6:8.0f} {seconds / total:5.0%}\n")
    sys.stdout.write(f"{'all':24}{total / count * 1e6:8.0f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, metavar="PAPERS")
    measure(parser.parse_args().count)
