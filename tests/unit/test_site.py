"""The site: which papers are in it, in which order, and what two papers may not share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.diagnostics import Diagnostics
from generator.site import Claim, check_together
from generator.source import Location

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper, MakeSite


def test_order(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Papers are listed newest first, whatever their order on the disk."""
    papers = [make_paper(str(year), date=str(year)) for year in (2022, 2024, 2023)]
    assert [one.slug for one in assemble_site(*papers).papers] == ["2024", "2023", "2022"]


@pytest.mark.parametrize(("drafts", "listed"), [(False, ["a"]), (True, ["draft", "a"])])
def test_drafts(
    make_paper: MakePaper, assemble_site: MakeSite, *, drafts: bool, listed: list[str]
) -> None:
    """A draft is in the site only when it is asked for."""
    papers = [make_paper("a", date="2020"), make_paper("draft", draft="true")]
    site = assemble_site(*papers, drafts=drafts)
    assert [one.slug for one in site.papers] == listed


def test_unlisted(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """An unlisted paper is in the site, and in no list and no index."""
    site = assemble_site(make_paper("a"), make_paper("b", unlisted="true", date="2019"))
    assert [one.slug for one in site.papers] == ["a"]
    assert [one.slug for one in site.unlisted] == ["b"]
    assert [term.label for term in site.indexes["years"].terms] == ["2024"]
    assert site.config.url == "https://publications.example/"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {"slug": "b"}, []),
        ({}, {}, ["This paper has the same address, /papers/a-paper/"]),
        ({"key": "k"}, {"slug": "b", "key": "K"}, ["The citation key 'K'"]),
        ({"key": "k"}, {"slug": "b"}, []),
        ({"aliases": "/x/"}, {"slug": "b", "aliases": "/X/"}, ["The alias '/X/'"]),
        ({"aliases": "/x/", "key": "k"}, {"key": "k", "aliases": "/x/"},
         ["This paper has the same", "The alias", "The citation key"]),
    ],
)  # fmt: skip
def test_check_together(one: dict[str, str], other: dict[str, str], expected: list[str]) -> None:
    """An address, a key or an alias of two papers is an error at one, with a note at the other."""
    found = Diagnostics()
    claims = [
        Claim(name, value, Location(path))
        for path, given in (("a.md", one), ("b.md", other))
        for name, value in ({"slug": "a-paper"} | given).items()
    ]
    contested = check_together(claims, found)
    assert contested == ({"a-paper"} if "slug" not in other else set())
    messages = sorted(each.message for each in found)
    assert len(messages) == len(expected)
    for message, start in zip(messages, sorted(expected), strict=True):
        assert message.startswith(start)
    assert {each.location.path for each in found} <= {"b.md"}
    assert {each.notes[0].location.path for each in found} <= {"a.md"}
