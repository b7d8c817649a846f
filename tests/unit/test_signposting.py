"""Signposting: the typed links by which robots find what belongs to a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

from generator.build import build
from generator.formats.signposting import signposts
from generator.options import Options
from tests.conftest import paper as entry

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite
    from tests.unit.conftest import MakePaper

URL = "https://e.org/papers/a-paper/"
ORCID = "https://orcid.org/0000-0002-1825-0097"


def test_a_paper(make_paper: MakePaper) -> None:
    """A paper's page tells how to cite it, what it is, who wrote it, its PDF and its licence."""
    known = {"name": "Ada Lovelace", "orcid": ORCID[18:], "url": "https://a.example/"}
    paper = make_paper(
        authors=[known, {"name": "Kurt Gödel", "url": "https://g.example/"}, "Plato", known],
        type="report",
        doi="10.1000/182",
        license="CC BY 4.0",
        links={"pdf": "papers/a-paper/a-paper.pdf"},
    )

    assert list(signposts(paper, URL)) == [
        ("cite-as", "https://doi.org/10.1000/182", ""),
        ("type", "https://schema.org/AboutPage", ""),
        ("type", "https://schema.org/Report", ""),
        ("author", ORCID, ""),
        ("author", "https://g.example/", ""),
        ("item", f"{URL}a-paper.pdf", "application/pdf"),
        ("license", "https://creativecommons.org/licenses/by/4.0/", ""),
    ]


def test_what_is_not_known_is_not_told(make_paper: MakePaper) -> None:
    """A paper of which little is known, on a site without an address, tells what it is alone."""
    paper = make_paper(license="ask us", links={"pdf": "papers/a-paper/a-paper.pdf"})
    assert {one.rel for one in signposts(paper, "")} == {"type"}
    assert [one.address for one in signposts(paper, URL) if one.rel == "cite-as"] == [URL]


def test_in_a_page(make_site: MakeSite, tmp_path: Path) -> None:
    """An HTML parser finds the links in the head, and the metadata files beside the page."""
    files: dict[str, str | bytes] = {
        "content/papers/a.md": entry(links={"pdf": "a.pdf"}, license="CC0"),
        "content/papers/a.pdf": b"%PDF-",
    }
    build(make_site(files), tmp_path / "public", Options())

    text = (tmp_path / "public/papers/a/index.html").read_text()
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    links = [
        (rel, link.get("href"), link.get("type"))
        for link in page.iterfind("head/link")
        for rel in link.get("rel").split()
        if rel in {"cite-as", "describedby", "item", "license"}
    ]
    url = "https://publications.example/papers/a/"
    assert links == [
        ("cite-as", url, None),
        ("item", f"{url}a.pdf", "application/pdf"),
        ("license", "https://creativecommons.org/publicdomain/zero/1.0/", None),
        ("describedby", "../../papers/a/a.bib", "application/x-bibtex"),
        ("describedby", "../../papers/a/a.ris", "application/x-research-info-systems"),
        ("describedby", "../../papers/a/a.csl.json", "application/vnd.citationstyles.csl+json"),
    ]
