"""Names of people and groups, and the addresses made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import Name, fold, parse, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("  Ada \n Lovelace ", Name("Lovelace", "Ada")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van Beethoven, Ludwig", Name("Beethoven", "Ludwig", "van")),
        ("Charles Louis Xavier Joseph de la Vallée Poussin",
         Name("Vallée Poussin", "Charles Louis Xavier Joseph", "de la")),
        ("de la Vallée Poussin, Charles", Name("Vallée Poussin", "Charles", "de la")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "", "Jr.")),
        ("von Last, III, First", Name("Last", "First", "von", "III")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("William Gates III", Name("Gates", "William", "", "III")),
        ("Last, Jr., First, PhD", Name("Last", "First, PhD", "", "Jr.")),
        ("Plato", Name(literal="Plato")),
        ("Plato, Jr.", Name("Plato", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("张伟", Name(literal="张伟")),
        ("张 伟", Name("伟", "张")),
        ("Иван Петров", Name("Петров", "Иван")),
        ("J. P. Smith", Name("Smith", "J. P.")),
        ("Smith, J. P.", Name("Smith", "J. P.")),
        ("Miles O'Neil", Name("O'Neil", "Miles")),
        ("Jean d'Alembert", Name("d'Alembert", "Jean")),
        ("d'Alembert, Jean", Name("d'Alembert", "Jean")),
        ("Ahmed al-Rashid", Name("al-Rashid", "Ahmed")),
        ("bell hooks", Name("hooks", "bell")),
        ("Ada de", Name("de", "Ada")),
        ("Lovelace,", Name(literal="Lovelace")),
        ("Vincent V", Name("V", "Vincent")),
        ("", Name()),
        (" , ", Name()),
    ],
)  # fmt: skip
def test_parse(text: str, name: Name) -> None:
    """A name is read in every form that BibTeX knows."""
    assert parse(text) == name


@pytest.mark.parametrize(
    ("name", "display", "inverted", "sort_key"),
    [
        (Name("Lovelace", "Ada"), "Ada Lovelace", "Lovelace, Ada", "lovelace\tada\t\t"),
        (
            Name("Beethoven", "Ludwig", "van"),
            "Ludwig van Beethoven",
            "van Beethoven, Ludwig",
            "beethoven\tludwig\tvan\t",
        ),
        (
            Name("King", "Martin", "", "Jr."),
            "Martin King Jr.",
            "King, Martin, Jr.",
            "king\tmartin\t\tjr.",
        ),
        (Name(literal="LHCb Collaboration"), *["LHCb Collaboration"] * 2, "lhcb collaboration"),
        (Name("Gödel"), "Gödel", "Gödel", "godel\t\t\t"),
    ],
)
def test_forms(name: Name, display: str, inverted: str, sort_key: str) -> None:
    """A name is said, listed and sorted as it should be."""
    assert (name.display, name.inverted, name.sort_key) == (display, inverted, sort_key)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "Ludwig van Beethoven",
        "Martin Luther King Jr.",
        "J. P. Smith",
        "张伟",
        "Plato",
    ],
)
def test_display_reads_back(text: str) -> None:
    """A name that was said is read as the same name."""
    assert parse(parse(text).display) == parse(text)
    assert parse(parse(text).inverted) == parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C", "c"),
        ("C#", "c-sharp"),
        ("C++", "c-plus-plus"),
        ("R&D", "r-and-d"),
        ("张伟", "zhang-wei"),
        ("Zoë", "zoe"),
        ("O'Neil", "o-neil"),
        ("J. P. Smith", "j-p-smith"),
        ("Gödel", "godel"),
        ("Straße", "strasse"),
        ("In-Context Learning", "in-context-learning"),
        ("cs.CL", "cs-cl"),
        ("!?", "21-3f"),
        ("\U0001f4c4" * 30, "-".join(["1f4c4"] * 11)),
        ("long " * 30, ("long-" * 16)[:-1]),
        ("x" * 100, "x" * 80),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """An address is made of what can be written in ASCII, and is never empty."""
    assert slug(text) == expected
    assert Name(literal=text).slug == expected


@given(st.text(min_size=1).filter(str.strip))
def test_slug_is_an_address(text: str) -> None:
    """Whatever a text is, its address is short, of the right form, and its own address."""
    made = slug(text)
    assert 0 < len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert slug(made) == made


@pytest.mark.parametrize(
    ("one", "other"),
    [("Gödel", "godel"), ("STRASSE", "straße"), ("ＡＢＣ", "abc"), ("e\u0301", "é")],
)
def test_fold(one: str, other: str) -> None:
    """Case, accents, width and Unicode form make no difference."""
    assert fold(one) == fold(other)
