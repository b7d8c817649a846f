"""The reader: one source text to its readings, as a line, an abstract or a document."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from generator.markup import document, html, latex, plain
from generator.markup.context import Context
from generator.markup.parser import Parser
from generator.markup.text import Problem, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.token import Token

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ODD_SPACES = str.maketrans("\v\f\x85", "   ")
_PARAGRAPH = re.compile(r"\n\s+")
_BLANK_LINE = re.compile(r"\n\s*\n\s*")
_HANGING = re.compile(r"[^\n]*(?:\n[ \t]*(?=\n|\Z)|\n(?: {4}|\t)[^\n]*)*\s*\Z")
_CONTINUED = re.compile(r"\n[ \t]+\S")
_FEW = 2


class Reader:
    """Reads Markdown with TeX, with the macros of the site."""

    def __init__(self, macros: Mapping[str, str] | None = None) -> None:
        """Take the macros of `site.yaml`, from a command's name to what it stands for."""
        self._macros = {name.removeprefix("\\"): text for name, text in (macros or {}).items()}

    def inline(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read one line: a title, a venue, a name; line breaks are spaces."""
        found = self._context(partial(_shifted, 0), is_short=True)
        tokens = self._tokens(_on_one_line(_cleaned(source)), found)
        text = Text(source, html.write(tokens).strip(), plain.write(tokens), latex.write(tokens))
        return text, tuple(found.problems)

    def abstract(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read paragraphs, which are the only blocks; a list's or heading's mark is text."""
        readings: list[Text] = []
        problems: list[Problem] = []
        for start, paragraph in _paragraphs(_cleaned(source)):
            found = self._context(partial(_shifted, start))
            tokens = self._tokens(_on_one_line(paragraph), found)
            written = html.write(tokens).strip()
            if written:
                block = f"<p>{written}</p>"
                readings.append(Text("", block, plain.write(tokens), latex.write(tokens)))
            problems.extend(found.problems)
        text = Text(
            source,
            "\n".join(reading.html for reading in readings),
            "\n\n".join(reading.plain for reading in readings if reading.plain),
            "\n\n".join(reading.latex for reading in readings if reading.latex),
        )
        return text, tuple(problems)

    def document(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read a page or a note with all of Markdown's blocks."""
        found = self._context(partial(_shifted, 0))
        text, problems = document.read(self._document_parser, source, _cleaned(source), found)
        return text, tuple(problems)

    def _tokens(self, line: str, found: Context) -> list[Token]:
        return self._line_parser.inline.parse(line, self._line_parser, found.environment(), [])

    def _context(self, locate: Callable[[str, int], int], *, is_short: bool = False) -> Context:
        return Context(macros=self._macros, locate=locate, is_short=is_short)

    @cached_property
    def _line_parser(self) -> Parser:
        return Parser(is_document=False)

    @cached_property
    def _document_parser(self) -> Parser:
        return Parser(is_document=True)


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _shifted(start: int, _text: str, position: int) -> int:
    """Return the offset of a place in a paragraph that begins at another."""
    return start + position


def _cleaned(source: str) -> str:
    """Replace what XML 1.0, section 2.2, does not allow, one character for one."""
    if source.replace("\n", " ").isprintable():
        return source
    return (
        _FORBIDDEN.sub("\ufffd", source)
        .translate(_ODD_SPACES)
        .replace("\r\n", " \n")
        .replace("\r", "\n")
    )


def _paragraphs(source: str) -> list[tuple[int, str]]:
    """Return each paragraph with its place.

    A blank line ends one, and so does a line break before an indent, which is arXiv's habit;
    where all further lines are indented by four, a BibTeX field has been wrapped, and none is new.
    """
    is_wrapped = len(_CONTINUED.findall(source)) >= _FEW and _HANGING.match(source)
    found, start = [], 0
    for match in (_BLANK_LINE if is_wrapped else _PARAGRAPH).finditer(source):
        found.append((start, source[start : match.start()]))
        start = match.end()
    found.append((start, source[start:]))
    return found
