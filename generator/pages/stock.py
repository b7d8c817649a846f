"""What several kinds of page show of the site, made once: summaries, cards, feed entries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator import keys, names
from generator.pages import summary
from generator.pages.kinds import AtomEntry, Card, Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.pages.kinds import Cited, Related
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
        self._entries: dict[str, AtomEntry] = {}
        published = site.published
        self._keys = keys.assign(everyone, published.keys_of(everyone), published.keys)
        self._related: dict[str, Related] = {}
        self._cited: dict[tuple[str, bool], Cited] = {}
        self._renamed: dict[str, Mapping[str, str]] = {}
        self._terms: dict[str, Mapping[str, Sequence[Term]]] = {}

    def feed_entry(self, paper: Paper) -> AtomEntry:
        """Return a paper as feeds show it, the same value for all of them."""
        if paper.slug not in self._entries:
            self._entries[paper.slug] = AtomEntry(summary.feed_entry(self.site, paper))
        return self._entries[paper.slug]

    def cited(self, paper: Paper, *, abstract: bool = False) -> Cited:
        """Return a paper as the citation formats see it, the same value for all files.

        The files of lists leave the abstracts out: they would be most of the site otherwise.
        """
        if (paper.slug, abstract) not in self._cited:
            shown = (
                paper if abstract else paper.model_copy(update={"abstract": None, "notes": None})
            )
            made = summary.cited(self.site, shown, self._keys[paper.slug])
            self._cited[paper.slug, abstract] = made
        return self._cited[paper.slug, abstract]

    def renamed(self, taxonomy: str) -> Mapping[str, str]:
        """Return the slugs of what a registry calls otherwise, each with the label it has now."""
        if taxonomy not in self._renamed:
            vocabulary = self.site.settings.vocabulary
            known = {"tags": vocabulary.tags, "authors": vocabulary.people}.get(taxonomy, {})
            self._renamed[taxonomy] = {names.slug(one): label for one, label in known.items()}
        return self._renamed[taxonomy]

    def related_to(self, paper: Paper) -> Related:
        """Return a paper as others' pages point to it, the same value for all of them."""
        if paper.slug not in self._related:
            self._related[paper.slug] = summary.related_to(paper)
        return self._related[paper.slug]

    def terms(self, taxonomy: str, paper: Paper) -> Sequence[Term]:
        """Return the terms that a listed paper has, in the order of their index."""
        if taxonomy not in self._terms:
            having: dict[str, list[Term]] = defaultdict(list)
            for term in self.site.indexes[taxonomy].terms:
                for one in term.papers:
                    having[one.slug].append(term)
            self._terms[taxonomy] = having
        return self._terms[taxonomy][paper.slug]

    def heading(self, term: Term) -> str:
        """Return what a term's page is called: a category by its full name, others as written."""
        if term.taxonomy.name == "categories":
            return self.site.config.categories.get(term.label, term.label)
        return term.label
