"""The plain reading of inline tokens: the words alone, with ordinary spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_ORDINARY = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u00ad": None})


def write(tokens: Iterable[Token]) -> str:
    """Write inline tokens as one line of text."""
    text = "".join(map(_token, tokens))
    # Only ASCII is translated fast.
    return " ".join((text if text.isascii() else text.translate(_ORDINARY)).split())


def _token(token: Token) -> str:
    if token.type == "math":
        plain: str = token.meta["formula"].plain
        return plain
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "image":
        return write(token.children or [])
    return token.content
