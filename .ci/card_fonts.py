"""Make the fonts of social cards: Source Serif 4 with the signs of mathematics, as small TrueType.

The sources are `400Regular` and `600SemiBold` of the npm package
`@expo-google-fonts/source-serif-4` 0.4.1 (Source Serif 4.004), and for what that lacks Noto Sans
Math of `@fontsource/noto-sans-math` 5.3.0, both under the SIL Open Font License 1.1. `make font`
fetches them with npm and runs this program with the versions of fontTools and brotli that it names;
the same sources give the same bytes. What draws the cards reads no OpenType features, so only
outlines are kept.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import merge, subset

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Of the font of mathematics: letterlike symbols, arrows, operators, brackets.
SIGNS = ((0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2308, 0x230B), (0x27E6, 0x27EB))
FAMILY = "Offprint Cards"
POSTSCRIPT_NAME = 6  # among the names of a font (OpenType, name table), which holds no space


def outlines(path: str, unicodes: set[int] | None = None) -> TTFont:
    """Return a font of outlines and names alone, of all its characters or of some."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["MATH", "STAT", "BASE", "GDEF", "GPOS", "GSUB", "gasp", "GlyphOrder"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes or set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def main(source: str, math: str, target: str) -> None:
    """Write the font `source`, with the signs that it lacks taken from `math`, to `target`."""
    serif = outlines(source)
    lacking = {code for first, last in SIGNS for code in range(first, last + 1)}
    parts = []
    for font in (serif, outlines(math, lacking - set(serif.getBestCmap()))):
        font.flavor = None
        part = io.BytesIO()
        font.save(part)
        parts.append(part)
    merged = merge.Merger().merge([io.BytesIO(part.getvalue()) for part in parts])
    for tag in ("hhea", "OS/2", "head"):
        merged[tag] = serif[tag]  # the lines are those of the text, however tall a sign is
    merged["head"].created = merged["head"].modified = 0
    for record in merged["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = FAMILY.replace(" ", "") if record.nameID == POSTSCRIPT_NAME else FAMILY
    merged.recalcTimestamp = False
    merged.save(target)
    sys.stdout.write(f"{target}: {Path(target).stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
