"""What several kinds of page show of the papers, made once: summaries, cards, feed entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.outline import without_texts
from generator.pages import summary
from generator.pages.kinds import AtomEntry, Card, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.outline import Whole
    from generator.pages.kinds import Cited, Summary
    from generator.pages.places import Place
    from generator.paper import Paper
    from generator.site import Settings


class Stock:
    """The values that pages of different kinds share, given the settings and the papers."""

    def __init__(self, settings: Settings, wholes: Mapping[str, Whole]) -> None:
        self.settings = settings
        self.config = settings.config
        self.home = Link(settings.config.title)
        self._wholes = wholes
        self._cards: dict[str, Card] = {}
        self._entries: dict[str, AtomEntry] = {}
        self._cited: dict[tuple[str, bool], Cited] = {}

    def paper(self, place: Place) -> Paper:
        """Return the whole of a paper."""
        return self._wholes[place.paper.slug].paper

    def summary(self, place: Place) -> Summary:
        """Return what lists and its own page show of a paper, the same value for all of them."""
        return self.card(place).paper

    def card(self, place: Place) -> Card:
        """Return a paper as lists show it, the same value for all of them."""
        slug = place.paper.slug
        if slug not in self._cards:
            self._cards[slug] = Card(summary.summarize(place, self.paper(place)))
        return self._cards[slug]

    def feed_entry(self, place: Place) -> AtomEntry:
        """Return a paper as feeds show it, the same value for all of them."""
        slug = place.paper.slug
        if slug not in self._entries:
            entry = summary.feed_entry(self.config, self.paper(place))
            self._entries[slug] = AtomEntry(entry)
        return self._entries[slug]

    def cited(self, place: Place, *, abstract: bool = False) -> Cited:
        """Return a paper as the citation formats see it, the same value for all files.

        The files of lists leave the abstracts out: they would be most of the site otherwise.
        """
        known = place.paper.slug, abstract
        if known not in self._cited:
            paper = self.paper(place)
            shown = paper if abstract else without_texts(paper)
            self._cited[known] = summary.cited(self.config, shown, place.key)
        return self._cited[known]
