"""Atom as its standards have it: every feed against a schema of RFC 4287 and RFC 5005."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from generator import content, templates
from generator.diagnostics import Diagnostics
from generator.options import Options
from generator.pages import lists
from generator.pages.kinds.programs import FeedPage
from generator.pages.plan import header
from generator.pages.plan import pages as plan
from generator.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden").rglob("*.xml"))
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
NAMES = {"a": "http://www.w3.org/2005/Atom"}
# RFC 5005, sections 3 and 4: each leads to one document.
PAGING = {"first", "last", "next", "previous", "current", "next-archive", "prev-archive"}


def faults(text: bytes) -> list[str]:
    """Return what the standards find wrong in a feed."""
    feed = etree.fromstring(text)
    if not SCHEMA.validate(feed):
        return [f"{one.line}: {one.message}" for one in SCHEMA.error_log]
    return [*_unsigned(feed), *_doubled(feed), *_empty(feed), *_repeated(feed)]


def _unsigned(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, 4.1.1: a feed names an author, or else every entry does."""
    if not feed.xpath("a:author", namespaces=NAMES):
        for _ in feed.xpath("a:entry[not(a:author or a:source/a:author)]", namespaces=NAMES):
            yield "an entry without an author"


def _doubled(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, 4.1.1 and 4.1.2: one alternate of each type and language; RFC 5005: one way on."""
    for holder in feed.xpath("/a:feed | //a:entry", namespaces=NAMES):
        links = holder.xpath("a:link", namespaces=NAMES)
        kinds = Counter(
            (rel, one.get("type"), one.get("hreflang")) if rel == "alternate" else (rel,)
            for one in links
            if (rel := one.get("rel", "alternate")) in {"alternate", "self", *PAGING}
        )
        yield from (
            f"two links {' '.join(filter(None, kind))}" for kind, n in kinds.items() if n > 1
        )


def _empty(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, 4.1.2: an entry has content or an alternate; content elsewhere has a summary."""
    nowhere = "a:entry[not(a:content or a:link[not(@rel) or @rel='alternate'])]"
    unsaid = "a:entry[a:content/@src and not(a:summary)]"
    yield from ("an entry that is nowhere" for _ in feed.xpath(nowhere, namespaces=NAMES))
    yield from ("no summary" for _ in feed.xpath(unsaid, namespaces=NAMES))


def _repeated(feed: etree._Element) -> Iterator[str]:
    """RFC 4287, 4.1.1: entries of one id differ in when they were updated."""
    entries = Counter(
        (one.findtext("a:id", namespaces=NAMES), one.findtext("a:updated", namespaces=NAMES))
        for one in feed.iterfind("a:entry", NAMES)
    )
    yield from (f"the entry {one} twice" for (one, _), n in entries.items() if n > 1)


def test_the_golden_site() -> None:
    """Every feed of a rich site is as the standards have it."""
    feeds = [one for one in GOLDEN if one.name == "feed.xml"]
    assert len(feeds) > 10
    assert [(one, found) for one in feeds if (found := faults(one.read_bytes()))] == []


@pytest.mark.parametrize("address", ["https://e.org/p/", ""])
def test_the_demonstration(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is every feed of the demonstration, with older pages, with and without an address."""
    monkeypatch.setattr(lists, "FEED_SIZE", 10)
    site = content.load(ROOT, Diagnostics(), Options(base_url=address or None))
    theme = Theme(templates.read(tmp_path, Diagnostics()), header(site, (), {}))
    feeds = {page.path: theme.render(page) for page in plan(site) if isinstance(page, FeedPage)}
    assert len(feeds) > 100
    assert any("next" in text and "previous" in text for text in feeds.values())
    assert {path: found for path, text in feeds.items() if (found := faults(text.encode()))} == {}


FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>https://e.org/</id>
  <title>Papers</title>
  <updated>2024-01-01T00:00:00Z</updated>
  <link rel="self" type="application/atom+xml" href="https://e.org/feed.xml"/>
  <link rel="alternate" type="text/html" href="https://e.org/"/>
  <link rel="next" href="https://e.org/feed.xml?2"/>
  <author><name>We</name><uri>https://e.org/us</uri></author>
  <entry>
    <id>https://e.org/papers/a/</id>
    <title>A</title>
    <published>2024-01-01T00:00:00Z</published>
    <updated>2024-01-01T00:00:00+01:00</updated>
    <link rel="alternate" type="text/html" href="https://e.org/papers/a/"/>
    <category term="CL" label="Language"/>
    <summary type="html">&lt;p&gt;A.&lt;/p&gt;</summary>
  </entry>
</feed>
"""


SIGNED = "<author><name>We</name><uri>https://e.org/us</uri></author>"
SUMMARY = '<summary type="html">&lt;p&gt;A.&lt;/p&gt;</summary>'
SAME = """\
<id>https://e.org/papers/a/</id>
<title/><link href="/"/>
<updated>2024-01-01T00:00:00+01:00</updated>"""


def test_a_feed_without_fault() -> None:
    """The feed in which faults are made has none."""
    assert faults(FEED.encode()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("  <id>https://e.org/</id>\n", ""),
        ("<id>https://e.org/</id>", "<id>/</id>"),
        ("<id>https://e.org/</id>", "<id>https://e.org/</id><id>https://e.org/2</id>"),
        ("<title>Papers</title>", ""),
        ("<title>A</title>", "<title>A</title><title>B</title>"),
        ("<title>A</title>", "<title><b>A</b></title>"),
        ("<title>A</title>", '<title type="markdown">A</title>'),
        ("<title>A</title>", '<title type="xhtml">A</title>'),
        ("<updated>2024-01-01T00:00:00Z</updated>", ""),
        ("<updated>2024-01-01T00:00:00Z", "<updated>2024-01-01"),
        ("<updated>2024-01-01T00:00:00Z", "<updated>2024-01-01T00:00:00"),
        ("<updated>2024-01-01T00:00:00Z", "<updated>2024-02-30T00:00:00Z"),
        ("<updated>2024-01-01T00:00:00Z", "<updated>2024-01-01t00:00:00z"),
        ("<published>2024-01-01T00:00:00Z", "<published>1 January 2024"),
        ("<name>We</name>", "We"),
        ("<name>We</name>", "<name/>"),
        ("<name>We</name>", "<name>We</name><name>They</name>"),
        ("<name>We</name>", "<name>We</name><email>we at e.org</email>"),
        ("<name>We</name>", "<name>We</name><orcid>0</orcid>"),
        ("<uri>https://e.org/us</uri>", "<uri>my home page</uri>"),
        (' href="https://e.org/papers/a/"', ""),
        ('href="https://e.org/papers/a/"', 'href="https://e.org/a b"'),
        ('rel="self"', 'rel="home page"'),
        ('rel="self"', 'rel="prev"'),
        ('type="text/html" href="https://e.org/"', 'type="html" href="https://e.org/"'),
        ('type="text/html" href="https://e.org/"', 'length="1 KB" href="https://e.org/"'),
        ('term="CL" ', ""),
        ('term="CL"', 'term=""'),
        ('label="Language"', 'name="Language"'),
        ('<summary type="html">', '<summary type="text/html">'),
        ("<summary", '<summary type="text">A</summary><summary'),
        ("</entry>", "<abstract>A</abstract></entry>"),
        ("</feed>", "<item/></feed>"),
        ("</feed>", "text</feed>"),
        ('xml:lang="en"', 'xml:lang="English (US)"'),
        ('xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://www.w3.org/2005/atom"'),
        ("</feed>", '<complete xmlns="http://purl.org/syndication/history/1.0">yes</complete></feed>'),
        ('<link rel="next"', '<link rel="next" href="https://e.org/3"/><link rel="next"'),
        ('<link rel="self"', '<link type="text/html" href="https://e.org/3"/><link rel="self"'),
        ('rel="alternate" type="text/html" href="https://e.org/papers', 'rel="via" href="https://e.org'),
        (SUMMARY, '<content src="https://e.org/a.pdf"/>'),
        (SIGNED, ""),
        ("  <entry>", f"<entry>{SAME}</entry><entry>"),
    ],
)  # fmt: skip
def test_each_rule_can_fail(right: str, wrong: str) -> None:
    """A feed with one fault is refused."""
    assert right in FEED
    assert faults(FEED.replace(right, wrong, 1).encode()) != []
