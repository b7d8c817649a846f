"""Feeds as readers of feeds see them: Atom by feedparser, JSON Feed by its specification."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from generator import templates
from generator.diagnostics import Diagnostics
from generator.pages import lists
from generator.pages.plan import header
from generator.pages.plan import pages as plan
from generator.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite

ADDRESS = "https://publications.example/"


@pytest.fixture(name="site")
def _site(make_paper: MakePaper, assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site of five papers, two of which fill a feed."""
    monkeypatch.setattr(lists, "FEED_SIZE", 2)
    first = make_paper(
        "first",
        title="On $R^2$ & <b>",
        authors=["Ada Lovelace", {"name": "Kurt Gödel", "url": "https://k.example/"}],
        abstract="A [link](https://l.example/) & *more* than $a < b$.",
        tags=["maths"],
        doi="10.1000/182",
        arxiv="2001.00001",
        links={"pdf": "papers/first/first.pdf"},
        date="2020-02",
        modified="2024-03-04",
    )
    return assemble_site(first, *(make_paper(f"p{i}", date=str(2021 + i)) for i in range(4)))


def rendered(site: Site, tmp_path: Path) -> dict[str, str]:
    """Return the feeds of a site by their paths."""
    theme = Theme(templates.read(tmp_path, Diagnostics()), header(site, (), {}))
    return {page.path: theme.render(page) for page in plan(site) if "feed" in page.path}


def follow(feeds: dict[str, str], path: str, relation: str) -> list[str]:
    """Return the ids of the entries of a feed and of all that follow it by a relation."""
    found = []
    while path:
        feed = feedparser.parse(feeds[path])
        assert not feed.bozo
        found += [entry.id for entry in feed.entries]
        targets = [link.href for link in feed.feed.links if link.rel == relation]
        path = targets[0].removeprefix(ADDRESS) if targets else ""
    return found


def test_an_entry(site: Site, tmp_path: Path) -> None:
    """A reader finds the fields of a paper, as text, and its abstract as HTML."""
    feed = feedparser.parse(rendered(site, tmp_path)["tags/maths/feed.xml"])
    (entry,) = feed.entries

    assert not feed.bozo
    assert feed.feed.id == f"{ADDRESS}tags/maths/"
    assert feed.feed.updated == entry.updated == "2024-03-04T00:00:00Z"
    assert entry.id == entry.link == f"{ADDRESS}papers/first/"
    assert entry.title == "On R² & <b>"
    assert entry.published == "2020-02-01T00:00:00Z"
    assert [one.name for one in entry.authors] == ["Ada Lovelace", "Kurt Gödel"]
    assert entry.authors[1].href == "https://k.example/"
    assert [(one.rel, one.href) for one in entry.links] == [
        ("alternate", f"{ADDRESS}papers/first/"),
        ("related", "https://doi.org/10.1000/182"),
        ("enclosure", f"{ADDRESS}papers/first/first.pdf"),
    ]
    assert {tag.term for tag in entry.tags} == {"CL", "maths"}
    assert '<a href="https://l.example/">link</a> &amp; <em>more</em>' in entry.summary


def test_the_pages_of_a_feed_hold_every_paper(site: Site, tmp_path: Path) -> None:
    """Whoever follows a feed to either end meets every paper once (RFC 5005, section 3)."""
    feeds = rendered(site, tmp_path)
    newest = [f"{ADDRESS}papers/{slug}/" for slug in ("p3", "p2", "p1", "p0", "first")]

    assert follow(feeds, "feed.xml", "next") == newest
    assert sorted(follow(feeds, "feed-1.xml", "previous")) == sorted(newest)
    for end, path in (("first", "feed.xml"), ("last", "feed-1.xml")):
        for name in ("feed.xml", "feed-1.xml"):
            links = feedparser.parse(feeds[name]).feed.links
            assert [one.href for one in links if one.rel == end] == [ADDRESS + path]


def test_the_same_as_json(site: Site, tmp_path: Path) -> None:
    """The JSON Feed holds what the Atom feed holds, and leads to the same pages."""
    feeds = rendered(site, tmp_path)
    path, items = "feed.json", []
    while path:
        feed: dict[str, Any] = json.loads(feeds[path])
        assert feed["feed_url"] == ADDRESS + path
        items += feed["items"]
        path = feed.get("next_url", "").removeprefix(ADDRESS)

    assert [item["id"] for item in items] == follow(feeds, "feed.xml", "next")
    assert items[-1]["external_url"] == "https://doi.org/10.1000/182"
    assert items[-1]["attachments"] == [
        {"url": f"{ADDRESS}papers/first/first.pdf", "mime_type": "application/pdf"}
    ]
    assert items[-1]["title"] == "On R² & <b>"
    assert '<a href="https://l.example/">link</a>' in items[-1]["content_html"]
    assert items[-1]["date_modified"] == "2024-03-04T00:00:00Z"


def test_without_an_address(make_paper: MakePaper, assemble_site: MakeSite, tmp_path: Path) -> None:
    """A site that knows no address has a feed all the same, whose links are relative."""
    site = assemble_site(make_paper())
    config = site.config.model_copy(update={"url": None})
    bare = rendered(replace(site, settings=replace(site.settings, config=config)), tmp_path)

    feed = feedparser.parse(bare["categories/cl/feed.xml"])
    assert not feed.bozo
    assert feed.entries[0].id == "urn:offprint:papers/a-paper/"
    assert feed.entries[0].link == "../../papers/a-paper/"
    (item,) = json.loads(bare["categories/cl/feed.json"])["items"]
    assert item["id"] == "urn:offprint:papers/a-paper/"
    assert "url" not in item
