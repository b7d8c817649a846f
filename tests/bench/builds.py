"""Offprint beside Hugo: what building the same papers costs them, in turns, on this machine.

Four builds are measured: cold, with nothing changed, after an edit of one abstract, and after one
of the template that every page follows from. A first round, which is not timed, measures memory and
what is written. Every build is checked: each paper has its page, and the edit is in it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import process, sites

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = ("cold", "nothing changed", "one edit", "one template edit")
_MEASURES = ("wall, s", "CPU, s", "memory, MiB", "files written", "MiB written")
# What a generator that writes more of each paper may be compared by: CPU for what it writes.
_EACH = {"CPU, ms a file": "files written", "CPU, ms a MiB": "MiB written"}
_MIB = 1 << 20

# By kind of build, measure and name of the generator: a figure for each round.
_Figures = dict[tuple[str, str, str], list[float]]


def compare(count: int, rounds: int) -> None:
    """Print what the builds of a site of so many papers cost."""
    with tempfile.TemporaryDirectory(prefix="offprint-bench-") as folder:
        both = (sites.Offprint(Path(folder), count), sites.Hugo(Path(folder), count))
        for one in both:
            one.write()
        versions = ", ".join(one.version() for one in both)
        python = platform.python_version()
        sys.stdout.write(
            f"\n{count:,} papers, {rounds} rounds in turns, {os.cpu_count()} cores; "
            f"{versions}, Python {python}\n"
        )
        figures: _Figures = defaultdict(list)
        for number in range(rounds + 1):
            outputs = {one.name: Path(folder, f"{one.name}-{number}") for one in both}
            for kind in _KINDS:
                for one in both:
                    _build(one, outputs[one.name], kind, number, figures)
            # Deleted are all outputs in the end: a file system is slow to make files where as many
            # were just deleted.
            if number == rounds:
                _report(figures)
                _report_limit(outputs["Offprint"])


def _build(one: sites.Contestant, output: Path, kind: str, number: int, figures: _Figures) -> None:
    """Make what has changed, build, check, and note what it cost."""
    if kind == "cold":
        one.forget()
    elif kind == "one edit":
        one.edit(number)
    elif kind == "one template edit":
        one.edit_template(number + 1)
    os.sync()  # or one build would wait for what another wrote
    command = one.command(output)
    if number:
        cost = process.run(command)
        figures[kind, "wall, s", one.name].append(cost.wall)
        figures[kind, "CPU, s", one.name].append(cost.cpu)
    else:
        before = sites.listed(output)
        memory = process.peak_memory(command)
        files, size = sites.written(before, output)
        figures[kind, "memory, MiB", one.name].append((memory or 0) / _MIB)
        figures[kind, "files written", one.name].append(files)
        figures[kind, "MiB written", one.name].append(size / _MIB)
    expected = {"one edit": f"Sentence {number} is", "one template edit": f"Edition {number + 1}"}
    assert one.holds(output, expected.get(kind, "The "))


def _report(figures: _Figures) -> None:
    """Print the median of each figure, and of the ratio of the two, with its spread."""
    sys.stdout.write(f"{'':36}{'Offprint':>10}{'Hugo':>10}   Offprint : Hugo\n")
    for kind in _KINDS:
        for measure in _MEASURES:
            name = kind if measure == _MEASURES[0] else ""
            ours, theirs = (figures[kind, measure, one] for one in ("Offprint", "Hugo"))
            _report_line(name, measure, ours, theirs)
        if kind == "cold":
            for measure, what in _EACH.items():
                _report_line(
                    "", measure, *(_each(figures, what, one) for one in ("Offprint", "Hugo"))
                )


def _each(figures: _Figures, what: str, name: str) -> list[float]:
    """Return the CPU in milliseconds that each round from cold took for one of what it wrote."""
    written = sum(figures["cold", what, name])  # which is counted in one round
    return [1000 * one / written for one in figures["cold", "CPU, s", name]]


def _report_line(name: str, measure: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    sys.stdout.write(
        f"{name:20}{measure:16}{_shown(ours)}{_shown(theirs)}   {_ratio(ours, theirs)}\n"
    )


def _shown(values: Sequence[float]) -> str:
    value = statistics.median(values)
    return f"{value:10,.0f}" if value >= 100 else f"{value:10.2f}"


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Return the median ratio of two figures of one round, and between which it lay."""
    if not all(theirs):
        return ""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    spread = f" ({min(ratios):.3g} to {max(ratios):.3g})" if len(ratios) > 1 else ""
    return f"{statistics.median(ratios):.3g}{spread}"


def _report_limit(output: Path) -> None:
    """Print what it takes to write Offprint's files and do nothing else."""
    os.sync()
    copying = process.run(["cp", "-r", str(output), f"{output}-copied"])
    os.sync()
    program = [sys.executable, str(Path(__file__).with_name("written.py"))]
    reading = process.run([*program, str(output)])
    writing = process.run([*program, str(output), f"{output}-written"])
    sys.stdout.write(
        f"the limit: Offprint's files copied by 'cp -r' {copying.wall:.2f} s "
        f"(CPU {copying.cpu:.2f} s), written from memory {writing.wall - reading.wall:.2f} s "
        f"(CPU {writing.cpu - reading.cpu:.2f} s)\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+", metavar="PAPERS")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for papers in options.counts:
        compare(papers, options.rounds)
