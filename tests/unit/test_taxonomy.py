"""Taxonomies: the terms that papers give, their labels, their order and their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.outline import outline
from generator.taxonomy import ROWS, TAXONOMIES, Vocabulary
from generator.terms import Index, index

if TYPE_CHECKING:
    from generator.paper import Paper
    from tests.unit.conftest import MakePaper


def sort(name: str, *papers: Paper, **known: dict[str, str]) -> Index:
    """Sort papers, given in any order, into the terms of a taxonomy."""
    newest_first = sorted(papers, key=lambda one: one.order, reverse=True)
    vocabulary = Vocabulary(**known)
    outlines = [outline(one, vocabulary, {}) for one in newest_first]
    return index(ROWS[name], outlines, vocabulary)


def terms(made: Index) -> list[tuple[str, str, int]]:
    """Return every term's label, address and count."""
    return [(term.label, term.slug, len(term.papers)) for term in made.terms]


def test_rows() -> None:
    """The taxonomies are those of the contract, with their words."""
    assert [(row.name, row.singular, row.title) for row in TAXONOMIES] == [
        ("categories", "category", "Categories"),
        ("years", "year", "Years"),
        ("tags", "tag", "Tags"),
        ("authors", "author", "Authors"),
        ("organizations", "organization", "Organizations"),
        ("venues", "venue", "Venues"),
    ]


def test_each_row(make_paper: MakePaper) -> None:
    """A paper gives each taxonomy its terms."""
    paper = make_paper(
        tags=["b", "a"], authors=["Kurt Gödel", "Ada Lovelace"], organizations=["X"], venue="*V*"
    )
    assert {name: terms(sort(name, paper)) for name in ROWS} == {
        "categories": [("CL", "cl", 1)],
        "years": [("2024", "2024", 1)],
        "tags": [("a", "a", 1), ("b", "b", 1)],
        "authors": [("Kurt Gödel", "kurt-godel", 1), ("Ada Lovelace", "ada-lovelace", 1)],
        "organizations": [("X", "x", 1)],
        "venues": [("V", "v", 1)],
    }


def test_years_newest_first(make_paper: MakePaper) -> None:
    """Years are listed from the newest."""
    papers = [make_paper(str(year), date=str(year)) for year in (2022, 2024, 2023)]
    assert [label for label, _, _ in terms(sort("years", *papers))] == ["2024", "2023", "2022"]


def test_authors_by_family_name(make_paper: MakePaper) -> None:
    """Authors are sorted by family name without its particle, and shown with it first."""
    authors = ["Ludwig van Beethoven", "Ada Lovelace", "Özlem Çelik", "Zoë Adams", "张伟"]
    made = sort("authors", make_paper(authors=authors))
    assert [made.taxonomy.shown(term.label) for term in made.terms] == [
        "Adams, Zoë",
        "van Beethoven, Ludwig",
        "Çelik, Özlem",
        "Lovelace, Ada",
        "张伟",
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("authors", ["Jean-Paul Sartre", "Jean Paul Sartre", "JEAN PAUL SARTRE"]),
        ("authors", ["J. P. Smith", "J P Smith", "Smith, J. P."]),
        ("authors", ["Kurt Gödel", "Kurt Godel"]),
        ("organizations", ["UC Berkeley", "U.C. Berkeley".replace(".", ""), "uc berkeley"]),
        ("tags", ["LLMs", "llms"]),
    ],
)
def test_same_term(make_paper: MakePaper, name: str, written: list[str]) -> None:
    """Ways of writing that differ only in case, accents or punctuation are one term."""
    papers = [make_paper(f"p{i}", **{name: [one]}) for i, one in enumerate(written)]
    assert [count for _, _, count in terms(sort(name, *papers))] == [len(written)]


def test_label_of_the_majority(make_paper: MakePaper) -> None:
    """A term is called as most papers write it, and of equals by the first in the alphabet."""
    papers = [make_paper(f"p{i}", tags=[tag]) for i, tag in enumerate(["llms", "LLMs", "LLMs"])]
    assert terms(sort("tags", *papers)) == [("LLMs", "llms", 3)]
    assert terms(sort("tags", *papers[:2])) == [("LLMs", "llms", 2)]


def test_twice_in_one_paper(make_paper: MakePaper) -> None:
    """A paper that names a term twice counts once."""
    assert terms(sort("tags", make_paper(tags=["LLMs", "llms"]))) == [("llms", "llms", 1)]


@pytest.mark.parametrize("reverse", [False, True])
def test_two_people_one_slug(make_paper: MakePaper, *, reverse: bool) -> None:
    """Two people whose names give one address get two; that with the older paper keeps it."""
    papers = [
        make_paper("old", authors=["张伟" if reverse else "Zhang Wei"], date="2020"),
        make_paper("new", authors=["Zhang Wei" if reverse else "张伟"], date="2023"),
    ]
    made = {label: slug for label, slug, _ in terms(sort("authors", *papers))}
    first, second = ("张伟", "Zhang Wei") if reverse else ("Zhang Wei", "张伟")
    assert made[first] == "zhang-wei"
    assert made[second] == "zhang-wei-2"


def test_three_terms_one_slug(make_paper: MakePaper) -> None:
    """Further terms of one address are numbered in the order of their oldest papers."""
    papers = [
        make_paper("a", tags=["a b"], date="2023"),
        make_paper("b", tags=["a-b"], date="2021"),
        make_paper("c", tags=["a_b"], date="2022"),
        make_paper("d", tags=["a b"], date="2020"),
    ]
    assert {label: slug for label, slug, _ in terms(sort("tags", *papers))} == {
        "a b": "a-b",
        "a-b": "a-b-2",
        "a_b": "a-b-3",
    }


def test_page_is_no_term(make_paper: MakePaper) -> None:
    """No term takes the folder in which a list's older pages lie."""
    assert terms(sort("tags", make_paper(tags=["Page"]))) == [("Page", "page-2", 1)]


def test_vocabulary(make_paper: MakePaper) -> None:
    """The registries say how a tag and a name are written, whatever an entry wrote."""
    paper = make_paper(tags=["LLM"], authors=["A. Lovelace", "Kurt Gödel"])
    known = {"tags": {"llm": "language models"}, "people": {"a. lovelace": "Ada Lovelace"}}
    assert Vocabulary(**known).tag("LLM") == "language models"
    assert [label for label, _, _ in terms(sort("authors", paper, **known))] == [
        "Kurt Gödel",
        "Ada Lovelace",
    ]


def test_term(make_paper: MakePaper) -> None:
    """A term knows its folder and its papers, newest first, and is found by any way of writing."""
    papers = [make_paper("old", tags=["LLMs"], date="2020"), make_paper("new", tags=["LLMs"])]
    made = sort("tags", *papers)
    term = made.term("llms")
    assert term is not None
    assert (term.path, [one.slug for one in term.papers]) == ("tags/llms/", ["new", "old"])
    assert made.term("other") is None


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("organizations", ["C", "C+", "C#", "C++"]),
        ("organizations", ["!!!", "???", "🎉"]),
        ("tags", ["ビット", "ヒット"]),
        ("tags", ["мой", "мои"]),
        ("authors", ["ビット太郎", "ヒット太郎"]),
    ],
)
def test_distinct_terms_stay_apart(make_paper: MakePaper, name: str, labels: list[str]) -> None:
    """Labels that differ in more than case, accents or the dots of initials are distinct terms."""
    made = sort(name, make_paper(**{name: labels}))
    assert sorted(label for label, _, _ in terms(made)) == sorted(labels)
    assert len({slug for _, slug, _ in terms(made)}) == len(labels)


def test_very_many_terms(make_paper: MakePaper) -> None:
    """Of very many authors only the first, registered and otherwise known ones have a page."""
    many = make_paper("many", authors=[f"Ada Lovelace {n}" for n in range(101)])
    few = make_paper("few", authors=["Ada Lovelace 50"], date="2020")
    people = {"lovelace": "Ada Lovelace 99", "other": "Kurt Gödel"}
    assert [
        (label, count) for label, _, count in terms(sort("authors", many, few, people=people))
    ] == [
        ("Ada Lovelace 0", 1),
        ("Ada Lovelace 50", 2),
        ("Ada Lovelace 99", 1),
    ]
    enough = make_paper("many", authors=[f"Ada Lovelace {n}" for n in range(100)])
    assert len(sort("authors", enough).terms) == 100
