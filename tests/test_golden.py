"""A small whole site and its whole output, as files to read; `make golden` rewrites it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import build
from generator.options import Options

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
# The manifest follows from the program: each change of that would change it, and say nothing.
PROGRAM = ".offprint-manifest"


@pytest.mark.parametrize("case", CASES)
def test_whole_output(case: str, tmp_path: Path, *, update_golden: bool) -> None:
    """The output of the case is, file by file, what stands in its `expected` folder."""
    site = tmp_path / "site"
    shutil.copytree(GOLDEN / case / "site", site)
    output = tmp_path / "public"
    result = build(site, output, Options())
    assert result.warnings == ()
    actual = texts(output)
    expected = GOLDEN / case / "expected"
    if update_golden:
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in actual.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text, encoding="utf-8", newline="")
    assert actual == texts(expected)


def texts(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder, but for the program's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != PROGRAM and "fonts" not in path.parts
    }
