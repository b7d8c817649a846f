"""Collections of groups: what is kept of them for the next build."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.pages import plan

if TYPE_CHECKING:
    from generator.pages.collection import Shelf
    from tests.unit.conftest import MakePaper, MakeSite


def test_what_is_kept_is_the_same(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Groups that were kept are those that were planned, with the papers of the site."""
    site = assemble_site(*(make_paper(f"p{i}", tags=[f"t{i % 2}"]) for i in range(5)))
    cache = Cache()
    groups = plan.plan(site, cache, "1")
    shelf: Shelf = cache.recalled("plan")
    made = shelf.collection("1", site.papers)
    assert made is not None

    kept: Shelf = pickle.loads(pickle.dumps(shelf))  # noqa: S301 - our own
    assert kept.collection("another version", site.papers) is None
    found = kept.collection("1", site.papers)

    assert (found, found is made) == (made, False)
    assert found is not None
    assert found.groups == tuple(group for group in groups if group in found.groups)
    assert [group.shape for group in found.groups] == [group.shape for group in made.groups]
    assert all(place.paper in site.papers for place in found.places.by_slug.values())


def test_what_does_not_change_is_the_same_value(
    make_paper: MakePaper, assemble_site: MakeSite
) -> None:
    """A new paper makes new groups of those that show it or lead to it, and of no others."""
    papers = [make_paper(f"p{i}", date=f"20{i:02}", authors=[f"A{i} B"]) for i in range(12)]
    cache = Cache()
    before = plan.plan(assemble_site(*papers[:-1]), cache)
    after = plan.plan(assemble_site(*papers), cache)
    known = {group.name: group for group in before}
    same = {group.name for group in after if known.get(group.name) is group}
    assert "papers/p0/index.html" in same
    assert "authors/a0-b/index.html" in same
    assert same.isdisjoint({"papers/p11/index.html", "papers/p10/index.html", "index.html"})
    fresh = plan.plan(assemble_site(*papers))
    assert after == fresh
