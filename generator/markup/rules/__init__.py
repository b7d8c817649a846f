"""The inline rules: one rule is one function, in the signature that markdown-it asks for.

A rule looks at one place of the text and says whether it knows what stands there; it then moves
past it and, unless silent, adds what it read. Rules come in a fixed order, math first.
"""

from __future__ import annotations

from generator.markup.rules.commands import command
from generator.markup.rules.formulas import dollars, parentheses
from generator.markup.rules.letters import accent
from generator.markup.rules.links import bare_address, guarded_image, guarded_link
from generator.markup.rules.punctuation import dashes, escape, group, product, text, tie
from generator.markup.rules.quotes import double_backtick, single_backtick, straight

__all__ = [
    "accent",
    "bare_address",
    "command",
    "dashes",
    "dollars",
    "double_backtick",
    "escape",
    "group",
    "guarded_image",
    "guarded_link",
    "parentheses",
    "product",
    "single_backtick",
    "straight",
    "text",
    "tie",
]
