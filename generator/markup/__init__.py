"""Markdown + TeX to HTML with MathML, plain text and LaTeX: one text, three readings."""

from generator.markup.reader import Problem, Reader, Text

__all__ = ["Problem", "Reader", "Text"]
