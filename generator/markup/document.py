"""Longer texts, pages and notes: Markdown's blocks, with the same inline rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from typing import TYPE_CHECKING

from markdown_it.rules_core import StateCore, block, normalize

from generator.markup import html, latex, plain
from generator.markup.text import Problem, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from generator.markup.context import Context
    from generator.markup.parser import Parser

_LINE_END = re.compile(r"\r\n?|\n")
_NOT_WORD = re.compile(r"[\W_]+")
_ALIGNMENT = re.compile(r"text-align:(left|right|center)")
_CODE = frozenset({"fence", "code_block"})
_SNIPPET = 12


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
        "\n\n".join(_paragraphs(state.tokens, latex.write)),
    )
    return text, found.problems


def _read_lines(state: StateCore, source: str, found: Context) -> None:
    """Read the text of each block, and keep track of the lines it stands on."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
    for token in state.tokens:
        if token.type == "inline" and token.map is not None:
            first, last = token.map[0], min(token.map[1], len(starts) - 1)
            region = (starts[first], starts[last] if last > first else len(source))

            def locate(text: str, position: int, region: tuple[int, int] = region) -> int:
                return _locate(source, starts, region, text, position)

            found.locate = locate
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])
            for child in token.children:
                if child.type == "image":
                    child.attrs["alt"] = plain.write(child.children or [])


def _locate(  # noqa: PLR0913, PLR0917 - a place in a block is told by all of these
    source: str, starts: list[int], region: tuple[int, int], text: str, position: int
) -> int:
    """Return the offset of a place in a block: its line, and its column where that is certain.

    markdown-it knows only which lines a block covers, for it takes marks of quotes and lists away.
    """
    start, end = region
    line = bisect_right(starts, start) - 1 + text.count("\n", 0, position)
    start = starts[min(line, len(starts) - 1)]
    snippet = text[position : position + _SNIPPET].split("\n")[0]
    column = source.find(snippet, start, end)
    return column if column >= 0 else start


def _name_headings(tokens: list[Token]) -> None:
    """Give each heading an identifier of its own, made of its words."""
    taken: set[str] = set()
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            words = plain.write(inline.children or []).casefold()
            name = base = _NOT_WORD.sub("-", words).strip("-") or "section"
            number = 2
            while name in taken:
                name = f"{base}-{number}"
                number += 1
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
        return "\n" if token.nesting < 0 else ""
    if token.nesting < 0:
        return f"</{token.tag}>\n"
    alignment = _ALIGNMENT.search(str(token.attrs.pop("style", "")))
    if alignment:
        token.attrs["class"] = alignment[1]
    attributes = "".join(f' {key}="{escape(str(value))}"' for key, value in token.attrs.items())
    line_end = "\n" if token.tag in {"ul", "ol", "table", "thead", "tbody", "tr", "blockquote"} else ""
    return f"<{token.tag}{attributes}>{line_end}" if token.nesting else "<hr>\n"


def _paragraphs(tokens: Iterable[Token], write: object) -> list[str]:
    """Return the text of each block that has any, by one of the other readings."""
    found = []
    for token in tokens:
        if token.type == "inline":
            found.append(write(token.children or []))
        elif token.type in _CODE:
            found.append(token.content.rstrip("\n"))
    return [text for text in found if text]
