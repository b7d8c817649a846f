"""Links within the site: where those of a text lead, seen from the page that the text is of."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from generator.site import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.entry import Entry
    from generator.markup import Text
    from generator.yamlvalues import Path

# What has no scheme leads to this site: `//host` is refused where the text is read. In HTML a `<`
# begins a tag: in a text it is escaped.
_WITHIN = re.compile(r'(<(?:a|img) (?:[^>]* )?(?:href|src)=")(?![\w+.-]+:)([^"]+)')


def references(entry: Entry, path: Path, text: Text | None, page: str = "") -> Iterator[Reference]:
    """Yield the links of a text in an entry, to be held against the plan."""
    if text is not None:
        for target, anchor, offset in within(text, page):
            yield Reference(target, entry.text_location(path, text.source, offset), anchor)


def within(text: Text, page: str) -> Iterator[tuple[str, str, int]]:
    """Yield where the links of a text lead, path and anchor, and where in its source they stand.

    `page` is the address from which they are seen, without a leading slash; a path begins with one.
    What leads to a place in every page that shows the text, such as a footer, is left out.
    """
    position = 0
    for match in _WITHIN.finditer(text.html):
        target = html.unescape(match[2])
        written = "|".join(map(re.escape, dict.fromkeys((target, unquote(target)))))
        source = re.compile(rf"(?:\]\(|\]:|{{)\s*<?({written})")
        found = source.search(text.source, position) or source.search(text.source)
        position = found.end() if found else position
        way = urlsplit(urljoin(f"/{page}", target))
        if page or not target.startswith("#"):
            yield unquote(way.path), unquote(way.fragment), found.start(1) if found else 0


def rooted(text: Text, page: str, root: str) -> str:
    """Return a text's HTML in which all links within the site begin with what leads to its root."""

    def lead(match: re.Match[str]) -> str:
        # An anchor alone stays in the page.
        way = match[2] if match[2][0] == "#" else root + urljoin(f"/{page}", match[2])[1:]
        return f"{match[1]}{way}"

    return _WITHIN.sub(lead, text.html)
