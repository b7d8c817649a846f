"""The HTML reading of inline tokens: an allow-list of elements, everything else escaped."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_BREAK = re.compile(r" ?<br> ?")
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")


def write(tokens: Iterable[Token]) -> str:
    """Write inline tokens as HTML."""
    written = "".join(map(_token, tokens))
    return _BREAK.sub("<br>", written) if "<br>" in written else written


def escaped(text: str) -> str:
    """Escape text and draw its spaces together, as a browser would show them."""
    return escape(_SPACES.sub(" ", text), quote=False)


def _token(token: Token) -> str:  # noqa: PLR0911 - one line for each kind of token
    if token.type in {"text", "text_special"}:
        return escaped(token.content)
    if token.nesting < 0:
        return f"</{token.tag}>"
    if token.nesting > 0:
        return f"<{token.tag}{_attributes(token)}>"
    if token.type == "math":
        return token.content
    if token.type == "code_inline":
        return f"<code>{escaped(token.content)}</code>"
    if token.type == "hardbreak":
        return "<br>"
    if token.type == "image":
        return f"<img{_attributes(token)}>"
    return "\n"


def _attributes(token: Token) -> str:
    return "".join(
        f' {name}="{escape(_SPACES.sub(" ", str(value)))}"' for name, value in token.attrs.items()
    )
