"""Make the math font: the subset of STIX Two Math that formulas in papers need, as WOFF2.

The source is `files/stix-two-math-latin-400-normal.woff2` of the npm package
`@fontsource/stix-two-math` 5.3.0 (STIX Two Math 2.12, SIL Open Font License 1.1): its letters go
with the serifs of the text. `make font` fetches it with npm and runs this program with the versions
of fontTools and brotli that it names; the same source gives the same bytes. The rules for it in
`static/site.css` are called "Site Math", and a browser asks for it only where a page shows a
formula and the system has no STIX Two Math of its own; its licence lies beside it.

It comes in two files, of which few pages need the second: `unicode-range` tells browsers which
characters that one has.

Whole blocks are kept, not the characters that some page shows today: `<mi>x</mi>` is drawn with
U+1D465, and the MATH table builds large delimiters and accents from glyphs that no text names.
"""

from __future__ import annotations

import sys

from fontTools import subset

COMMON = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1 Supplement
    (0x0131, 0x0131),  # dotless i
    (0x0237, 0x0237),  # dotless j
    (0x02C6, 0x02DD),  # modifier letters that serve as accents
    (0x0300, 0x0338),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x2010, 0x2064),  # punctuation, primes, invisible operators
    (0x20D0, 0x20EF),  # combining marks for symbols
    (0x2100, 0x214F),  # letterlike symbols
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2308, 0x230B),  # ceilings and floors
    (0x239B, 0x23B6),  # pieces of large delimiters
    (0x23DC, 0x23E1),  # horizontal brackets and braces
    (0x25A0, 0x25FF),  # geometric shapes
    (0x27C0, 0x27EF),  # more operators and brackets
    (0x27F5, 0x27FF),  # long arrows
    (0x1D400, 0x1D467),  # bold, italic
    (0x1D49C, 0x1D4CF),  # script
    (0x1D538, 0x1D56B),  # double-struck
    (0x1D6E2, 0x1D71B),  # italic Greek
    (0x1D7CC, 0x1D7FF),  # digits
)
RARE = (
    (0x2A00, 0x2AB0),  # large operators, relations
    (0x1D468, 0x1D49B),  # bold italic
    (0x1D4D0, 0x1D537),  # bold script, Fraktur
    (0x1D56C, 0x1D6E1),  # bold Fraktur, sans serif, monospace, dotless italic, bold Greek
    (0x1D71C, 0x1D7CB),  # bold italic Greek, sans serif Greek
)


def main(source: str, common: str, rare: str) -> None:
    """Write the two parts of the font `source`."""
    for target, blocks in ((common, COMMON), (rare, RARE)):
        options = subset.Options()
        options.flavor = "woff2"
        options.layout_features = ["*"]
        options.hinting = False
        options.recalc_timestamp = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        font = subset.load_font(source, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[one for low, high in blocks for one in range(low, high + 1)])
        subsetter.subset(font)
        subset.save_font(font, target, options)


if __name__ == "__main__":
    main(*sys.argv[1:])
