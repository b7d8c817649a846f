"""Every kind of page, held against the rules of access by axe, at its plainest and its fullest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.pages.kinds.readers import HtmlPage, RedirectPage
from generator.workshop import Workshop
from tests.browser.conftest import Demonstration
from tests.browser.extremes import FILES, NONE, ONE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page as Tab

    from generator.pages.kinds.page import Page
    from tests.browser.conftest import NewReader, Scheme

pytestmark = pytest.mark.browser

AXE = Axe()
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
VIEWS: tuple[tuple[Scheme, int], ...] = (("light", 1280), ("dark", 1280), ("light", 320))
SITES = {"extremes": FILES, "one": ONE, "none": NONE}


def published(root: Path) -> Demonstration:
    """Build the site in a folder with its drafts."""
    options = Options(drafts=True)
    prepared = prepare(Workshop(root), options)
    build(root, root / "public", options, search=True)
    kinds: dict[str, Page] = {
        page.path: page
        for page in prepared.pages
        if isinstance(page, HtmlPage) and not isinstance(page, RedirectPage)
    }
    return Demonstration(root / "public", prepared.pages, prepared.theme.header.url, kinds)


@pytest.fixture(scope="module", params=[*SITES, "demonstration"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build a site: of extremes, of one paper, of none, or the demonstration."""
    if request.param not in SITES:
        made = request.getfixturevalue("demonstration")
        assert isinstance(made, Demonstration)
        return made
    root = tmp_path_factory.mktemp(request.param)
    for path, text in SITES[request.param].items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return published(root)


def seen(site: Demonstration) -> list[str]:
    """Return the addresses to look at: of each kind of term one, and of papers all."""
    chosen: dict[str, str] = {}
    for page in site.kinds.values():
        path = page.path
        top, _, rest = path.partition("/")
        chosen.setdefault(path if top == "papers" else f"{top} {bool(rest)}", path)
    return list(chosen.values())


def faults(tab: Tab) -> list[str]:
    """Return what axe finds, its advice on best practice included."""
    found = AXE.run(tab).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_access(site: Demonstration, new_reader: NewReader) -> None:
    """In both schemes and on the narrowest screen axe finds nothing, and no page is too wide."""
    reader = new_reader()

    found = {}
    for path in seen(site):
        tab = reader.open(path)
        for scheme, width in VIEWS:
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": width, "height": 800})
            found[path, scheme, width] = (faults(tab), tab.evaluate(EXCESS))

    assert {view: one for view, one in found.items() if one != ([], 0)} == {}
    assert dict(reader.faults) == {}


def test_axe_finds_what_is_wrong(new_reader: NewReader) -> None:
    """The test can fail: a picture without words and a pale text are reported."""
    tab = new_reader().open("about/")
    tab.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<img src=\"data:,\"><p id=pale>pale</p>'); pale.style.color = '#ddd'"
    )

    assert {"image-alt", "color-contrast"} <= {one.partition(":")[0] for one in faults(tab)}
