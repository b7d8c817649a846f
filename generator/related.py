"""Which papers are like a paper: those that share its authors, tags and category.

Every term names as candidates only the papers nearest in time, so that the cost grows with the
number of papers and not with its square, and a new paper changes what is near it and nothing else.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.outline import Outline
    from generator.terms import Index

# How much it says that two papers share such a term.
WEIGHTS = {"authors": 3, "tags": 2, "venues": 1, "categories": 1}
_NEIGHBOURS = 20  # candidates that one term names on each side of a paper


def related(
    papers: Sequence[Outline], indexes: Mapping[str, Index], count: int = 5
) -> list[tuple[int, ...]]:
    """Return, for each of the papers, the places of those most like it, the most alike first.

    Of equally like papers the one nearer in time comes first, then the newer.
    """
    position = {paper.slug: i for i, paper in enumerate(papers)}
    # Of each paper, where it stands in the lists of its terms, which are of such a weight.
    spots: list[list[tuple[list[int], int, int]]] = [[] for _ in papers]
    for name, weight in WEIGHTS.items():
        for term in indexes[name].terms:
            places = [position[paper.slug] for paper in term.papers]
            for i, place in enumerate(places):
                spots[place].append((places, i, weight))
    return [tuple(_best(_scores(some), place, count)) for place, some in enumerate(spots)]


def _scores(spots: Iterable[tuple[list[int], int, int]]) -> Mapping[int, int]:
    """Return how much papers share that are near in some lists, each of a weight."""
    found: list[int] = []
    for places, i, weight in spots:
        found += places[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1] * weight
    return Counter(found)


def kinship(papers: Sequence[Outline]) -> str:
    """Return the digest of all that decides which papers are related."""
    return digest(" ".join(paper.kinship for paper in papers).encode())


def _best(score: Mapping[int, int], place: int, count: int) -> list[int]:
    """Return the places with the highest scores but a paper's own, the nearer first."""
    least = sorted(score.values(), reverse=True)[: count + 1][-1:]
    ranked = sorted(
        (-value, abs(other - place), other) for other, value in score.items() if value >= least[0]
    )
    return [other for _, _, other in ranked[: count + 1] if other != place][:count]
