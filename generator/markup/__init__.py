"""Markdown + TeX to HTML with MathML, plain text and LaTeX: one text, three readings."""

from __future__ import annotations

from generator.markup.reader import Reader
from generator.markup.text import Problem, Text

__all__ = ["Problem", "Reader", "Text"]
