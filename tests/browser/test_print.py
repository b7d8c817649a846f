"""What comes out of the printer: few pages, without what only a screen needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.pages.kinds.readers import HomePage, PaperPage

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from tests.browser.conftest import Demonstration, NewReader, Scheme

pytestmark = pytest.mark.browser

_PAGE = re.compile(rb"/Type\s*/Page(?!s)\b")  # ISO 32000-1, 7.7.3.3

COLORS = """
() => [
  getComputedStyle(document.documentElement).backgroundColor,
  getComputedStyle(document.body).color,
]
"""


def sheets(tab: Tab) -> int:
    """Return how many sheets of A4 a page takes."""
    return len(_PAGE.findall(tab.pdf(format="A4")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_of_fifty(site: Demonstration, new_reader: NewReader, scheme: Scheme) -> None:
    """Fifty papers take five sheets at most, in black on white from whatever screen."""
    home = site.kinds["HomePage"]
    assert isinstance(home, HomePage)
    assert home.count == 50
    tab = new_reader(scheme=scheme).open("")

    assert 1 < sheets(tab) <= 5

    tab.emulate_media(media="print", color_scheme=scheme)
    assert tab.evaluate(COLORS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert tab.locator("article.paper:visible").count() == 50
    for gone in (".navigation", ".filter", ".facets", ".skip"):
        assert not tab.locator(gone).is_visible()


def test_a_paper(site: Demonstration, new_reader: NewReader) -> None:
    """Each paper takes one sheet, with its abstract and its address."""
    reader = new_reader()
    papers = [page for page in site.pages if isinstance(page, PaperPage)]

    counts = {page.path: sheets(reader.open(page.path)) for page in papers[::5]}

    assert {path: count for path, count in counts.items() if count != 1} == {}
    tab = reader.open(papers[0].path)
    tab.emulate_media(media="print")
    assert tab.locator(".paper-abstract").is_visible()
    assert tab.locator(".address").inner_text() == f"{site.url}{papers[0].path}"
    assert not tab.locator(".navigation").is_visible()
