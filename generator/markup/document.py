"""Longer texts, pages and notes: Markdown's blocks, with the same inline rules."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.rules_core import StateCore, block, normalize
from markdown_it.token import Token

from generator.markup import html, latex, plain
from generator.markup.text import Problem, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.markup.context import Context
    from generator.markup.parser import Parser

_LINE_END = re.compile(r"\r\n?|\n")
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
_ALIGNMENT = re.compile(r"text-align:(left|right|center)")
_BLOCK_MARK = re.compile(r"\A(?:[-+=]|\d{1,9}[.)]|\[[^\]]*\]:)")
_CODE = frozenset({"fence", "code_block"})
_SNIPPET = 12
_LONGEST_LINE = 1_000_000


def read(parser: Parser, source: str, cleaned: str, found: Context) -> tuple[Text, list[Problem]]:
    """Read a document into its readings."""
    state = StateCore(cleaned, parser, found.environment())
    normalize(state)
    block(state)
    _read_lines(state, cleaned, found)
    _name_headings(state.tokens)
    text = Text(
        source,
        "".join(map(_html, state.tokens)).strip("\n"),
        "\n\n".join(_paragraphs(state.tokens, plain.write)),
        "\n\n".join(
            _BLOCK_MARK.sub(r"{}\g<0>", one) for one in _paragraphs(state.tokens, latex.write)
        ),
    )
    return text, found.problems


def _read_lines(state: StateCore, source: str, found: Context) -> None:
    """Read the text of each block, and keep track of the lines it stands on."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
    for token in state.tokens:
        if token.type == "inline" and token.map is not None:
            lines = starts[token.map[0] : token.map[1] + 1]
            found.locate = _Places(source, lines, token.content).locate
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
            for child in token.children:
                if child.type == "image":
                    child.attrs["alt"] = plain.write(child.children or [])


class _Places:
    """Where the text of a block stands in the source: its lines, and columns where certain.

    markdown-it knows only which lines a block covers, for it takes marks of quotes and lists away.
    """

    def __init__(self, source: str, starts: list[int], text: str) -> None:
        """Take the starts of the block's lines, and of the line after it."""
        self._source = source
        self._starts = starts
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._seen = 0

    def locate(self, text: str, position: int) -> int:
        """Return the offset of a place in the block; problems mostly come in their order."""
        line = bisect_left(self._breaks, position) if text is self._text else 0
        start = self._starts[min(line, len(self._starts) - 1)]
        snippet = text[position : position + _SNIPPET].partition("\n")[0]
        column = self._source.find(snippet, max(start, self._seen), start + _LONGEST_LINE)
        self._seen = max(start, column)
        return self._seen


def _name_headings(tokens: list[Token]) -> None:
    """Give each heading an identifier of its own, made of its words."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = unicodedata.normalize("NFKD", plain.write(inline.children or []).casefold())
            name = base = _NOT_WORD.sub("-", _MARKS.sub("", words)).strip("-") or "section"
            while name in taken:
                last[base] = last.get(base, 1) + 1
                name = f"{base}-{last[base]}"
            taken.add(name)
            opening.attrs = {"id": name}


def _html(token: Token) -> str:
    """Write one block token; a style becomes a class, since a strict policy forbids styles."""
    if token.type == "inline":
        return html.write(token.children or []).strip(" ")
    if token.type in _CODE:
        language = token.info.split()[:1]
        mark = f' class="language-{escape(language[0])}"' if language else ""
        return f"<pre><code{mark}>{escape(token.content, quote=False)}</code></pre>\n"
    if token.hidden:
        return ""
    if token.nesting < 0:
        return f"</{token.tag}>\n"
    alignment = _ALIGNMENT.search(str(token.attrs.pop("style", "")))
    if alignment:
        token.attrs["class"] = alignment[1]
    attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in token.attrs.items())
    line_end = (
        "\n" if token.tag in {"ul", "ol", "table", "thead", "tbody", "tr", "blockquote"} else ""
    )
    return f"<{token.tag}{attributes}>{line_end}" if token.nesting else "<hr>\n"


def _paragraphs(tokens: Iterable[Token], write: Callable[[Iterable[Token]], str]) -> list[str]:
    """Return the text of each block that has any, by one of the other readings."""
    found = []
    for token in tokens:
        if token.type == "inline":
            found.append(write(token.children or []))
        elif token.type in _CODE:
            found.append(write(_code_lines(token.content)))
    return [text for text in found if text]


def _code_lines(code: str) -> list[Token]:
    """Return the lines of a block of code as the tokens of a paragraph."""
    tokens: list[Token] = []
    for line in filter(str.strip, code.split("\n")):
        tokens += [Token("hardbreak", "br", 0)] if tokens else []
        tokens.append(Token("code_inline", "code", 0, content=line.strip()))
    return tokens
