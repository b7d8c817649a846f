"""Ways that readers take through the site: along the charts, and with nothing but a keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.pages.kinds.readers import HomePage, TermPage, YearsPage

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from tests.browser.conftest import Demonstration, NewReader

pytestmark = pytest.mark.browser

FOCUS = "document.activeElement"
MARKED = f"getComputedStyle({FOCUS}).outlineStyle !== 'none'"


def go_to(tab: Tab, selector: str) -> None:
    """Press Tab until what is sought has the focus; each stop on the way shows it."""
    for _ in range(200):
        tab.keyboard.press("Tab")
        assert tab.evaluate(MARKED), tab.evaluate(f"{FOCUS}.outerHTML")
        if tab.evaluate(f"{FOCUS}.matches({selector!r})"):
            return
    pytest.fail(f"{selector} is not reached")


def test_with_the_keyboard_to_a_citation(site: Demonstration, new_reader: NewReader) -> None:
    """From home past the menu to the first paper, its BibTeX, and that in the clipboard."""
    home = site.kinds["HomePage"]
    assert isinstance(home, HomePage)
    newest = home.groups[0].cards[0].paper
    reader = new_reader()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = reader.open("")

    tab.keyboard.press("Tab")
    assert tab.evaluate(f"{FOCUS}.className") == "skip"
    tab.keyboard.press("Enter")
    go_to(tab, ".paper-title a")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/{newest.path}")
    go_to(tab, "details:has(pre) > summary")
    tab.keyboard.press("Enter")
    go_to(tab, ".copy")
    tab.keyboard.press("Enter")

    tab.get_by_role("status").get_by_text("BibTeX copied").wait_for(state="attached")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == tab.inner_text("pre").strip()
    file = site.folder / newest.path / f"{newest.slug}.bib"
    assert copied.splitlines()[:3] == file.read_text(encoding="utf-8").splitlines()[:3]
    assert dict(reader.faults) == {}


def test_an_abstract_opens_with_a_key(new_reader: NewReader) -> None:
    """In a list, the abstract of a paper is shown and put away from the keyboard."""
    tab = new_reader().open("")
    abstract = tab.locator(".paper-more .paper-abstract").first
    assert not abstract.is_visible()

    go_to(tab, ".paper-more > summary")
    tab.keyboard.press("Enter")
    assert abstract.is_visible()
    tab.keyboard.press("Enter")
    assert not abstract.is_visible()


def test_bars_lead_to_the_years(site: Demonstration, new_reader: NewReader) -> None:
    """Each bar of the chart of years opens its year, which has as many papers as the bar says."""
    years = next(page for page in site.kinds.values() if isinstance(page, YearsPage))
    counts = {
        page.path: page.count
        for page in site.pages
        if isinstance(page, TermPage) and page.taxonomy == "years"
    }
    reader = new_reader()
    tab = reader.open(years.path)
    bars = tab.locator("a.bar")
    assert bars.count() == len(counts)

    for number in range(bars.count()):
        shown = bars.nth(number).locator(".term-count").inner_text()
        bars.nth(number).click(position={"x": 150, "y": 8})
        tab.wait_for_url("**/years/*/")
        path = tab.url.removeprefix(reader.address(""))
        assert (path, shown) == (path, f"{counts[path]:,}")
        assert tab.locator("article.paper").count() == counts[path]
        tab.go_back()


def test_bars_of_a_person_lead_to_their_years(site: Demonstration, new_reader: NewReader) -> None:
    """The bars on a person's page lead to where that year begins in their list, or to the year."""
    page = max(
        (one for one in site.pages if isinstance(one, TermPage) and one.taxonomy == "authors"),
        key=lambda one: (len(one.years), one.count),
    )
    tab = new_reader().open(page.path)
    bars = tab.locator("a.bar")
    assert bars.count() == len([one for one in page.years if one.path])

    bar = bars.last
    label = bar.locator(".term-label").inner_text()
    bar.click()
    tab.wait_for_url(re.compile(rf"(#year-{label}|/years/{label}/)$"))
    assert tab.locator("h1, h2").get_by_text(label, exact=True).is_visible()
