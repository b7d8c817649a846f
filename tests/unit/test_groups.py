"""Groups of pages: what they say of their pages unmade, and what their digests follow from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.pages.groups import FeedGroup, ListGroup, PaperGroup, Single, said_of
from generator.pages.kinds.readers import HtmlPage
from generator.pages.plan import expand, plan
from generator.pages.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.paper import Paper
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite


@pytest.fixture
def papers(make_paper: MakePaper) -> list[Paper]:
    """Give papers that have something of every kind."""
    return [
        make_paper(
            f"p{number}",
            title=f"Title {number}",
            authors=["Ada Lovelace", f"Author {number}"],
            tags=["t", "u"] if number % 2 else ["t"],
            venue="V",
            date=f"{2020 + number % 3}",
            organizations=["O"],
            unlisted="true" if number == 5 else "false",
            featured="true" if number == 3 else "false",
            aliases=[f"/old/{number}/"],
        )
        for number in range(9)
    ]


def fingerprints(site: Site) -> Mapping[str, str]:
    """Return the digests of all groups but for those of single pages."""
    return {
        group.name: group.fingerprint(said_of(site.wholes), "")
        for group in plan(site)
        if not isinstance(group, Single)
    }


def test_what_groups_say_of_their_pages(papers: list[Paper], assemble_site: MakeSite) -> None:
    """The files, addresses and titles that a group tells are those of the pages it makes."""
    site = assemble_site(*papers, paginate="2", social_cards="true")
    stock = Stock(site.settings, site.wholes)
    names = [group.name for group in plan(site)]
    assert len(set(names)) == len(names)
    for group in plan(site):
        pages = list(expand(group, stock))
        readable = [page for page in pages if isinstance(page, HtmlPage)]
        assert [page.file for page in pages] == list(group.files())
        assert [page.path for page in readable] == list(group.addresses())
        assert [page.path for page in readable if page.listed] == list(group.listed())
        assert {page.title for page in readable} <= {group.title}


def test_an_abstract_concerns_what_shows_it(papers: list[Paper], assemble_site: MakeSite) -> None:
    """Another abstract changes the paper's group, and the lists and feeds on whose page it is."""
    before = assemble_site(*papers, paginate="2")
    changed = papers[0].model_copy(update={"abstract": papers[0].title})
    after = assemble_site(changed, *papers[1:], paginate="2")
    old, new = fingerprints(before), fingerprints(after)
    differing = {name for name in old if old[name] != new[name]}
    shown = {
        group.name
        for group in plan(before)
        if isinstance(group, PaperGroup | ListGroup | FeedGroup)
        and any(place.paper.slug == "p0" for place in group.shown())
    }
    assert old.keys() == new.keys()
    assert differing == shown
    assert "papers.bib" not in differing


@pytest.mark.parametrize(
    ("field", "value", "index"),
    [
        ("tags", ["t", "u"], "tags"),
        ("venue", "W", "venues"),
        ("authors", ["Kurt Gödel"], "authors"),
    ],
)
def test_a_term_concerns_the_lists_of_both(  # noqa: PLR0913, PLR0917 - a case of a table
    papers: list[Paper],
    assemble_site: MakeSite,
    make_paper: MakePaper,
    field: str,
    value: object,
    index: str,
) -> None:
    """A paper that goes to another term changes what shows the paper and what lists the term."""
    before = assemble_site(*papers)
    fields = {"title": "Title 0", "date": "2020", field: value}
    after = assemble_site(make_paper("p0", **fields), *papers[1:])
    old, new = fingerprints(before), fingerprints(after)
    assert old["papers/p0/index.html"] != new["papers/p0/index.html"]
    assert old["index.html"] != new["index.html"]
    assert old[f"{index}/index.html"] != new[f"{index}/index.html"]


def test_settings_are_of_all(papers: list[Paper], assemble_site: MakeSite) -> None:
    """What settings say is in the digest that all groups have in common."""
    site = assemble_site(*papers)
    other = replace(site.settings, config=site.config.model_copy(update={"title": "Another Title"}))
    assert other.digest != site.settings.digest
