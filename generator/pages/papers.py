"""The papers' own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import exports, markdown, social, summary
from generator.pages.kinds import PaperPage
from generator.related import related
from generator.repository import edit_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.pages.kinds import Page
    from generator.pages.stock import Stock
    from generator.paper import Paper


def paper_pages(stock: Stock) -> Iterator[Page]:
    """Yield a page for every paper with its files beside it; an unlisted one has no neighbours."""
    listed = stock.site.papers
    alike = related(listed, stock.site.indexes)
    for newer, paper, older in zip((None, *listed), listed, (*listed[1:], None), strict=False):
        yield _page(stock, paper, newer, older, alike[paper.slug])
        yield from _beside(stock, paper)
    for paper in stock.site.unlisted:
        yield _page(stock, paper, None, None, ())
        yield from _beside(stock, paper)


def _beside(stock: Stock, paper: Paper) -> Iterator[Page]:
    """Yield the files beside a paper's page."""
    yield from exports.paper_files(stock, paper)
    yield markdown.twin(stock, paper)
    if stock.site.config.social_cards:
        yield social.paper_card(stock.site.config, stock.summaries[paper.slug])


def _page(
    stock: Stock, paper: Paper, newer: Paper | None, older: Paper | None, alike: Sequence[Paper]
) -> Page:
    shown = stock.summaries[paper.slug]
    category = (shown.category,) if shown.category.path else ()
    within = summary.within(paper)
    place = stock.site.places.get(paper.slug)
    editor = stock.site.config.editor
    about = paper.abstract.plain if paper.abstract else summary.byline(paper)
    about = f"{paper.standing}. {about}" if paper.standing else about
    return PaperPage(
        shown.path,
        paper.title.plain,
        summary.shortened(about),
        trail=(stock.home, *category),
        listed=not paper.unlisted,
        paper=shown,
        within=within,
        affiliations=summary.affiliations(stock.site, paper),
        details=summary.details(paper, omit=summary.WITHIN if within else ()),
        notes=summary.html(paper.notes, paper.path),
        versions=tuple(map(summary.version, paper.versions)),
        newer=stock.related_to(newer) if newer else None,
        older=stock.related_to(older) if older else None,
        related=tuple(map(stock.related_to, alike)),
        language=paper.language or "",
        cited=stock.cited(paper, abstract=True),
        exports=exports.of_paper(paper),
        card=social.path_of_paper(stock.site.config, shown),
        correction=edit_address(editor, place.path) if editor and place else "",
    )
