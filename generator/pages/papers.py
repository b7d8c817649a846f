"""The papers' own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.outline import byline
from generator.pages import exports, markdown, social, summary
from generator.pages.groups import PaperGroup
from generator.pages.kinds.readers import PaperPage
from generator.repository import edit_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.outline import Outline
    from generator.pages.kinds.page import Page
    from generator.pages.places import Place
    from generator.pages.stock import Stock
    from generator.site import Site


def paper_groups(
    site: Site, places: Mapping[str, Place], alike: Sequence[Sequence[int]]
) -> Iterator[PaperGroup]:
    """Yield a group for every paper; an unlisted one has no neighbours.

    `alike` are the places in the list of the papers that are related to each.
    """
    listed = site.papers
    editor, has_card = site.config.editor, site.config.social_cards
    pointers = [summary.related_to(paper) for paper in listed]
    for newer, paper, older, others in zip(
        (None, *pointers), listed, (*pointers[1:], None), alike, strict=False
    ):
        related = tuple(pointers[one] for one in others)
        correction = _correction(site, editor, paper)
        yield PaperGroup(places[paper.slug], newer, older, related, correction, has_card)
    for paper in site.unlisted:
        correction = _correction(site, editor, paper)
        yield PaperGroup(places[paper.slug], None, None, (), correction, has_card)


def _correction(site: Site, editor: str, paper: Outline) -> str:
    """Return where an entry can be edited; "" where that is not known."""
    at = site.places.get(paper.slug)
    return edit_address(editor, at.path) if editor and at else ""


def paper_pages(stock: Stock, group: PaperGroup) -> Iterator[Page]:
    """Yield a paper's page, and the files beside it."""
    place = group.place
    yield _page(stock, group)
    yield from exports.paper_files(stock, place)
    yield markdown.twin(stock, place)
    if group.has_card:
        yield social.paper_card(stock.config, stock.summary(place))


def _page(stock: Stock, group: PaperGroup) -> Page:
    place, paper, shown = group.place, stock.paper(group.place), stock.summary(group.place)
    category = (shown.category,) if shown.category.path else ()
    within = summary.within(paper)
    about = paper.abstract.plain if paper.abstract else byline(place.paper)
    about = f"{paper.standing}. {about}" if paper.standing else about
    return PaperPage(
        shown.path,
        paper.title.plain,
        summary.shortened(about),
        trail=(stock.home, *category),
        listed=not paper.unlisted,
        paper=shown,
        within=within,
        affiliations=place.affiliations,
        details=summary.details(paper, omit=summary.WITHIN if within else ()),
        notes=summary.html(paper.notes, paper.path),
        versions=tuple(map(summary.version, paper.versions)),
        newer=group.newer,
        older=group.older,
        related=group.related,
        language=paper.language or "",
        cited=stock.cited_whole(place),
        exports=exports.of_paper(place.paper),
        card=social.path_of_paper(stock.config, shown),
        correction=group.correction,
        mark=f"{group.shape}{stock.whole(place).digests.whole}",
    )
