"""JSON Feed: files that feed readers take."""

from __future__ import annotations

import json
from dataclasses import replace

from generator.formats.jsonfeed import Feed, Item, dumps, entry

ITEM = Item(
    id="https://e.org/papers/a/",
    url="https://e.org/papers/a/",
    title="On R² & “more”",
    content_html="<p>Ünder &lt; <em>over</em></p>",
    summary="Under",
    date_published="2022-12-07T00:00:00Z",
    date_modified="2023-01-31T00:00:00Z",
    authors=(("Ada Lovelace", "https://e.org/"), ("Kurt Gödel", "")),
    tags=("CL", "interpretability"),
)
FEED = Feed(
    title="Publications",
    home_page_url="https://e.org/",
    feed_url="https://e.org/feed.json",
    description="Our papers.",
    language="en",
    next_url="https://e.org/feed-2.json",
)


def test_a_feed() -> None:
    """A feed is written field by field in the order of the specification, version first."""
    other = Item("urn:x:b", "", "B", "", "", "", "")
    assert dumps(FEED, map(entry, [ITEM, other])) == (
        """\
{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Publications",
  "home_page_url": "https://e.org/",
  "feed_url": "https://e.org/feed.json",
  "description": "Our papers.",
  "next_url": "https://e.org/feed-2.json",
  "language": "en",
  "items": [
    {"id": "https://e.org/papers/a/", "url": "https://e.org/papers/a/", \
"title": "On R² & “more”", "content_html": "<p>Ünder &lt; <em>over</em></p>", "summary": "Under", \
"date_published": "2022-12-07T00:00:00Z", "date_modified": "2023-01-31T00:00:00Z", \
"authors": [{"name": "Ada Lovelace", "url": "https://e.org/"}, {"name": "Kurt Gödel"}], \
"tags": ["CL", "interpretability"]},
    {"id": "urn:x:b", "title": "B", "content_text": "B"}
  ]
}
"""
    )


def test_nothing_is_empty() -> None:
    """What is not known is left out; the items are required, even where there is none."""
    feed = Feed("T", "", "", "", "")

    assert json.loads(dumps(feed, [])) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [],
    }


def test_an_item_always_has_content() -> None:
    """Where there is no HTML the summary is the content, or else the title."""
    bare = Item(
        "urn:x:a", "", "A", "", "", "2022-01-01T00:00:00Z", "", authors=(("", ""),), tags=("",)
    )
    summed = replace(bare, summary="S")

    items = [json.loads(entry(item)) for item in (bare, summed)]

    expected = {"id": "urn:x:a", "title": "A", "date_published": "2022-01-01T00:00:00Z"}
    assert items == [
        {**expected, "content_text": "A"},
        {**expected, "content_text": "S", "summary": "S"},
    ]


def test_hostile_content_is_read_again() -> None:
    """Whatever stands in a text, a reader of JSON has it back."""
    text = '</script><!-- "\\ \t\n\u0085\u2028\u202e 👩\u200d🔬 محمد ' + "x" * 100_000
    item = replace(ITEM, title=text, authors=((text, ""),) * 500)

    read = json.loads(dumps(replace(FEED, title=text), [entry(item)]))

    assert read["title"] == text
    assert read["items"][0]["title"] == text
    assert read["items"][0]["authors"] == [{"name": text}] * 500


def test_a_feed_ends_its_last_line() -> None:
    """A file ends with one newline."""
    assert dumps(FEED, []).endswith("}\n")
