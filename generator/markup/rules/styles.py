r"""Commands that set how text looks: `\textbf{x}`, `{\bf x}`, `\texttt{x}`, `\mbox{x}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.markup.context import context, scan, tokenize, wrap
from generator.markup.symbols import names

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_ELEMENTS = {
    "textbf": "strong",
    "textit": "em",
    "emph": "em",
    "textsl": "em",
    "texttt": "code",
    "lstinline": "code",
    "underline": "u",
    "uline": "u",
    "textsc": "span",
    "textsuperscript": "sup",
    "textsubscript": "sub",
    "section": "strong",
    "subsection": "strong",
    "paragraph": "strong",
}
_SWITCHES = {
    "bf": "strong",
    "bfseries": "strong",
    "em": "em",
    "it": "em",
    "itshape": "em",
    "sl": "em",
    "slshape": "em",
    "tt": "code",
    "ttfamily": "code",
    "sc": "span",
    "scshape": "span",
}
_PLAIN = names("""
    text textrm textsf textmd textup textnormal mbox hbox texorpdfstring MakeUppercase uppercase
    MakeLowercase lowercase centerline textquote
""")
_DECORATED = {"enquote": ("“", "”"), "footnote": (" (", ")")}
_WITHOUT_EFFECT = names("""
    rm rmfamily sf sffamily normalfont upshape mdseries tiny scriptsize footnotesize small
    normalsize large Large LARGE huge Huge centering noindent protect xspace displaystyle
    textstyle selectfont relax smallskip medskip bigskip leavevmode ignorespaces unskip sloppy
    boldmath nonumber notag allowbreak nolinebreak nobreak
""")
_KEEPS_SPACE = frozenset({"xspace", "protect", "unskip", "relax"})

STYLES = frozenset(
    {*_ELEMENTS, *_SWITCHES, *_PLAIN, *_DECORATED, *_WITHOUT_EFFECT},
)
"""The commands that this module reads."""


def style(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    """Read a command of style, and return where it ends, or -1 where it lacks its argument."""
    if name in _WITHOUT_EFFECT:
        return after if name in _KEEPS_SPACE else _skip_spaces(state, after)
    if name in _SWITCHES:
        after = _skip_spaces(state, after)
        if not silent:
            _element(state, _SWITCHES[name], after, state.posMax)
        return state.posMax
    argument = scan(state).argument(after, state.posMax)
    if argument is None:
        return -1
    if not silent:
        if name in _ELEMENTS:
            _element(state, _ELEMENTS[name], *argument)
        elif name in _DECORATED:
            _decorated(state, name, *argument)
        else:
            tokenize(state, *argument)
    if name == "texorpdfstring":
        second = scan(state).argument(argument[1] + 1, state.posMax)
        return second[1] + 1 if second else argument[1] + 1
    return argument[1] + 1


def _element(state: StateInline, tag: str, start: int, end: int) -> None:
    if tag == "span":
        wrap(state, "span", tag, start, end, **{"class": "small-caps"})
        return
    inside = context(state)
    inside.code += tag == "code"
    wrap(state, tag, tag, start, end)
    inside.code -= tag == "code"


def _decorated(state: StateInline, name: str, start: int, end: int) -> None:
    before, after = _DECORATED[name]
    if before.startswith(" "):
        state.pending = state.pending.rstrip(" \u00a0")
    state.append_pending(before)
    tokenize(state, start, end)
    state.append_pending(after)


def _skip_spaces(state: StateInline, position: int) -> int:
    while position < state.posMax and state.src[position] in " \n\t":
        position += 1
    return position
