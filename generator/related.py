"""Which papers are like a paper: those that share its authors, tags and category.

Every term names as candidates only the papers nearest in time, so that the cost grows with the
number of papers and not with its square, and a new paper changes what is near it and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.paper import Paper
    from generator.taxonomy import Index

# How much it says that two papers share such a term.
WEIGHTS = {"authors": 3, "tags": 2, "venues": 1, "categories": 1}
_NEIGHBOURS = 20  # candidates that one term names on each side of a paper


def related(
    papers: Sequence[Paper], indexes: Mapping[str, Index], count: int = 5
) -> dict[str, tuple[Paper, ...]]:
    """Return, for the slug of each of the papers, the papers most like it, the most alike first.

    Of equally like papers the one nearer in time comes first, then the newer.
    """
    position = {paper.slug: i for i, paper in enumerate(papers)}
    scores: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, weight in WEIGHTS.items():
        for term in indexes[name].terms:
            places = [position[paper.slug] for paper in term.papers]
            for i, place in enumerate(places):
                near = places[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1]
                score = scores[papers[place].slug]
                for other in near:
                    score[other] += weight
    return {
        paper.slug: tuple(papers[other] for other in _best(scores[paper.slug], place, count))
        for place, paper in enumerate(papers)
    }


def _best(score: Mapping[int, int], place: int, count: int) -> list[int]:
    """Return the places with the highest scores but a paper's own, the nearer first."""
    ranked = sorted((-value, abs(other - place), other) for other, value in score.items())
    return [other for _, _, other in ranked[: count + 1] if other != place][:count]
