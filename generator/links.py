"""Links within the site: where those of a text lead, seen from the page that the text is of."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from generator.site import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.entry import Entry, Path
    from generator.markup import Text

# What has no scheme leads to this site: `//host` is refused where the text is read. A fragment
# alone stays in the text's own page. In HTML a `<` begins a tag: in a text it is escaped.
_WITHIN = re.compile(r'(<(?:a|img) (?:[^>]* )?(?:href|src)=")(?![\w+.-]+:|#)([^"]+)')


def references(entry: Entry, path: Path, text: Text | None, page: str = "") -> Iterator[Reference]:
    """Yield the links of a text in an entry, to be held against the plan."""
    if text is not None:
        for target, offset in within(text, page):
            yield Reference(target, entry.text_location(path, text.source, offset))


def within(text: Text, page: str) -> Iterator[tuple[str, int]]:
    """Yield the paths to which the links of a text lead, and where in its source they stand.

    `page` is the address from which they are seen, without a leading slash; a path begins with one.
    """
    position = 0
    for match in _WITHIN.finditer(text.html):
        target = html.unescape(match[2])
        written = "|".join(map(re.escape, dict.fromkeys((target, unquote(target)))))
        source = re.compile(rf"(?:\]\(|\]:|{{)\s*<?({written})")
        found = source.search(text.source, position) or source.search(text.source)
        position = found.end() if found else position
        path = urlsplit(urljoin(f"/{page}", target)).path
        yield unquote(path), found.start(1) if found else 0


def rooted(text: Text, page: str, root: str) -> str:
    """Return a text's HTML in which all links within the site begin with what leads to its root."""
    return _WITHIN.sub(
        lambda match: f"{match[1]}{root}{urljoin(f'/{page}', match[2]).removeprefix('/')}",
        text.html,
    )
