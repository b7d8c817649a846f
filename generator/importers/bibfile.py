r"""The syntax of a BibTeX file: its entries and fields with their places, and what is wrong in it.

The scanner is pybtex's; what it does not tell, the places of fields, is noted on the way, and where
it would lose the rest of an entry, as at a missing comma, reading goes on (btxdoc, section 2).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from generator.diagnostics import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostics
    from generator.source import Source


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: its text as it stands there, and where its name and its text begin."""

    name: str
    text: str
    name_mark: tuple[int, int]
    mark: tuple[int, int]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character of the text."""
        before = self.text[:offset]
        lines = before.count("\n")
        column = offset - before.rfind("\n") if lines else self.mark[1] + offset
        return self.mark[0] + lines, column


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a BibTeX file; a damaged one has faults of syntax, which are reported."""

    kind: str
    key: str
    mark: tuple[int, int]
    key_mark: tuple[int, int]
    fields: dict[str, Field] = field(default_factory=dict)
    is_damaged: bool = False


def read(source: Source, found: Diagnostics) -> list[Record]:
    """Return the entries of a file in their order; each fault of syntax becomes a diagnostic."""
    return list(_Parser(source, found).records())


# As people write them without quotes, though only the first three letters are BibTeX's own.
_MONTHS = {name.lower(): name for name in month_names.values()} | {"sept": "September"}
_COMMAND = re.compile(r"^[ \t]*@\s*\w+\s*[{(]", re.MULTILINE)
_NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w:.+/-]*)\s*=")
_FIELD_WITHIN = re.compile(r"\n\s*[A-Za-z]\w*\s*=\s*[{\"]")
_BLANK = re.compile(r"\s*")


class _Parser(LowLevelParser):  # type: ignore[misc]  # pybtex comes without types
    """Pybtex's parser, which here also notes where each field begins, and reports in our words."""

    text: str
    pos: int
    end_pos: int
    command_start: int
    current_entry_key: str | None
    current_field_name: str | None
    current_value: list[str]

    def __init__(self, source: Source, found: Diagnostics) -> None:
        super().__init__(source.text, macros=CaseInsensitiveDict({**month_names, **_MONTHS}))
        self.source = source
        self.found = found
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self.is_damaged = False
        self.key_at = 0
        self.name_at = 0
        self.value_at = 0
        self.places: list[tuple[int, int]] = []

    def records(self) -> Iterator[Record]:
        """Yield the entries; what else stands between them means nothing to BibTeX."""
        for command, body in self:
            is_damaged, self.is_damaged = self.is_damaged, False
            if command.lower() in {"string", "preamble"}:
                continue
            key, parts = body
            yield Record(
                command.lower(),
                key or "",
                self.mark(self.command_start),
                self.mark(self.key_at),
                self.fields_of(parts),
                is_damaged,
            )

    def fields_of(self, parts: list[tuple[str, list[str]]]) -> dict[str, Field]:
        """Return the fields of an entry by their names in small letters; the first of each."""
        fields: dict[str, Field] = {}
        for (name, values), (name_at, value_at) in zip(parts, self.places, strict=True):
            one = Field(name, "".join(values), self.mark(name_at), self.mark(value_at))
            first = fields.setdefault(name.lower(), one)
            if first is not one and first.text.split() != one.text.split():
                self.found.warning(
                    self.source.location(*one.name_mark),
                    f"The field '{name}' stands here a second time, and is not read.",
                    "Keep one of the two.",
                    Note(self.source.location(*first.name_mark), "The first one is here."),
                )
        return fields

    def mark(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset into the text."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    # What pybtex calls while it reads.

    def parse_entry_body(self, body_end: Any) -> None:  # noqa: ANN401 - pybtex comes without types
        self.places = []
        self.key_at = self.after_blank(self.pos)
        super().parse_entry_body(body_end)

    def parse_entry_fields(self) -> None:
        self.check_key()
        while True:
            if self.reads_field():
                self.current_fields.append((self.current_field_name, self.current_value))
                self.places.append((self.name_at, self.value_at))
            if not self.optional([self.COMMA]) and not self.comma_is_missing():
                return

    def reads_field(self) -> bool:
        """Read a field and tell whether there was one."""
        self.current_field_name, self.current_value = None, []
        self.parse_field()
        return bool(self.current_value)

    def check_key(self) -> None:
        """Refuse a key that is none: a field's name, or more than one word."""
        following = self.text[self.after_blank(self.pos) :][:1]
        if following == "=":
            self.fault(
                self.command_start,
                "This entry has no key.",
                f"Write one word and a comma before its fields, such as: "
                f"@{self.text[self.command_start + 1 : self.key_at].strip(' {(')}{{lovelace1843,",
            )
        elif following not in {",", "}", ")", ""}:
            self.fault(
                self.pos,
                "The key of an entry is one word, and here more follows.",
                "Write it without spaces, and a comma after it.",
            )

    def comma_is_missing(self) -> bool:
        """Report a field that follows the one before without a comma; reading goes on there."""
        following = _NEXT_FIELD.match(self.text, self.pos)
        if following is None:
            return False
        self.found.error(
            self.source.location(*self.mark(following.start(1))),
            f"There is no comma before the field '{following[1]}'.",
            "Put one at the end of the field before it.",
        )
        return True

    def parse_field(self) -> None:
        self.name_at = self.after_blank(self.pos)
        super().parse_field()

    def parse_value(self) -> None:
        start = self.after_blank(self.pos)
        self.value_at = start + (self.text[start : start + 1] in {"{", '"'})
        super().parse_value()

    def substitute_macro(self, name: str) -> str:
        """Return what an abbreviation stands for; one that is not defined is its own name."""
        if name in self.macros:
            return str(self.macros[name])
        self.found.warning(
            self.source.location(*self.mark(self.pos - len(name))),
            f"The abbreviation '{name}' is not defined, so it is shown as it is.",
            f"Put a text in braces, {{{name}}}; or say before what it means: "
            f"@string{{{name} = {{…}}}}",
        )
        return name

    def handle_error(self, error: PybtexSyntaxError) -> None:
        """Report what cannot be read, and go on at the next entry."""
        if self.current_entry_key is None and not self.is_command():
            return  # an at sign in the text between entries
        if not isinstance(error, _KnownError):
            self.explain(error)
        self.is_damaged = True
        at_end = isinstance(error, PrematureEOF)
        start = self.command_start + 1 if at_end else max(self.pos, self.command_start + 1)
        following = _COMMAND.search(self.text, start)
        self.pos = following.start() if following else self.end_pos

    def explain(self, error: PybtexSyntaxError) -> None:
        """Report a fault in the words of whoever wrote the file."""
        name, entry = self.current_field_name, self.text[self.command_start :].split("{")[0].strip()
        if isinstance(error, PrematureEOF):
            has_begun = name and self.value_at > self.command_start
            at = self.value_at - 1 if has_begun else self.command_start
            what = f"value of '{name}'" if has_begun else f"entry {entry}"
            self.report(
                at,
                f"The {what} that opens here is never closed.",
                "Count its braces: each '{' needs its '}', also those within the text.",
            )
        elif "unbalanced" in str(error):
            self.report(
                self.pos - 1, f"There is one '}}' too many in the value of '{name}'.", "Delete it."
            )
        elif "nested" in str(error):
            self.report(self.value_at, "The braces are nested too deeply.", "Simplify them.")
        elif "entry key" in str(error):
            self.report(
                self.command_start,
                "This entry has no key.",
                f"Write one word and a comma before its fields, such as: {entry}{{lovelace1843,",
            )
        elif name and "field value" in str(error):
            self.report(
                self.pos,
                f"The value of '{name}' cannot be read.",
                f"Put it in braces: {name} = {{…}},",
            )
        elif name and "'='" in str(error):
            self.report(
                self.name_at,
                f"After the field name '{name}' no '=' follows.",
                f"Write {name} = {{…}}, or delete it.",
            )
        elif self.text[self.after_blank(self.pos) :][:1] == "@":
            self.explain_unclosed()
        elif self.text[: self.pos].endswith('\\"'):
            self.report(
                self.pos - 2,
                "The quotation mark after this backslash ends the value, and more follows.",
                'Put the letter and its accent in braces, such as {\\"o}.',
            )
        else:
            self.report(
                self.after_blank(self.pos),
                f"The entry {entry} cannot be read from here on.",
                "Put a comma after each field, and '}' after the last one.",
            )

    def explain_unclosed(self) -> None:
        """Report that an entry goes on where the next one begins, for want of a brace."""
        at, what = self.command_start, f"entry '{self.current_entry_key}'"
        for (name, values), (_, value_at) in zip(self.current_fields, self.places, strict=False):
            if _FIELD_WITHIN.search("".join(values)):
                at, what = value_at - 1, f"value of '{name}'"
                break
        self.report(
            at,
            f"The {what} that opens here is never closed.",
            "Count its braces: each '{' needs its '}', also those within the text.",
        )

    def fault(self, at: int, message: str, help: str) -> None:  # noqa: A002 - the word users see
        """Report a fault and leave the entry."""
        self.report(at, message, help)
        raise _KnownError(message, self)

    def report(self, at: int, message: str, help: str) -> None:  # noqa: A002 - the word users see
        """Add an error at an offset into the text."""
        at = min(at, max(self.end_pos - 1, 0))
        self.found.error(self.source.location(*self.mark(at)), message, help)

    def is_command(self) -> bool:
        """Tell whether the at sign begins a line and so can be meant to begin an entry."""
        line_start = self.line_starts[self.mark(self.command_start)[0] - 1]
        return not self.text[line_start : self.command_start].strip()

    def after_blank(self, offset: int) -> int:
        """Return the offset of the next character that is no space."""
        blank = _BLANK.match(self.text, offset)
        return blank.end() if blank else offset


class _KnownError(PybtexSyntaxError):  # type: ignore[misc]  # pybtex comes without types
    """A fault that is reported already."""
