"""One linear look at a source text: which braces and dollars belong together.

Every rule that asks for a closing character asks here, so that no number of unclosed ones can
cost more than one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_MARK = re.compile(r"\\.|[{}$]", re.DOTALL)
_ESCAPED_QUOTE = re.compile(
    r"""
    \\\\
    | (?P<opens> (?<![^\W_]) \\" (?= \w (?! \} ) ) )
    | (?P<closes> (?<=\S) \\" (?! \w | \s*\{ | \\[ij](?![a-z]) ) )
    """,
    re.VERBOSE,
)
_TEXT_IN_MATH = re.compile(r"\\(?:text[a-z]*|[mhf]box|emph|underline)\s*\Z")
_LONGEST_COMMAND = 24
_MOST_STEPS = 24


class Scan:
    """The braces and dollars of a source text."""

    def __init__(self, source: str) -> None:
        """Pair the braces; an escaped one is an ordinary character."""
        self.source = source
        self.quotes: dict[int, str] = {}
        """Closing quotes already paired with an opening one: what each reads as, by its place."""
        self._last: dict[str, int] = {}
        self._partner: dict[int, int] = {}
        self._outer: dict[int, int] = {}
        self._dollars: list[int] = []
        stack: list[int] = []
        for match in _MARK.finditer(source):
            position, mark = match.start(), match[0]
            if mark == "{":
                self._outer[position] = stack[-1] if stack else -1
                stack.append(position)
            elif mark == "}" and stack:
                self._partner[stack.pop()] = position
            elif mark == "$":
                self._outer[position] = stack[-1] if stack else -1
                self._dollars.append(position)

    @cached_property
    def quotations(self) -> frozenset[int]:
        r"""Return where an escaped quotation mark opens a quotation: `\"only\"`, not `\"uber`."""
        found, opening = set(), -1
        for match in _ESCAPED_QUOTE.finditer(self.source):
            if match["opens"]:
                opening = match.start()
            elif match["closes"] and opening >= 0:
                found.add(opening)
                opening = -1
        return frozenset(found)

    def last(self, mark: str) -> int:
        """Return the last place where a mark stands, so that none is looked for in vain twice."""
        if mark not in self._last:
            self._last[mark] = self.source.rfind(mark)
        return self._last[mark]

    def closing_brace(self, opening: int, limit: int) -> int:
        """Return where the group that opens here closes, or -1 where it does not before limit."""
        closing = self._partner.get(opening, -1)
        return closing if closing < limit else -1

    def argument(self, position: int, limit: int) -> tuple[int, int] | None:
        """Return the start and end of the contents of the group that follows, spaces skipped."""
        while position < limit and self.source[position] in " \n\t":
            position += 1
        closing = self.closing_brace(position, limit)
        return None if closing < 0 else (position + 1, closing)

    def closing_dollar(self, opening: int, limit: int) -> int:
        r"""Return the dollar that ends the formula, or -1.

        It stands in the same group as the one that begins it; those of `\text{a $x$}` are skipped.
        """
        candidate = self._dollar_after(opening)
        for _ in range(_MOST_STEPS):
            if not 0 <= candidate < limit:
                break
            group = self._group_between(opening, candidate)
            if group < 0:
                return candidate if self._is_open_to(opening, candidate) else -1
            command = self.source[max(opening, group - _LONGEST_COMMAND) : group]
            if not _TEXT_IN_MATH.search(command):
                break
            candidate = self._dollar_after(self._partner[group])
        return -1

    def _is_open_to(self, opening: int, closing: int) -> bool:
        """Say whether no group round one dollar ends before the other."""
        group = self._outer[opening]
        for _ in range(_MOST_STEPS):
            if group < 0:
                break
            if group in self._partner:
                return self._partner[group] > closing
            group = self._outer[group]
        return True

    def _dollar_after(self, position: int) -> int:
        index = bisect_right(self._dollars, position)
        return self._dollars[index] if index < len(self._dollars) else -1

    def _group_between(self, opening: int, position: int) -> int:
        """Return the outermost group that opens after one place and holds another, or -1."""
        found, group = -1, self._outer[position]
        for _ in range(_MOST_STEPS):
            if group <= opening:
                break
            if self._partner.get(group, -1) > position:
                found = group
            group = self._outer[group]
        return found
