"""The site of all that is let in of what strangers wrote holds only words.

In Chromium nothing of it runs, and no page asks anything of another host.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import rispy
from hypothesis import settings
from playwright.sync_api import expect
from pybtex.database import parse_string

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.pages.kinds.readers import PaperPage, RedirectPage, TextPage
from generator.workshop import Workshop
from tests import elsewhere, hostile
from tests.browser.conftest import TIMEOUT, Demonstration
from tests.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

WATCH = """
window.violations = []
document.addEventListener('securitypolicyviolation', event =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""
# What a reader may do to each element but follow it.
TOUCH = """
() => {
  const events = ['mouseover', 'mouseenter', 'focus', 'error', 'load', 'animationend', 'toggle']
  for (const element of document.querySelectorAll('*'))
    for (const name of events)
      if (element !== document.body) element.dispatchEvent(new Event(name))
  const handlers = [...document.querySelectorAll('*')]
    .flatMap(element => [...element.attributes].map(one => one.name))
    .filter(name => name.startsWith('on'))
  return { harm: window.harm ?? 0, violations: window.violations, handlers }
}
"""
HARMLESS = {"harm": 0, "violations": [], "handlers": []}
# `make property` opens every page, and the tests here some of each kind.
EVERY = settings().max_examples >= 1_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build the site of all that is let in, in the place of the demonstration."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "site"
    tried, tags = hostile.papers(root)
    assert tried > 27_000
    assert elsewhere.add(root, folder / "beside", tags) > 5_800
    build(root, root / "public", Options(), search=True)
    pages = prepare(Workshop(root), Options()).pages
    return Demonstration(root / "public", pages, "https://publications.example/", {})


# what the files hold


def test_all_of_it_is_shown(site: Demonstration) -> None:
    """There are papers of every source, so that no test below is about nothing."""
    slugs = [page.paper.slug for page in site.pages if isinstance(page, PaperPage)]
    for source in "pbci":  # entries, BibTeX as it is and as it is added, services
        assert sum(slug.startswith(source) for slug in slugs) >= len(hostile.PAYLOADS), source
    shown = [page for page in site.pages if isinstance(page, TextPage)]
    assert len(shown) == len(hostile.PAYLOADS)


# The scripts of a page: data, and files of the theme; and its icon, which it holds itself.
SCRIPTS = (' type="application/ld+json"',)
ICON = re.compile(r'<link rel="icon" href="data:image/svg\+xml,[^"]*">')
MODULE = r' type="module" src="[\w./-]*static/[\w.-]+\.js"'


def test_nothing_lies_outside(site: Demonstration) -> None:
    """No value of a field leads out of the output, nor into the program's own files there."""
    beside = {path.name for path in site.folder.parent.iterdir()}
    assert beside == {"content", "public", ".offprint"}
    assert {path.name for path in site.folder.iterdir() if path.name.startswith(".")} == {
        ".offprint-manifest"
    }
    assert not any(path.is_symlink() for path in site.folder.rglob("*"))
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"root:x:0" in path.read_bytes()]


def test_pages_hold_no_code(site: Demonstration) -> None:
    """No page has an element or an attribute that came out of a field."""
    for path in site.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "1337" not in text, "a template was run"
        for name, rest in re.findall(r"<([a-zA-Z]+)([^<>]*)>", text):
            assert name != "script" or rest in SCRIPTS or re.fullmatch(MODULE, rest), (path, rest)
            assert name not in {"iframe", "base", "object", "embed"}, path
            assert name != "style" or path.name == "404.html", path
            assert not re.search(r"\son\w+\s*=", _unquoted(rest)), (path, rest)


def _unquoted(attributes: str) -> str:
    """Return the attributes of a tag without their values."""
    return re.sub(r"=\s*(\"[^\"]*\"|'[^']*')", "=", attributes)


def test_addresses_are_of_the_web(site: Demonstration) -> None:
    """No link has another scheme than http, https and mailto, but for the icon in the page."""
    for path in site.folder.rglob("*.html"):
        text = ICON.sub("", path.read_text("utf-8"), count=1)
        for found in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*)(?::|&colon;|%3a)", found, re.IGNORECASE)
            assert not scheme or scheme[1].lower() in {"http", "https", "mailto"}, found


def test_exports_hold_as_many_papers_as_there_are(site: Demonstration) -> None:
    """No field ends its own record: each reader finds the papers that there are, and no other."""
    count = sum(1 for _ in (site.folder / "papers").glob("*/index.html"))
    bibtex = parse_string((site.folder / "papers.bib").read_text("utf-8"), "bibtex")
    ris = rispy.loads((site.folder / "papers.ris").read_text("utf-8"))
    csl: list[dict[str, Any]] = json.loads((site.folder / "papers.csl.json").read_text("utf-8"))
    listed = len(csl)
    assert len(bibtex.entries) == len(ris) == listed
    assert 0 < listed <= count
    assert "injected" not in bibtex.entries
    assert {one.get("id") for one in csl} == set(bibtex.entries)
    for line in (site.folder / "papers.ris").read_text("utf-8").splitlines():
        assert not line or re.match(r"[A-Z][A-Z0-9]  - ", line), line
    for feed in site.folder.rglob("feed.xml"):
        ET.fromstring(feed.read_bytes())  # noqa: S314 - our own
    for feed in site.folder.rglob("feed.json"):
        json.loads(feed.read_bytes())


def test_headers_and_redirects_stay_lines(site: Demonstration) -> None:
    """No field adds a line to what hosts read: of each redirection there is one, to this site."""
    lines = (site.folder / "_redirects").read_text("utf-8").splitlines()
    redirects = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"/\S* /\S* 301", line) for line in redirects), redirects
    aliases = [page for page in site.pages if isinstance(page, RedirectPage)]
    assert 0 < len(redirects) <= 2 * len(aliases)
    headers = (site.folder / "_headers").read_text("utf-8")
    assert hostile.HOST not in headers
    assert "Injected" not in headers


def test_linked_data_stays_in_its_element(site: Demonstration) -> None:
    """What stands in a page as JSON is JSON to its end."""
    script = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    for path in site.folder.rglob("*.html"):
        for found in script.findall(path.read_text("utf-8")):
            json.loads(found)


# what Chromium makes of them


@pytest.mark.property
def test_nothing_runs(site: Demonstration, new_reader: NewReader) -> None:
    """No page runs what a field holds; the policy has nothing to stop, and no other host is asked.

    Opened are the papers with a payload in every field at once, some of all others, some pages of
    terms, and the indexes.
    """
    reader = new_reader()
    reader.context.add_init_script(WATCH)
    shown = [page for page in site.pages if page.file.endswith(".html")]
    paths = [page.path for page in shown if not isinstance(page, RedirectPage)]
    chosen = [path for path in paths if path.startswith("papers/p") and path.endswith("-0/")]
    chosen += [path for path in paths if path.count("/") <= 1 and not path.startswith("h")]
    chosen += [path for path in paths if path not in chosen][::15]
    assert len(chosen) > 2 * len(hostile.PAYLOADS)
    for path in paths if EVERY else chosen:
        tab = reader.open(path)
        assert tab.evaluate(TOUCH) == HARMLESS, path
    assert dict(reader.faults) == {}


@pytest.mark.parametrize("path", ["feed.xml", "feed.json", "sitemap.xml", "robots.txt", "llms.txt"])
def test_no_file_runs(path: str, new_reader: NewReader) -> None:
    """A file that Chromium shows by itself runs nothing either."""
    reader = new_reader()
    reader.context.add_init_script(WATCH)
    tab = reader.open(path)
    assert tab.evaluate("window.harm ?? 0") == 0
    assert not [fault for fault in reader.faults if "other host" in fault]


@pytest.mark.parametrize("words", ["script window harm", "onerror", "javascript", "x"])
def test_no_result_of_search_runs(new_reader: NewReader, words: str) -> None:
    """What search shows of papers, and of the words that were typed, is words."""
    reader = new_reader()
    reader.context.add_init_script(WATCH)
    tab = reader.open("search/")
    expect(tab.locator("[name=q]")).to_be_focused(timeout=TIMEOUT)
    tab.keyboard.type(words)
    tab.wait_for_selector(".results[aria-busy=false] .paper")
    assert tab.evaluate(TOUCH) == HARMLESS
    tab.locator("[name=q]").fill(f"<img src=x onerror={hostile.SCRIPT}>{words}")
    tab.wait_for_selector(".results[aria-busy=false]", state="attached")
    assert tab.evaluate(TOUCH) == HARMLESS
    assert dict(reader.faults) == {}


def test_no_diagnostic_runs(browser: Browser, tmp_path: Path) -> None:
    """What the preview shows of a fault, with the line that has it, is words."""
    root = tmp_path / "site"
    elsewhere.write(root / "content/site.yaml", "categories: {CL: Language}\n")
    elsewhere.write(root / "content/papers/a.md", hostile.entry(hostile.VALID, "Words."))
    asked: list[str] = []
    with Serving(root) as preview:
        context = browser.new_context()
        context.set_default_timeout(TIMEOUT)
        context.add_init_script(WATCH)
        context.on("request", lambda request: asked.append(request.url))
        tab = context.new_page()
        tab.goto(preview.address)
        for number, payload in enumerate(hostile.PAYLOADS):
            fields = {**hostile.VALID, "category": payload, payload: payload, "doi": payload}
            text = hostile.entry(fields, f"\\unknown{{{payload}}}")
            elsewhere.write(root / f"content/papers/h{number}.md", text)
        faults = tab.locator("offprint-diagnostics article.error")
        last = f"h{len(hostile.PAYLOADS) - 1}.md"
        expect(faults.filter(has_text=last).first).to_be_attached(timeout=TIMEOUT)
        assert faults.count() > len(hostile.PAYLOADS)
        expect(faults.filter(has_text=hostile.PAYLOADS[0]).first).to_be_visible()
        assert tab.evaluate(TOUCH) == HARMLESS
        own = "() => document.querySelector('offprint-diagnostics').shadowRoot.innerHTML"
        assert "<script" not in tab.evaluate(own)
        context.close()
        assert [one for one in asked if not one.startswith((preview.address, "ws://"))] == []
