"""BibTeX as content: what each field of an entry becomes, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.config import Config
from generator.diagnostics import Diagnostics
from generator.importers import bibtex
from generator.markup import Reader
from generator.source import Source

if TYPE_CHECKING:
    from generator.entry import Entry

CATEGORIES = {"CL": "Computation and Language (cs.CL)", "ML": "Machine Learning (stat.ML)"}
CONFIG = Config(url="https://publications.example/", categories=CATEGORIES)


def read(text: str, path: str = "content/papers/CL.bib") -> tuple[list[Entry], list[str]]:
    """Return the entries of a file of BibTeX, and the messages about it."""
    found = Diagnostics()
    entries = bibtex.read(Source(path, text), CONFIG, Reader(), found)
    return entries, [one.message for one in found]


def fields(body: str, kind: str = "misc", path: str = "content/papers/CL.bib") -> dict[str, Any]:
    """Return the fields of an entry with a title, an author and a year, and what is given."""
    text = f"@{kind}{{k, title = {{T}}, author = {{Ada Lovelace}}, year = 2024,\n{body}\n}}"
    [entry], messages = read(text, path)
    assert messages == []
    return entry.data


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        ("doi = {https://doi.org/10.1000/a\\_b}", "doi", "https://doi.org/10.1000/a_b"),
        ("doi = {10.1000/%7Bx}", "doi", "10.1000/{x"),
        ("eprint = {2401.12340v2}, archivePrefix = {arXiv}", "arxiv", "2401.12340"),
        ("eprint = {cs/0601001}", "arxiv", "cs/0601001"),
        ("eprint = {123}, eprinttype = {jstor}", "arxiv", None),
        ("journal = {arXiv preprint arXiv:1706.03762}", "arxiv", "1706.03762"),
        ("journal = {arXiv preprint arXiv:1706.03762}", "venue", None),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "arxiv", "1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "volume", None),
        ("url = {http://arxiv.org/abs/1706.03762v1}", "arxiv", "1706.03762"),
        ("doi = {10.48550/arXiv.1706.03762}", "arxiv", "1706.03762"),
        ("url = {https://doi.org/10.1000/182}", "doi", "https://doi.org/10.1000/182"),
        ("url = {https://example.org/a\\_b~c}", "links", {"html": "https://example.org/a_b~c"}),
        ("howpublished = {\\url{https://e.org/x}}", "links", {"html": "https://e.org/x"}),
        ("howpublished = {\\url{https://e.org/x}}", "venue", None),
        ("url = {https://example.org/a.pdf}", "links", {"pdf": "https://example.org/a.pdf"}),
        ("url = {https://publications.example/papers/a/}", "links", None),
        ("url = {www.example.org/x}", "links", {"html": "https://www.example.org/x"}),
        ("website = {https://e.org/}", "links", {"project": "https://e.org/"}),
        ("code = {https://e.org/code}", "code", "https://e.org/code"),
        ("selected = {true}", "featured", "true"),
        ("pages = {5998--6008}", "pages", "5998–6008"),
        ("issn = {21508097}", "issn", "2150-8097"),
        ("isbn = {978 0 262 03384 8, 0262033844}", "isbn", "978-0-262-03384-8"),
        ("publisher = {Vandenhoeck \\& Ruprecht}", "publisher", "Vandenhoeck & Ruprecht"),
        ("address = {K{\\o}benhavn}", "place", "København"),
        ("note = {Retracted}", "status", "retracted"),
        ("note = {To appear}", "status", None),
        (
            "organizations = {MIT and {Barnes and Noble}}",
            "organizations",
            ["MIT", "Barnes and Noble"],
        ),
        ("abstract = {One\n   two\n\n   three}", "abstract", "One two\n\nthree"),
        ("pages = {}", "pages", None),
        ("booktitle = {Proc.} # { of } # jan", "venue", "Proc. of January"),
    ],
)
def test_a_field(body: str, name: str, expected: object) -> None:
    """Each field says what people mean by it, in the forms in which they write it."""
    assert fields(body).get(name) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("month = jul", "2024-07"),
        ("month = {July}", "2024-07"),
        ("month = july", "2024-07"),
        ("month = 7", "2024-07"),
        ('month = "4~" # jul', "2024-07-04"),
        ('month = jul # "--" # aug', "2024-07"),
        ("date = {2023-05-01/2023-05-04}", "2023-05-01"),
        ("", "2024"),
    ],
)
def test_a_date(body: str, expected: str) -> None:
    """The date is as exact as the fields tell."""
    assert fields(body)["date"] == expected


@pytest.mark.parametrize(
    ("body", "kind", "path", "expected"),
    [
        ("category = {ML}", "misc", "content/papers/CL.bib", "ML"),
        ("primaryClass = {stat.ML}", "misc", "content/papers/CL.bib", "ML"),
        ("eprintclass = {cs.CL}", "misc", "content/papers/lab.bib", "CL"),
        ("", "misc", "content/papers/2024/ML.bib", "ML"),
    ],
)
def test_a_category(body: str, kind: str, path: str, expected: str) -> None:
    """The category is the field's, or arXiv's, or the one that the file is named after."""
    assert fields(body, kind, path)["category"] == expected


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("article", "journal = {J}, number = 3", ("article-journal", "J", "3", None)),
        ("inproceedings", "booktitle = {B}", ("paper-conference", "B", None, None)),
        ("techreport", "institution = {MIT}, number = {TR-1}", ("report", "MIT", None, "TR-1")),
        ("phdthesis", "school = {ETH}", ("thesis", "ETH", None, None)),
        ("mastersthesis", "school = {ETH}", ("thesis", "Master’s thesis, ETH", None, None)),
        ("incollection", "booktitle = {B}", ("chapter", "B", None, None)),
        ("article", "journal = {arXiv}, eprint = {1706.03762}", ("article", None, None, None)),
        ("misc", "", ("article", None, None, None)),
    ],
)
def test_a_type(kind: str, body: str, expected: tuple[str | None, ...]) -> None:
    """The type of an entry gives the paper's, and says what its number is."""
    data = fields(body, kind)
    assert tuple(data.get(name) for name in ("type", "venue", "issue", "number")) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ('Lovelace, Ada and G{\\"o}del, Kurt', ["Ada Lovelace", "Kurt Gödel"]),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("{\\O}rsted, Hans Christian", ["Hans Christian Ørsted"]),
        ("{LHCb Collaboration} and others", [{"literal": "LHCb Collaboration"}]),
        ("Garc{\\'i}a M{\\'a}rquez, Gabriel", ["García Márquez, Gabriel"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("{van der Berg}, Jan", [{"family": "{van der Berg}", "given": "Jan"}]),
        ("Plato", ["Plato"]),
        ("Ada Lovelace and", ["Ada Lovelace"]),
        ("Ada Lovelace and and Kurt Gödel", ["Ada Lovelace", "Kurt Gödel"]),
    ],
)
def test_authors(author: str, expected: list[object]) -> None:
    """A name is one text where that says its parts, and in parts where it does not."""
    [entry], messages = read(f"@misc{{k, title={{T}}, year=2024, author={{{author}}}}}")
    assert messages == []
    assert entry.data["authors"] == expected
    assert entry.data.get("et_al") == ("true" if "others" in author else None)


def test_a_book_is_by_its_editors() -> None:
    """Where a collection has no authors, its editors are; a report is by who issued it."""
    text = "@book{a, title={T}, year=2024, editor={Ada Lovelace}}\n"
    text += "@techreport{b, title={T}, year=2024, institution={MIT}}"
    [book, report], messages = read(text)
    assert messages == []
    assert book.data["authors"] == ["Ada Lovelace"]
    assert report.data["authors"] == [{"literal": "MIT"}]


def test_a_reference_gives_what_an_entry_lacks() -> None:
    """An entry takes from the one it refers to what it does not say; that one is no paper."""
    text = """\
@inproceedings{a, title={T}, author={Ada Lovelace}, pages={1}, crossref={Acl}}
@proceedings{acl, title={Proceedings of ACL}, year=2024, publisher={ACL}, pages={900}}
"""
    [entry], messages = read(text)
    assert messages == []
    assert entry.data["venue"] == "Proceedings of ACL"
    assert (entry.data["date"], entry.data["publisher"], entry.data["pages"]) == (
        "2024",
        "ACL",
        "1",
    )
    assert entry.location("date").line == 2


def test_references_in_a_circle() -> None:
    """Entries that refer to each other end, and each is there."""
    text = "".join(
        f"@misc{{{one}, title={{T}}, author={{Ada Lovelace}}, year=2024, crossref={{{other}}}}}\n"
        for one, other in ("ab", "ba")
    )
    entries, messages = read(text)
    assert [entry.data["key"] for entry in entries] == ["a", "b"]
    assert messages == []


def test_places() -> None:
    """Each value has its place: the text within braces or quotes, each name, each tag."""
    text = """\
@misc{key1,
  title = "A Title",
  author = {Ada Lovelace and
            Kurt Gödel},
  keywords = {one, two},
  year = 2024,
}
"""
    [entry], _ = read(text)
    places = {
        "key": entry.location("key"),
        "title": entry.location("title"),
        "author": entry.location("authors", 1),
        "tag": entry.location("tags", 1),
        "year": entry.location("date"),
    }
    assert {name: (one.line, one.column) for name, one in places.items()} == {
        "key": (1, 7),
        "title": (2, 12),
        "author": (4, 13),
        "tag": (5, 20),
        "year": (6, 10),
    }


def test_what_is_no_entry_means_nothing() -> None:
    """Text between entries, comments, preambles and a program's own entries are no papers."""
    text = """\
write to me@example.org
@comment{jabref-meta: x}
@preamble{"\\newcommand{\\x}{y}"}
@IEEEtranBSTCTL{ctl, option = "yes"}
@misc{k, title={T}, author={Ada Lovelace}, year=2024}
"""
    entries, messages = read(text)
    assert [entry.data["key"] for entry in entries] == ["k"]
    assert messages == []


def test_the_only_category() -> None:
    """On a site with one category, an entry needs none."""
    found = Diagnostics()
    text = "@misc{k, title={T}, author={Ada Lovelace}, year=2024}"
    config = Config(categories={"X": "Papers"})
    [entry] = bibtex.read(Source("content/papers/lab.bib", text), config, Reader(), found)
    assert entry.data["category"] == "X"
    assert found.found == []
