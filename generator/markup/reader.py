"""A simple stand-in that keeps the interface of the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """One source text and its readings."""

    source: str
    html: str
    plain: str
    latex: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader could not read faithfully."""

    offset: int
    message: str
    help: str


class Reader:
    """Reads text."""

    def __init__(self, macros: Mapping[str, str] | None = None) -> None:
        """Keep the macros."""
        self.macros = dict(macros or {})

    def inline(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read one line of text."""
        plain = " ".join(source.split())
        return Text(source, escape(plain), plain, re.sub(r"([&%$#_])", r"\\\1", plain)), ()

    def abstract(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read paragraphs."""
        parts = [self.inline(part)[0] for part in re.split(r"\n\s*\n", source) if part.strip()]
        html = "\n".join(f"<p>{part.html}</p>" for part in parts)
        plain = "\n\n".join(part.plain for part in parts)
        return Text(source, html, plain, "\n\n".join(part.latex for part in parts)), ()

    def document(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Read a page."""
        return self.abstract(source)
