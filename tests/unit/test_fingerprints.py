"""Fingerprints: what is remembered from build to build is what would be made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from generator.cache import Cache
from generator.fingerprints import Fingerprints
from generator.pages.groups import Group, Single
from generator.pages.plan import plan

if TYPE_CHECKING:
    from generator.pages.kinds.page import Page
    from generator.paper import Paper
    from generator.site import Site
    from generator.theme import Theme
    from tests.unit.conftest import MakePaper, MakeSite


class _Theme:
    """What fingerprints ask a theme for."""

    def __init__(self, digest: str) -> None:
        self.digest = digest

    def fingerprint(self, page: Page) -> str:
        """Return what is not another theme's or another page's."""
        return f"{self.digest} {page.path}"


class Builds:
    """Builds of one site, one after the other, that remember fingerprints."""

    def __init__(self) -> None:
        self._known = Fingerprints()
        self._cache = Cache()

    def of(self, site: Site, theme: str = "theme") -> dict[str, str]:
        """Return the fingerprints of a build, which are those that nothing was remembered for."""
        groups, made = plan(site, self._cache), cast("Theme", _Theme(theme))
        found = self._known.of(groups, site, made)
        assert found == Fingerprints().of(groups, site, made)
        return found


@pytest.fixture
def papers(make_paper: MakePaper) -> list[Paper]:
    """Give papers of which some are in lists together."""
    return [
        make_paper(f"p{i}", title=f"Title {i}", tags=["odd" if i % 2 else "even"]) for i in range(6)
    ]


def _rewritten(paper: Paper) -> Paper:
    return paper.model_copy(update={"abstract": paper.title})


def test_what_is_remembered_is_what_would_be_made(
    papers: list[Paper], make_paper: MakePaper, assemble_site: MakeSite
) -> None:
    """It is so after edits of abstracts and titles, after papers came and went, and back again."""
    builds = Builds()
    first = builds.of(assemble_site(*papers))
    edited = builds.of(assemble_site(_rewritten(papers[0]), *papers[1:]))
    both = builds.of(assemble_site(*map(_rewritten, papers[:2]), *papers[2:]))
    new = builds.of(assemble_site(*papers, make_paper("new", tags=["odd"])))
    builds.of(assemble_site(*papers[1:]))
    builds.of(assemble_site(papers[0].model_copy(update={"title": papers[1].title}), *papers[1:]))
    assert builds.of(assemble_site(*papers)) == first
    assert first["papers/p0/index.html"] != edited["papers/p0/index.html"]
    assert edited["papers/p0/index.html"] == both["papers/p0/index.html"]
    assert first["papers/p1/index.html"] == edited["papers/p1/index.html"]
    assert edited["papers/p1/index.html"] != both["papers/p1/index.html"]
    assert first["tags/odd/index.html"] != new["tags/odd/index.html"]


def test_another_theme_and_other_settings_concern_all(
    papers: list[Paper], assemble_site: MakeSite
) -> None:
    """No group follows from its papers alone."""
    builds = Builds()
    first = builds.of(assemble_site(*papers))
    other = builds.of(assemble_site(*papers), theme="another")
    settings = builds.of(assemble_site(*papers, title="Another title"), theme="another")
    names = first.keys() & other.keys() & settings.keys()
    assert all(len({first[one], other[one]}) == 2 for one in names)
    papers_pages = [one for one in names if one.startswith("papers/p")]
    assert all(other[one] != settings[one] for one in papers_pages)


def test_only_what_shows_a_paper_is_looked_at_again(
    papers: list[Paper], assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an edit of one abstract no group of other papers is digested anew."""
    known, cache, theme = Fingerprints(), Cache(), cast("Theme", _Theme("theme"))
    before = assemble_site(*papers)
    known.of(plan(before, cache), before, theme)
    looked_at: list[str] = []

    def note(group: Group, *_: object) -> str:
        looked_at.append(group.name)
        return ""

    monkeypatch.setattr(Group, "fingerprint", note)
    after = assemble_site(papers[0], _rewritten(papers[1]), *papers[2:])
    groups = plan(after, cache)
    known.of(groups, after, theme)
    shown = [one.name for one in groups if not isinstance(one, Single) and "p1" in one.slugs]
    assert looked_at == shown
