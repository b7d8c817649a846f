"""What a checker is told to overlook: each time with the rule, and the reason beside it."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path for folder in ("generator", "tests", ".ci") for path in (ROOT / folder).rglob("*.py")
)

SUPPRESSION = re.compile(
    r"#\s*(?:(?:ruff|flake8|mypy): *)?(?:noqa|type: *ignore|ignore-errors|pragma)"
)
REASONED = re.compile(
    r"# (?:ruff: )?noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* - (?P<reason>.+)"
    r"|# type: ignore\[[a-z-]+(?:, [a-z-]+)*\]  # (?P<why>.+)"
    r"|# pragma: no (?:cover|branch) - (?P<uncovered>.+)"
)
# What names another place breaks when that place moves.
ELSEWHERE = re.compile(r"(?:as|see) (?:above|below)\b|the same$")


def faults(text: str) -> list[tuple[int, str]]:
    """Return the line and the text of each suppression without a reason of its own."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        (token.start[0], token.string)
        for token in tokens
        if token.type == tokenize.COMMENT
        and SUPPRESSION.match(token.string)
        and not is_reasoned(token.string)
    ]


def is_reasoned(comment: str) -> bool:
    """Tell whether a suppression names its rule and its reason."""
    found = REASONED.fullmatch(comment)
    reason = found and next(filter(None, found.groups()))
    return bool(reason) and not ELSEWHERE.search(str(reason))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_suppression_has_its_reason(path: Path) -> None:
    """Beside each suppression stands why, in words of its own."""
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "# noqa: S101",
        "# noqa: S101 -",
        "# noqa: S101 - as above",
        "# noqa: S101 - the same",
        "# ruff: noqa",
        "# ruff: noqa: E501",
        "# type: ignore",
        "# type: ignore[misc]",
        "# type: ignore  # it comes without types",
        "# pragma: no cover",
        "# mypy: ignore-errors",
    ],
)
def test_a_bare_one_is_found(comment: str) -> None:
    """A suppression without rule or reason is told of, by its line."""
    assert faults(f"one = 1\ntwo = 2  {comment}\n") == [(2, comment)]


def test_the_settings_have_reasons() -> None:
    """Each rule that the settings leave out has its reason on its line, or on that of its list."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    rules = [line for line in section.splitlines() if re.search(r'"[A-Z]+[0-9]*"', line)]

    assert [line for line in rules if "#" not in line and "select" not in line] == []
