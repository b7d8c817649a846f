"""Plain text and its marks: escapes, braces, ties, dashes, and the star that multiplies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.context import context, scan, tokenize

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_STOP = re.compile(r"[\\$`{}\[\]*_~\n\"']|--|&(?=[#A-Za-z])|<(?=[A-Za-z])|!(?=\[)|:(?=//)")
_ESCAPED = frozenset("!\"#$%&'()*+-./:;<=>?@[]^_`{|}~,\\")
_THIN = "\u202f"
_OPENS = frozenset(" \t\n([{\"'“‘/|=<>\u00a0")
_ROW_END = re.compile(r"\\\\\*?(?:\[\s*-?[\d.]+\s*[a-z]{2}\s*\])?\s*")
_HYPHENS = re.compile("-+")
_COMMAND = re.compile(r"\\[A-Za-z'`^\"~=.]|\$|\{")
_TOKENS_ONLY = re.compile(r"\S+(?:\s*,\s*\S+)+\Z")
_EM, _EN = 3, 2


def text(state: StateInline, silent: bool) -> bool:
    """Take text up to the next mark; markdown-it's own rule would run past the end of a part."""
    match = _STOP.search(state.src, state.pos, state.posMax)
    end = match.start() if match else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def escape(state: StateInline, silent: bool) -> bool:
    r"""Read a backslash before a mark: the mark itself, a space of TeX, or the line break `\\`."""
    source, start = state.src, state.pos
    if source[start] != "\\" or start + 1 >= state.posMax:
        return False
    mark = source[start + 1]
    if mark == "\\":
        match = _ROW_END.match(source, start, state.posMax)
        state.pos = match.end() if match else start + 2
        if not silent:
            state.pending = state.pending.rstrip(" ")
            state.push("hardbreak", "br", 0)
        return True
    if mark in " \t\n":
        written = " "
    elif mark in _ESCAPED:
        before = source[start - 1] if start else " "
        after = source[start + 2] if start + 2 < state.posMax else " "
        written = _escaped(mark, before, after)
    else:
        return False
    if not silent:
        state.append_pending(written)
    state.pos = start + 2
    return True


def group(state: StateInline, silent: bool) -> bool:
    """Read `{..}`: TeX's braces vanish, those of a set or a placeholder stay."""
    start = state.pos
    if state.src[start] != "{":
        return False
    end = scan(state).closing_brace(start, state.posMax)
    if end < 0 or not _is_invisible(state, start, end):
        return False
    if not silent:
        inner = state.src[start + 1 : end]
        if len(inner) == 1:
            state.append_pending(inner)
        elif inner.strip():
            tokenize(state, start + 1, end)
        elif inner:
            state.append_pending(" ")
    state.pos = end + 1
    return True


def tie(state: StateInline, silent: bool) -> bool:
    """Read `~`: TeX's no-break space between words, a tilde for "about" and between numbers."""
    source, start = state.src, state.pos
    if source[start] != "~":
        return False
    before = source[start - 1] if start else " "
    after = source[start + 1] if start + 1 < state.posMax else " "
    if before in _OPENS or (before.isdigit() and after.isdigit()) or context(state).code:
        written = "~"
    else:
        written = "" if after in " \t\n~" else "\u00a0"
    if not silent:
        state.append_pending(written)
    state.pos = start + 1
    return True


def dashes(state: StateInline, silent: bool) -> bool:
    """Read `--` and `---` as dashes, but not `--flag` nor an arrow."""
    source, start = state.src, state.pos
    if not source.startswith("--", start):
        return False
    match = _HYPHENS.match(source, start, state.posMax)
    end = match.end() if match else start + 1
    before = source[start - 1] if start else " "
    after = source[end] if end < state.posMax else " "
    width = end - start
    written = source[start:end]
    if not (context(state).code or before in "<!|" or after in ">|"):
        if width == _EM:
            written = "—"
        elif width == _EN and not (after.isalpha() and (before in _OPENS or before == "`")):
            written = "–"
    if not silent:
        state.append_pending(written)
    state.pos = end
    return True


def product(state: StateInline, silent: bool) -> bool:
    """Read a star between words or brackets, as in `0.2*delta*L`, as a product."""
    source, start = state.src, state.pos
    if source[start] != "*" or not start or start + 1 >= state.posMax:
        return False
    before, after = source[start - 1], source[start + 1]
    if not ((before.isalnum() and after.isalnum()) or (before == ")" and after == "(")):
        return False
    if not silent:
        state.append_pending("*")
    state.pos = start + 1
    return True


def _escaped(mark: str, before: str, after: str) -> str:
    """Return what an escaped mark reads as, between its neighbours."""
    if mark == "," or (mark in ";:" and not after.isspace()):
        return _THIN
    if mark == "-" and before.isalpha() and after.isalpha():
        return ""  # TeX's place to divide a word
    if mark == "/" and after in "} ":
        return ""  # the italic correction
    if mark == "@" and after in ".,:;?! ":
        return ""  # the end of a sentence after a capital
    if mark == "'" and before.isalpha() and after.isalpha():
        return "’"
    return mark


def _is_invisible(state: StateInline, start: int, end: int) -> bool:
    """Say whether braces are TeX's: they touch a word, hold a command, or only protect it."""
    source = state.src
    inner = source[start + 1 : end]
    if len(inner.strip()) <= 1 and not inner.strip().isalnum():
        return True
    before, after = source[start - 1 : start], source[end + 1 : min(end + 2, state.posMax)]
    if before.isalnum() or after.isalnum() or _COMMAND.search(inner):
        return True
    if context(state).is_short:
        return (start == 0 and end + 1 == len(source)) or not _TOKENS_ONLY.match(inner)
    return "," not in inner and len(inner.split()) > 1
