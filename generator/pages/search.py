"""Search: its page, and what it knows of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages.kinds import Link, PaperPage, SearchIndex, SearchPage, TextPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.pages.kinds import Page
    from generator.pages.stock import Stock

PATH = "search/"


def search_page(stock: Stock) -> SearchPage:
    """Return the search page; robots are to take it for none, since it has no words of its own."""
    indexes = (one.taxonomy for one in stock.site.indexes.values() if one.terms)
    return SearchPage(
        PATH,
        "Search",
        f"Search in {stock.site.config.title}: titles, authors and abstracts.",
        trail=(stock.home,),
        listed=False,
        indexes=tuple(Link(one.singular, f"{one.name}/") for one in indexes),
    )


def search_index(pages: Iterable[Page]) -> SearchIndex:
    """Return what search shows of the pages that it finds."""
    found = [one for one in pages if isinstance(one, PaperPage | TextPage) and one.searched]
    return SearchIndex(
        templates=tuple(sorted({one.template for one in found})),
        files=tuple(one.file for one in found),
        shown=tuple(
            (one.paper, one.details, one.notes, one.versions, one.language)
            if isinstance(one, PaperPage)
            else (one.heading, one.body)
            for one in found
        ),
    )
