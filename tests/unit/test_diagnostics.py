"""Diagnostics as values, and their renderings."""

from __future__ import annotations

import json
import pickle

import pytest

from generator.diagnostics import (
    BuildError,
    Diagnostic,
    Diagnostics,
    Note,
    Severity,
    count,
    nearest,
    plural,
    to_github,
    to_json,
    to_text,
)
from generator.source import Location

PLACE = Location("content/papers/a.md", 7, 9, "date: MMXX")
OTHER = Location("content/papers/b.md", 2, 1, "date: 2020")
ERROR = Diagnostic(PLACE, Severity.ERROR, "It is wrong.", "Mend it.", (Note(OTHER, "See here."),))
WARNING = Diagnostic(Location("content/site.yaml"), Severity.WARNING, "It is odd.", "Look at it.")


def test_collects_and_sorts() -> None:
    """Diagnostics come out in the order of files, lines and columns, whenever they were found."""
    found = Diagnostics()
    for path, line, column in [("b", 1, 1), ("a", 2, 1), ("a", 1, 9), ("a", 10, 1), ("a", 1, 2)]:
        found.error(Location(path, line, column), "m", "h")
    places = [(one.location.path, one.location.line, one.location.column) for one in found]
    assert places == [("a", 1, 2), ("a", 1, 9), ("a", 2, 1), ("a", 10, 1), ("b", 1, 1)]


@pytest.mark.parametrize(
    ("errors", "warnings", "strict", "raised"),
    [(0, 0, False, 0), (0, 0, True, 0), (0, 1, False, 0), (0, 1, True, 1), (1, 1, False, 2)],
)
def test_raise_errors(errors: int, warnings: int, *, strict: bool, raised: int) -> None:
    """Errors stop a build, warnings only a strict one, and then all that was found is told."""
    found = Diagnostics()
    for _ in range(warnings):
        found.warning(PLACE, "odd", "look")
    for _ in range(errors):
        found.error(OTHER, "wrong", "mend", Note(PLACE, "here"))
    if not raised:
        found.raise_errors(strict=strict)
        return
    with pytest.raises(BuildError) as caught:
        found.raise_errors(strict=strict)
    assert caught.value.diagnostics == tuple(found)
    assert len(caught.value.diagnostics) == raised
    # It comes out of a process that renders pages as it went in.
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made one line above
    assert again.diagnostics == caught.value.diagnostics


def test_to_text() -> None:
    """A terminal shows place, message, line, caret, the other place, and the way out."""
    assert to_text([ERROR, WARNING]) == (
        "content/papers/a.md:7:9: error: It is wrong.\n"
        "    date: MMXX\n"
        "            ^\n"
        "content/papers/b.md:2:1: note: See here.\n"
        "    date: 2020\n"
        "    ^\n"
        "help: Mend it.\n"
        "\n"
        "content/site.yaml: warning: It is odd.\n"
        "help: Look at it.\n"
    )


def test_to_text_in_color() -> None:
    """Colour marks the severity, the places, the carets and the help, and changes no word."""
    colored = to_text([ERROR], color=True)
    assert colored.startswith("\033[1mcontent/papers/a.md:7:9\033[0m: \033[1;31merror:\033[0m It")
    assert "\033[1;31m^\033[0m\n" in colored
    assert "\033[36m^\033[0m\n" in colored
    assert "\033[36mhelp:\033[0m Mend it." in colored


@pytest.mark.parametrize(
    ("column", "excerpt", "shown"),
    [
        (0, "no column", "    no column\n"),
        (3, "\ta b", "     a b\n      ^\n"),
        (3, "张伟!", "    张伟!\n        ^\n"),
        (4, "e\u0301 x", "    e\u0301 x\n      ^\n"),
        (2, "a\x1bb", "    a\ufffdb\n     ^\n"),
        (1, "x" * 150, f"    {'x' * 100}…\n    ^\n"),
        (150, "x" * 150, f"    …{'x' * 67}\n{' ' * 71}^\n"),
        (100, "x" * 200, f"    …{'x' * 100}…\n{' ' * 71}^\n"),
    ],
)
def test_excerpt(column: int, excerpt: str, shown: str) -> None:
    """The caret stands under the character, whatever the line holds and however long it is."""
    one = Diagnostic(Location("a", 1, column, excerpt), Severity.ERROR, "m", "h")
    assert to_text([one]).removesuffix("help: h\n").partition("\n")[2] == shown


def test_to_json() -> None:
    """Other programs get every part as a value."""
    assert json.loads(to_json([ERROR, WARNING])) == [
        {
            "path": "content/papers/a.md",
            "line": 7,
            "column": 9,
            "severity": "error",
            "message": "It is wrong.",
            "help": "Mend it.",
            "notes": [
                {"path": "content/papers/b.md", "line": 2, "column": 1, "message": "See here."}
            ],
        },
        {
            "path": "content/site.yaml",
            "line": 0,
            "column": 0,
            "severity": "warning",
            "message": "It is odd.",
            "help": "Look at it.",
            "notes": [],
        },
    ]
    assert to_json([]) == "[]\n"


def test_to_github() -> None:
    """GitHub gets one command a diagnostic, with its own characters escaped."""
    odd = Diagnostic(Location("a,b:c%.md", 1), Severity.WARNING, "50%\nof", "h")
    assert to_github([ERROR, odd]) == (
        "::error file=content/papers/a.md,line=7,col=9::"
        "It is wrong.%0ASee here. (content/papers/b.md:2:1)%0AMend it.\n"
        "::warning file=a%2Cb%3Ac%25.md,line=1::50%25%0Aof%0Ah\n"
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "0 errors, 0 warnings in 0 files"),
        ([ERROR], "1 error, 0 warnings in 1 file"),
        ([ERROR, ERROR, WARNING], "2 errors, 1 warning in 2 files"),
    ],
)
def test_count(found: list[Diagnostic], expected: str) -> None:
    """The closing line counts errors, warnings and files."""
    assert count(found) == expected


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [
        (1, "file", "1 file"),
        (0, "file", "0 files"),
        (2, "category", "2 categories"),
        (1234, "page", "1,234 pages"),
    ],
)
def test_plural(number: int, noun: str, expected: str) -> None:
    """A number agrees with its noun."""
    assert plural(number, noun) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("titel", "title"), ("TITLE", "title"), ("Orcid", "ORCID"), ("xyzzy", None), ("", None)],
)
def test_nearest(word: str, expected: str | None) -> None:
    """Only what is close is suggested, and case makes no difference."""
    assert nearest(word, ["title", "date", "ORCID"]) == expected
