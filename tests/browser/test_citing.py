"""Copying citations in a real browser: what is copied, what is said, and what there is without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.pages.kinds.readers import PaperPage

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from tests.browser.conftest import Demonstration, NewReader

pytestmark = pytest.mark.browser

CLIPBOARD = "navigator.clipboard.readText()"
SELECTED = "getSelection().toString()"
LABELS = ("APA 7", "MLA 9", "Chicago 17", "IEEE", "BibTeX", "Citation key")


def paper(site: Demonstration) -> PaperPage:
    """Return a paper's page."""
    page = site.kinds["PaperPage"]
    assert isinstance(page, PaperPage)
    return page


def open_all(tab: Tab) -> None:
    """Open every citation at once, which the page itself does not do."""
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.removeAttribute('name'))")
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_copies(site: Demonstration, new_reader: NewReader) -> None:
    """Each button copies exactly the text before it, and says so aloud."""
    reader = new_reader()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = reader.open(paper(site).path)
    open_all(tab)

    for label in LABELS:
        tab.get_by_role("button", name=f"Copy {label}", exact=True).click()

        tab.get_by_role("status").get_by_text(f"{label} copied").wait_for(state="attached")
        text = tab.locator(f"[data-copy='{label}']").inner_text().strip()
        assert tab.evaluate(CLIPBOARD) == text
        assert text

    assert dict(reader.faults) == {}


def test_copies_the_key_from_the_keyboard(site: Demonstration, new_reader: NewReader) -> None:
    """A button is reached and pressed without a mouse; the key is the one of the files."""
    reader = new_reader()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = reader.open(paper(site).path)

    tab.get_by_role("button", name="Copy Citation key").focus()
    tab.keyboard.press("Enter")

    tab.get_by_role("status").get_by_text("Citation key copied").wait_for(state="attached")
    assert tab.evaluate(CLIPBOARD) == paper(site).cited.key


def test_selects_where_copying_is_refused(site: Demonstration, new_reader: NewReader) -> None:
    """Where the browser lets no script copy, the text is selected for the reader's own hand."""
    tab = new_reader().open(paper(site).path)
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")

    tab.get_by_role("button", name="Copy Citation key").click()

    tab.get_by_role("status").get_by_text("selected").wait_for(state="attached")
    assert tab.evaluate(SELECTED) == paper(site).cited.key


def test_one_citation_is_open_at_a_time(site: Demonstration, new_reader: NewReader) -> None:
    """The first style is shown from the start; another takes its place, also without a script."""
    tab = new_reader(script=False).open(paper(site).path)
    shown = tab.locator(".reference:visible")
    assert shown.count() == 1

    tab.get_by_text("BibTeX", exact=True).first.click()

    assert shown.inner_text().startswith("@")


def test_without_a_script_there_are_files(site: Demonstration, new_reader: NewReader) -> None:
    """Without a script no button stands there in vain, and the links give the files."""
    tab = new_reader(script=False).open(paper(site).path)

    assert tab.locator("button").count() == 0
    for file in paper(site).exports:
        link = tab.locator(f".exports a[href$='{file.path.rpartition('/')[2]}']")
        assert link.inner_text() == file.label
