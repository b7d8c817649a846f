r"""TeX commands in text: symbols, the user's macros, and those that are not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup import math
from generator.markup.accents import LETTERS
from generator.markup.context import context, scan, tokenize
from generator.markup.macros import fill, parameters
from generator.markup.rules.formulas import add_formula
from generator.markup.rules.letters import letter_accent
from generator.markup.rules.references import address, points_elsewhere, reference
from generator.markup.rules.styles import STYLES, style
from generator.markup.symbols import MARKS, MATH, WORDS

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_NAME = re.compile(r"\\([A-Za-z]+)\*?")
_VERBATIM = re.compile(r"\\verb\*?([^A-Za-z\s*])(.*?)\1")
_BREAKS = frozenset({"newline", "linebreak", "par", "item", "break"})
_ENVIRONMENTS = frozenset({"begin", "end"})
_FORMULAS = re.compile(
    r"(?:equation|align|gather|multline|eqnarray|displaymath|math|split|aligned)\*?\Z"
)
_DISPLAYS = frozenset({"equation", "equation*", "displaymath", "math"})
_OPENING_QUOTES = frozenset("“‘«¿¡")
_ADDRESSES = frozenset({"url", "href", "nolinkurl", "path"})
_MOST_EXPANSIONS = 200
_MOST_ARGUMENTS = 4
_LONGEST_FORMULA = 500


def command(state: StateInline, silent: bool) -> bool:
    r"""Read a backslash and a name: what it means to TeX, to the user, or only its name."""
    if state.src[state.pos] != "\\":
        return False
    match = _NAME.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    name, after = match[1], match.end(1)
    end = _known(state, name, after, silent=silent)
    if end < 0:
        end = _unknown(state, name, after, silent=silent)
    state.pos = end
    return True


def _known(  # noqa: C901, PLR0911 - one line for each kind of command
    state: StateInline, name: str, after: int, *, silent: bool
) -> int:
    """Read a command that is known, one kind after the other, or return -1."""
    if name in context(state).macros:
        return _macro(state, name, after, silent=silent)
    if name in STYLES:
        return style(state, name, after, silent=silent)
    if name in LETTERS:
        end = letter_accent(state, name, after, silent=silent)
        if end >= 0:
            return end
    if name in WORDS or name in MARKS or name in MATH:
        return _symbol(state, name, after, silent=silent)
    if name in _ADDRESSES:
        return address(state, name, after, silent=silent)
    if points_elsewhere(name):
        return reference(state, name, after, silent=silent)
    if name in _BREAKS:
        return _break(state, name, after, silent=silent)
    if name in _ENVIRONMENTS:
        return _environment(state, name, after, silent=silent)
    if name == "verb":
        return _verb(state, after, silent=silent)
    return _math_in_text(state, name, after, silent=silent)


def _symbol(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    """Read a command that is one character; after a letter TeX swallows the space."""
    written = WORDS.get(name) or MARKS.get(name) or MATH[name]
    if not silent:
        state.append_pending(written)
    if state.src.startswith("{}", after) and after + 1 < state.posMax:
        return after + 2
    swallows = name in WORDS or written in _OPENING_QUOTES
    return after + (swallows and after < state.posMax and state.src[after] == " ")


def _macro(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    """Read the meaning of a macro of the user's in the place of its name."""
    found = context(state)
    meaning, arguments, end = found.macros[name], list[str](), after
    for _ in range(parameters(meaning)):
        argument = scan(state).argument(end, state.posMax)
        if argument is None:
            break
        arguments.append(state.src[slice(*argument)])
        end = argument[1] + 1
    if state.src.startswith("{}", end) and end + 1 < state.posMax:
        end += 2
    if silent:
        return end
    found.expansions += 1
    if found.expansions > _MOST_EXPANSIONS:
        state.append_pending(name)
        return end
    here = found.expanding
    if here is None:
        found.expanding = found.locate(state.src, after - len(name) - 1)
    _read_instead(state, fill(meaning, arguments))
    found.expanding = here
    return end


def _read_instead(state: StateInline, meaning: str) -> None:
    """Read another text here, without what markdown-it remembers of places in this one."""
    outer = (state.src, state.posMax, state.cache, state.backticks, state.backticksScanned)
    state.src, state.cache, state.backticksScanned = meaning, {}, False
    tokenize(state, 0, len(meaning))
    state.src, state.posMax, state.cache, state.backticks, state.backticksScanned = outer


def _break(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    r"""Read a line break in words; an item of a list begins with a bullet on its own line."""
    if not silent:
        state.pending = state.pending.rstrip(" ")
        if state.pending or state.tokens:
            state.push("hardbreak", "br", 0)
        if name == "item":
            state.append_pending("• ")
    while after < state.posMax and state.src[after].isspace():
        after += 1
    return after


def _environment(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    r"""Read `\begin{equation}..\end{equation}` as math; other blocks only lose their marks."""
    argument = scan(state).argument(after, state.posMax)
    if argument is None:
        return -1
    start, end = after - len(name) - 1, argument[1] + 1
    inner = state.src[slice(*argument)]
    if name == "begin" and _FORMULAS.match(inner):
        closing = f"\\end{{{inner}}}"
        if scan(state).last(closing) > end:
            stop = state.src.find(closing, end, state.posMax)
            if stop >= 0:
                stop += len(closing)
                if not silent:
                    whole = (start, stop) if inner not in _DISPLAYS else (end, stop - len(closing))
                    mark = "" if inner not in _DISPLAYS else "$$"
                    tex = state.src[slice(*whole)]
                    add_formula(state, start, tex, mark, mark, display=True)
                return stop
    if not silent:
        context(state).report(
            state,
            start,
            f"The mark '{state.src[start:end]}' is left out, because text has no such block.",
            "Write its contents as paragraphs.",
        )
    return end


def _verb(state: StateInline, after: int, *, silent: bool) -> int:
    r"""Read `\verb|x|` as code."""
    match = _VERBATIM.match(state.src, after - len(r"\verb"), state.posMax)
    if match is None:
        return -1
    if not silent:
        state.push("code_inline", "code", 0).content = match[2]
    return match.end()


def _math_in_text(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    r"""Read a command of math that lacks its dollars, with its arguments: `\mathbb{R}`."""
    spans = _arguments(state, after)
    end = spans[-1][1] + 1 if spans else after
    start = after - len(name) - 1
    if end - start > _LONGEST_FORMULA:
        return -1
    tex = state.src[start:end]
    if name == "ensuremath" and spans:
        symbol = state.src[slice(*spans[0])].strip().removeprefix("\\")
        if symbol in MATH:
            return spans[0][1] + 1 if silent else _write(state, MATH[symbol], spans[0][1] + 1)
    elif math.read(tex).error or name == "text":
        return -1
    if not silent:
        add_formula(state, start, tex, "$", "$", display=False)
    return end


def _write(state: StateInline, written: str, end: int) -> int:
    state.append_pending(written)
    return end


def _arguments(state: StateInline, after: int) -> list[tuple[int, int]]:
    """Return the groups that directly follow a command."""
    spans: list[tuple[int, int]] = []
    while len(spans) < _MOST_ARGUMENTS:
        if after >= state.posMax or state.src[after] != "{":
            break
        argument = scan(state).argument(after, state.posMax)
        if argument is None:
            break
        spans.append(argument)
        after = argument[1] + 1
    return spans


def _unknown(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    """Show what a command holds, or its name where it holds nothing, and say so."""
    spans = _arguments(state, after)
    end = spans[-1][1] + 1 if spans else after
    if silent:
        return end
    start = after - len(name) - 1
    filled = [span for span in spans if span[1] > span[0]]
    if not filled:
        state.append_pending(name)
    for index, span in enumerate(filled):
        if index:
            state.append_pending(" ")
        tokenize(state, *span)
    shown = "its argument" if filled else "its name"
    is_incomplete = name in STYLES or name in _ADDRESSES or points_elsewhere(name)
    if is_incomplete:
        fault, help_ = "has no argument in braces", "Close its braces, or take the command out."
    else:
        fault = "is not known"
        help_ = f"Define '{name}' under 'macros:' in site.yaml, or write what it stands for."
    message = f"The command '\\{name}' {fault}, and {shown} is shown in its place."
    context(state).report(state, start, message, help_)
    return end
