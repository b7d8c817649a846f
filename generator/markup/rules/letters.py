r"""Accented letters in text: `\'e`, `\"{o}`, `\c{c}`, and what arXiv has taken for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.accents import LETTERS, SIGNS, compose, is_one_character, mangled
from generator.markup.context import scan

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_BASE = re.compile(r"\s*\{\s*(?:\\([ij])(?![A-Za-z])\s*|([^{}\\]*))\}|\\([ij])(?![A-Za-z])\s?|(\S)")
_SUFFIX = re.compile(r"(?:s|t|d|m|re|ll|ve)(?![^\W\d_])")


def accent(state: StateInline, silent: bool) -> bool:
    r"""Read `\'e`, `\"{o}`, `\'\i`; what makes no letter that Unicode has is an escape.

    So is a mark that begins a quotation, as in `\"only\"`, which some programs write for JSON.
    """
    source, start = state.src, state.pos
    sign = source[start + 1 : start + 2]
    if source[start] != "\\" or sign not in SIGNS or start + 2 >= state.posMax:
        return False
    match = _BASE.match(source, start + 2, state.posMax)
    if match is None:
        return False
    base = match[1] or match[3] or match[2] or match[4] or ""
    if match[4]:
        after_letter = start > 0 and source[start - 1].isalpha()
        is_suffix = sign == "'" and after_letter and _SUFFIX.match(source, start + 2)
        if is_suffix or not is_one_character(SIGNS[sign], base):
            return False
        if sign == '"' and start in scan(state).quotations:
            return False
    written = compose(SIGNS[sign], base.strip()) if base.strip() else sign
    if not silent:
        state.append_pending(written)
    state.pos = match.end()
    return True


def letter_accent(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    r"""Read `\c{c}`, `\v S`, and `\b{eta}`, which arXiv made of `\beta`."""
    match = _BASE.match(state.src, after, state.posMax)
    position = after
    if match is None and state.src.startswith(" ", after):
        position = after + 1
        match = _BASE.match(state.src, position, state.posMax)
    if match is None:
        return -1
    base = (match[1] or match[3] or match[2] or match[4] or "").strip()
    if match[4] and not (position > after and is_one_character(LETTERS[name], base)):
        return -1
    if not silent:
        state.append_pending(mangled(name, base) or (compose(LETTERS[name], base) if base else ""))
    return match.end()
