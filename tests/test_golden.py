"""A small whole site and its whole output, as files that a reviewer can read; `make golden` rewrites it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import build
from generator.content import Options

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
# The manifest and the names of the static files follow from the program itself: each change of a
# style sheet would change every page here, and say nothing.
PROGRAM = ".offprint-manifest"


@pytest.mark.parametrize("case", CASES)
def test_whole_output(case: str, tmp_path: Path, *, update_golden: bool) -> None:
    """The output of the case is, file by file, what stands in its `expected` folder."""
    site = tmp_path / "site"
    shutil.copytree(GOLDEN / case / "site", site)
    output = tmp_path / "public"
    result = build(site, output, Options())
    assert result.warnings == ()
    actual = {
        path.relative_to(output).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != PROGRAM
    }
    expected = GOLDEN / case / "expected"
    if update_golden:
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in actual.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text, encoding="utf-8", newline="")
    assert actual == {
        path.relative_to(expected).as_posix(): path.read_text(encoding="utf-8")
        for path in expected.rglob("*")
        if path.is_file()
    }
