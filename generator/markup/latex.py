"""The LaTeX reading of inline tokens, which read again gives the same HTML.

Accented letters, quotes and dashes are Unicode, which LaTeX has read since 2018 and which other
programs that read BibTeX show as they are; a letter or symbol that its fonts lack is a command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.symbols import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_OPENING = {
    "em": r"\emph{",
    "strong": r"\textbf{",
    "code": r"\texttt{",
    "u": r"\underline{",
    "span": r"\textsc{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
}
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    "\u202f": r"\,",
    "\u00a0": r"\nobreakspace{}",
    **{character: rf"\ensuremath{{\{name}}}" for character, name in COMMANDS.items()},
    # What `escaped` puts in before it escapes; no text holds such characters.
    "\0": "{",
    "\1": "}",
    "\2": "~",
}
_TO_ESCAPE = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
_TIE = re.compile(
    r"(?<=[^\s\d(\[{\"'~/|=<>“‘\u00a0])\u00a0(?=[^\s~\u00a0])|(?<=\d)\u00a0(?=[^\W\d])"
)
_REREAD = re.compile(
    r"(?<=-)-|(?<![^\W_])\*|\*(?![^\W_])|(?<=')'|(?<=\])\(|(?<=[hH][tT][tT][pP]):(?=//)|(?<=[sS]):(?=//)"
)
_MIGHT_REREAD = ("--", "*", "''", "](", "://")
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_TARGET = str.maketrans({"%": r"\%", "#": r"\#"})


def write(tokens: Iterable[Token]) -> str:
    """Write inline tokens as LaTeX on one line."""
    parts: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((len(parts), str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and links:
            start, target = links.pop()
            shown = "".join(parts[start:])
            parts[start:] = [_link(target, shown)]
        else:
            parts.append(_token(token))
    return _SPACES.sub(" ", "".join(parts)).strip(" ")


def escaped(text: str) -> str:
    """Escape text so that neither TeX nor this reader takes any of it for markup."""
    text = _SPACES.sub(" ", text)
    if any(mark in text for mark in _MIGHT_REREAD):
        text = _REREAD.sub(lambda match: f"\0{match[0]}\1", text)
    if "\u00a0" in text:
        text = _TIE.sub("\2", text)
    return _TO_ESCAPE.sub(lambda match: _SPECIAL[match[0]], text)


def _token(token: Token) -> str:  # noqa: PLR0911 - one line for each kind of token
    if token.type in {"text", "text_special"}:
        return escaped(token.content)
    if token.type == "math":
        return _formula(token)
    if token.type == "code_inline":
        return rf"\texttt{{{escaped(token.content)}}}"
    if token.type == "hardbreak":
        return r"\\ "
    if token.type == "image":
        return write(token.children or [])
    if token.nesting:
        return _OPENING.get(token.tag, "{") if token.nesting > 0 else "}"
    return " " if token.type == "softbreak" else ""


def _formula(token: Token) -> str:
    """Write a formula as it was marked; one that TeX could not read either is text."""
    formula = token.meta["formula"]
    if not formula.latex:
        return escaped(formula.plain)
    return f"{token.meta['before']}{formula.latex}{token.meta['after']}"


def _link(target: str, shown: str) -> str:
    """Write a link; one that shows its own address needs no text."""
    address = target.translate(_TARGET)
    if shown == escaped(target):
        return rf"\url{{{target}}}"
    return rf"\href{{{address}}}{{{shown}}}"
