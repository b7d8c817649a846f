"""Every link of every page leads somewhere, at a domain's root and under a sub-path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.browser.conftest import MOUNTS, SUB_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Demonstration, NewReader

pytestmark = pytest.mark.browser

HOST = "http://host.example"

# Where standards ask for the site's whole address; anywhere else a link must be relative. But the
# 404 page, which is shown at any depth, holds the site's path, and a citation names its own page by
# its whole address.
WHOLE = {("link", "canonical"), ("meta", "content")}


@dataclass(frozen=True, slots=True)
class Reference:
    """What an element refers to, and whether its own address must stand there whole."""

    url: str
    whole: bool


@dataclass
class Document(HTMLParser):
    """What links need to know of a page: what it refers to, and which anchors it has."""

    references: list[Reference] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the references and the anchor of an element."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.anchors.append(given["id"])
        whole = (tag, given.get("rel", "")) in WHOLE
        for name in ("href", "src", "action", "poster"):
            if name in given:
                self.references.append(Reference(given[name], whole))
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self.references.append(Reference(candidate.split()[0], whole))
        if tag == "meta":
            self._note_metadata(given)

    def _note_metadata(self, given: dict[str, str]) -> None:
        content = given.get("content", "")
        if given.get("http-equiv", "").lower() == "refresh":
            self.references.append(Reference(content.partition("url=")[2], whole=False))
        elif re.match("https?://", content):
            self.references.append(Reference(content, whole=True))


def read(path: Path) -> Document:
    """Read a page."""
    document = Document()
    document.feed(path.read_text(encoding="utf-8"))
    document.close()
    return document


@pytest.fixture(scope="module")
def documents(site: Demonstration) -> dict[str, Document]:
    """Return every page of the output by its path."""
    return {
        path.relative_to(site.folder).as_posix(): read(path)
        for path in sorted(site.folder.rglob("*.html"))
    }


@pytest.mark.parametrize("mount", MOUNTS)
def test_every_link_leads_somewhere(
    site: Demonstration, documents: dict[str, Document], mount: str
) -> None:
    """Each reference in each page is to a file and an anchor of the output, or to another host."""
    faults = [
        f"{name}: {reference.url} {fault}"
        for name, document in documents.items()
        for reference in document.references
        if (fault := _fault(site, documents, mount, name, reference))
    ]

    assert faults == []


def _fault(
    site: Demonstration,
    documents: dict[str, Document],
    mount: str,
    name: str,
    reference: Reference,
) -> str:
    """Return what is wrong with a reference of a page when the site lies at `mount`, or ''."""
    url = reference.url
    if name == "404.html" and url.startswith(own_path := urlsplit(site.url).path):
        url = mount + url.removeprefix(own_path)
    if site.url and url.startswith(site.url):
        own = site.url + name.removesuffix("index.html")
        if not reference.whole and url != own:
            return "should be relative"
        url = HOST + mount + url.removeprefix(site.url)
    target = urlsplit(urljoin(f"{HOST}{mount}{name}", url))
    if target.scheme not in {"http", "https"} or f"{target.scheme}://{target.netloc}" != HOST:
        return ""
    path = unquote(target.path)
    if not path.startswith(mount):
        return "leaves the site"
    file = path.removeprefix(mount)
    file += "index.html" if file.endswith("/") or not file else ""
    if not (site.folder / file).is_file():
        return "leads nowhere"
    anchor = unquote(target.fragment)
    if anchor and anchor not in documents[file].anchors:
        return "names an anchor that does not exist"
    return ""


def test_anchors_are_unique(documents: dict[str, Document]) -> None:
    """No page has two elements with the same id."""
    twice = {
        name: sorted({one for one in document.anchors if document.anchors.count(one) > 1})
        for name, document in documents.items()
    }

    assert {name: anchors for name, anchors in twice.items() if anchors} == {}


def test_every_page_can_be_reached(site: Demonstration, documents: dict[str, Document]) -> None:
    """From the home page, links lead to every page that is listed."""
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in documents:
            reached.add(name)
            waiting += _targets(documents[name], name)

    listed = {page.file for page in site.pages if getattr(page, "listed", False)}
    assert sorted(listed - reached) == []


def _targets(document: Document, name: str) -> Iterator[str]:
    """Yield the pages of the site to which a page links."""
    for reference in document.references:
        target = urlsplit(urljoin(f"{HOST}/{name}", reference.url))
        if f"{target.scheme}://{target.netloc}" == HOST:
            path = unquote(target.path).removeprefix("/")
            yield path + "index.html" if path.endswith("/") or not path else path


def test_whole_addresses_lead_somewhere(site: Demonstration) -> None:
    """Each of the site's own addresses in feeds and the sitemap is one of its pages."""
    faults = []
    for path in sorted(site.folder.rglob("*.xml")):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(f'{re.escape(site.url)}([^<"&\\s]*)', text) if site.url else ():
            file = unquote(address.partition("#")[0])
            file += "index.html" if file.endswith("/") or not file else ""
            if not (site.folder / file).is_file():
                faults.append(f"{path.relative_to(site.folder)}: {address}")

    assert faults == []


LINKS = """
() => [...document.querySelectorAll('a[href]')]
  .map((link, number) => [number, link.getAttribute('href'), link.checkVisibility()])
  .filter(([number, url, seen]) => seen)
"""


def test_links_can_be_followed(site: Demonstration, new_reader: NewReader) -> None:
    """From each kind of page, a click on a link of each sort opens the page it names.

    With JavaScript some of them filter the page instead, which other tests look at. At a domain's
    root, where fewer mistakes show, the links themselves are tested above.
    """
    reader = new_reader(SUB_PATH, script=False)
    known: set[str] = set()

    for page in site.kinds.values():
        tab = reader.open(page.path)
        start = tab.url
        for number, link, _ in tab.evaluate(LINKS):
            url = urljoin(start, link)
            inside = url.startswith(reader.address("")) and not link.startswith("#")
            if not inside or _sort(link) in known:
                continue
            known.add(_sort(link))
            if urlsplit(url).path.endswith(("/", ".html")):
                tab.locator("a[href]").nth(number).click()
                tab.wait_for_url(url)
                tab.goto(start)
            else:
                assert (url, reader.context.request.get(url).status) == (url, 200)

    assert dict(reader.faults) == {}


def _sort(link: str) -> str:
    """Return a relative link without the name of its paper or term: what is left tells its sort."""
    up, _, name = re.sub(r"#.+", "#", link).rpartition("../")
    parts = name.split("/")
    end = parts[-1].rpartition(".")[2]
    return f"{up} {parts[0] if len(parts) > 1 else ''} {len(parts)} {end}"
