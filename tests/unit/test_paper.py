"""A paper: what its fields read, and what it says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from generator.dates import PartialDate
from generator.names import Name
from generator.paper import Paper

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper


def test_smallest(make_paper: MakePaper) -> None:
    """A paper needs a title, authors, a category, a date and an address, and has no more."""
    paper = make_paper()
    assert paper.title.plain == "A Paper"
    assert [author.parts for author in paper.authors] == [Name("Lovelace", "Ada")]
    assert paper.model_dump(exclude_defaults=True).keys() == {
        "title",
        "authors",
        "category",
        "date",
        "slug",
    }


def test_is_frozen(make_paper: MakePaper) -> None:
    """A valid paper can no longer change."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(make_paper(), "category", "LG")  # noqa: B010 - what mypy would not let pass


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("doi", "10.1000/182", "10.1000/182"),
        ("doi", "https://doi.org/10.1000/182", "10.1000/182"),
        ("doi", "http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi", "doi: 10.1000/182.", "10.1000/182"),
        ("doi", "DOI:10.1000/(a)b;c", "10.1000/(a)b;c"),
        ("arxiv", "2212.03827", "2212.03827"),
        ("arxiv", "2401.12340v2", "2401.12340v2"),
        ("arxiv", "arXiv:0706.1234", "0706.1234"),
        ("arxiv", "https://arxiv.org/abs/2212.03827", "2212.03827"),
        ("arxiv", "https://arxiv.org/pdf/2212.03827v1.pdf", "2212.03827v1"),
        ("arxiv", "math.AG/0601001", "math.AG/0601001"),
        ("arxiv", "hep-th/9901001", "hep-th/9901001"),
        ("openreview", "https://openreview.net/forum?id=ETKGuby0hcs", "ETKGuby0hcs"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/33782455/", "33782455"),
        ("pmid", "PMID: 33782455", "33782455"),
        ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/PMC8371605/", "PMC8371605"),
        ("isbn", "ISBN 978-0-262-03384-8", "978-0-262-03384-8"),
        ("isbn", "080442957X", "080442957X"),
        ("issn", "2150-8097", "2150-8097"),
        ("type", "paper-conference", "paper-conference"),
        ("status", "retracted", "retracted"),
        ("code", "true", True),
        ("featured", "2", 2),
    ],
)
def test_fields(make_paper: MakePaper, field: str, written: str, read: object) -> None:
    """An identifier is read in any way in which people paste it."""
    assert getattr(make_paper(**{field: written}), field) == read


@pytest.mark.parametrize(
    ("field", "written", "message"),
    [
        ("doi", "10.1000", "must be a DOI, not '10.1000'."),
        ("doi", "11.1000/182", "must be a DOI"),
        ("arxiv", "2401.123", "must be an arXiv number"),
        ("arxiv", "12340", "must be an arXiv number"),
        ("openreview", "abc", "must be an OpenReview number"),
        ("pmid", "123456789", "must be a PubMed number"),
        ("pmcid", "8371605", "must be a PubMed Central number"),
        ("isbn", "978-0-262-0338", "must be an ISBN of 10 or 13 digits"),
        ("isbn", "0-262-03384-81", "must be an ISBN of 10 or 13 digits"),
        ("issn", "21508097", "must be an ISSN"),
        ("type", "film", "is 'film', which is not known."),
        ("status", "lost", "is 'lost', which is not known."),
    ],
)
def test_fields_refuse(make_paper: MakePaper, field: str, written: str, message: str) -> None:
    """An identifier of another form is refused."""
    with pytest.raises(ValidationError, match=re.escape(message)):
        make_paper(**{field: written})


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ({"name": "Ada Lovelace"}, Name("Lovelace", "Ada")),
        ({"given": "Ada", "family": "Lovelace"}, Name("Lovelace", "Ada")),
        ({"family": "Beethoven", "particle": "van"}, Name("Beethoven", "", "van")),
        ({"given": "M.", "family": "King", "suffix": "Jr."}, Name("King", "M.", "", "Jr.")),
        ({"literal": "LHCb Collaboration"}, Name(literal="LHCb Collaboration")),
        ("张", Name(literal="张")),
        ("O. K.-B. Lee", Name("Lee", "O. K.-B.")),
    ],
)
def test_authors(make_paper: MakePaper, author: object, name: Name) -> None:
    """An author is a name, or the fields of one."""
    assert make_paper(authors=[author]).authors[0].parts == name


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("", "is an empty name."),
        ("et al.", "is 'et al.', which is no name."),
        ("and others", "is 'and others', which is no name."),
        ("Others", "is 'Others', which is no name."),
        ("A.", "is only an initial, 'A.'."),
        ("M. I.", "is only an initial, 'M. I.'."),
        ("J.-P.", "is only an initial, 'J.-P.'."),
        ("Å.", "is only an initial, 'Å.'."),
        ("A", "is only an initial, 'A'."),
        ({"orcid": "0000-0002-1825-0097"}, "has no name."),
    ],
)
def test_authors_refused(make_paper: MakePaper, author: object, message: str) -> None:
    """What is no name is no author."""
    with pytest.raises(ValidationError, match=re.escape(message)):
        make_paper(authors=["Ada Lovelace", author])


def test_leading_authors(make_paper: MakePaper) -> None:
    """Lists name up to twenty authors, and of more the first ten."""
    people = [f"Ada Lovelace {number}" for number in range(21)]
    assert len(make_paper(authors=people[:20]).leading) == 20
    assert [one.name for one in make_paper(authors=people).leading] == people[:10]


def test_too_many_authors(make_paper: MakePaper) -> None:
    """A list has an end, and what to do then is said."""
    with pytest.raises(ValidationError, match="has 20,001 items, and a list may have 20,000"):
        make_paper(authors=["Ada Lovelace"] * 20_001)


def test_no_authors(make_paper: MakePaper) -> None:
    """A paper has at least one author."""
    with pytest.raises(ValidationError, match="at least 1 item"):
        make_paper(authors=[])


def test_order(make_paper: MakePaper) -> None:
    """Papers sort by date, then title without accents and case, then address."""
    papers = [
        make_paper("e", date="2024-05-06"),
        make_paper("d", date="2024-05", title="Z"),
        make_paper("c", date="2024-05", title="élan"),
        make_paper("b", date="2024-05", title="Elan"),
        make_paper("a", date="2024"),
    ]
    assert [one.slug for one in sorted(papers, key=lambda one: one.order)] == list("abcde")


def test_dates(make_paper: MakePaper) -> None:
    """An entry last changed when it says so, else when the paper appeared."""
    paper = make_paper(modified="2025-01")
    assert (paper.year, paper.updated) == (2024, PartialDate(2025, 1))
    assert make_paper().updated == PartialDate(2024, 5, 6)


def test_every_field_is_documented() -> None:
    """Each field says what it is and gives an example, for editors and the README."""
    for name, field in Paper.model_fields.items():
        assert field.description, name
        assert field.examples, name


def test_json_schema() -> None:
    """Editors get a schema in which every field is, and the choices are told."""
    schema = Paper.model_json_schema()
    assert schema["properties"].keys() == Paper.model_fields.keys()
    assert "paper-conference" in str(schema["properties"]["type"])
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Paul Erd\H{o}s", "Paul Erdős"),
        (r"G{\"o}del, Kurt", "Gödel, Kurt"),
        (r"Bj\o rn \'Alvarez", "Bjørn Álvarez"),
        ("Conan O'Neil", "Conan O'Neil"),
        ("J. P. Smith-Jones", "J. P. Smith-Jones"),
    ],
)
def test_accents_in_names(make_paper: MakePaper, written: str, read: str) -> None:
    """TeX's accents are read in the names of people and organizations, and nothing else is."""
    paper = make_paper(authors=[written, {"name": written}], organizations=[written])
    assert [author.name for author in paper.authors] == [read, read]
    assert paper.organizations == (read,)
