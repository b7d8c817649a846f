"""Highwire tags: what Google Scholar and Zotero read in the head of a paper's page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.formats import highwire
from generator.paper import TYPES

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper

URL = "https://e.org/papers/a-paper/"
PDF = "https://e.org/papers/a-paper/a-paper.pdf"


def read(tags: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return the tags without the prefix that all have."""
    assert all(name.startswith("citation_") for name, _ in tags)
    return [(name.removeprefix("citation_"), content) for name, content in tags]


def test_an_article(make_paper: MakePaper) -> None:
    """Every field has its tag, in the order in which a reference names them."""
    paper = make_paper(
        title="On $R^2$ & *more*",
        authors=[
            {
                "name": "Ludwig van Beethoven",
                "orcid": "0000-0002-1825-0097",
                "organization": "University of Vienna",
            },
            "King, Jr., Martin Luther",
            {"literal": "LHCb Collaboration, CERN"},
        ],
        et_al="true",
        editors=["Kurt Gödel", {"name": "Emmy Noether", "organization": "Göttingen"}],
        venue="Journal of *Things*",
        series="Series B",
        volume="12",
        issue="3",
        pages="101--118",
        publisher="MIT Press",
        place="Vienna",
        doi="10.1000/182",
        arxiv="2401.12340",
        pmid="33782455",
        pmcid="PMC8371605",
        isbn="978-0-262-03384-8",
        issn="2150-8097",
        language="de",
        tags=["a", "b"],
        modified="2024-06-01",
        abstract="One\ntwo.\n\nThree.",
    )

    tags = highwire.tags(paper, URL, pdf_url=PDF, categories=("Computation", "a"))

    assert read(tags) == [
        ("title", "On R² & more"),
        ("author", "van Beethoven, Ludwig"),
        ("author_institution", "University of Vienna"),
        ("author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("author", "King, Martin Luther, Jr."),
        ("author", "LHCb Collaboration, CERN"),
        ("publication_date", "2024/5/6"),
        ("journal_title", "Journal of Things"),
        ("series_title", "Series B"),
        ("volume", "12"),
        ("issue", "3"),
        ("firstpage", "101"),
        ("lastpage", "118"),
        ("publisher", "MIT Press"),
        ("editor", "Gödel, Kurt"),
        ("editor", "Noether, Emmy"),
        ("doi", "10.1000/182"),
        ("arxiv_id", "2401.12340"),
        ("pmid", "33782455"),
        ("isbn", "978-0-262-03384-8"),
        ("issn", "2150-8097"),
        ("abstract_html_url", URL),
        ("pdf_url", PDF),
        ("language", "de"),
        ("keywords", "a"),
        ("keywords", "b"),
        ("keywords", "Computation"),
        ("abstract", "One two. Three."),
    ]


V = {"venue": "V", "number": "7"}
VP = {**V, "publisher": "P"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"venue": "arXiv"}, [("publisher", "arXiv")]),
        ({"venue": "V"}, [("conference_title", "V")]),
        ({"venue": "V", "volume": "1"}, [("journal_title", "V"), ("volume", "1")]),
        ({"type": "article", **V}, [("publisher", "V")]),
        ({"type": "article", **VP}, [("publisher", "P")]),
        ({"type": "article-journal", **V}, [("journal_title", "V"), ("issue", "7")]),
        (
            {"type": "article-journal", **VP, "issue": "3"},
            [("journal_title", "V"), ("issue", "3"), ("publisher", "P")],
        ),
        ({"type": "article-magazine", **VP}, [("publisher", "P")]),
        ({"type": "book", **V}, [("publisher", "V")]),
        ({"type": "book", **VP}, [("publisher", "P")]),
        ({"type": "chapter", **VP}, [("inbook_title", "V"), ("publisher", "P")]),
        ({"type": "dataset", **V}, [("publisher", "V")]),
        ({"type": "paper-conference", **VP}, [("conference_title", "V"), ("publisher", "P")]),
        ({"type": "post-weblog", **V}, []),
        (
            {"type": "report", **V},
            [("technical_report_institution", "V"), ("technical_report_number", "7")],
        ),
        (
            {"type": "report", **VP},
            [("technical_report_institution", "P"), ("technical_report_number", "7")],
        ),
        ({"type": "report"}, []),
        ({"type": "software", **V}, [("publisher", "V")]),
        ({"type": "speech", **V}, []),
        ({"type": "thesis", **V}, [("dissertation_institution", "V")]),
        ({"type": "thesis", **VP}, [("dissertation_institution", "P")]),
    ],
)
def test_types(
    make_paper: MakePaper, changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Each type has the tags of its venue and its house, by which Zotero knows the type."""
    tags = read(highwire.tags(make_paper(**changes), URL))

    assert tags == [
        ("title", "A Paper"),
        ("author", "Lovelace, Ada"),
        ("publication_date", "2024/5/6"),
        *expected,
        ("abstract_html_url", URL),
    ]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_the_required_three(make_paper: MakePaper, kind: str) -> None:
    """Title, authors and date are there whatever the type, and stand first."""
    tags = read(highwire.tags(make_paper(type=kind), ""))

    assert [name for name, _ in tags] == ["title", "author", "publication_date"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2022-12-07", "2022/12/7"), ("2022-12", "2022"), ("2022", "2022"), ("1000", "1000")],
)
def test_dates(make_paper: MakePaper, date: str, expected: str) -> None:
    """A date is whole and has slashes, or it is the year."""
    assert dict(highwire.tags(make_paper(date=date), URL))["citation_publication_date"] == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("101-118", [("firstpage", "101"), ("lastpage", "118")]),
        ("e12–e20", [("firstpage", "e12"), ("lastpage", "e20")]),
        ("5", [("firstpage", "5")]),
        ("5-5", [("firstpage", "5")]),
        ("1-5, 7-9", [("firstpage", "1"), ("lastpage", "9")]),
        ("1, 3", [("firstpage", "1"), ("lastpage", "3")]),
        ("3-1--3-12", [("firstpage", "3-1"), ("lastpage", "3-12")]),
        ("-", []),
    ],
)
def test_pages(make_paper: MakePaper, pages: str, expected: list[tuple[str, str]]) -> None:
    """The first and the last page have a tag each; a page alone is the first."""
    tags = read(highwire.tags(make_paper(pages=pages), ""))

    assert tags[3:] == expected


def test_three_or_none(make_paper: MakePaper) -> None:
    """Without a title or a name there are no tags at all: Scholar would read none of them."""
    paper = make_paper(doi="10.1000/182", abstract="What it is about.")
    untitled = paper.model_copy(update={"title": replace(paper.title, plain=" ")})
    nameless = make_paper(doi="10.1000/182", authors=[{"name": ","}])

    assert highwire.tags(untitled, URL, pdf_url=PDF) == ()
    assert highwire.tags(nameless, URL, pdf_url=PDF) == ()


def test_a_nameless_author_is_passed_over(make_paper: MakePaper) -> None:
    """An author of whom only a comma is known has no tags, nor has their ORCID."""
    nameless = {"name": ",", "orcid": "0000-0002-1825-0097", "organization": "Vienna"}

    tags = read(highwire.tags(make_paper(authors=[nameless, "Ada Lovelace"]), ""))

    assert tags == [
        ("title", "A Paper"),
        ("author", "Lovelace, Ada"),
        ("publication_date", "2024/5/6"),
    ]


def test_a_pdf_elsewhere_has_no_tag(make_paper: MakePaper) -> None:
    """Only a PDF that the caller names has a tag: Scholar wants it in the page's own folder."""
    paper = make_paper(links={"pdf": "https://arxiv.org/pdf/2212.03827"})

    assert "citation_pdf_url" not in dict(highwire.tags(paper, URL))


@pytest.mark.parametrize(
    "text",
    [
        "</script><!-- \"quoted\" & 'more' -->",
        "محمد بن موسى \u200f(RTL)\u200f",
        "\u202eback\u202c",
        "👩\u200d🔬 深度学习",
        "a\u0085b\u2028c\u00a0d",
        "word " * 2000,
    ],
)
def test_hostile_content(make_paper: MakePaper, text: str) -> None:
    """A text is as it was given, in one line: whoever writes it into an attribute escapes it."""
    paper = make_paper(authors=[{"literal": text}], tags=[text], publisher=text)

    tags = read(highwire.tags(paper, ""))

    line = " ".join(text.split())
    assert [content for _, content in tags] == ["A Paper", line, "2024/5/6", line, line]


def test_many_authors(make_paper: MakePaper) -> None:
    """Five hundred authors have five hundred tags, in their order."""
    paper = make_paper(authors=[f"Ada L{number}" for number in range(500)], et_al="true")

    tags = read(highwire.tags(paper, URL))

    names = [content for name, content in tags if name == "author"]
    assert names == [f"L{number}, Ada" for number in range(500)]
