"""CSL-JSON: items that a citation processor reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import fastjsonschema
import pytest

from generator.formats import csl
from generator.formats.files import FORMATS
from generator.paper import TYPES

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper

is_csl = fastjsonschema.compile(
    json.loads(Path(__file__).with_name("csl-items.schema.json").read_bytes())
)


def test_an_article(make_paper: MakePaper) -> None:
    """Every field has its variable, and names have their parts."""
    paper = make_paper(
        title="On $R^2$ & *more*",
        authors=["Ludwig van Beethoven", "King, Jr., Martin Luther", "Plato"],
        et_al="true",
        venue="Journal",
        volume="12",
        issue="3",
        pages="101--118",
        doi="10.1000/182",
        arxiv="2401.12340",
        issn="2150-8097",
        publisher="P",
        place="Vienna",
        tags=["a", "b"],
        language="en",
        status="withdrawn",
        abstract="One.",
        date="2024-05",
    )

    assert csl.item(paper, "key", "https://e.org/") == {
        "id": "key",
        "citation-key": "key",
        "type": "article-journal",
        "title": "On R² & more",
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "Plato"},
        ],
        "issued": {"date-parts": [[2024, 5]]},
        "container-title": "Journal",
        "publisher": "P",
        "publisher-place": "Vienna",
        "archive": "arXiv",
        "archive_location": "arXiv:2401.12340",
        "volume": "12",
        "issue": "3",
        "page": "101-118",
        "DOI": "10.1000/182",
        "ISSN": "2150-8097",
        "URL": "https://e.org/",
        "language": "en",
        "keyword": "a, b",
        "abstract": "One.",
        "note": "Withdrawn",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"type": "article"}),
        (
            {"arxiv": "2401.12340"},
            {"type": "article", "publisher": "arXiv", "number": "arXiv:2401.12340"},
        ),
        (
            {"venue": "NeurIPS", "place": "Vienna"},
            {"type": "paper-conference", "container-title": "NeurIPS", "event-place": "Vienna"},
        ),
        (
            {"type": "speech", "venue": "ICML", "place": "Vienna"},
            {"type": "speech", "event-title": "ICML", "event-place": "Vienna"},
        ),
        (
            {"type": "thesis", "venue": "PhD thesis, MIT"},
            {"type": "thesis", "genre": "Doctoral dissertation", "publisher": "MIT"},
        ),
        (
            {"type": "report", "publisher": "RAND", "number": "1"},
            {"type": "report", "publisher": "RAND", "number": "1"},
        ),
    ],
)
def test_where(make_paper: MakePaper, changes: dict[str, object], expected: dict[str, str]) -> None:
    """Venue and publisher have the variables of the type."""
    item = csl.item(make_paper(**changes), "k")

    common = {"id", "citation-key", "title", "author", "issued"}
    assert {name: value for name, value in item.items() if name not in common} == expected


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_valid(make_paper: MakePaper, kind: str) -> None:
    """An item of each type satisfies the schema."""
    is_csl([csl.item(make_paper(type=kind, venue="V", place="P"), "k", "https://e.org/")])


def test_a_file(make_paper: MakePaper) -> None:
    """A file is readable JSON in UTF-8 that ends with a newline."""
    form = FORMATS["csl"]
    record = form.record(make_paper(title="Ö"), "k", "", "")

    assert form.join([record, record]) == f"[{record},\n{record}]\n"
    assert '\n  "title": "Ö",\n' in record
    assert json.loads(form.join([record, record])) == [csl.item(make_paper(title="Ö"), "k")] * 2
