"""BibTeX as content: what is written is read again, and no text makes the reader fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import reading
from generator.config import Config
from generator.formats import bibtex, facts
from generator.markup import Reader
from generator.site import Settings
from generator.source import CONTROL
from generator.taxonomy import Vocabulary
from tests.property.test_format_round_trips import (
    PAPERS,
    PIECES,
    abstract_of,
    expected_name,
    one_line,
    visible,
)

if TYPE_CHECKING:
    from generator.paper import Paper

pytestmark = pytest.mark.property

URL = "https://publications.example/"
CONFIG = Config(url=URL, categories={"CL": "Computation and Language (cs.CL)", "LG": "Learning"})
SETTINGS = Settings(CONFIG, None, {}, Vocabulary())
KEY = "lovelace-2024-paper"


def read(text: str) -> reading.FileReading:
    """Read a file of BibTeX as content of the category CL."""
    return reading.read("content/papers/CL.bib", text.encode(), SETTINGS, Reader())


def written(paper: Paper) -> str:
    """Return a paper as BibTeX."""
    return bibtex.entry(paper, KEY, f"{URL}papers/a/", primary_class="cs.CL")


def said(paper: Paper) -> dict[str, Any]:
    """Return what BibTeX can carry of a paper, as plain words."""
    venue = paper.venue.plain if paper.venue else ""
    words = {
        "series": paper.series,
        "volume": paper.volume,
        "number": paper.issue or paper.number,
        "place": paper.place,
        "pages": facts.pages(paper, "-"),
        "status": paper.status,
    }
    return {
        "title": paper.title.plain,
        "authors": [expected_name(author.parts) for author in paper.authors],
        "editors": [expected_name(editor.parts) for editor in paper.editors],
        "venue": {one_line(venue), visible(paper.publisher or "")} - {""},
        "date": (paper.date.year, paper.date.month),
        "abstract": abstract_of(paper),
        "identifiers": (paper.doi, paper.arxiv, paper.pmid, paper.isbn, paper.issn, paper.et_al),
        "tags": [label for tag in paper.tags if (label := visible(tag))],
        **{name: visible(value or "").strip() for name, value in words.items()},
    }


def kind(text: str) -> str:
    """Return the type of an entry."""
    return text.partition("{")[0]


@given(PAPERS)
def test_our_bibtex_is_the_same_paper(paper: Paper) -> None:
    """What the site writes as BibTeX and reads as content says the same, of the same type."""
    text = written(paper)
    # A file with these is refused, and an address is no name of a venue.
    assume(CONTROL.isdisjoint(text))
    assume(not any("://" in name for name in said(paper)["venue"]))

    found = read(text)

    assert [one for one in found.found if one.severity == "error"] == []
    [again] = (one.paper for one in found.papers)
    assert said(again) == said(paper)
    assert kind(written(again)) == kind(text)


SIGNS = """
    @article{ @misc( @string{ @comment{ @ } { ( ) " # = , title author year month eprint a,b
    {A} {{A}} "A" 2020 jan \\ $ % & ~ and others crossref={a} title={A}, year=2020, @article{a,
"""
MARKS = st.sampled_from(SIGNS.split())
TEXTS = st.lists(st.one_of(MARKS, PIECES, st.sampled_from([" ", "\n", "\n@"])), max_size=40).map(
    "".join
)


@given(TEXTS)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    """Whatever a .bib holds is read or reported, each entry of it, at a place in the file."""
    text = re.sub(r"[^\S\n ]", " ", text)

    found = read(text)

    lines = text.split("\n")
    for one in found.found:
        place = one.location
        assert 0 < place.line <= len(lines)
        assert place.column <= len(lines[place.line - 1]) + 1
        assert one.message
        assert one.help


@given(PAPERS, st.integers(0, 400), st.sampled_from(["", "{", "}", '"', ",", "@", "\\"]))
def test_a_slip_is_reported_or_read(paper: Paper, place: int, slip: str) -> None:
    """One character that is lost or added never loses the entry without a word."""
    text = written(paper)
    place %= len(text)

    found = read(text[:place] + slip + text[place + 1 :])

    assert found.papers or found.found or place == 0
