"""The pages that list all terms of a taxonomy, and the cloud that lists all tags."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator import names
from generator.pages import charts, summary
from generator.pages.kinds import CloudPage, IndexPage, Section, TermEntry, YearsPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.pages.kinds import Bar
    from generator.pages.stock import Stock
    from generator.taxonomy import Index, Term

# The taxonomies of which a paper may have several terms.
_SOCIABLE = ("tags", "authors", "organizations")
_LETTERS_FROM = 40  # an index of so many terms gets letters to jump by
_MANY = 8  # papers that the largest tag of a cloud has at least


def index_page(stock: Stock, index: Index) -> IndexPage:
    """Return the page that lists all terms of a taxonomy."""
    taxonomy = index.taxonomy
    noun = taxonomy.singular if len(index.terms) == 1 else taxonomy.name
    make: Callable[..., IndexPage] = CloudPage if taxonomy.name == "tags" else IndexPage
    if taxonomy.newest_first:
        make = partial(YearsPage, years=years(stock), categories=_categories(stock))
    return make(
        f"{taxonomy.name}/",
        taxonomy.title,
        f"All {len(index.terms):,} {noun} of {stock.site.config.title}, with their papers.",
        trail=(stock.home,),
        listed=bool(index.terms),
        taxonomy=taxonomy.name,
        heading=taxonomy.title,
        count=len(index.terms),
        sections=tuple(_sections(stock, index)),
    )


def years(stock: Stock) -> tuple[Bar, ...]:
    """Return the chart of all papers, whose bars lead to the years' own pages."""
    paths = {int(term.label): term.path for term in stock.site.indexes["years"].terms}
    return charts.by_year(stock.site, stock.site.papers, paths)


def _categories(stock: Stock) -> tuple[TermEntry, ...]:
    return tuple(term_entries(stock, stock.site.indexes["categories"]))


def term_entries(stock: Stock, index: Index) -> list[TermEntry]:
    """Return the terms of a taxonomy as indexes and clouds show them."""
    largest = max((len(term.papers) for term in index.terms), default=0)
    return [
        TermEntry(
            index.taxonomy.shown(term.label),
            term.path,
            len(term.papers),
            _weight(len(term.papers), largest),
            _about(stock, term),
            summary.tint(stock.site, term.label) if index.taxonomy.name == "categories" else 0,
        )
        for term in index.terms
    ]


def companions(stock: Stock, term: Term) -> list[TermEntry]:
    """Return the terms that papers have beside a term of the same kind, the most frequent first."""
    if term.taxonomy.name not in _SOCIABLE:
        return []
    beside = [one for paper in term.papers for one in stock.terms(term.taxonomy.name, paper)]
    counts = Counter(one.path for one in beside)
    del counts[term.path]
    named = {one.path: one for one in beside}
    order = term.taxonomy.order
    ranked = sorted(counts, key=lambda path: (-counts[path], order(named[path].label), path))
    return [TermEntry(named[path].label, path, counts[path], 1, Markup()) for path in ranked]


def _weight(count: int, largest: int) -> int:
    """Return a size from 1 to 6 that follows the logarithm of a count.

    Where all are rare none is large.
    """
    return 1 + round(5 * math.log(count) / math.log(max(largest, _MANY)))


def _about(stock: Stock, term: Term) -> Markup:
    """Return the line that explains a term: a tag's description, or a category's full name."""
    tag = (stock.site.settings.tags or {}).get(term.label)
    if term.taxonomy.name == "tags" and tag:
        return summary.html(tag.description)
    heading = stock.heading(term)
    return escape(heading) if heading != term.label else Markup()


def _sections(stock: Stock, index: Index) -> Iterator[Section]:
    """Yield the terms by their first letters, where they are many and ordered by letter."""
    entries = term_entries(stock, index)
    taxonomy = index.taxonomy
    if len(entries) < _LETTERS_FROM or taxonomy.newest_first or taxonomy.name == "tags":
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
