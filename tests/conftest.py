"""What every test may ask for: a small site, a paper's entry, and the command, run in-process."""

from __future__ import annotations

import io
import json
import os
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings

from generator.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SITE = """\
title: Publications
url: https://publications.example/
categories:
  CL: Computation and Language
  LG: Machine Learning
"""

NOTHING: Mapping[str, str | bytes] = MappingProxyType({})

PAPER: Mapping[str, object] = {
    "title": "A Paper",
    "authors": ["Ada Lovelace"],
    "category": "CL",
    "date": "2024-05-06",
}


def _add_profile(name: str, examples: int, *, derandomize: bool = False) -> None:
    settings.register_profile(
        name,
        max_examples=examples,
        derandomize=derandomize,
        deadline=None,
        # How long an example takes to make says more of the machine than of the code.
        suppress_health_check=[HealthCheck.too_slow],
    )


_add_profile("dev", 25)
_add_profile("ci", 30, derandomize=True)
_add_profile("nightly", 1000)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that `make golden` gives."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the expected outputs instead"
    )


@pytest.fixture(scope="session", autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program keeps for its user out of the home of who runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected outputs are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


def paper(*, abstract: str = "What it is about.", **changes: object) -> str:
    """Return the text of a valid entry with some fields changed or added; None leaves one out.

    Values are written as JSON, which YAML reads as it is.
    """
    fields = {name: value for name, value in {**PAPER, **changes}.items() if value is not None}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", abstract, ""])


class Paper(Protocol):
    """What the fixture `paper` is."""

    def __call__(self, *, abstract: str = ..., **changes: object) -> str:
        """Return the text of an entry."""


@pytest.fixture(name="paper")
def _paper() -> Paper:
    """Give the builder of entries."""
    return paper


class MakeSite(Protocol):
    """What the fixture `make_site` is."""

    def __call__(self, files: Mapping[str, str | bytes] = ..., *, name: str = ...) -> Path:
        """Write a site's folder and return it."""


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Give a function that writes a site: files by path, and a valid `site.yaml` unless given."""

    def make(files: Mapping[str, str | bytes] = NOTHING, *, name: str = "site") -> Path:
        root = tmp_path / name
        for path, data in {"content/site.yaml": SITE, **files}.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data.encode() if isinstance(data, str) else data)
        return root

    return make


@dataclass(frozen=True, slots=True)
class Result:
    """What a command answered: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


class Run(Protocol):
    """What the fixture `run` is."""

    def __call__(self, *arguments: str | Path, cwd: Path = ...) -> Result:
        """Run the command."""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a function that runs `offprint` in this process, by default in an empty folder."""

    def call(*arguments: str | Path, cwd: Path = tmp_path) -> Result:
        out, err = io.StringIO(), io.StringIO()
        with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
            try:
                status = main([str(argument) for argument in arguments])
            except SystemExit as stop:
                # Only argparse ends the program itself: after --help, --version and wrong usage.
                status = int(stop.code or 0)
        return Result(status, out.getvalue(), err.getvalue())

    return call


def start(*command: str | Path, cwd: Path, **changes: str) -> None:
    """Run a program to its end, with changes to the environment; what it says is shown if it fails.

    The checkout is out of its sight unless PYTHONPATH is among the changes.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=kept | changes,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
