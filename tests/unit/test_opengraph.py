"""Open Graph: what is shown where a page is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from generator.build import build
from generator.formats import opengraph
from generator.options import Options
from tests.conftest import paper as entry

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite
    from tests.unit.conftest import MakePaper


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Ada Lovelace. 2024."),
        ({"venue": "*NeurIPS*"}, "Ada Lovelace. NeurIPS. 2024."),
        ({"authors": ["Ada King Jr."], "et_al": "true"}, "Ada King Jr. et al. 2024."),
        ({"authors": ["Ada King Jr."]}, "Ada King Jr. 2024."),
        ({"authors": ["A B", "C D", "E F"], "venue": "Proc."}, "A B, C D, E F. Proc. 2024."),
        ({"authors": [f"Author {n:03}" for n in range(99)]},
         ", ".join(f"Author {n:03}" for n in range(16)) + " et al. 2024."),
        ({"authors": [{"literal": "x" * 500}, "B C"]}, "x" * 500 + " et al. 2024."),
    ],
)  # fmt: skip
def test_about(make_paper: MakePaper, changes: dict[str, object], expected: str) -> None:
    """Below a title stand the authors, as many as fit, the venue and the year."""
    assert opengraph.about(make_paper(**changes)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en_US"),
        ("de", "de_DE"),
        ("de-AT", "de_AT"),
        ("pt-br", "pt_BR"),
        ("zh-Hant-TW", "zh_TW"),
        ("ja", "ja_JP"),
        ("EN-gb", "en_GB"),
    ],
)
def test_locale(language: str, expected: str) -> None:
    """A language without a region gets the one that it most likely stands for."""
    assert opengraph.locale(language) == expected


def properties(file: Path) -> list[tuple[str | None, str | None]]:
    """Return what a page's head tells to where it is shared, as an HTML parser reads it."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(file.read_text())
    tags = [one for one in page.iter("meta") if one.get("property")]
    return [(one.get("property"), one.get("content")) for one in tags]


def test_pages(make_site: MakeSite, tmp_path: Path) -> None:
    """A paper is an article of its authors, an author's page a profile, all else the website."""
    text = entry(
        title="On <b> & “x”",
        authors=["Ada Lovelace", "Kurt Gödel"],
        venue="A & B",
        tags=["t", "u"],
        modified="2025-01",
    )
    public = tmp_path / "public"
    build(make_site({"content/papers/a.md": text}), public, Options())

    site = "https://publications.example/"
    assert properties(public / "papers/a/index.html") == [
        ("og:type", "article"),
        ("og:title", "On <b> & “x”"),
        ("og:description", "Ada Lovelace, Kurt Gödel. A & B. 2024."),
        ("og:url", f"{site}papers/a/"),
        ("og:site_name", "Publications"),
        ("og:locale", "en_US"),
        ("article:published_time", "2024-05-06"),
        ("article:modified_time", "2025-01"),
        ("article:author", f"{site}authors/ada-lovelace/"),
        ("article:author", f"{site}authors/kurt-godel/"),
        ("article:section", "Computation and Language"),
        ("article:tag", "t"),
        ("article:tag", "u"),
    ]
    assert dict(properties(public / "index.html"))["og:type"] == "website"
    person = dict(properties(public / "authors/ada-lovelace/index.html"))
    assert (person["og:type"], person["og:url"]) == ("profile", f"{site}authors/ada-lovelace/")


def test_no_address(make_site: MakeSite, tmp_path: Path) -> None:
    """A site that does not know its address tells no address, and nothing empty."""
    site = make_site({"content/site.yaml": "title: T\n", "content/papers/a.md": entry()})
    build(site, tmp_path / "public", Options())

    said = properties(tmp_path / "public/papers/a/index.html")
    assert all(content for _, content in said)
    assert not {"og:url", "article:author"} & {name for name, _ in said}
