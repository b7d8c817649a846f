"""Where each paper stands in the site: its citation key, and the pages that it leads to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import keys, terms
from generator.inputs import digest
from generator.pages.kinds.parts import Link
from generator.pickling import pickled_fast
from generator.taxonomy import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.outline import Outline
    from generator.site import Site

# The taxonomies of which a paper may have several terms.
SOCIABLE = ("tags", "authors", "organizations")
TINTS = 8  # so many colours for categories does the theme know


@pickled_fast
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
    terms: Mapping[str, Mapping[str, Link]]

    @classmethod
    def of(cls, site: Site, before: Places | None = None) -> Places:
        """Return the places of a site's papers; those that are as they were before are the same."""
        everyone = (*site.papers, *site.unlisted)
        published, settings = site.published, site.settings.digest
        key_of = keys.assign(everyone, published.keys_of(everyone), published.keys)
        known: Mapping[str, Place] = {}
        moved: Mapping[str, set[str]] = {}
        links = _Links(site)
        if before and before.settings == settings:
            known = before.by_slug
            ways = (
                (name, some.items() ^ links.by_identity[name].items())
                for name, some in before.terms.items()
            )
            moved = {name: {identity for identity, _ in some} for name, some in ways if some}
        found = {}
        for paper in everyone:
            place = known.get(paper.slug)
            if place is None or place.key != key_of[paper.slug] or not _stays(place, paper, moved):
                place = _place(site, paper, key_of[paper.slug], links)
            found[paper.slug] = place
        return cls(found, settings, links.by_identity)

    def moved_terms(self, before: Places) -> set[str]:
        """Return the addresses of the terms that lead to papers which were elsewhere before."""
        moved = [
            place for slug, place in self.by_slug.items() if before.by_slug.get(slug) is not place
        ]
        return {
            path
            for place in moved
            for path in (
                place.category.path,
                place.year_path,
                place.venue.path,
                *(link.path for links in place.terms.values() for link in links),
            )
        }


class _Links:
    """The links to the terms of a site, each but once."""

    def __init__(self, site: Site) -> None:
        self.by_identity = {
            name: {
                identity: Link(term.label, term.path)
                for identity, term in index.by_identity.items()
            }
            for name, index in site.indexes.items()
        }
        self._ranks = {
            name: {term.path: rank for rank, term in enumerate(site.indexes[name].terms)}
            for name in SOCIABLE
        }
        self._indexes = site.indexes
        self._made: dict[tuple[str, str], Link] = {}

    def to(self, taxonomy: str, label: str) -> Link:
        """Return a link to a term, called as a paper has it; it leads nowhere if there is none."""
        made = self._made.get((taxonomy, label))
        if made is None:
            known = self.term(taxonomy, label)
            made = (
                known
                if known and known.label == label
                else Link(label, known.path if known else "")
            )
            self._made[taxonomy, label] = made
        return made

    def term(self, taxonomy: str, label: str) -> Link | None:
        """Return the link to the term of a label, called as its own page is."""
        return self.by_identity[taxonomy].get(ROWS[taxonomy].identity(label))

    def of(self, taxonomy: str, paper: Outline) -> tuple[Link, ...]:
        """Return the terms of a paper, in the order of their index; none where it is not listed."""
        if paper.unlisted:
            return ()
        links, ranks = self.by_identity[taxonomy], self._ranks[taxonomy]
        own = [identity for identity, _ in paper.terms[taxonomy]]
        if len(own) > terms.MANY:
            index = self._indexes[taxonomy].by_identity
            own = [one for one in own if one in index and paper in index[one].papers]
        return tuple(sorted((links[one] for one in own), key=lambda link: ranks[link.path]))


def _stays(place: Place, paper: Outline, moved: Mapping[str, set[str]]) -> bool:
    """Tell whether a paper is what it was, and so are all terms that it leads to."""
    if place.paper is not paper or (paper.affiliations and "organizations" in moved):
        return False
    # With which terms a paper of very many is depends on other papers too.
    return all(len(labels) <= terms.MANY for labels in paper.terms.values()) and all(
        some.isdisjoint(identity for identity, _ in paper.terms[name])
        for name, some in moved.items()
    )


def _place(site: Site, paper: Outline, key: str, links: _Links) -> Place:
    people = links.by_identity["authors"]
    tags = (links.term("tags", tag) or links.to("tags", tag) for tag in paper.tags)
    return Place(
        paper,
        key,
        category=links.to("categories", paper.category),
        category_name=site.config.categories.get(paper.category, paper.category),
        tint=tint(site.config.categories, paper.category),
        year_path=links.to("years", str(paper.year)).path,
        authors=tuple(people[one].path if one in people else "" for one in paper.people),
        organizations=tuple(links.to("organizations", one) for one in paper.organizations),
        affiliations=tuple(links.to("organizations", one) for one in paper.affiliations),
        tags=tuple(dict.fromkeys(tags)),
        venue=links.to("venues", paper.venue) if paper.venue else Link(""),
        terms={name: links.of(name, paper) for name in SOCIABLE},
    )


def tint(categories: Mapping[str, str], category: str) -> int:
    """Return the number of a category's colour, by its place in `site.yaml`; 0 without a place."""
    codes = list(categories)
    return codes.index(category) % TINTS + 1 if category in codes else 0
