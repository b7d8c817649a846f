"""Longer texts, pages and notes: Markdown's blocks, with the same inline rules."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from markdown_it.rules_core.state_core import StateCore

from generator.markup import html, latex, plain
from generator.markup.text import Problem, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.markup.context import Context
    from generator.markup.parser import Parser

_NOT_WORD = re.compile(r"[\W_]+")
_SNIPPET = 12


def read(
    parser: Parser, source: str, cleaned: str, found: Context
) -> tuple[Text, tuple[Problem, ...]]:
    """Read a document into its readings."""
    state = StateCore(cleaned, parser, found.environment())
    for name in ("normalize", "block"):
        _core_rule(parser, name)(state)
    _read_inlines(state, cleaned, found)
    _name_headings(state.tokens)
    text = Text(
        source,
        _html(state.tokens),
        "\n\n".join(filter(None, (_plain(token) for token in state.tokens))),
        "\n\n".join(filter(None, (_latex(token) for token in state.tokens))),
    )
    return text, tuple(found.problems)
