"""What hosts of plain files read: moved addresses and headers (Netlify, Cloudflare Pages)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from generator.formats.files import FORMATS
from generator.pages.kinds.programs import HeadersPage, RedirectsPage
from generator.pages.kinds.readers import RedirectPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.pages.kinds.page import Page
    from generator.site import Site

# What hosts take for a file of another kind, or for none that they know, by how its name ends. No
# address may end in two of these: hosts put both values into one header.
_TYPES = {
    **{f".{FORMATS[name].ending}": FORMATS[name].media_type for name in ("bibtex", "ris", "csl")},
    "feed.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    ".md": "text/markdown",
}


def host_files(site: Site, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the files of a host; their paths begin at the root of the host, not of the site."""
    base = urlsplit(site.config.url or "/").path
    moved = [
        (base + quote(page.path), base + quote(page.target))
        for page in pages
        if isinstance(page, RedirectPage)
    ]
    yield RedirectsPage("_redirects", tuple(moved))
    yield HeadersPage("_headers", base, tuple(_TYPES.items()))
