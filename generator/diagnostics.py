"""Diagnostics: what is wrong, where, and what to do, as values that are rendered at the edge."""

from __future__ import annotations

import difflib
import json
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.source import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.source import Location


class Severity(StrEnum):
    """How grave a diagnostic is: an error stops the build, a warning only a strict one."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"  # no fault: something to look after, told to those who ask


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A second place that belongs to a diagnostic, such as the other one of two duplicates."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: its place, what and why in whole sentences, and a way out."""

    location: Location
    severity: Severity
    message: str
    help: str
    notes: tuple[Note, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """The key by which diagnostics are sorted: path, line, column, then text."""
        place = self.location
        at = (place.path, place.line, place.column)
        return (*at, self.severity, self.message, self.help, self.notes)


class BuildError(Exception):
    """The content has faults: nothing is published. Carries all diagnostics of the run, sorted."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        # What two readers of a file met is told once.
        self.diagnostics = tuple(sorted({*diagnostics}, key=lambda one: one.order))
        # Its argument is what it is made of again when it comes out of another process.
        super().__init__(self.diagnostics)


@dataclass(slots=True)
class Diagnostics:
    """A collector: checks add to it and go on, so that all faults of all files come in one run."""

    found: list[Diagnostic] = field(default_factory=list)

    def error(self, at: Location, message: str, help: str, *notes: Note) -> None:  # noqa: A002 - the word users see
        """Add an error."""
        self.found.append(Diagnostic(at, Severity.ERROR, message, help, notes))

    def warning(self, at: Location, message: str, help: str, *notes: Note) -> None:  # noqa: A002 - the word users see
        """Add a warning."""
        self.found.append(Diagnostic(at, Severity.WARNING, message, help, notes))

    def raise_errors(self, *, strict: bool = False) -> None:
        """Raise BuildError with all that was found if one is an error; when strict, in any case."""
        refused = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        if any(one.severity in refused for one in self.found):
            raise BuildError(self.found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self.found, key=lambda one: one.order))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like the given one, or None if nothing is close."""
    by_case = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(word.casefold(), sorted(by_case), n=1, cutoff=0.6)
    return by_case[close[0]] if close else None


_COLORS = {
    "error": "\033[1;31m",
    "warning": "\033[1;33m",
    "notice": "\033[1;34m",
    "help": "\033[36m",
    "bold": "\033[1m",
}
_WIDTH = 100


def to_text(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """Render for a terminal: the first line in the GNU form `path:line:column: error: …`."""

    def paint(style: str, text: str) -> str:
        return f"{_COLORS[style]}{text}\033[0m" if color else text

    lines: list[str] = []
    for one in diagnostics:
        severity = paint(one.severity, f"{one.severity}:")
        lines.append(f"{paint('bold', str(one.location))}: {severity} {one.message}")
        lines += excerpt(one.location, lambda text: paint("error", text))
        for note in one.notes:
            lines.append(f"{paint('bold', str(note.location))}: note: {note.message}")
            lines += excerpt(note.location, lambda text: paint("help", text))
        lines.append(f"{paint('help', 'help:')} {one.help}")
        lines.append("")
    return "\n".join(lines)


def excerpt(location: Location, paint_caret: Callable[[str], str] = str) -> list[str]:
    """Return the source line and a caret line, cut to a window around the column."""
    if not location.excerpt:
        return []
    text = "".join("\ufffd" if one in CONTROL else one for one in location.excerpt)
    text = text.replace("\t", " ")
    start = max(0, location.column - 1 - _WIDTH * 2 // 3)
    shown = ("…" if start else "") + text[start : start + _WIDTH]
    shown += "…" if len(text) > start + _WIDTH else ""
    if not location.column:
        return [f"    {shown}"]
    before = ("…" if start else "") + text[start : location.column - 1]
    caret = " " * _columns(before) + paint_caret("^")
    return [f"    {shown}", f"    {caret}"]


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    wide = sum(unicodedata.east_asian_width(one) in {"W", "F"} for one in text)
    return len(text) + wide - sum(unicodedata.combining(one) > 0 for one in text)


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Render as a JSON array of objects, for other programs."""
    return json.dumps([_as_object(one) for one in diagnostics], ensure_ascii=False, indent=2) + "\n"


def _as_object(one: Diagnostic) -> dict[str, object]:
    return {
        "path": one.location.path,
        "line": one.location.line,
        "column": one.location.column,
        "severity": str(one.severity),
        "message": one.message,
        "help": one.help,
        "notes": [
            {
                "path": note.location.path,
                "line": note.location.line,
                "column": note.location.column,
                "message": note.message,
            }
            for note in one.notes
        ],
    }


def to_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Render as GitHub Actions workflow commands, which annotate a pull request's files."""
    lines = []
    for one in diagnostics:
        place = one.location
        values = {"file": place.path, "line": place.line, "col": place.column}
        given = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value)
        text = "\n".join(
            [one.message, *(f"{n.message} ({n.location})" for n in one.notes), one.help]
        )
        lines.append(f"::{one.severity} {given}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def count(diagnostics: Iterable[Diagnostic], *, refused: bool = False) -> str:
    """Return the closing line: how many errors and warnings, in how many files.

    Where something was `refused` for warnings alone, it says so.
    """
    found = list(diagnostics)
    files = len({one.location.path for one in found})
    counts = {one: sum(other.severity is one for other in found) for one in Severity}
    totals = [plural(counts[one], one) for one in (Severity.ERROR, Severity.WARNING)]
    if notices := counts[Severity.NOTICE]:
        totals.append(plural(notices, Severity.NOTICE))
    why = " (--strict refuses warnings, too)" if refused and not counts[Severity.ERROR] else ""
    return f"{', '.join(totals)} in {plural(files, 'file')}{why}"


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `2 files`, `2 categories`, `2 addresses`."""
    if number != 1:
        noun = noun[:-1] + "ies" if noun[-1] == "y" else noun + ("es" if noun[-1] == "s" else "s")
    return f"{number:,} {noun}"
