"""What a YAML error means to a maintainer: which slip it comes from, and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from generator.diagnostics import Diagnostics
    from generator.source import Location, Source


@dataclass(frozen=True, slots=True)
class _Fault:
    """A YAML error: where it was noticed, and where began what could not be read; all from 1."""

    source: Source
    problem: str
    line: int
    column: int
    begun: str
    begun_line: int
    begun_column: int

    @property
    def at(self) -> Location:
        return self.source.location(self.line, self.column)

    @property
    def before(self) -> str:
        """What stands on the line before the place."""
        return self.at.excerpt[: max(self.column - 1, 0)]


_Meaning = tuple["Location", str, str]
_FIELD = re.compile(r"(\s*(?:-\s+)*)([^\s:#'\"\[\]{}][^:]*?):\s+(\S.*?)\s*")


def explain(source: Source, error: yaml.MarkedYAMLError, offset: int, found: Diagnostics) -> None:
    """Report a YAML error; `offset` is the number of the file's lines before the YAML text."""
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark or mark
    fault = _Fault(
        source,
        str(error.problem),
        mark.line + 1 + offset if mark else 1 + offset,
        mark.column + 1 if mark else 0,
        str(error.context),
        begun.line + 1 + offset if begun else 0,
        begun.column + 1 if begun else 0,
    )
    for meaning in _MEANINGS:
        known = meaning(fault)
        if known:
            found.error(*known)
            return
    found.error(
        fault.at,
        f"This is not valid YAML: {fault.problem}.",
        "Check the quotes, brackets and indentation on this line and the one before.",
    )


def _tab(fault: _Fault) -> _Meaning | None:
    margin = re.match(r"\s*", fault.at.excerpt)
    if not margin or "\t" not in margin[0] or len(fault.before) > len(margin[0]):
        return None
    return (
        fault.source.location(fault.line, margin[0].index("\t") + 1),
        "There is a tab here, and YAML does not allow tabs in the layout of fields.",
        "Use spaces instead.",
    )


def _second_document(fault: _Fault) -> _Meaning | None:
    if fault.problem != "but found another document":
        return None
    return (
        fault.at,
        "A second YAML document begins here, and a file may hold only one.",
        "Delete this line '---', or make two files.",
    )


def _unknown_alias(fault: _Fault) -> _Meaning | None:
    if not fault.problem.startswith("found undefined alias"):
        return None
    return (
        fault.at,
        "A value begins with '*' here, which means something to YAML.",
        "Put the whole value in quotes.",
    )


def _escape(fault: _Fault) -> _Meaning | None:
    if "escape" not in fault.problem and "hexdecimal" not in fault.problem:
        return None
    return (
        fault.source.location(fault.line, fault.at.excerpt.rfind("\\", 0, fault.column) + 1),
        "A backslash in double quotes begins an escape such as \\n, and this one is not known.",
        "Use single quotes, in which a backslash is only a backslash.",
    )


def _open_quote(fault: _Fault) -> _Meaning | None:
    if fault.begun != "while scanning a quoted scalar":
        return None
    return (
        fault.source.location(fault.begun_line, fault.begun_column),
        "The quotation mark that opens here is never closed.",
        "Close it at the end of the value; inside single quotes, write an apostrophe twice.",
    )


def _open_bracket(fault: _Fault) -> _Meaning | None:
    if not fault.begun.startswith("while parsing a flow "):
        return None
    at = fault.source.location(fault.begun_line, fault.begun_column)
    if fault.begun == "while parsing a flow node":
        at = _last_bracket(fault)
    if fault.line != at.line:
        bracket = at.excerpt[at.column - 1 : at.column]
        message = f"The '{bracket}' that opens here is never closed."
        return at, message, "Close it after the last item."
    return (
        fault.at,
        "What stands between the brackets cannot be read from here on.",
        "Put a comma between the items, and an item that holds ':' or a quotation mark in quotes.",
    )


def _last_bracket(fault: _Fault) -> Location:
    """Return the place of the last bracket that opens before a fault."""
    end = sum(len(line) + 1 for line in fault.source.text.split("\n")[: fault.line - 1])
    text = fault.source.text[: end + fault.column - 1]
    return fault.source.location_at(max(text.rfind("["), text.rfind("{")))


def _cut_by_comment(fault: _Fault) -> _Meaning | None:
    above = fault.source.location(fault.line - 1)
    cut = re.search(r"\s#", above.excerpt)
    if fault.problem != "did not find expected key" or not cut:
        return None
    return (
        fault.source.location(fault.line - 1, cut.start() + 2),
        "The text is cut off here, because ' #' begins a comment in YAML, but it goes on below.",
        "Put the whole value in double quotes.",
    )


def _too_many_brackets(fault: _Fault) -> _Meaning | None:
    mark = fault.at.excerpt[fault.column - 1 : fault.column]
    if mark not in {"]", "}"}:
        return None
    return fault.at, f"There is one '{mark}' too many here.", "Delete it."


def _no_space(fault: _Fault) -> _Meaning | None:
    for line in (fault.line, fault.line - 1):
        place = fault.source.location(line)
        slip = re.match(r"\s*(?:-\s+)?([A-Za-z_]\w*):(?=[^\s/])", place.excerpt)
        if slip:
            return (
                fault.source.location(line, slip.end()),
                "There is no space after the colon.",
                f"Write: {slip[1]}: {place.excerpt[slip.end() :].strip()}",
            )
    return None


def _after_quote(fault: _Fault) -> _Meaning | None:
    if fault.before.rstrip()[-1:] not in {"'", '"'}:
        return None
    field = _FIELD.fullmatch(fault.at.excerpt)
    if field and field[3][0] in "'\"":
        way_out = f"Put the whole value in quotes: {field[2]}: {quoted(field[3])}"
    else:
        way_out = "Write the text below 'name: |', indented; there, quotation marks are only text."
    return fault.at, "The quoted text ends before this place, and more follows.", way_out


# With one of these a value is no plain text to YAML.
_MARKS = "[]{}*&!|>%@`,?"


def _mark_first(fault: _Fault) -> _Meaning | None:
    field = _FIELD.fullmatch(fault.at.excerpt)
    if not field or fault.column <= field.start(3):
        return None
    if field[3][0] not in _MARKS and not field[3].startswith("- "):
        return None
    return (
        fault.source.location(fault.line, field.start(3) + 1),
        f"The value of '{field[2]}' begins with '{field[3][0]}', which means something to YAML.",
        f"Put it in quotes: {field[2]}: {quoted(field[3])}",
    )


_COLON = "mapping values are not allowed in this context"


def _colon(fault: _Fault) -> _Meaning | None:
    field = _FIELD.fullmatch(fault.at.excerpt)
    if fault.problem != _COLON or not field or fault.column <= field.start(3):
        return None
    return (
        fault.at,
        f"The value of '{field[2]}' holds a colon, which begins a new field in YAML.",
        f"Put it in quotes: {field[2]}: {quoted(field[3])}",
    )


def _colon_below(fault: _Fault) -> _Meaning | None:
    """Explain `name: text` indented under a field with a text: a field, or more of the text."""
    margin = len(fault.before) - len(fault.before.lstrip())
    if fault.problem != _COLON or not margin:
        return None
    for line in range(fault.line - 1, 0, -1):
        above = _FIELD.fullmatch(fault.source.location(line).excerpt)
        if above and len(above[1]) < margin:
            name, here = above[2], fault.before.strip()
            message = (
                f"This line is indented, so it belongs to the text of '{name}', and holds a colon."
            )
            way_out = f"If '{here}' is a field, begin it where '{name}' begins; "
            return fault.at, message, f"{way_out}if it is text, put all of '{name}' in quotes."
    return None


def _no_colon(fault: _Fault) -> _Meaning | None:
    if fault.problem != "could not find expected ':'":
        return None
    return (
        fault.source.location(fault.begun_line, fault.begun_column),
        "This line is no field, because it has no colon after a name.",
        "If it goes on with the line before, indent it; a field is written 'name: value'.",
    )


def _margin(fault: _Fault) -> _Meaning | None:
    if not fault.problem.startswith("did not find expected") or fault.before.strip():
        return None
    return (
        fault.at,
        "This line begins in another column than those it belongs with.",
        "Begin all fields of one entry, and all items of one list, in the same column.",
    )


_MEANINGS: tuple[Callable[[_Fault], _Meaning | None], ...] = (
    _tab,
    _second_document,
    _unknown_alias,
    _escape,
    _open_quote,
    _open_bracket,
    _too_many_brackets,
    _mark_first,
    _colon,
    _no_space,
    _after_quote,
    _cut_by_comment,
    _colon_below,
    _no_colon,
    _margin,
)


def quoted(value: str) -> str:
    """Return a text as a YAML scalar in quotes, on one line."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
