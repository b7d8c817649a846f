r"""TeX in ASCII alone: accents in braces, `{\'e}`, and for what TeX has no command the nearest.

A letter of another script is transliterated; what no letter stands for is named by its code point,
`\texttt{U+1F600}`. Only an accent that TeX lacks is lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from slugify import slugify

from generator.markup.accents import LETTERS, SIGNS
from generator.markup.symbols import COMMANDS, MARKS, WORDS

_ACCENTS = {mark: command for command, mark in (SIGNS | LETTERS).items()}
# What is no command of its own; a comma in braces divides no name.
_SIMPLE = {
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "‐": "-", "‑": "-",
    "„": r"\quotedblbase{}", "…": r"\ldots{}", "·": r"\textperiodcentered{}",
    "\u202f": r"\,", "\u00a0": "~", "\u00ad": r"\-", "。": ".", "、": "{,}",
}  # fmt: skip
_PUNCTUATION = frozenset(",;:!?()./+=-")
_COMMANDS = {
    **{one: rf"\{name}{{}}" for name, one in MARKS.items() if not one.isascii() and len(one) == 1},
    **{letter: rf"{{\{name}}}" for name, letter in WORDS.items() if not letter.isascii()},
    **_SIMPLE,
}
_BASE_AND_MARKS = re.compile(r"([A-Za-z])([\u0300-\u036f]+)")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ADDRESS_LINE = re.compile(r"^( +(?:url|doi) = \{)(.*)(\},)$", re.MULTILINE)
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{2,}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def write(text: str) -> str:
    """Return BibTeX text in ASCII, line by line the same."""
    if text.isascii():
        return text
    text = _ADDRESS_LINE.sub(_address, unicodedata.normalize("NFC", text))
    text = _BASE_AND_MARKS.sub(lambda match: _accented(match[1], match[2]), text)
    return _FOREIGN.sub(_foreign, text)


def _address(line: re.Match[str]) -> str:
    """Percent-encode an address (RFC 3987, section 3.1)."""
    encoded = _FOREIGN.sub(lambda part: quote(part[0]), line[2])
    return f"{line[1]}{encoded}{line[3]}"


def _accented(base: str, marks: str) -> str:
    written = base
    for mark in marks:
        if mark not in _ACCENTS:
            return base
        command = _ACCENTS[mark]
        gap = " " if command.isalpha() and written[0] != "{" else ""
        written = f"{{\\{command}{gap}{written}}}"
    return written


def _foreign(run: re.Match[str]) -> str:
    """Write a run of letters and signs beyond ASCII; letters of another script go together."""
    parts: list[str] = []
    letters = ""
    text = _GREEK_WORD.sub(lambda word: _transliterated(word[0]), _INVISIBLE.sub("", run[0]))
    for one in text:
        written = one if one.isascii() else _known(one)
        if written or not one.isalnum():
            parts += [_transliterated(letters), written or _named(one)]
            letters = ""
        else:
            letters += one
    return "".join([*parts, _transliterated(letters)])


@lru_cache(maxsize=4096)
def _known(one: str) -> str:
    """Return what TeX has for a character, "" where it has nothing."""
    if one in _COMMANDS:
        return _COMMANDS[one]
    if one in COMMANDS:
        return rf"\ensuremath{{\{COMMANDS[one]}}}"
    compatible = unicodedata.normalize("NFKC", one)
    if compatible.isascii() and compatible.isalnum():
        return compatible
    decomposed = unicodedata.normalize("NFD", one)
    base, marks = decomposed[0], decomposed[1:]
    if base.isascii() and marks and all(mark in _ACCENTS for mark in marks):
        return _accented(base, marks)
    return ""


@lru_cache(maxsize=4096)
def _transliterated(letters: str) -> str:
    if not letters:
        return ""
    made: str = slugify(letters, lowercase=False, separator=" ")
    if not made:
        return "".join(map(_named, letters))
    # In a name, several words, or a small one such as `and`, would be divided.
    return made if made.isalpha() and made[0].isupper() else f"{{{made}}}"


def _named(one: str) -> str:
    """Name a character; of a mark or a space only that it was there matters."""
    if one.isspace():
        return " "
    compatible = unicodedata.normalize("NFKC", one)
    if compatible in _PUNCTUATION:
        return f"{{{compatible}}}"
    return "" if unicodedata.category(one)[0] == "M" else rf"\texttt{{U+{ord(one):04X}}}"
