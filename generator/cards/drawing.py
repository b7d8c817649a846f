"""Drawing a social card, 1200 by 630 pixels, as a PNG file.

A card is paper and three colours that never touch. So each is drawn as a mask, and the three masks
are saved as one picture with a palette of three ramps, which is small and quick.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageColor, ImageDraw, features
from PIL import __version__ as pillow

from generator.cards.lettering import FONTS, font, lines, settable, shortened
from generator.inputs import digest
from generator.pages.kinds.programs import CARD_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageFont import FreeTypeFont

    from generator.pages.kinds.programs import SocialCard

_LEFT, _TOP, _BOTTOM = 80, 68, 546
_MEASURE = CARD_SIZE[0] - 2 * _LEFT
_TITLE_SIZES = (80, 72, 64, 58, 52, 46)
_TITLE_HEIGHT = 290
_LEADING = 1.17
_STEPS = 16  # levels of each colour; more cannot be seen, and make larger files
_OURS = ("#fffdf9", "#1f1b16", "#544d45", "#7a1f2b")  # as in the theme's style sheet


@lru_cache(maxsize=1)
def maker() -> str:
    """Return what the bytes of a card follow from beside its fields: the libraries and fonts."""
    libraries = (features.version(name) for name in ("freetype2", "zlib", "zlib_ng"))
    fonts = digest(b"".join(one.read_bytes() for one in sorted(FONTS.glob("*.ttf"))))
    return " ".join([pillow, *map(str, libraries), fonts])


def draw(card: SocialCard) -> bytes:
    """Return a card as a PNG file; the same card gives the same bytes."""
    masks = [Image.new("L", CARD_SIZE) for _ in range(3)]
    _compose(card, *map(ImageDraw.Draw, masks))
    picture = Image.new("L", CARD_SIZE)
    for number, mask in enumerate(masks):
        ramp = [0] + [number * _STEPS + -(-level * _STEPS // 255) for level in range(1, 256)]
        picture = ImageChops.add(picture, mask.point(ramp))
    picture.putpalette(_palette(card.colors))
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


@lru_cache(maxsize=1)
def _palette(colors: tuple[str, ...]) -> bytes:
    """Return the paper, and then the way from the paper to each of the other colours."""
    paper, *others = map(_rgb, colors, _OURS)
    table = bytearray(paper)
    for color in others:
        for step in range(1, _STEPS + 1):
            table += bytes(
                (start * (_STEPS - step) + end * step) // _STEPS
                for start, end in zip(paper, color, strict=True)
            )
    return bytes(table)


def _rgb(color: str, ours: str) -> tuple[int, ...]:
    """Return a colour of a style sheet; the theme's own where it is written in another way."""
    try:
        return ImageColor.getrgb(color)[:3]
    except ValueError:
        return ImageColor.getrgb(ours)[:3]


def _compose(
    card: SocialCard,
    ink: ImageDraw.ImageDraw,
    quiet: ImageDraw.ImageDraw,
    accent: ImageDraw.ImageDraw,
) -> None:
    """Set the words of a card; those that the fonts lack are left out, and a title gives way."""
    small, text = font("text", 28), font("text", 34)
    accent.rectangle((0, 0, CARD_SIZE[0], 15), fill=255)
    accent.text((_LEFT, _TOP), shortened(settable(card.label), small, _MEASURE), 255, small)
    title, site = settable(card.title), settable(card.site)
    rows, face, leading = _title(title or site or card.year)
    top = _TOP + 62
    for row in rows:
        ink.text((_LEFT, top), row, 255, face)
        top += leading
    for row in _byline(card.byline, text, more=card.et_al):
        quiet.text((_LEFT, top + 24), row, 255, text)
        top += 44
    where = [one for one in (settable(card.source), card.year) if one]
    site = shortened(site if title else "", small, _MEASURE / 2)
    room = _MEASURE - small.getlength(site) - 40
    quiet.text((_LEFT, _BOTTOM), shortened(" · ".join(where), small, room), 255, small)
    accent.text((CARD_SIZE[0] - _LEFT, _BOTTOM), site, 255, small, anchor="ra")


def _title(text: str) -> tuple[list[str], FreeTypeFont, int]:
    """Return the lines of a title in the largest size that it fits in, and their distance."""
    fitting = (size for size in _TITLE_SIZES if len(_set(text, size)) <= _most(size))
    size = next(fitting, _TITLE_SIZES[-1])
    rows, most, face = _set(text, size), _most(size), font("title", size)
    if len(rows) > most:
        rest = " ".join(rows[most - 1 :])
        rows = [*rows[: most - 1], shortened(rest, face, _MEASURE)]
    return rows, face, round(size * _LEADING)


def _set(text: str, size: int) -> list[str]:
    return lines(text, font("title", size), _MEASURE)


def _most(size: int) -> int:
    """Return how many lines of this size there is room for."""
    return int(_TITLE_HEIGHT / (size * _LEADING))


def _byline(parts: Sequence[str], face: FreeTypeFont, *, more: bool) -> list[str]:
    """Return two lines of names at most, or none where one of the names cannot be set."""
    names = [settable(part) for part in parts]
    if not all(names):
        return []
    shown = names[:1]
    for name in names[1:]:
        if face.getlength(", ".join([*shown, name])) > 1.8 * _MEASURE:
            break
        shown.append(name)
    cut = " et al." if more or len(shown) < len(names) else ""
    rows = lines(", ".join(shown) + cut, face, _MEASURE)
    return [rows[0], shortened(" ".join(rows[1:]), face, _MEASURE)] if rows[2:] else rows
