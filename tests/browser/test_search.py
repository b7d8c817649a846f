"""Search: it finds papers by all that is known of them, in any folder, and needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from generator.pages.kinds.readers import PaperPage, TextPage
from tests.browser.conftest import MOUNTS, SUB_PATH, TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page as Tab

    from generator.pages.kinds.parts import Summary
    from tests.browser.conftest import Demonstration, NewReader

pytestmark = pytest.mark.browser

SLUG = "discovering-latent-knowledge-in-language-models"
STEP = 20  # results at a time
DONE = ".results[aria-busy=false]"
RESULTS = f"{DONE} .paper"  # of all that was asked, not of its first letters
FOUND = (
    "() => [...document.querySelectorAll('.results h2 a')].map(one => new URL(one.href).pathname)"
)
STATE = ".search .state"


def papers(site: Demonstration) -> list[Summary]:
    """Return the papers that search finds, newest first."""
    return [page.paper for page in site.pages if isinstance(page, PaperPage) and page.listed]


def searched(tab: Tab, state: str | None = None) -> Tab:
    """Wait until the outcome of all that was asked is there."""
    if state is None:
        tab.wait_for_selector(RESULTS)
    else:
        tab.wait_for_selector(DONE, state="attached")
        expect(tab.locator(STATE)).to_have_text(state, timeout=TIMEOUT)
    return tab


def type_words(tab: Tab, words: str) -> None:
    """Type into the field for words, which has the focus from the start, or soon after it."""
    expect(tab.locator("[name=q]")).to_be_focused(timeout=TIMEOUT)
    tab.keyboard.type(words)


def results(number: int) -> str:
    """Return what is said of the outcome."""
    return f"{number} result{'' if number == 1 else 's'}"


@pytest.mark.parametrize("mount", MOUNTS)
@pytest.mark.parametrize(
    "words",
    [
        "Discovering Latent Knowledge in Language Models Without Supervision",
        "Haotian Ye",
        "consistency",
    ],
    ids=["title", "author", "abstract"],
)
def test_what_is_found(site: Demonstration, new_reader: NewReader, mount: str, words: str) -> None:
    """A paper is found by title, author and a word of its abstract, and shown as on cards."""
    reader = new_reader(mount)
    paper = next(one for one in papers(site) if one.slug == SLUG)
    if words == "consistency":
        assert words in paper.abstract
    tab = reader.open("search/")

    type_words(tab, words)

    searched(tab)
    path = f"{mount}{paper.path}"
    tab.wait_for_selector(f".results h2 a[href$='{path}']")
    card = tab.locator(RESULTS, has=tab.locator(f"a[href$='{paper.path}']"))
    assert card.locator(".paper-title").inner_text() == paper.name
    names = ", ".join(one.name for one in paper.authors)
    assert card.locator(".paper-authors").inner_text().startswith(names)
    assert card.locator(".paper-date").get_attribute("datetime") == paper.date.iso
    assert card.locator(".paper-category").inner_text() == paper.category.label
    assert card.locator(".paper-tag").all_inner_texts() == [one.label for one in paper.tags]
    if words == "consistency":
        assert "consistency" in [mark.lower() for mark in card.locator("mark").all_inner_texts()]
    card.locator("h2 a").click()
    tab.wait_for_url(f"**{path}")
    assert dict(reader.faults) == {}


FACETS: dict[str, Callable[[Summary], bool]] = {
    "year=2023": lambda one: one.date.iso.startswith("2023"),
    "category=lg": lambda one: one.category.label == "LG",
    "category=cl&category=ai": lambda one: one.category.label in {"CL", "AI"},
    "author=jacob-steinhardt&year=2022": lambda one: (
        one.date.iso.startswith("2022")
        and "authors/jacob-steinhardt/" in {author.path for author in one.authors}
    ),
    "tag=interpretability&tag=language-models&category=lg": lambda one: (
        {"tags/interpretability/", "tags/language-models/"} <= {tag.path for tag in one.tags}
        and one.category.label == "LG"
    ),
    "code=1": lambda one: one.code,
    "tag=no-such-tag": lambda one: one.slug == "",
}


@pytest.mark.parametrize("query", FACETS)
def test_facets(site: Demonstration, new_reader: NewReader, query: str) -> None:
    """What is chosen is found, newest first, as Python counts."""
    reader = new_reader(SUB_PATH)
    expected = [f"{SUB_PATH}{one.path}" for one in papers(site) if FACETS[query](one)]

    tab = searched(reader.open(f"search/?{query}"), results(len(expected)))

    if len(expected) > STEP:
        tab.click("text=More results")
        expect(tab.locator(RESULTS)).to_have_count(len(expected), timeout=TIMEOUT)
    assert sorted(tab.evaluate(FOUND)) == sorted(expected)
    dates = tab.eval_on_selector_all(f"{RESULTS} time", "all => all.map(one => one.dateTime)")
    assert dates == sorted(dates, reverse=True)
    chosen = tab.eval_on_selector_all(
        ".search :checked", "all => all.map(one => `${one.name}=${one.value}`)"
    )
    assert sorted(chosen) == sorted(query.split("&"))
    assert dict(reader.faults) == {}


def test_back_and_reload(site: Demonstration, new_reader: NewReader) -> None:
    """What was asked for is still there after a reload, and after Back from another page."""
    query = "q=model&category=cl&category=ai&year=2024"
    reader = new_reader(SUB_PATH)
    tab = searched(reader.open(f"search/?{query}"))
    found, state = tab.evaluate(FOUND), tab.inner_text(STATE)
    assert 0 < len(found) < len(papers(site))

    tab.reload()
    assert searched(tab, state).evaluate(FOUND) == found
    tab.goto(reader.address("about/"))
    tab.go_back()
    assert searched(tab, state).evaluate(FOUND) == found
    assert parse_qs(urlsplit(tab.url).query) == parse_qs(query)
    assert dict(reader.faults) == {}


def test_counts_of_facets(site: Demonstration, new_reader: NewReader) -> None:
    """Beside each box stands how many papers there would be with it, other years included."""
    tab = searched(new_reader().open("search/?year=2023&tag=interpretability"))
    tagged = [one for one in papers(site) if "tags/interpretability/" in {t.path for t in one.tags}]

    count = "box => box.parentElement.querySelector('.term-count').textContent"
    for year in ("2022", "2023", "2024"):
        number = sum(one.date.iso.startswith(year) for one in tagged)
        assert tab.eval_on_selector(f"input[name=year][value='{year}']", count) == str(number)
    in_year = [one for one in tagged if one.date.iso.startswith("2023")]
    number = sum(one.category.label == "LG" for one in in_year)
    assert tab.eval_on_selector("input[name=category][value=lg]", count) == str(number)


def test_keyboard_alone(new_reader: NewReader) -> None:
    """From any page `/` leads to the words; Enter goes to the results, Escape clears all."""
    tab = new_reader().open("about/")
    tab.keyboard.press("/")
    tab.wait_for_url("**/search/")
    type_words(tab, "grokking")
    searched(tab)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("/")
    expect(tab.locator("[name=q]")).to_be_focused(timeout=TIMEOUT)
    tab.keyboard.press("Enter")
    expect(tab.locator(f"{RESULTS} h2 a").first).to_be_focused(timeout=TIMEOUT)
    tab.keyboard.press("Escape")
    expect(tab.locator(".indexes")).to_be_visible(timeout=TIMEOUT)
    assert tab.locator(RESULTS).count() == 0
    assert urlsplit(tab.url).query == ""


def test_a_filter_goes_on_as_a_search(site: Demonstration, new_reader: NewReader) -> None:
    """Search reads the address that the filter of a list writes, words and terms alike."""
    reader = new_reader()
    tab = searched(reader.open("search/?q=model&category=lg&year=2024"))
    assert parse_qs(urlsplit(tab.url).query) == {
        "q": ["model"],
        "category": ["lg"],
        "year": ["2024"],
    }
    fitting = {
        f"/{one.path}"
        for one in papers(site)
        if one.category.label == "LG" and one.date.iso.startswith("2024")
    }
    assert set(tab.evaluate(FOUND)) <= fitting


def test_words_of_other_pages(site: Demonstration, new_reader: NewReader) -> None:
    """The maintainer's own pages are found too."""
    page = next(one for one in site.pages if isinstance(one, TextPage))
    tab = new_reader().open("search/")
    type_words(tab, page.title)
    tab.wait_for_selector(f".results h2 a[href$='/{page.path}']")


def test_without_script(new_reader: NewReader) -> None:
    """Without scripts the indexes are there instead, as links."""
    tab = new_reader(script=False).open("search/")
    tab.click(".indexes a[href$='tags/']")
    tab.wait_for_url("**/tags/")


def test_without_an_index(new_reader: NewReader) -> None:
    """Where the site has no index, search says so, and the indexes remain."""
    reader = new_reader()
    reader.context.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    tab = reader.open("search/")
    type_words(tab, "x")
    status = tab.locator("[role=status]")
    expect(status).to_have_text("Search is not available here.", timeout=TIMEOUT)
    assert tab.locator(".indexes").is_visible()


def test_nothing_is_loaded_before_it_is_used(new_reader: NewReader) -> None:
    """The search page itself asks for no more than any page, until something is asked of it."""
    reader = new_reader()
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))
    tab = reader.open("search/")
    tab.wait_for_load_state("networkidle")
    files = sorted(url.rpartition("/")[2].partition(".")[0] for url in asked)
    assert files == ["", "site", "site", "terms"]
    type_words(tab, "model")
    searched(tab)
    assert any("/pagefind/" in url for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_wider_than_the_screen(new_reader: NewReader, width: int, scheme: str) -> None:
    """Search with its results and open boxes is no wider than the screen."""
    tab = new_reader(scheme=scheme, width=width).open("search/?q=model")
    searched(tab)
    tab.click("summary")
    excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(excess) == 0
