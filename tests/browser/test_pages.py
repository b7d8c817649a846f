"""Every kind of page, in a real browser: nothing goes wrong, and the promised names are there."""

from __future__ import annotations

import gzip
from itertools import product
from typing import TYPE_CHECKING

import pytest

from generator.pages.kinds.readers import (
    HomePage,
    IndexPage,
    ListPage,
    PaperPage,
    TermPage,
    YearsPage,
)
from tests.browser.conftest import MOUNTS

if TYPE_CHECKING:
    from pathlib import Path

    from generator.pages.kinds.page import Page
    from generator.pages.kinds.parts import Summary
    from tests.browser.conftest import Demonstration, NewReader, Scheme

pytestmark = pytest.mark.browser


VIEWS: tuple[tuple[Scheme, int], ...] = tuple(product(("light", "dark"), (375, 1280)))
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("mount", MOUNTS)
def test_nothing_goes_wrong(site: Demonstration, new_reader: NewReader, mount: str) -> None:
    """No page says anything, asks another host, misses a file, or is wider than a screen."""
    reader = new_reader(mount)

    tabs = {page.path: reader.open_beside(page.path) for page in site.kinds.values()}

    wider = {}
    for path, tab in tabs.items():
        tab.wait_for_load_state("networkidle")
        for scheme, width in VIEWS:
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": width, "height": 800})
            if excess := tab.evaluate(EXCESS):
                wider[path, scheme, width] = excess
        if not any(view[0] == path for view in wider):
            tab.close()  # those that are too wide are kept as images
    assert (dict(reader.faults), wider) == ({}, {})


def test_every_kind_is_there(site: Demonstration) -> None:
    """The demonstration site holds each of the pages that the contract names."""
    names = {"categories", "years", "tags", "authors", "organizations"}
    indexes = {page.taxonomy for page in site.kinds.values() if isinstance(page, IndexPage)}
    terms = {page.taxonomy for page in site.kinds.values() if isinstance(page, TermPage)}

    assert names <= indexes
    assert names <= terms
    assert {"HomePage", "PaperPage", "TextPage", "NotFoundPage"} <= site.kinds.keys()


def test_weights(site: Demonstration) -> None:
    """A first visit to the list of 50 papers takes 40 KiB at most, to a paper 10, compressed."""
    headers = 340  # bytes that a host says before each file

    def weight(*paths: Path) -> float:
        return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths) / 1024

    def visit(*paths: Path) -> float:
        return weight(*paths) + len(paths) * headers / 1024

    home, *papers = [site.folder / "index.html", *site.folder.glob("papers/*/index.html")]
    style, script = (next(site.folder.glob(f"static/site.*.{end}")) for end in ("css", "js"))
    scripts = [*site.folder.glob("static/*.js")]

    assert len(papers) == 50
    assert visit(home, style, script) < 40
    assert max(visit(paper, style, script) for paper in papers) < 10
    assert weight(*site.folder.glob("static/*.css")) < 6
    assert len(scripts) == 5
    assert weight(*scripts) < 8


STYLE = """
() => [document.body, document.querySelector('h1')].map(one => getComputedStyle(one))
  .map(style => [style.color, style.fontFamily, style.fontSize, style.width, style.margin])
"""


@pytest.mark.parametrize("mount", MOUNTS)
def test_the_page_for_what_does_not_exist(
    site: Demonstration, new_reader: NewReader, mount: str
) -> None:
    """At an address of any depth that does not exist, the 404 page is whole, with its style."""
    reader = new_reader(mount)

    tab = reader.open("no/such/page/")
    there = new_reader(mount).open("404.html")

    assert tab.inner_text("body") == there.inner_text("body")
    assert tab.evaluate(STYLE) == there.evaluate(STYLE)
    # The browser tells of the status itself; nothing else was asked for.
    address = reader.address("no/such/page/")
    assert [one for one in reader.faults if not one.startswith("console: Failed to load")] == [
        f"404: {address}"
    ]
    assert site.kinds["NotFoundPage"].path == "404.html"


# The names that themes and other programs rely on.

SAMPLE = 12  # of the papers' own pages, evenly spread

ARTICLES = """
() => [...document.querySelectorAll('article.paper')].map(article => ({
  slug: article.dataset.paper,
  authors: [...article.querySelectorAll('.paper-authors .paper-author')].map(one => one.innerText),
  date: article.querySelector('time.paper-date')?.getAttribute('datetime'),
  parts: ['title', 'authors', 'organizations', 'date', 'category', 'code', 'tags', 'abstract']
    .filter(name => article.querySelectorAll('.paper-' + name).length === 1),
}))
"""

TERMS = """
() => [...document.querySelectorAll('main a.term')].map(term => [
  term.getAttribute('href'), term.querySelector('.term-count').textContent,
])
"""


def _article(paper: Summary) -> dict[str, object]:
    """Return what the contract says of a paper's article."""
    parts = {
        "title": True,
        "authors": True,
        "organizations": bool(paper.organizations),
        "date": True,
        "category": True,
        "code": paper.code,
        "tags": bool(paper.tags),
        "abstract": bool(paper.abstract),
    }
    return {
        "slug": paper.slug,
        "authors": [author.name for author in paper.authors],
        "date": paper.date.iso,
        "parts": [name for name, there in parts.items() if there],
    }


def _papers(page: Page) -> list[Summary]:
    """Return the papers that a page shows, in order."""
    if isinstance(page, PaperPage):
        return [page.paper]
    if isinstance(page, ListPage):
        return [card.paper for group in page.groups for card in group.cards]
    return []


def test_papers_have_their_names(site: Demonstration, new_reader: NewReader) -> None:
    """Each paper is one article, with the promised names for all that is known of it."""
    reader = new_reader()

    for kind, page in site.kinds.items():
        tab = reader.open(page.path)
        expected = [_article(paper) for paper in _papers(page)]
        assert (kind, tab.evaluate(ARTICLES)) == (kind, expected)


def test_papers_have_their_own_pages(site: Demonstration, new_reader: NewReader) -> None:
    """The page of a paper has one article, with the promised names for all that is known of it."""
    reader = new_reader()
    pages = [page for page in site.pages if isinstance(page, PaperPage)]

    for page in pages[:: 1 + len(pages) // SAMPLE]:
        tab = reader.open(page.path)
        assert tab.evaluate(ARTICLES) == [_article(page.paper)]


def test_terms_have_their_counts(site: Demonstration, new_reader: NewReader) -> None:
    """Each term of an index is a link with its number of papers."""
    reader = new_reader()

    for page in site.kinds.values():
        if isinstance(page, IndexPage):
            tab = reader.open(page.path)
            shown = [entry for section in page.sections for entry in section.entries]
            if isinstance(page, YearsPage):
                shown += page.categories  # which the colours of its chart stand for
            expected = [[f"{page.root}{entry.path}", f"{entry.count:,}"] for entry in shown]
            assert tab.evaluate(TERMS) == expected


def test_the_first_page_offers_ways_in(site: Demonstration, new_reader: NewReader) -> None:
    """The home page shows the terms of each facet with their counts, among them the tag cloud."""
    home = site.kinds["HomePage"]
    assert isinstance(home, HomePage)

    shown = new_reader().open("").evaluate(TERMS)

    expected = [
        [f"./{entry.path}", f"{entry.count:,}"] for facet in home.facets for entry in facet.entries
    ]
    assert sorted(shown) == sorted(expected)


# Buttons do what only a script can do, and stand there only with one.
TEXT = """
() => {
  document.querySelectorAll('button').forEach(one => one.remove())
  return document.body.innerText.replace(/\\s+/g, ' ')
}
"""


def test_everything_is_there_without_script(site: Demonstration, new_reader: NewReader) -> None:
    """The text of each kind of page is the same whether scripts run or not."""
    plain, scripted = new_reader(script=False), new_reader()

    for page in site.kinds.values():
        texts = [one.open(page.path).evaluate(TEXT) for one in (plain, scripted)]
        assert texts[0] == texts[1]
        assert texts[0].strip()
