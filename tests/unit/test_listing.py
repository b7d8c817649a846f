"""Lists of papers: how a long one is cut, and the way through its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.kinds.parts import Group, Link, Pager
from generator.pages.listing import address, cut, groups, pager
from generator.pages.places import Places
from generator.pages.stock import Stock

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper, MakeSite


def numbered(count: int, size: int) -> list[tuple[int, list[int]]]:
    """Cut papers that are numbered from the oldest, 1, and given newest first."""
    return [(number, list(members)) for number, members in cut(range(count, 0, -1), size)]


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [
        (0, 10, [(0, [])]),
        (1, 10, [(0, [1])]),
        (3, 2, [(0, [3]), (1, [2, 1])]),
        (4, 4, [(0, [4, 3, 2, 1])]),
        (5, 4, [(0, [5, 4, 3, 2, 1])]),
        (6, 4, [(0, [6, 5]), (1, [4, 3, 2, 1])]),
        (9, 4, [(0, [9, 8, 7, 6, 5]), (1, [4, 3, 2, 1])]),
        (10, 4, [(0, [10, 9]), (2, [8, 7, 6, 5]), (1, [4, 3, 2, 1])]),
        (3, 1, [(0, [3]), (2, [2]), (1, [1])]),
    ],
)
def test_cut(count: int, size: int, expected: list[tuple[int, list[int]]]) -> None:
    """Pages are numbered from the oldest; the front page is never a lonely paper."""
    assert numbered(count, size) == expected


@given(st.integers(0, 400), st.integers(1, 50))
def test_cut_keeps_all(count: int, size: int) -> None:
    """Every paper is in one page, in order; the front page has half a page to one and a half."""
    pages = numbered(count, size)
    assert [one for _, members in pages for one in members] == list(range(count, 0, -1))
    assert [number for number, _ in pages] == [0, *range(len(pages) - 1, 0, -1)]
    front = len(pages[0][1])
    assert front == count or size <= 2 * front < 3 * size


@pytest.mark.property
@given(st.integers(0, 400), st.integers(1, 50), st.integers(1, 100))
def test_a_new_paper_changes_no_old_page(count: int, size: int, added: int) -> None:
    """However many papers are added, an old page that there was keeps its number and its papers."""
    before, after = dict(numbered(count, size)), dict(numbered(count + added, size))
    del before[0]
    assert before.items() <= {key: value for key, value in after.items() if key in before}.items()


@pytest.mark.parametrize(
    ("base", "number", "expected"),
    [("", 0, ""), ("", 2, "page/2/"), ("tags/x/", 0, "tags/x/"), ("tags/x/", 1, "tags/x/page/1/")],
)
def test_address(base: str, number: int, expected: str) -> None:
    """The newest papers are at the list's own address, the older ones below it."""
    assert address(base, number) == expected


@pytest.mark.parametrize(("current", "newer", "older"), [(0, None, 1), (2, 0, 2), (1, 1, None)])
def test_pager(current: int, newer: int | None, older: int | None) -> None:
    """Each page of a short list leads to all the others, and to its neighbours."""
    links = (Link("Newest", "t/"), Link("2", "t/page/2/"), Link("1", "t/page/1/"))
    assert pager("t/", [0, 2, 1], current) == Pager(
        links,
        address("t/", current),
        links[newer] if newer is not None else None,
        links[older] if older is not None else None,
    )


def test_long_pager() -> None:
    """Deep in a long list the pager shows the ends and the neighbours, however long the list is."""
    deep = pager("", [0, *range(50, 0, -1)], 7)
    assert [link.label for link in deep.pages] == ["Newest", "9", "8", "7", "6", "5", "1"]
    assert pager("", [0, *range(60, 0, -1)], 7) == deep


def test_no_pager() -> None:
    """A list of one page needs no way through it."""
    assert pager("t/", [0], 0) == Pager((), "", None, None)


def test_groups(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Papers stand under their years, in the order given."""
    papers = [
        make_paper("c", date="2024"),
        make_paper("b", date="2023-02"),
        make_paper("a", date="2023-01"),
    ]
    site = assemble_site(*papers)
    stock, known = Stock(site.settings, site.wholes), Places.of(site).by_slug
    cards = {slug: stock.card(one) for slug, one in known.items()}
    assert list(groups(stock, [known[one.slug] for one in site.papers])) == [
        Group("2024", "years/2024/", (cards["c"],)),
        Group("2023", "years/2023/", (cards["b"], cards["a"])),
    ]
