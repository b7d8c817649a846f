"""Accented letters as TeX writes them: a command, and the letter that it is put on."""

from __future__ import annotations

import unicodedata

from generator.markup.symbols import GREEK, MATH

SIGNS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
}
"""Accent commands that are a punctuation mark, and the combining character of each."""

LETTERS = {
    "H": "\u030b",
    "b": "\u0331",
    "c": "\u0327",
    "d": "\u0323",
    "k": "\u0328",
    "r": "\u030a",
    "t": "\u0361",
    "u": "\u0306",
    "v": "\u030c",
}
"""Accent commands that are a letter."""

MATH_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}
"""Accent commands of math."""

_DOTLESS = {"ı": "i", "ȷ": "j"}


def compose(mark: str, base: str) -> str:
    """Put a combining character on the first letter, as one character where Unicode has one."""
    first = _DOTLESS.get(base[:1], base[:1])
    return unicodedata.normalize("NFC", first + mark) + base[1:]


def is_one_character(mark: str, letter: str) -> bool:
    """Say whether Unicode has this accented letter, which tells an accent from an escape."""
    return letter.isalpha() and len(compose(mark, letter)) == 1


def mangled(command: str, argument: str) -> str:
    r"""Return the symbol that arXiv's own cleaning took for an accent: `\b{eta}` was `\beta`."""
    name = command + argument
    return GREEK.get(name) or MATH.get(name, "") if len(argument) > 1 else ""
