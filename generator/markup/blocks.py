"""The one block that Markdown lacks: a displayed formula, whose lines may begin with any sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_CLOSING = {"$$": "$$", r"\[": r"\]"}
_MOST_LINES = 100


def displayed_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Read `$$..$$` or `\[..\]` over whole lines as a paragraph, before lists and rules can."""
    first = _line(state, start)
    closing = _CLOSING.get(first[:2])
    if closing is None or state.is_code_block(start):
        return False
    if first[2:].rstrip().endswith(closing):
        last = start
    else:
        reach = range(start + 1, min(end, start + _MOST_LINES))
        last = next((line for line in reach if _line(state, line).rstrip().endswith(closing)), -1)
    if last < 0 or any(state.isEmpty(line) for line in range(start, last)):
        return False
    if silent:
        return True
    state.line = last + 1
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, state.line, state.blkIndent, False).strip()  # noqa: FBT003 - markdown-it's signature
    token.map = [start, state.line]
    state.push("paragraph_close", "p", -1)
    return True


def _line(state: StateBlock, line: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
