r"""Brackets of a formula that nothing closes: what follows one of them, math-core 0.9 reads twice.

Twenty of them take a million times as long as none. What opens a bracket was found by trial, with
every command that math-core knows and every character; of what closes one, the usual is enough.
"""

from __future__ import annotations

import re

_NAMES = (
    "(?:ang|angle|Angle|langle|brace|Brace|brack|lbracket|ceil|floor|group|moustache|paren"
    "|lparenthesis|rangle|rbracket|rparenthesis|vert|Vert)(?![A-Za-z])"
)
_OPENING = r"(\[⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼"
_CLOSING = r")\]⌉⌋⌝⌟⟧⟩⟫"
_SIGN = r"(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\?.|\Z)"
_OPENS = rf"\\[bB]igg?l{_SIGN}|\\l{_NAMES}|\\[ul]lcorner|\\\{{|[{_OPENING}]"
_CLOSES = rf"\\[bB]igg?r{_SIGN}|\\r{_NAMES}|\\[ul]rcorner|\\\}}|[{_CLOSING}]"
_BEGINS = rf"\{{|\\left{_SIGN}|\\begin(?![A-Za-z])"
_ENDS = rf"\}}|\\right{_SIGN}|\\end(?![A-Za-z])"
_TOKEN = re.compile(
    rf"\\(?:sqrt|x[a-z]+)\s*\[(?P<optional>[^\[\]]*)\]|\\middle{_SIGN}"
    rf"|(?P<opens>{_OPENS})|(?P<closes>{_CLOSES})|(?P<begins>{_BEGINS})|(?P<ends>{_ENDS})|\\.",
    re.DOTALL,
)
_OPENING_ALONE = re.compile(_OPENS, re.DOTALL)


def unclosed(tex: str) -> int:
    """Return how many brackets no other closes in the same group, in a formula."""
    found, groups = 0, [0]
    for match in _TOKEN.finditer(tex):
        kind = match.lastgroup
        if kind == "opens":
            groups[-1] += 1
        elif kind == "closes":
            groups[-1] -= groups[-1] > 0
        elif kind == "begins":
            groups.append(0)
        elif kind == "ends" and len(groups) > 1:
            found += groups.pop()
        elif kind == "optional":
            found += len(_OPENING_ALONE.findall(match[kind]))
    return found + sum(groups)
