"""Where each paper stands in the site: its citation key, and the pages that it leads to."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import keys, terms
from generator.inputs import digest
from generator.pages.kinds.parts import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.outline import Outline
    from generator.site import Site
    from generator.terms import Index

# The taxonomies of which a paper may have several terms.
SOCIABLE = ("tags", "authors", "organizations")
TINTS = 8  # so many colours for categories does the theme know


@dataclass(frozen=True, slots=True)
class Place:
    """A paper where it stands: with its key, and with links to the terms that it has.

    `authors` are the addresses of their pages, "" where one has none. `affiliations` are the
    authors' organizations one by one, `tint` is the number of the category's colour. `terms` are
    those of the taxonomies of which a paper may have several, as their own pages call them.
    """

    paper: Outline
    key: str
    category: Link
    category_name: str
    tint: int
    year_path: str
    authors: tuple[str, ...]
    organizations: tuple[Link, ...]
    affiliations: tuple[Link, ...]
    tags: tuple[Link, ...]
    venue: Link
    terms: Mapping[str, tuple[Link, ...]]
    digest: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        links = [
            [(one.label, one.path) for one in some]
            for some in (
                (self.category, self.venue),
                self.organizations,
                self.affiliations,
                self.tags,
                *self.terms.values(),
            )
        ]
        words = (self.key, self.category_name, self.tint, self.year_path, self.authors)
        text = json.dumps([self.paper.digest, words, links])
        object.__setattr__(self, "digest", digest(text.encode()))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all papers by slug, and what they follow from beside the papers."""

    by_slug: Mapping[str, Place]
    settings: str
    indexes: Mapping[str, Index]

    @classmethod
    def of(cls, site: Site, before: Places | None = None) -> Places:
        """Return the places of a site's papers; those that are as they were before are the same."""
        everyone = (*site.papers, *site.unlisted)
        published, settings = site.published, site.settings.digest
        key_of = keys.assign(everyone, published.keys_of(everyone), published.keys)
        known: Mapping[str, Place] = {}
        moved: Mapping[str, set[str]] = {}
        if before and before.settings == settings:
            known = before.by_slug
            moved = {name: _moved(before.indexes[name], one) for name, one in site.indexes.items()}
            moved = {name: some for name, some in moved.items() if some}
        beside = {name: _terms(site.indexes[name]) for name in SOCIABLE}
        found = {}
        for paper in everyone:
            place = known.get(paper.slug)
            if place is None or place.key != key_of[paper.slug] or not _stays(place, paper, moved):
                links = {name: tuple(some[paper.slug]) for name, some in beside.items()}
                place = _place(site, paper, key_of[paper.slug], links)
            found[paper.slug] = place
        return cls(found, settings, site.indexes)


def _moved(before: Index, now: Index) -> set[str]:
    """Return the identities of the terms that are called otherwise now, or are elsewhere."""
    ways = (
        {(identity, term.label, term.slug) for identity, term in index.by_identity.items()}
        for index in (before, now)
    )
    return {identity for identity, _, _ in next(ways) ^ next(ways)}


def _stays(place: Place, paper: Outline, moved: Mapping[str, set[str]]) -> bool:
    """Tell whether a paper is what it was, and so are all terms that it leads to."""
    if place.paper is not paper or (paper.affiliations and "organizations" in moved):
        return False
    # With which terms a paper of very many is depends on other papers too.
    return all(len(labels) <= terms.MANY for labels in paper.terms.values()) and all(
        some.isdisjoint(identity for identity, _ in paper.terms[name])
        for name, some in moved.items()
    )


def _terms(index: Index) -> Mapping[str, list[Link]]:
    """Return the terms of each paper that is listed, by its slug, in the order of their index."""
    having: defaultdict[str, list[Link]] = defaultdict(list)
    for term in index.terms:
        link = Link(term.label, term.path)
        for paper in term.papers:
            having[paper.slug].append(link)
    return having


def _place(site: Site, paper: Outline, key: str, terms: Mapping[str, tuple[Link, ...]]) -> Place:
    people = site.indexes["authors"].by_identity
    return Place(
        paper,
        key,
        category=_link(site, "categories", paper.category),
        category_name=site.config.categories.get(paper.category, paper.category),
        tint=tint(site.config.categories, paper.category),
        year_path=_link(site, "years", str(paper.year)).path,
        authors=tuple(people[one].path if one in people else "" for one in paper.people),
        organizations=tuple(_link(site, "organizations", one) for one in paper.organizations),
        affiliations=tuple(_link(site, "organizations", one) for one in paper.affiliations),
        tags=tuple(dict.fromkeys(_tag(site, tag) for tag in paper.tags)),
        venue=_link(site, "venues", paper.venue) if paper.venue else Link(""),
        terms=terms,
    )


def _link(site: Site, taxonomy: str, label: str) -> Link:
    term = site.indexes[taxonomy].term(label)
    return Link(label, term.path if term else "")


def _tag(site: Site, label: str) -> Link:
    """Return a tag as the site writes it, whatever the entry wrote."""
    term = site.indexes["tags"].term(label)
    return Link(term.label, term.path) if term else Link(label)


def tint(categories: Mapping[str, str], category: str) -> int:
    """Return the number of a category's colour, by its place in `site.yaml`; 0 without a place."""
    codes = list(categories)
    return codes.index(category) % TINTS + 1 if category in codes else 0
