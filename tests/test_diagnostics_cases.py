"""What a maintainer reads of a fault, word for word: each case is a file in `diagnostics/`.

A case is a title, the files of a site as `=== path` and their text, and what `offprint check`
answers. A file that is not plain text is written as `=== path (bytes)`, with Python's escapes;
`(absent)` leaves a file out. A case without `content/site.yaml` has a valid one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = sorted((Path(__file__).parent / "diagnostics").glob("*.txt"))

SITE = """\
title: Publications
url: https://publications.example/
categories:
  CL: Computation and Language
  LG: Machine Learning
"""


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the kind (bytes, absent or nothing) and the text of every block of a case."""
    parts = re.split(r"^=== (\S+)(?: \((bytes|absent)\))?\n", text, flags=re.MULTILINE)
    yield from zip(parts[1::3], (kind or "" for kind in parts[2::3]), parts[3::3], strict=True)


def as_bytes(text: str, kind: str) -> bytes:
    """Return the bytes of a file of a case; the blank line before the next block is not its own."""
    if text.endswith("\n\n"):
        text = text[:-1]
    if kind != "bytes":
        return text.encode()
    return text.replace("\n", "").encode("latin-1").decode("unicode_escape").encode("latin-1")


def write_site(root: Path, files: dict[str, tuple[str, str]]) -> None:
    """Write the files of a case into a folder."""
    for path, (kind, text) in ({"content/site.yaml": ("", SITE)} | files).items():
        if kind != "absent":
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(as_bytes(text, kind))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, update_golden: bool
) -> None:
    """`offprint check` answers with exactly the expected text and exit status."""
    text = case.read_text(encoding="utf-8")
    files = {path: (kind, body) for path, kind, body in blocks(text)}
    _, expected = files.pop("expected", ("", ""))
    write_site(tmp_path, files)

    status = cli.main(["check", "--source", str(tmp_path)])

    actual = f"{capsys.readouterr().err}\nexit {status}\n".lstrip("\n")
    if update_golden:
        head = text.partition("=== expected\n")[0].rstrip("\n")
        case.write_text(f"{head}\n\n=== expected\n{actual}", encoding="utf-8")
    else:
        assert actual == expected


def test_there_are_cases() -> None:
    """The cases are found, so that none can be lost without a word."""
    assert len(CASES) >= 40
    assert all("\n=== expected\n" in case.read_text(encoding="utf-8") for case in CASES)
