r"""Math in text: `$..$`, `$$..$$`, `\(..\)`, `\[..\]`, and the dollars that are money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup import math
from generator.markup.context import context, scan, tokenize
from generator.markup.macros import expand

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_SIGN = re.compile(r"[\\^_{=<>]")
_OF_TEXT = re.compile(r"\\[%&#$_]|\\(?:text[a-z]+|emph|cite[a-z]*|ref)\{")
_WORDS = re.compile(
    r"(?<![A-Za-z\\])[A-Za-z]{2,}(?![A-Za-z]).*?(?<![A-Za-z\\])[A-Za-z]{2,}", re.DOTALL
)
_TEXT_ONLY = re.compile(r"\s*(\\(?:text[a-z]*|[mh]box|emph)\s*(?=\{))")
_LONGEST_SHOWN = 60


def dollars(state: StateInline, silent: bool) -> bool:
    """Read `$..$` and `$$..$$`; a dollar that pairs with none is a dollar."""
    source, start, limit = state.src, state.pos, state.posMax
    if source[start] != "$":
        return False
    if source.startswith("$$", start):
        end = source.find("$$", start + 2, limit)
        if end < 0 or not source[start + 2 : end].strip():
            state.pos = start + 2
            if not silent:
                state.append_pending("$$")
            return True
        return _formula(state, start, (start + 2, end), "$$", silent=silent)
    end = scan(state).closing_dollar(start, limit)
    if end < 0 or _is_money(source[start + 1 : end], source[end + 1 : min(end + 2, limit)]):
        return False
    return _formula(state, start, (start + 1, end), "$", silent=silent)


def parentheses(state: StateInline, silent: bool) -> bool:
    r"""Read `\(..\)` and `\[..\]`."""
    source, start, limit = state.src, state.pos, state.posMax
    if source[start] != "\\" or source[start + 1 : start + 2] not in {"(", "["}:
        return False
    closing = r"\)" if source[start + 1] == "(" else r"\]"
    if scan(state).last(closing) <= start:
        return False
    end = source.find(closing, start + 2, limit)
    if end < 0 or not source[start + 2 : end].strip():
        return False
    return _formula(state, start, (start + 2, end), source[start : start + 2], silent=silent)


def add_formula(  # noqa: PLR0913 - where it stands and how it was marked
    state: StateInline, position: int, tex: str, before: str, after: str, *, display: bool
) -> None:
    """Add a formula to what was read, and say so where it could not be read."""
    found = context(state)
    formula = math.read(expand(tex, found.macros), display=display)
    token = state.push("math", "math", 0)
    token.content = formula.html
    token.meta = {"formula": formula, "before": before, "after": after}
    if formula.error:
        shown = " ".join(f"{before}{tex}{after}".split())
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[: _LONGEST_SHOWN - 1] + "…"
        found.report(
            state,
            position,
            f"The formula '{shown}' is shown as plain text, because it could not be read: "
            f"{formula.error.rstrip('.')}.",
            "Write it with commands that LaTeX and amsmath know, or define the command under "
            "'macros:' in site.yaml.",
        )


def _formula(
    state: StateInline, start: int, inner: tuple[int, int], opening: str, *, silent: bool
) -> bool:
    """Read what stands between math delimiters, which may be no more than text in a command."""
    closing = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}[opening]
    if not silent:
        tex = state.src[slice(*inner)]
        if _is_text(state, inner):
            tokenize(state, *inner)
        else:
            display = opening in {"$$", r"\["}
            add_formula(state, start, tex, opening, closing, display=display)
    state.pos = inner[1] + len(closing)
    return True


def _is_text(state: StateInline, inner: tuple[int, int]) -> bool:
    r"""Say whether a formula is one text command as a whole, as in `$\textbf{sets}$`."""
    match = _TEXT_ONLY.match(state.src, *inner)
    if match is None:
        return False
    argument = scan(state).argument(match.end(1), inner[1])
    return argument is not None and not state.src[argument[1] + 1 : inner[1]].strip()


def _is_money(content: str, following: str) -> bool:
    r"""Say whether the dollars round this text are money: `$5 and $10`, but not `$\sim$10`."""
    if not content.strip():
        return True
    amount = content[0].isdigit() and content[-1].isspace()
    words = _WORDS.search(content) is not None
    if _SIGN.search(_OF_TEXT.sub("", content) if amount and words else content):
        return False
    lone_sign = not any(character.isalnum() for character in content)
    return not lone_sign and (following.isdigit() or amount or words)
