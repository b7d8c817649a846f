"""What the fonts of the cards can set, how wide it is, and how it breaks into lines.

The fonts hold Latin, Greek, Cyrillic and the signs of mathematics. Texts are set glyph by glyph, by
FreeType alone: what shapes other scripts is not on every machine, and a card is to be the same.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"

# What is read of a text, by general category: letters, numbers, mathematics, currencies. Other
# signs, such as emoji and joiners, can be left out.
_READ = ("L", "N", "Sm", "Sc")

# Characters of a text, of which no more has room: to measure a megabyte would stall a build.
_LONGEST = 300


@lru_cache(maxsize=32)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return one of the fonts, `title` or `text`, at a size in pixels."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    """Tell whether the fonts have a character: the box that stands for any other looks alike."""
    return bytes(font("text", 24).getmask(character)) != _box()


@lru_cache(maxsize=1)
def _box() -> bytes:
    return bytes(font("text", 24).getmask("\uffff"))


def settable(text: str) -> str:
    """Return a text in one line as the fonts can set it; "" where they lack what is read of it.

    Of a text that is longer than any card it is the beginning.
    """
    kept: list[str] = []
    for one in unicodedata.normalize("NFC", text[:_LONGEST]):
        compatible = unicodedata.normalize("NFKC", one)
        if one.isspace():
            kept.append(" ")
        elif _has(one):
            kept.append(one)
        elif compatible != one and all(map(_has, compatible)):
            kept.append(compatible)
        elif unicodedata.category(one).startswith(_READ):
            return ""
    return " ".join("".join(kept).split())


def lines(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a text into as few lines as fit a width, of even length where that is possible."""
    words = [piece for word in text.split() for piece in _pieces(word, face, width)]
    lengths = [face.getlength(word) for word in words]
    space = face.getlength(" ")
    fewest = _filled(words, lengths, space, width)
    low, high = max(lengths, default=0), width
    for _ in range(6):
        middle = (low + high) / 2
        if len(_filled(words, lengths, space, middle)) > len(fewest):
            low = middle
        else:
            high = middle
    return _filled(words, lengths, space, high)


def _filled(words: list[str], lengths: list[float], space: float, width: float) -> list[str]:
    found: list[list[str]] = []
    room = 0.0
    for word, length in zip(words, lengths, strict=True):
        if not found or length + space > room:
            found.append([word])
            room = width - length
        else:
            found[-1].append(word)
            room -= length + space
    return [" ".join(line) for line in found]


def _pieces(word: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a word, in several pieces where it is longer than a line."""
    pieces = []
    while face.getlength(word) > width:
        end = len(word)
        while end > 1 and face.getlength(word[:end]) > width:
            end = min(end - 1, int(end * width / face.getlength(word[:end])) + 1)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def shortened(text: str, face: ImageFont.FreeTypeFont, width: float) -> str:
    """Return as much of a text as fits one line, cut after a word."""
    if face.getlength(text) <= width:
        return text
    words = text.split()
    while len(words) > 1 and face.getlength(" ".join(words) + "…") > width:
        words.pop()
    [*_, last] = words
    while len(words) == 1 and last and face.getlength(last + "…") > width:
        last = last[:-1]
    return " ".join([*words[:-1], last]).rstrip(" ,;:.–—") + "…"
