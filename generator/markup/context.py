"""What the rules need to know of the text they are in, carried in markdown-it's environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.markup.scan import Scan
from generator.markup.text import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.rules_inline import StateInline

_KEY = "markup"


@dataclass(slots=True)
class Context:
    """The reading of one source text: its settings, and what is noted on the way."""

    macros: Mapping[str, str]
    locate: Callable[[str, int], int]
    """From a place in the text being read to an offset in the source."""
    is_short: bool = False
    """Whether this is a title or a name, where braces only protect capitals."""
    problems: list[Problem] = field(default_factory=list)
    code: int = 0
    """How many code commands enclose the place being read: there Markdown is off."""
    expansions: int = 0
    expanding: int | None = None
    """Where the macro stands whose meaning is being read, which no source offset covers."""
    scans: dict[str, Scan] = field(default_factory=dict)

    def environment(self) -> dict[str, object]:
        """Return the environment that hands this context to markdown-it."""
        return {_KEY: self}

    def report(self, state: StateInline, position: int, message: str, help_: str) -> None:
        """Note a problem at a place in the text being read."""
        inside = self.expanding
        offset = self.locate(state.src, position) if inside is None else inside
        self.problems.append(Problem(offset, message, help_))


def context(state: StateInline) -> Context:
    """Return the context of a text being read."""
    found = state.env[_KEY]
    assert isinstance(found, Context)
    return found


def scan(state: StateInline) -> Scan:
    """Return the braces and dollars of a text being read, looked for once."""
    scans = context(state).scans
    found = scans.get(state.src)
    if found is None:
        found = scans[state.src] = Scan(state.src)
    return found


def tokenize(state: StateInline, start: int, end: int) -> None:
    """Read a part of the text in place, as markdown-it's own link rule does."""
    limit = state.posMax
    state.pos, state.posMax = start, end
    state.level += 1
    state.md.inline.tokenize(state)
    state.level -= 1
    state.posMax = limit


def wrap(state: StateInline, kind: str, tag: str, start: int, end: int, **attributes: str) -> None:
    """Put an element round a part of the text."""
    token = state.push(f"{kind}_open", tag, 1)
    token.attrs = dict(attributes)
    tokenize(state, start, end)
    state.push(f"{kind}_close", tag, -1)
