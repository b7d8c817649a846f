"""What the head of a page must say: language, title, address, and what it is, as linked data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.linter.document import text_of

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.linter.document import Document
    from generator.linter.folder import Folder


def check(page: Document, folder: Folder, found: Diagnostics) -> None:
    """Report what is missing or wrong in the head of a page."""
    _check_words(page, found)
    _check_linked_data(page, found)
    if page.is_indexed and folder.base:
        _check_address(page, folder, found)


def _check_words(page: Document, found: Diagnostics) -> None:
    if not (page.root.get("lang") or "").strip():
        found.error(
            page.at(page.root),
            "The page does not tell its language.",
            'Write it into its first tag, such as <html lang="en">: browsers hyphenate and screen '
            "readers speak by it.",
        )
    if not title_of(page):
        found.error(
            page.at(next(iter(page.all("title")), None)),
            "The page has no title.",
            "Write one into <title>: search engines and tabs show it.",
        )
    if page.is_indexed and not description_of(page):
        found.warning(
            page.at(next(iter(page.metas("description")), None)),
            "The page has no description.",
            'Add <meta name="description" content="…">: search engines show it.',
        )


def title_of(page: Document) -> str:
    """Return the title of a page."""
    return " ".join(text_of(one) for one in page.all("title")[:1])


def description_of(page: Document) -> str:
    """Return what a page says of itself."""
    contents = [(one.get("content") or "").strip() for one in page.metas("description")]
    return " ".join(contents)


def _check_address(page: Document, folder: Folder, found: Diagnostics) -> None:
    """Hold the canonical address (RFC 6596) and that of Open Graph against the page's own."""
    own = folder.address(page.file)
    links = page.links("canonical")
    if len(links) != 1:
        found.error(
            page.at(links[1] if links else None),
            f"The page names {'several' if links else 'no'} canonical "
            f"{'addresses' if links else 'address'}.",
            f'Write one into its head: <link rel="canonical" href="{own}">',
        )
        return
    address = (links[0].get("href") or "").strip()
    if address != own:
        found.error(
            page.at(links[0], address),
            f"The page names '{address}' as its canonical address, and its own is '{own}'.",
            "Name its own: search engines would drop the page for the other one.",
        )
    for one in page.metas("og:url"):
        shared = (one.get("content") or "").strip()
        if shared != address:
            found.error(
                page.at(one, shared),
                f"Open Graph's address is '{shared}', and the canonical one '{address}'.",
                "Give both the same.",
            )


def _check_linked_data(page: Document, found: Diagnostics) -> None:
    """Report JSON-LD that no program can read (JSON-LD 1.1, section 7)."""
    for script in page.all("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except json.JSONDecodeError as error:
            found.error(
                page.within(script, error.pos),
                f"The linked data is no JSON: {error.msg}.",
                "Write it with a library for JSON; in a page, '<' is written \\u003c.",
            )
            continue
        for thing in data if isinstance(data, list) else [data]:
            if not (isinstance(thing, dict) and "@context" in thing):
                found.error(
                    page.at(script),
                    "The linked data has no '@context', so its names mean nothing.",
                    'Add "@context": "https://schema.org".',
                )
            elif not ({"@type", "@graph"} & thing.keys()):
                found.error(
                    page.at(script),
                    "The linked data has no '@type', so nobody knows what it is about.",
                    'Add one, such as "@type": "ScholarlyArticle".',
                )
