"""The filter of a list that goes on on other pages: it says so, and leads to all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.workshop import Workshop
from tests.browser.conftest import Demonstration
from tests.conftest import SITE, paper

if TYPE_CHECKING:
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

CATEGORIES = ("CL", "LG")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build a site of twelve papers in pages of five, in the place of the demonstration."""
    root = tmp_path_factory.mktemp("paged")
    (root / "content/papers").mkdir(parents=True)
    (root / "content/site.yaml").write_text(f"{SITE}paginate: 5\n", encoding="utf-8")
    for number in range(12):
        text = paper(title=f"Paper {number}", category=CATEGORIES[number % 2])
        (root / f"content/papers/p{number}.md").write_text(text, encoding="utf-8")
    build(root, root / "public", Options())
    prepared = prepare(Workshop(root), Options())
    return Demonstration(root / "public", prepared.pages, prepared.theme.header.url, {})


def test_a_page_of_a_long_list(site: Demonstration, new_reader: NewReader) -> None:
    """It filters the papers of this page, says so, and leads to a search for all of them."""
    tab = new_reader("/sub/path/").open("?category=cl&q=paper")
    tab.wait_for_selector(".filter.open")

    shown = tab.locator(".papers .paper:visible").count()
    here = tab.locator(".papers .paper").count()
    assert 0 < shown < here < len(list((site.folder / "papers").glob("*/index.html")))
    assert tab.inner_text(".state") == f"{shown} of the {here} papers on this page"
    assert tab.get_by_role("link", name="Search all papers").get_attribute("href") == (
        f"{tab.url.partition('?')[0]}search/?q=paper&category=cl"
    )


def test_a_term_beside_a_long_list(new_reader: NewReader) -> None:
    """A term leads to its own list, which holds all of its papers."""
    tab = new_reader().open("")
    tab.click(".facets .term[href$='categories/cl/']")
    tab.wait_for_url("**/categories/cl/")
