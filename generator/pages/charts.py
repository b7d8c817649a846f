"""Charts of papers by year: from papers to the lengths of bars, parted by category."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from generator.pages.kinds.parts import Bar, Segment
from generator.pages.places import tint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.outline import Outline

LENGTH = 1000  # of the longest bar, in the units of the drawing
_FEWEST = 3  # papers that a bar of that length stands for: one paper alone is no long bar


def by_year(
    papers: Sequence[Outline], categories: Mapping[str, str], paths: Mapping[int, str]
) -> tuple[Bar, ...]:
    """Return a bar for each year of papers given newest first, with the address that it leads to.

    `categories` are those of `site.yaml`.
    Years without papers are one bar without length, so that no gap in time is passed over.
    """
    years = {year: tuple(some) for year, some in groupby(papers, key=lambda paper: paper.year)}
    longest = max(_FEWEST, *map(len, years.values()), 0)
    bars = {
        year: Bar(str(year), paths[year], len(some), tuple(_segments(some, categories, longest)))
        for year, some in years.items()
    }
    gaps = {
        older + 1: _gap(older + 1, newer - 1)
        for newer, older in pairwise(years)
        if newer - older > 1
    }
    return tuple(bar for _, bar in sorted((bars | gaps).items(), reverse=True))


def _gap(first: int, last: int) -> Bar:
    return Bar(str(first) if first == last else f"{first}–{last}", "", 0, ())


def _segments(
    papers: Sequence[Outline], categories: Mapping[str, str], longest: int
) -> Iterator[Segment]:
    """Yield a bar's parts, the categories in the order of `site.yaml`, each where the last ends."""
    order = {code: place for place, code in enumerate(categories)}
    counts = Counter(paper.category for paper in papers)
    before = 0
    for code in sorted(counts, key=lambda code: (order.get(code, len(order)), code)):
        start, end = (LENGTH * sum_ // longest for sum_ in (before, before + counts[code]))
        yield Segment(code, tint(categories, code), counts[code], start, end - start)
        before += counts[code]
