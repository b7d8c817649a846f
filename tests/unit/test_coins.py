"""COinS: what an OpenURL resolver reads of a paper in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import html5lib
import pytest

from generator.build import build
from generator.formats import coins
from generator.options import Options
from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite
    from tests.unit.conftest import MakePaper

URL = "https://e.org/papers/a-paper/"


def read(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a ContextObject, without those that all have."""
    pairs = parse_qsl(text, strict_parsing=True)
    assert pairs[0] == ("ctx_ver", "Z39.88-2004")
    prefix = "info:ofi/fmt:kev:mtx:"
    return [(name.removeprefix("rft."), value.removeprefix(prefix)) for name, value in pairs[1:]]


def test_an_article(make_paper: MakePaper) -> None:
    """A journal article has its journal, and its first author in parts."""
    paper = make_paper(
        title="On $R^2$ & “more”",
        authors=["King, Jr., Martin Luther", "Ludwig van Beethoven"],
        venue="Journal",
        volume="12",
        issue="3",
        pages="101-118",
        doi="10.1000/182",
        pmid="33782455",
        issn="2150-8097",
        language="en",
    )

    assert read(coins.span_title(paper, URL)) == [
        ("rft_val_fmt", "journal"),
        ("rft_id", "info:doi/10.1000/182"),
        ("rft_id", "info:pmid/33782455"),
        ("rft_id", URL),
        ("genre", "article"),
        ("atitle", "On R² & “more”"),
        ("jtitle", "Journal"),
        ("date", "2024-05-06"),
        ("language", "en"),
        ("volume", "12"),
        ("issue", "3"),
        ("issn", "2150-8097"),
        ("spage", "101"),
        ("epage", "118"),
        ("aulast", "King"),
        ("aufirst", "Martin Luther"),
        ("ausuffix", "Jr."),
        ("au", "Martin Luther King Jr."),
        ("au", "Ludwig van Beethoven"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"rft_val_fmt": "journal", "genre": "preprint", "atitle": "A Paper"}),
        (
            {"venue": "NeurIPS", "place": "Vienna", "series": "S", "pages": "1, 3"},
            {"rft_val_fmt": "book", "genre": "proceeding", "btitle": "NeurIPS"}
            | {"atitle": "A Paper", "place": "Vienna", "series": "S", "pages": "1, 3"},
        ),
        (
            {"type": "book", "publisher": "P", "volume": "2"},
            {
                "rft_val_fmt": "book",
                "genre": "book",
                "btitle": "A Paper",
                "pub": "P",
                "volume": "2",
            },
        ),
        (
            {"type": "thesis", "venue": "MIT", "volume": "2"},
            {"rft_val_fmt": "dissertation", "title": "A Paper", "inst": "MIT"},
        ),
    ],
)
def test_types(make_paper: MakePaper, changes: dict[str, object], expected: dict[str, str]) -> None:
    """Each kind of paper is described in the format that has words for it."""
    pairs = read(coins.span_title(make_paper(**changes), URL))

    common = {"rft_id": URL, "date": "2024-05-06", "aulast": "Lovelace", "aufirst": "Ada"}
    assert dict(pairs) == common | {"au": "Ada Lovelace"} | expected


def test_dublin_core(make_paper: MakePaper) -> None:
    """What OpenURL has no format for is Dublin Core, with creators and no volume."""
    paper = make_paper(type="post-weblog", venue="Blog", volume="2", publisher="P")

    assert read(coins.span_title(paper, URL)) == [
        ("rft_val_fmt", "dc"),
        ("rft_id", URL),
        ("type", "blogPost"),
        ("title", "A Paper"),
        ("source", "Blog"),
        ("publisher", "P"),
        ("date", "2024-05-06"),
        ("creator", "Ada Lovelace"),
    ]


def test_coins_on_the_page_of_a_term(make_site: MakeSite, tmp_path: Path) -> None:
    """Every paper of a term is there once for reference managers, in the order of the page."""
    files = {
        f"content/papers/{name}.md": paper(title=f"On <{name}> & “{name}”", date=date)
        for name, date in (("a", "2023-01-01"), ("b", "2024-01-01"), ("c", "2024-02-01"))
    }
    public = tmp_path / "public"
    build(make_site(files), public, Options())

    def spans(page: str) -> list[dict[str, str]]:
        text = (public / page / "index.html").read_text(encoding="utf-8")
        document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        found = document.iterfind(".//span[@class='Z3988']")
        return [dict(parse_qsl(one.get("title"), strict_parsing=True)) for one in found]

    read_again = spans("categories/cl")
    assert [one["rft.atitle"] for one in read_again] == [f"On <{n}> & “{n}”" for n in "cba"]
    assert [one["rft_id"] for one in read_again] == [
        f"https://publications.example/papers/{name}/" for name in "cba"
    ]
    assert len(spans("years/2024")) == 2
    assert spans("") == []
