"""Search: its page, and what it knows of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages.groups import PaperGroup, Single
from generator.pages.kinds.parts import Link, SearchIndex
from generator.pages.kinds.readers import PaperPage, SearchPage, TextPage
from generator.taxonomy import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.outline import Whole
    from generator.pages.groups import Group
    from generator.site import Site

PATH = "search/"


def search_page(site: Site) -> SearchPage:
    """Return the search page; robots are to take it for none, since it has no words of its own."""
    return SearchPage(
        PATH,
        "Search",
        f"Search in {site.config.title}: titles, authors and abstracts.",
        trail=(Link(site.config.title),),
        listed=False,
        indexes=tuple(Link(one.singular, f"{one.name}/") for one in TAXONOMIES),
    )


def search_index(groups: Iterable[Group], wholes: Mapping[str, Whole]) -> SearchIndex:
    """Return what search shows of the pages that it finds: all papers, and the texts."""
    files: list[str] = []
    shown: list[tuple[object, ...]] = []
    templates: set[str] = set()
    for group in groups:
        if isinstance(group, PaperGroup):
            paper = group.place.paper
            if not (paper.unlisted or paper.draft):
                files.append(group.name)
                shown.append((group.place.digest, wholes[paper.slug].digests.whole))
                templates.add(PaperPage.template)
        elif isinstance(group, Single) and isinstance(group.page, TextPage) and group.page.searched:
            files.append(group.name)
            shown.append((group.page.heading, group.page.body))
            templates.add(TextPage.template)
    return SearchIndex(tuple(sorted(templates)), tuple(files), tuple(shown))
