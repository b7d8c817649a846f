"""The filter of a list: what it shows and counts is what Python computes from the papers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from markupsafe import Markup

from generator.pages.kinds.readers import HomePage, ListPage, TermPage
from tests.browser.conftest import scroll_to, wait_for_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page as Tab

    from generator.pages.kinds.parts import Byline, Link, Summary
    from tests.browser.conftest import Demonstration, NewReader

    Query = Mapping[str, Sequence[str]]

pytestmark = pytest.mark.browser

ANY = frozenset({"category", "year"})  # a paper has one of each: of those chosen, any may fit

READY = ".filter.open .state"
SHOWN = """
() => [...document.querySelectorAll('.papers .paper')].filter(one => one.checkVisibility())
  .map(one => one.dataset.paper)
"""
HEADINGS = """
() => [...document.querySelectorAll('.papers .year > h2')].filter(one => one.checkVisibility())
  .map(one => one.innerText)
"""
BOXES = """
() => Object.fromEntries([...document.querySelectorAll('.filter input[type=checkbox]')].map(box =>
  [`${box.name} ${box.value}`, box.parentElement.querySelector('.term-count').textContent]))
"""
CHIPS = """
() => Object.fromEntries([...document.querySelectorAll('.facets .term')].map(link =>
  [new URL(link.href).pathname.slice(1), link.querySelector('.term-count').textContent]))
"""


def papers_of(page: ListPage) -> list[Summary]:
    """Return the papers of a list in order."""
    return [card.paper for group in page.groups for card in group.cards]


def terms(paper: Summary) -> dict[str, set[str]]:
    """Return what can be chosen of a paper, as the address calls it."""
    linked: dict[str, Sequence[Link | Byline]] = {
        "category": [paper.category],
        "tag": paper.tags,
        "author": paper.authors,
        "organization": paper.organizations,
    }
    found = {
        facet: {one.path.split("/")[1] for one in links if one.path}
        for facet, links in linked.items()
    }
    return found | {"year": {paper.date.iso[:4]}, "code": {"1"} if paper.code else set()}


def fold(text: str) -> str:
    """Return a text without accents and capitals."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).lower()


def text(paper: Summary) -> str:
    """Return the words of a paper's card."""
    parts = [paper.title, *(one.name for one in paper.authors), paper.venue.label, paper.award]
    parts += [one.label for one in (*paper.organizations, *paper.tags)]
    return fold(" ".join([*parts, Markup(paper.abstract).striptags()]))  # noqa: S704 - of the plan


def fits(paper: Summary, query: Query) -> bool:
    """Tell whether a paper has all that is asked for."""
    own = terms(paper)
    for facet, values in query.items():
        if facet == "q":
            if not all(word in text(paper) for word in fold(values[0]).split()):
                return False
        elif not (any if facet in ANY else all)(value in own[facet] for value in values):
            return False
    return True


def counts(papers: Sequence[Summary], query: Query) -> dict[str, str]:
    """Return of each term how many papers there would be with it."""
    numbers: dict[str, int] = {}
    for facet, value in {
        (facet, one) for paper in papers for facet, has in terms(paper).items() for one in has
    }:
        others = {
            name: values for name, values in query.items() if name != facet or facet not in ANY
        }
        having = [paper for paper in papers if value in terms(paper)[facet]]
        numbers[f"{facet} {value}"] = sum(fits(paper, others) for paper in having)
    return {term: f"{number:,}" for term, number in numbers.items()}


def home(site: Demonstration) -> HomePage:
    """Return the first page."""
    page = site.kinds["HomePage"]
    assert isinstance(page, HomePage)
    return page


def open_filtered(tab: Tab) -> Tab:
    """Wait until the filter is in use."""
    tab.wait_for_selector(READY)
    return tab


QUERIES: Sequence[Query] = (
    {"category": ["cl"]},
    {"category": ["cl", "ai"], "year": ["2024", "2025"]},
    {"tag": ["interpretability", "language-models"]},
    {"author": ["jacob-steinhardt"], "year": ["2023"]},
    {"author": ["jacob-steinhardt", "erik-jones"]},
    {"organization": ["stanford"]},
    {"code": ["1"]},
    {"code": ["1"], "category": ["lg"], "q": ["models"]},
    {"q": ["LANGUAGE  models"]},
    {"q": ["interpretab"], "tag": ["interpretability"], "category": ["lg", "cl"], "year": ["2023"]},
    {"q": ["no paper says this"]},
    {"tag": ["no-such-tag"]},
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: urlencode(query, doseq=True))
def test_what_is_shown(site: Demonstration, new_reader: NewReader, query: Query) -> None:
    """The address says what is shown: papers, years, their number, and the count of every term."""
    reader = new_reader("/")
    papers = papers_of(home(site))
    expected = [paper for paper in papers if fits(paper, query)]

    tab = open_filtered(reader.open(f"?{urlencode(query, doseq=True)}"))

    years = list(dict.fromkeys(paper.date.iso[:4] for paper in expected))
    assert tab.evaluate(SHOWN) == [paper.slug for paper in expected]
    assert tab.evaluate(HEADINGS) == years
    assert tab.inner_text(".state") == f"{len(expected)} of {len(papers)} papers"
    unknown = {"tag no-such-tag": "0"} if "no-such-tag" in query.get("tag", ()) else {}
    assert tab.evaluate(BOXES) == counts(papers, query) | unknown
    plural = {"categories": "category", "years": "year", "tags": "tag"}
    by_term = counts(papers, query)
    assert tab.evaluate(CHIPS) == {
        entry.path: by_term[f"{plural[facet.name]} {entry.path.split('/')[1]}"]
        for facet in home(site).facets
        for entry in facet.entries
    }
    assert dict(reader.faults) == {}


def test_queries_find_something(site: Demonstration) -> None:
    """The combinations above are worth trying: all but the last two find some papers, not all."""
    papers = papers_of(home(site))
    found = [sum(fits(paper, query) for paper in papers) for query in QUERIES]
    assert all(0 < number < len(papers) for number in found[:-2])
    assert found[-2:] == [0, 0]


def test_keyboard_alone(site: Demonstration, new_reader: NewReader) -> None:
    """Words and boxes are reached and set with keys; Back and reload keep them; Escape clears."""
    tab = new_reader().open("")
    papers = papers_of(home(site))
    for _ in range(30):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.name") == "q":
            break
    open_filtered(tab)
    tab.keyboard.type("language")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.parentElement.open")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.wait_for_url(re.compile("category="))
    query = parse_qs(urlsplit(tab.url).query)
    assert query["q"] == ["language"]
    assert len(query["category"]) == 1
    expected = [paper.slug for paper in papers if fits(paper, query)]
    assert tab.evaluate(SHOWN) == expected
    chosen = tab.url

    tab.reload()
    assert open_filtered(tab).evaluate(SHOWN) == expected
    assert tab.input_value("[name=q]") == "language"
    tab.click(".papers .paper:not([hidden]) .paper-title a")
    tab.wait_for_url("**/papers/*/")
    tab.go_back()
    assert (tab.url, open_filtered(tab).evaluate(SHOWN)) == (chosen, expected)

    tab.keyboard.press("Escape")
    assert urlsplit(tab.url).query == ""
    assert tab.evaluate(SHOWN) == [paper.slug for paper in papers]
    assert tab.inner_text(".state") == f"{len(papers)} papers"
    tab.go_back()
    assert (tab.url, tab.evaluate(SHOWN)) == (chosen, expected)


@pytest.mark.parametrize("leave", ["reload", "go_back"])
def test_the_place_is_kept(new_reader: NewReader, leave: str) -> None:
    """Back and reload lead to where the reader was in the list as it is filtered."""
    reader = new_reader(width=375)
    tab = open_filtered(reader.open("?tag=interpretability"))
    scroll_to(tab, 1500)

    if leave == "go_back":
        tab.goto(reader.address("about/"))
    getattr(tab, leave)()

    open_filtered(tab)
    wait_for_place(tab, 1500)
    # Who filters a list by hand afterwards stays where they are.
    tab.goto(reader.address(""))
    tab.focus("[name=q]")
    open_filtered(tab)
    assert tab.evaluate("window.scrollY") < 1000


@pytest.mark.parametrize("query", ["category=CL", "tag=Language%20models&category=cl"])
def test_names_as_people_write_them(site: Demonstration, new_reader: NewReader, query: str) -> None:
    """An address written by hand may give names with capitals and spaces."""
    asked = {
        facet: [one.lower().replace(" ", "-") for one in values]
        for facet, values in parse_qs(query).items()
    }

    tab = open_filtered(new_reader().open(f"?{query}"))

    expected = [one.slug for one in papers_of(home(site)) if fits(one, asked)]
    assert expected
    assert tab.evaluate(SHOWN) == expected


def test_the_outcome_is_announced(new_reader: NewReader) -> None:
    """How many papers are shown stands in a live region, which a screen reader reads out."""
    tab = new_reader().open("")
    tab.focus("[name=q]")
    open_filtered(tab)
    assert tab.get_by_role("status").inner_text() == "50 papers"
    tab.keyboard.type("zzz")
    assert tab.get_by_role("status").inner_text() == "0 of 50 papers"


def test_terms_beside_the_list(site: Demonstration, new_reader: NewReader) -> None:
    """A term beside the list filters in place with scripts, and without is a link to its page."""
    reader = new_reader()
    tab = reader.open("")
    term = ".facets .term[href$='tags/interpretability/']"
    tab.click(term)
    open_filtered(tab)
    tab.wait_for_url("**/?tag=interpretability")
    assert tab.get_attribute(term, "aria-current") == "true"
    expected = [
        one.slug for one in papers_of(home(site)) if fits(one, {"tag": ["interpretability"]})
    ]
    assert tab.evaluate(SHOWN) == expected
    tab.click(term)
    tab.wait_for_url(lambda url: not urlsplit(url).query)
    assert dict(reader.faults) == {}

    plain = new_reader(script=False).open("")
    plain.click(term)
    plain.wait_for_url("**/tags/interpretability/")
    assert plain.locator(".papers .paper").count() == len(expected)


def test_on_a_term(site: Demonstration, new_reader: NewReader) -> None:
    """The list of a term is filtered as the first page is."""
    pages = [page for page in site.pages if isinstance(page, TermPage)]
    page = max((one for one in pages if one.taxonomy == "tags"), key=lambda one: one.count)
    papers = papers_of(page)
    query = {"category": ["lg"], "q": ["model"]}
    reader = new_reader("/sub/path/")

    tab = open_filtered(reader.open(f"{page.path}?{urlencode(query, doseq=True)}"))

    assert tab.evaluate(SHOWN) == [paper.slug for paper in papers if fits(paper, query)]
    assert tab.evaluate(BOXES) == counts(papers, query)
    assert dict(reader.faults) == {}


def test_what_is_beside_the_list_of_a_term(site: Demonstration, new_reader: NewReader) -> None:
    """Related tags count with the filter; a person's co-authors and the chart stay as they are."""
    counted = "all => all.map(one => one.querySelector('.term-count').textContent)"
    for taxonomy in ("tags", "authors"):
        pages = [one for one in site.pages if isinstance(one, TermPage)]
        page = max((one for one in pages if one.taxonomy == taxonomy), key=lambda one: one.count)
        tab = open_filtered(new_reader().open(f"{page.path}?category=cl"))

        bars = tab.eval_on_selector_all(".facets .bar", counted)
        assert bars == [f"{one.count:,}" for one in page.years if one.path]
        beside = tab.eval_on_selector_all(".facets .term:not(.bar)", counted)
        whole = [f"{one.count:,}" for one in page.companions]
        if taxonomy == "authors":
            assert beside == whole
        else:
            papers = papers_of(page)
            by_term = counts(papers, {"category": ["cl"]})
            assert beside == [by_term[f"tag {one.path.split('/')[1]}"] for one in page.companions]
        tab.locator(".facets .bar").last.click()
        label = tab.locator(".facets .bar .term-label").last.inner_text()
        tab.wait_for_url(f"**#year-{label}")


def test_export(site: Demonstration, new_reader: NewReader) -> None:
    """What is shown can be had as BibTeX: the papers' own files, one after the other."""
    query = {"tag": ["interpretability"], "year": ["2024"]}
    tab = open_filtered(new_reader("/sub/path/").open(f"?{urlencode(query, doseq=True)}"))

    with tab.expect_download() as download:
        tab.click("text=Export these")

    shown = [paper for paper in papers_of(home(site)) if fits(paper, query)]
    files = [(site.folder / one.path / f"{one.slug}.bib").read_text("utf-8") for one in shown]
    assert download.value.suggested_filename == "papers.bib"
    assert download.value.path().read_text("utf-8") == "\n".join(files)
    assert tab.inner_text(".state") == f"{len(shown)} papers exported"


def test_nothing_is_loaded_before_it_is_used(new_reader: NewReader) -> None:
    """A first visit asks for the page, a style sheet and a script, and no more."""
    reader = new_reader()
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url.rsplit(".")[-1]))
    tab = reader.open("")
    tab.wait_for_load_state("networkidle")
    assert "js" in asked
    assert len(asked) <= 3
    tab.focus("[name=q]")
    open_filtered(tab)
    assert asked.count("js") == 3
