"""What several kinds of page show of the site, made once: summaries, cards, feed entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import keys
from generator.pages import summary
from generator.pages.kinds import Card, Link

if TYPE_CHECKING:
    from generator.pages.kinds import Cited, FeedEntry
    from generator.paper import Paper
    from generator.site import Site
    from generator.taxonomy import Term


class Stock:
    """The values that pages of different kinds share."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.home = Link(site.config.title)
        everyone = (*site.papers, *site.unlisted)
        self.summaries = {paper.slug: summary.summarize(site, paper) for paper in everyone}
        self.cards = {slug: Card(one) for slug, one in self.summaries.items()}
        self._entries: dict[str, FeedEntry] = {}
        made = keys.assign(everyone)
        self._cited = {
            paper.slug: summary.cited(site, paper, made[paper.slug]) for paper in everyone
        }

    def feed_entry(self, paper: Paper) -> FeedEntry:
        """Return a paper as feeds show it, the same value for all of them."""
        if paper.slug not in self._entries:
            self._entries[paper.slug] = summary.feed_entry(self.site, paper)
        return self._entries[paper.slug]

    def cited(self, paper: Paper) -> Cited:
        """Return a paper as the citation formats see it, the same value for all files."""
        return self._cited[paper.slug]

    def heading(self, term: Term) -> str:
        """Return what a term's page is called: a category by its full name, others as written."""
        if term.taxonomy.name == "categories":
            return self.site.config.categories.get(term.label, term.label)
        return term.label
