"""The pages that list all terms of a taxonomy, and the cloud that lists all tags."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator import names
from generator.inputs import digest
from generator.pages import charts, summary
from generator.pages.groups import Group
from generator.pages.kinds.parts import Section, TermEntry
from generator.pages.kinds.readers import CloudPage, IndexPage, YearsPage
from generator.pages.places import SOCIABLE, tint
from generator.taxonomy import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.config import Config
    from generator.pages.groups import Listing
    from generator.pages.kinds.parts import Bar
    from generator.pages.places import Place
    from generator.pages.stock import Stock
    from generator.site import Settings, Site
    from generator.terms import Index

_LETTERS_FROM = 40  # an index of so many terms gets letters to jump by
_MANY = 8  # papers that the largest tag of a cloud has at least


@dataclass(frozen=True)
class Counted:
    """A term and how many papers have it."""

    label: str
    path: str
    count: int


@dataclass(frozen=True)
class IndexGroup(Group):
    """The page that lists all terms of a taxonomy; that of the years has a chart of all papers."""

    taxonomy: str
    terms: tuple[Counted, ...]
    years: tuple[Bar, ...] = ()
    categories: tuple[TermEntry, ...] = ()

    @property
    def title(self) -> str:
        """What the page is called."""
        return ROWS[self.taxonomy].title

    def files(self) -> Iterable[str]:
        """Return the page."""
        return (f"{self.taxonomy}/index.html",)

    def addresses(self) -> Iterable[str]:
        """Return the page."""
        return (f"{self.taxonomy}/",)

    def listed(self) -> Iterable[str]:
        """Return the page, also where nothing is on it yet: it is an address of every site."""
        return self.addresses()

    @cached_property
    def shape(self) -> str:
        """The digest of the terms, and of what is drawn."""
        bars = [
            (one.label, one.path, [(part.label, part.tint, part.count) for part in one.segments])
            for one in self.years
        ]
        terms = [(one.label, one.path, one.count) for one in self.terms]
        entries = [(one.label, one.path, one.count, one.tint) for one in self.categories]
        text = json.dumps([self.taxonomy, terms, bars, entries])
        return digest(text.encode())


def index_group(site: Site, index: Index) -> IndexGroup:
    """Return the group of the page that lists all terms of a taxonomy."""
    terms = counted(index)
    if not index.taxonomy.newest_first:
        return IndexGroup(index.taxonomy.name, terms)
    paths = {int(term.label): term.path for term in index.terms}
    years = charts.by_year(site.papers, site.config.categories, paths)
    entries = term_entries(site.settings, "categories", counted(site.indexes["categories"]))
    return IndexGroup(index.taxonomy.name, terms, years, tuple(entries))


def counted(index: Index) -> tuple[Counted, ...]:
    """Return the terms of an index with their counts."""
    return tuple(Counted(term.label, term.path, len(term.papers)) for term in index.terms)


def index_page(stock: Stock, group: IndexGroup) -> IndexPage:
    """Return the page that lists all terms of a taxonomy."""
    taxonomy = ROWS[group.taxonomy]
    title = stock.config.title
    about = f"{title} names no {taxonomy.name} yet."
    if group.terms:
        noun = taxonomy.singular if len(group.terms) == 1 else taxonomy.name
        about = f"All {len(group.terms):,} {noun} of {title}, with their papers."
    make: Callable[..., IndexPage] = CloudPage if taxonomy.name == "tags" else IndexPage
    if taxonomy.newest_first:
        make = partial(YearsPage, years=group.years, categories=group.categories)
    return make(
        f"{taxonomy.name}/",
        taxonomy.title,
        about,
        trail=(stock.home,),
        taxonomy=taxonomy.name,
        heading=taxonomy.title,
        count=len(group.terms),
        sections=tuple(_sections(stock.settings, group)),
    )


def term_entries(settings: Settings, taxonomy: str, terms: Sequence[Counted]) -> list[TermEntry]:
    """Return terms of a taxonomy, its largest among them, as indexes and clouds show them."""
    largest = max((term.count for term in terms), default=0)
    shown = ROWS[taxonomy].shown
    categories = settings.config.categories
    return [
        TermEntry(
            shown(term.label),
            term.path,
            term.count,
            _weight(term.count, largest),
            _about(settings, taxonomy, term.label),
            tint(categories, term.label) if taxonomy == "categories" else 0,
        )
        for term in terms
    ]


def companions(of: Listing, papers: Sequence[Place]) -> list[TermEntry]:
    """Return the terms that papers have beside a term of the same kind, the most frequent first."""
    if of.taxonomy not in SOCIABLE:
        return []
    counts: Counter[str] = Counter()
    named: dict[str, str] = {}
    for place in papers:
        beside = place.terms[of.taxonomy]
        counts.update(one.path for one in beside)
        named.update((one.path, one.label) for one in beside)
    del counts[of.path]
    order = ROWS[of.taxonomy].order
    ranked = sorted(counts, key=lambda path: (-counts[path], order(named[path]), path))
    return [TermEntry(named[path], path, counts[path], 1, Markup()) for path in ranked]


def _weight(count: int, largest: int) -> int:
    """Return a size from 1 to 6 that follows the logarithm of a count.

    Where all are rare none is large.
    """
    return 1 + round(5 * math.log(count) / math.log(max(largest, _MANY)))


def _about(settings: Settings, taxonomy: str, label: str) -> Markup:
    """Return the line that explains a term: a tag's description, or a category's full name."""
    tag = (settings.tags or {}).get(label)
    if taxonomy == "tags" and tag:
        return summary.html(tag.description)
    heading = heading_of(settings.config, taxonomy, label)
    return escape(heading) if heading != label else Markup()


def heading_of(config: Config, taxonomy: str, label: str) -> str:
    """Return what a term's page is called: a category by its full name, others as written."""
    return config.categories.get(label, label) if taxonomy == "categories" else label


def _sections(settings: Settings, group: IndexGroup) -> Iterator[Section]:
    """Yield the terms by their first letters, where they are many and ordered by letter."""
    entries = term_entries(settings, group.taxonomy, group.terms)
    newest_first = ROWS[group.taxonomy].newest_first
    if len(entries) < _LETTERS_FROM or newest_first or group.taxonomy == "tags":
        if entries:
            yield Section("", "", tuple(entries))
        return
    initials: dict[str, list[TermEntry]] = {}
    for entry in entries:
        initials.setdefault(_initial(entry.label), []).append(entry)
    for letter, members in initials.items():
        yield Section(letter, f"letter-{names.slug(letter)}", tuple(members))


def _initial(label: str) -> str:
    """Return the letter under which an index lists a label; `#` for what begins with none."""
    first = next((one for one in names.fold(label) if one.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"
