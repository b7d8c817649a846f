"""Citation keys: guessable, unique, and the same tomorrow."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator import keys
from generator.outline import outline
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.paper import Paper
    from tests.unit.conftest import MakePaper


def assign(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the keys of papers."""
    return keys.assign(outline(paper, Vocabulary(), {}) for paper in papers)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "lovelace-2024-paper"),
        ({"authors": ["Ada Lovelace", "Kurt Gödel"]}, "lovelace-godel-2024-paper"),
        ({"authors": ["A Bee", "C Dee", "E Eff"]}, "bee-etal-2024-paper"),
        ({"et_al": "true"}, "lovelace-etal-2024-paper"),
        ({"authors": ["Ludwig van Beethoven"]}, "van-beethoven-2024-paper"),
        ({"authors": ["Martin Luther King Jr."]}, "king-2024-paper"),
        ({"authors": ["Flannery O'Connor"]}, "o-connor-2024-paper"),
        ({"authors": ["张伟"]}, "zhang-wei-2024-paper"),
        ({"authors": [{"literal": "LHCb Collaboration"}]}, "lhcb-collaboration-2024-paper"),
        (
            {"authors": [{"literal": "Committee on the Future of Very Long Names"}]},
            "committee-on-the-future-of-very-2024-paper",
        ),
        ({"authors": [{"literal": "x" * 70}]}, f"{'x' * 32}-2024-paper"),
        ({"title": "The CLIP's Representation"}, "lovelace-2024-clips"),
        ({"title": "Why Should I Trust You?"}, "lovelace-2024-i"),
        ({"title": "In-Context Learning"}, "lovelace-2024-context"),
        ({"title": "$R^2$ and Beyond"}, "lovelace-2024-r2"),
        ({"title": "To Be or Not"}, "lovelace-2024-not"),
        ({"title": "What Is It"}, "lovelace-2024-what"),
        ({"title": "😀"}, "lovelace-2024-1f600"),
        ({"key": "My_Key:1"}, "My_Key:1"),
    ],
)
def test_a_key(make_paper: MakePaper, changes: dict[str, object], key: str) -> None:
    """A key is made of last names, year and the first word that says something."""
    assert assign([make_paper(**changes)]) == {"a-paper": key}


def test_a_collision_takes_more_words(make_paper: MakePaper) -> None:
    """Of two papers with the same key, the older one keeps it, and the other says more."""
    old = make_paper("old", title="Learning to Fly", date="2024-01-01")
    new = make_paper("new", title="Learning to Swim", date="2024-02-01")

    assert assign([new, old]) == {
        "old": "lovelace-2024-learning",
        "new": "lovelace-2024-learning-swim",
    }
    assert assign([old]) == {"old": "lovelace-2024-learning"}


def test_the_same_title_takes_a_number(make_paper: MakePaper) -> None:
    """Papers of the same words are told apart by a number, from 2."""
    papers = [make_paper(f"p{n}", title="Deep Nets", date=f"2024-0{n}") for n in range(1, 5)]

    assert list(assign(papers).values()) == [
        "lovelace-2024-deep",
        "lovelace-2024-deep-nets",
        "lovelace-2024-deep-nets-2",
        "lovelace-2024-deep-nets-3",
    ]


def test_a_given_key_is_nobody_elses(make_paper: MakePaper) -> None:
    """A key that an entry gives wins, whatever its case and however new the paper is."""
    old = make_paper("old", title="Learning to Fly", date="2020")
    new = make_paper("new", key="Lovelace-2020-LEARNING", date="2024")

    assert assign([old, new]) == {
        "new": "Lovelace-2020-LEARNING",
        "old": "lovelace-2020-learning-fly",
    }


def test_the_cost_grows_with_the_number(make_paper: MakePaper) -> None:
    """Ten thousand papers that all want the same key have their own within seconds."""
    paper = make_paper(title="Untitled")
    one = outline(paper, Vocabulary(), {})
    papers = [replace(one, slug=f"p{number}") for number in range(10_000)]

    start = time.process_time()
    made = keys.assign(papers)

    assert len(set(made.values())) == len(papers)
    assert time.process_time() - start < 3
