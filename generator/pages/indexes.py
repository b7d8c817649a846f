"""The pages that list all terms of a taxonomy, and the cloud that lists all tags."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator import names
from generator.pages import summary
from generator.pages.kinds import CloudPage, IndexPage, Section, TermEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.pages.stock import Stock
    from generator.taxonomy import Index, Term

_LETTERS_FROM = 40  # an index of so many terms gets letters to jump by


def index_page(stock: Stock, index: Index) -> IndexPage:
    """Return the page that lists all terms of a taxonomy."""
    taxonomy = index.taxonomy
    kind = CloudPage if taxonomy.name == "tags" else IndexPage
    noun = taxonomy.singular if len(index.terms) == 1 else taxonomy.name
    return kind(
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


def _weight(count: int, largest: int) -> int:
    """Return a size from 1 to 6 that follows the logarithm of a count."""
    return 1 + round(5 * math.log(count) / math.log(largest)) if largest > 1 else 1


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
