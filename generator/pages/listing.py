"""Lists of papers: how a long one is cut into pages so that a new paper moves no old page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from generator.pages.kinds.parts import Group, Link, Pager

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.pages.places import Place
    from generator.pages.stock import Stock

    Item = TypeVar("Item")


_NEAR = 2  # neighbours that a pager shows on each side


def cut(papers: Sequence[Item], size: int) -> list[tuple[int, Sequence[Item]]]:
    """Cut papers, newest first, into (number, papers): the front page, 0, then the older ones.

    The pages are numbered from the oldest, from 1, and are full and never change when a paper is
    added. What is left is the front page's: between half a page and one and a half, so that it is
    never a lonely paper.
    """
    full, rest = divmod(len(papers), size)
    if 2 * rest < size:
        full = max(full - 1, 0)
    front = len(papers) - full * size
    pages = [(0, papers[:front])]
    for number in range(full, 0, -1):
        start = front + (full - number) * size
        pages.append((number, papers[start : start + size]))
    return pages


def address(base: str, number: int) -> str:
    """Return the address of a page of a list."""
    return f"{base}page/{number}/" if number else base


def pager(base: str, numbers: Sequence[int], current: int) -> Pager:
    """Return the way through a list's pages; it has no pages where one page is all.

    It shows the ends of the list and the neighbours of the current page, so that a page deep in the
    list says the same however long the list grows.
    """
    if len(numbers) == 1:
        return Pager((), "", None, None)
    here = numbers.index(current)
    shown = {0, 1, *numbers[max(here - _NEAR, 0) : here + _NEAR + 1]}
    links = {
        number: Link(str(number) if number else "Newest", address(base, number))
        for number in numbers
        if number in shown
    }
    return Pager(
        pages=tuple(links.values()),
        current=links[current].path,
        newer=links[numbers[here - 1]] if here else None,
        older=links[numbers[here + 1]] if here + 1 < len(numbers) else None,
    )


def groups(stock: Stock, papers: Sequence[Place], *, cited: bool = False) -> Iterator[Group]:
    """Yield the papers of each year, in the order given, `cited` for machines if asked for."""
    for year, members in groupby(papers, key=lambda place: place.paper.year):
        shown = tuple(members)
        yield Group(
            str(year),
            f"years/{year}/",
            tuple(map(stock.card, shown)),
            tuple(map(stock.cited, shown)) if cited else (),
        )
