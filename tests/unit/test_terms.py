"""Indexes of terms: after a change they are what they are when all papers are sorted anew."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator import terms
from generator.site import arrange
from generator.taxonomy import ROWS, Vocabulary

if TYPE_CHECKING:
    from generator.outline import Outline
    from tests.unit.conftest import MakePaper, MakeSite

# Some have one address, and some are one term in two ways of writing.
AUTHORS = ["Ada B", "ADA B", "Ada-B", "Kurt G", "Kürt G", "Eve C", "X-Y Z", "X Y Z"]
TAGS = ["one", "One", "ONE", "two", "t-w-o", "t w o", "page"]


@pytest.mark.parametrize("few", [20, 1])
@pytest.mark.parametrize("many", [100, 2])
def test_as_if_made_anew(
    make_paper: MakePaper,
    assemble_site: MakeSite,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    many: int,
) -> None:
    """Papers that come, go and change leave the indexes that a clean build makes."""
    monkeypatch.setattr(terms, "_FEW", few)
    monkeypatch.setattr(terms, "MANY", many)
    chance = random.Random(7)  # noqa: S311 - to try the same papers each time

    def some_paper(slug: str) -> Outline:
        made = make_paper(
            slug,
            title=chance.choice(["A title", "Another"]),
            date=str(chance.randint(2020, 2023)),
            authors=chance.sample(AUTHORS, chance.randint(1, 4)),
            tags=chance.sample(TAGS, chance.randint(0, 3)),
            category=chance.choice(["CL", "LG"]),
        )
        return assemble_site(made).papers[0]

    papers = {f"p{number}": some_paper(f"p{number}") for number in range(12)}
    kept = 0
    before = arrange(list(papers.values()), Vocabulary())
    for _ in range(40):
        # As when the registries change: all are equal, and none is the same value.
        if chance.random() < 0.2:
            papers = {slug: replace(paper) for slug, paper in papers.items()}
        slug = f"p{chance.randint(0, 15)}"
        if chance.random() < 0.25:
            papers.pop(slug, None)
        else:
            papers[slug] = some_paper(slug)
        now = arrange(list(papers.values()), Vocabulary(), before=before)
        for name, row in ROWS.items():
            anew = terms.index(row, now.papers, Vocabulary())
            found = now.indexes[name]
            assert found.terms == anew.terms
            assert found.by_identity == anew.by_identity
            old = set(map(id, before.indexes[name].terms))
            kept += sum(id(term) in old for term in found.terms)
        before = now
    assert kept >= (few > 1 and many > few)
