"""What of math-core's MathML reaches a page: no style, no identifier, no link, no odd entity.

A strict content security policy drops inline styles, XML knows five named entities (XML 1.0,
section 4.6), and an identifier could collide with one of the page.
"""

from __future__ import annotations

import re
from html import unescape

from generator.markup.symbols import names

_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]+;")
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s[^<>]*?)?)(/?)>")
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"<]*)"')
_ALIGNMENT = re.compile(r"text-align:\s*(left|right)")
_SUSPECT = re.compile(r"<(?:a|b|i|span|code)[ >]|\s(?:style|id|class|href)=")

_ELEMENTS = {"b": "strong", "i": "em"}
_ATTRIBUTES = names("""
    accent accentunder columnspan depth display displaystyle form height largeop linethickness
    lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator
    stretchy symmetric voffset width
""")


def safe(mathml: str) -> str:
    """Keep the elements and attributes of the allow-list; a cell's alignment becomes a class."""
    mathml = _NAMED.sub(lambda match: unescape(match[0]), mathml)
    return _TAG.sub(_safe_tag, mathml) if _SUSPECT.search(mathml) else mathml


def in_scroller(mathml: str) -> str:
    """Put a formula that a telephone may not hold where it can be scrolled from the keyboard.

    HTML's checker lets no `math` itself take the focus.
    """
    return f'<span class="formula" role="group" aria-label="Formula" tabindex="0">{mathml}</span>'


def _safe_tag(match: re.Match[str]) -> str:
    """Write one tag anew."""
    closing, name, rest, empty = match.groups()
    if name == "a":
        return ""
    attributes = [
        f' {key}="{value}"' for key, value in _ATTRIBUTE.findall(rest) if key in _ATTRIBUTES
    ]
    alignment = _ALIGNMENT.search(rest)
    if alignment and name == "mtd":
        attributes.append(f' class="{alignment[1]}"')
    return f"<{closing}{_ELEMENTS.get(name, name)}{''.join(attributes)}{empty}>"
