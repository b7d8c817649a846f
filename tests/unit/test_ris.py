"""RIS: what is written, to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rispy

from generator.formats import ris

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper


def test_a_conference_paper(make_paper: MakePaper) -> None:
    """Every field has its tag, in lines that end with CRLF."""
    paper = make_paper(
        title="On $R^2$ & *more*",
        authors=["Ada Lovelace", "Ludwig van Beethoven", "King, Jr., Martin Luther", "Plato"],
        et_al="true",
        editors=["Kurt Gödel"],
        venue="NeurIPS",
        publisher="ACM",
        place="Vienna",
        series="LNCS",
        pages="101-118",
        doi="10.1000/182",
        arxiv="2401.12340",
        isbn="978-0-262-03384-8",
        type="paper-conference",
        language="en",
        tags=["interpretability", "language models"],
        status="corrected",
        links={"pdf": "paper.pdf"},
        abstract="One.\n\nTwo.",
    )

    lines = [
        "TY  - CPAPER",
        "ID  - key",
        "TI  - On R² & more",
        "AU  - Lovelace, Ada",
        "AU  - van Beethoven, Ludwig",
        "AU  - King, Martin Luther, Jr.",
        "AU  - Plato",
        "A2  - Gödel, Kurt",
        "PY  - 2024",
        "DA  - 2024/05/06/",
        "T2  - NeurIPS",
        "T3  - LNCS",
        "SP  - 101",
        "EP  - 118",
        "PB  - ACM",
        "CY  - Vienna",
        "C1  - Vienna",
        "SN  - 978-0-262-03384-8",
        "DO  - 10.1000/182",
        "DB  - arXiv",
        "AN  - arXiv:2401.12340",
        "UR  - https://e.org/papers/a-paper/",
        "L1  - https://e.org/papers/a-paper/a-paper.pdf",
        "LA  - en",
        "KW  - interpretability",
        "KW  - language models",
        "AB  - One. Two.",
        "N1  - Corrected",
        "ER  - ",
    ]
    written = ris.entry(paper, "key", "https://e.org/papers/a-paper/")
    assert written == "".join(f"{line}\r\n" for line in lines)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"type_of_reference": "UNPD", "type_of_work": "Preprint"}),
        (
            {"venue": "J", "volume": "1", "issue": "2", "issn": "2150-8097", "isbn": "0262033844"},
            {
                "type_of_reference": "JOUR",
                "secondary_title": "J",
                "volume": "1",
                "number": "2",
                "issn": "2150-8097",
            },
        ),
        ({"type": "book", "venue": "P"}, {"type_of_reference": "BOOK", "publisher": "P"}),
        ({"type": "chapter", "venue": "B"}, {"type_of_reference": "CHAP", "secondary_title": "B"}),
        (
            {"type": "thesis", "publisher": "MIT", "venue": "PhD thesis"},
            {
                "type_of_reference": "THES",
                "publisher": "MIT",
                "type_of_work": "Doctoral dissertation",
            },
        ),
        ({"type": "thesis"}, {"type_of_reference": "THES"}),
        (
            {"type": "report", "publisher": "RAND", "number": "TR-1", "issn": "2150-8097"},
            {"type_of_reference": "RPRT", "publisher": "RAND", "issn": "TR-1"},
        ),
        ({"type": "dataset"}, {"type_of_reference": "DATA"}),
        ({"type": "software"}, {"type_of_reference": "COMP"}),
        ({"type": "speech", "venue": "V"}, {"type_of_reference": "SLIDE", "secondary_title": "V"}),
        ({"type": "post-weblog"}, {"type_of_reference": "BLOG"}),
        ({"type": "article-magazine"}, {"type_of_reference": "MGZN"}),
        (
            {"type": "software", "pages": "1-5, 7"},
            {"type_of_reference": "COMP", "start_page": "1-5, 7"},
        ),
        (
            {"type": "software", "links": {"pdf": "https://e.org/x.pdf"}},
            {"type_of_reference": "COMP", "file_attachments1": "https://e.org/x.pdf"},
        ),
        ({"type": "software", "links": {"pdf": "x.pdf"}}, {"type_of_reference": "COMP"}),
    ],
)
def test_types(make_paper: MakePaper, changes: dict[str, object], expected: dict[str, str]) -> None:
    """Each kind of paper has its type of reference, and nothing is written that is not known."""
    (read,) = rispy.loads(ris.entry(make_paper(**changes), "k"))

    common = {"id": "k", "title": "A Paper", "authors": ["Lovelace, Ada"]}
    assert read == common | {"year": "2024", "date": "2024/05/06/"} | expected


@pytest.mark.parametrize(
    ("date", "written"),
    [("2024", "2024///"), ("2024-05", "2024/05//"), ("2024-05-06", "2024/05/06/")],
)
def test_dates(make_paper: MakePaper, date: str, written: str) -> None:
    """What is not known of a date is left out between the slashes."""
    assert f"\r\nDA  - {written}\r\n" in ris.entry(make_paper(date=date), "k")


def test_no_value_begins_a_line(make_paper: MakePaper) -> None:
    """Whatever breaks lines, in whatever program, is a space or nothing."""
    breaks = "a\nTY  - BOOK\r\nER  - \x85AU  - X\u2028AU  - Y\x0bZ\x1c\x00"
    paper = make_paper(title="T", publisher=breaks, tags=[breaks], authors=[{"literal": breaks}])

    written = ris.entry(paper, "k")

    assert len(written.splitlines()) == len(written.split("\r\n")) - 1
    assert "PB  - a TY - BOOK ER - AU - X AU - Y Z\r\n" in written


def test_suffix_without_first_name(make_paper: MakePaper) -> None:
    """A suffix is always the third part of a name."""
    paper = make_paper(authors=[{"family": "King", "suffix": "Jr."}])
    assert "AU  - King, , Jr.\r\n" in ris.entry(paper, "k")
