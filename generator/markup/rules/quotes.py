r"""Quotation marks as TeX writes them, and the backticks that are Markdown's code instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.context import context, scan

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_RUN = re.compile("`{1,3}")
_SINGLE = re.compile(r"(?<!\s)'(?![^\W\d_]|')")
_OPENS_AFTER = frozenset(' \t\n\u00a0([{~-–—/"“‘')


_DOUBLE = 2


def double_backtick(state: StateInline, silent: bool) -> bool:
    """Read ``` ``q'' ``` and ``` ``q" ```: an end must come before the next double backtick."""
    source, start, limit = state.src, state.pos, state.posMax
    if source[start] != "`" or context(state).code or _run(source, start) != _DOUBLE:
        return False
    following = source.find("``", start + 2, limit)
    region = (start + 2, following if following >= 0 else limit)
    end = source.find("''", *region)
    if end > start + 2 and source[end - 1].isspace():
        end = -1
    if end < 0:
        end = source.find('"', *region)
    if end <= start + 2:
        return False
    scan(state).quotes[end] = "”"
    return _opening(state, "“", 2, silent=silent)


def single_backtick(state: StateInline, silent: bool) -> bool:
    """Read `` `q' ``, and the backtick of ``LLM`s``, which stands for an apostrophe."""
    source, start, limit = state.src, state.pos, state.posMax
    if source[start] != "`" or context(state).code or _run(source, start) != 1:
        return False
    after = source[start + 1 : min(start + 2, limit)]
    if start and source[start - 1].isalpha() and after.isalpha():
        return _opening(state, "’", 1, silent=silent)
    following = source.find("`", start + 1, limit)
    end = _SINGLE.search(source, start + 2, following if following >= 0 else limit)
    if end is None or after.isspace():
        return False
    scan(state).quotes[end.start()] = "’"
    return _opening(state, "‘", 1, silent=silent)


def straight(state: StateInline, silent: bool) -> bool:
    """Read `''q''`, and the end of a quotation that another rule has opened."""
    source, start, limit = state.src, state.pos, state.posMax
    if source[start] not in "'\"" or context(state).code:
        return False
    found = scan(state)
    width = 2 if source.startswith("''", start) else 1
    if start in found.quotes:
        mark = found.quotes[start]
        return _opening(state, mark, width if mark == "”" else 1, silent=silent)
    before, after = source[start - 1 : start], source[start + 2 : min(start + 3, limit)]
    if width == 1 or (before and before not in _OPENS_AFTER) or not after.strip():
        return False
    if found.last("''") <= start + 2:
        return False
    end = source.find("''", start + 3, limit)
    if end < 0 or source[end - 1].isspace():
        return False
    found.quotes[end] = "”"
    return _opening(state, "“", 2, silent=silent)


def _opening(state: StateInline, mark: str, width: int, *, silent: bool) -> bool:
    if not silent:
        state.append_pending(mark)
    state.pos += width
    return True


def _run(source: str, start: int) -> int:
    """Return how many backticks stand here, as far as three."""
    match = _RUN.match(source, start)
    return len(match[0]) if match else 0
