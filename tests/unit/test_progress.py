"""What a build tells of itself: a bar on a terminal, lines in a log, nothing of a short one."""

from __future__ import annotations

import io
import multiprocessing
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator import progress, workers
from generator.build import build
from generator.options import Options
from generator.progress import Bar, Lines, Progress
from generator.workshop import opened
from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite

_NEVER = 3600.0


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def work(told: Progress) -> None:
    """Go through three stages, as a build does."""
    told.begin("Reading papers", 1200)
    told.advance(600)
    told.advance(600)
    told.begin("Planning pages")
    told.begin("Rendering pages", 3000)
    told.advance(3000)
    told.end()


def test_lines() -> None:
    """A log has a line for each stage, with how much work it is."""
    log = io.StringIO()
    work(Lines(log, patience=0))
    assert log.getvalue() == "Reading papers: 1,200\nPlanning pages\nRendering pages: 3,000\n"


def test_lines_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that is at work when the time has come is told of then, the ones before never."""
    log = io.StringIO()
    clock = 0.0
    monkeypatch.setattr("time.monotonic", lambda: clock)
    told = Lines(log, patience=5)
    told.begin("Reading papers", 2)
    told.begin("Rendering pages", 2)
    told.advance(1)
    assert log.getvalue() == ""
    clock = 5.0
    told.advance(1)
    told.advance(1)
    assert log.getvalue() == "Rendering pages: 2\n"


def test_bar() -> None:
    """A terminal shows stage, work done and the time left, and none of it when all is done."""
    terminal = Terminal()
    work(Bar(terminal, patience=0))
    shown = terminal.getvalue()
    assert "Reading papers |" in shown
    assert "of 1,200, " in shown
    assert " left" in shown
    assert "Planning pages" in shown
    assert "Rendering pages |" in shown
    assert shown.endswith("\r")
    assert shown.rsplit("\r", 2)[1].strip() == ""


@pytest.mark.parametrize("kind", [Bar, Lines])
def test_short(kind: type[Bar | Lines]) -> None:
    """A build that is done soon tells nothing."""
    stream = Terminal()
    work(kind(stream, patience=_NEVER))
    assert stream.getvalue() == ""


def test_choice() -> None:
    """A terminal has the bar, a file the lines."""
    assert isinstance(progress.shown(Terminal()), Bar)
    assert isinstance(progress.shown(io.StringIO()), Lines)


def test_tqdm_is_imported_only_for_a_bar(tmp_path: Path) -> None:
    """Neither lines nor a bar that is not shown yet import the library that draws it."""
    program = (
        "import io, sys; from generator.progress import Bar, Lines\n"
        "for one in (Bar(io.StringIO()), Lines(io.StringIO(), 0)): one.begin('x', 1); one.end()\n"
        "print('tqdm' in sys.modules)"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    command = (sys.executable, "-c", program)
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert said.stdout == "False\n"


class Impatient(Progress):
    """Ends the work once the first pages are rendered."""

    def __init__(self) -> None:
        self._stage = ""

    def begin(self, stage: str, count: int = 0) -> None:  # noqa: ARG002 - the stage is enough
        """Keep the stage."""
        self._stage = stage

    def advance(self, count: int) -> None:  # noqa: ARG002 - nobody counts
        """End what has begun."""
        if self._stage == "Rendering pages":
            raise KeyboardInterrupt


def test_what_ends_a_build_ends_its_processes(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is told of progress may end the work, and then nobody is at work any more."""
    monkeypatch.setattr(workers, "POOL_FROM", 1)
    root = make_site({f"content/papers/{number}.md": paper() for number in range(30)})
    shop = opened(root, jobs=2, progress=Impatient())

    with pytest.raises(KeyboardInterrupt) as ended:
        build(root, root / "public", Options(), shop=shop)

    assert ended.tb is not None  # which keeps all that was at work
    assert multiprocessing.active_children() == []
    assert not (root / "public").exists()
