"""Related papers: which, in which order, at what cost, and what a new paper changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.related import WEIGHTS, related

if TYPE_CHECKING:
    import pytest

    from generator.paper import Paper
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite


def slugs(site: Site, count: int = 5) -> dict[str, list[str]]:
    """Return, for each paper, the addresses of those related to it."""
    made = related(site.papers, site.indexes, count)
    return {
        paper.slug: [site.papers[one].slug for one in others]
        for paper, others in zip(site.papers, made, strict=True)
    }


def test_by_what_is_shared(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Shared authors say most, then tags, then venue and category."""
    site = assemble_site(
        make_paper("this", authors=["A B"], tags=["t"], venue="V", date="2024-05"),
        make_paper("category", authors=["C D"], date="2024-04"),
        make_paper("venue", authors=["E F"], venue="V", date="2024-03"),
        make_paper("tag", authors=["G H"], tags=["t"], date="2024-02", category="LG"),
        make_paper("author", authors=["A B"], date="2024-01", category="LG"),
        make_paper("none", authors=["I J"], date="2023", category="XX"),
    )
    # The venue with the category weighs as much as the tag, and is nearer in time.
    assert slugs(site)["this"] == ["author", "venue", "tag", "category"]
    assert slugs(site)["none"] == []
    assert slugs(site, 2)["this"] == ["author", "venue"]


def test_ties(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Of equally like papers the one nearer in time comes first, then the newer."""
    papers = [make_paper(f"p{year}", date=str(year)) for year in range(2018, 2025)]
    assert slugs(assemble_site(*papers))["p2021"] == ["p2022", "p2020", "p2023", "p2019", "p2024"]


def test_is_deterministic(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The order in which papers are read makes no difference."""
    papers = [
        make_paper(f"p{i}", authors=[f"A{i % 3} B", f"C{i % 4} D"], tags=[f"t{i % 5}"])
        for i in range(30)
    ]
    assert slugs(assemble_site(*papers)) == slugs(assemble_site(*reversed(papers)))


def test_far_away_paper_changes_nothing(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A new paper changes what is near it in time, and nothing further away."""
    papers = [make_paper(f"p{i:03}", date=str(1800 + i)) for i in range(100)]
    before = slugs(assemble_site(*papers))
    after = slugs(assemble_site(*papers, make_paper("new", date="2000")))
    changed = {slug for slug in before if before[slug] != after[slug]}
    assert changed == {"p097", "p098", "p099"}


def test_candidates_grow_linearly(
    make_paper: MakePaper, assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many papers of one term cost twice as much, not four times."""
    monkeypatch.setattr("generator.related.WEIGHTS", {"categories": _Counting(1)})
    costs = []
    for size in (200, 400):
        _Counting.added = 0
        papers: list[Paper] = [make_paper(f"p{i:03}", date=str(1500 + i)) for i in range(size)]
        slugs(assemble_site(*papers))
        costs.append(_Counting.added)
    assert costs[1] < 2.2 * costs[0]
    assert costs[0] <= 200 * 41


class _Counting(int):
    """A weight that counts how many candidates it is given to."""

    added = 0

    def __rmul__(self, candidates: list[int]) -> list[int]:  # type: ignore[override]  # of lists
        _Counting.added += len(candidates)
        return candidates * int(self)


def test_weights_name_taxonomies(assemble_site: MakeSite) -> None:
    """What is weighed is a taxonomy of the site, and no papers have no relations."""
    site = assemble_site()
    assert set(WEIGHTS) <= set(site.indexes)
    assert related(site.papers, site.indexes) == []
