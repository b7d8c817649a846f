"""Where each paper stands in the site: its citation key, and the pages that it leads to."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import keys
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


def places(site: Site) -> dict[str, Place]:
    """Return the places of all papers, by slug."""
    everyone = (*site.papers, *site.unlisted)
    published = site.published
    key_of = keys.assign(everyone, published.keys_of(everyone), published.keys)
    beside = {name: _terms(site.indexes[name]) for name in SOCIABLE}
    return {
        paper.slug: _place(
            site,
            paper,
            key_of[paper.slug],
            {name: tuple(terms[paper.slug]) for name, terms in beside.items()},
        )
        for paper in everyone
    }


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
