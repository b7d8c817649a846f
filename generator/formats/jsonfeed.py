"""JSON Feed (jsonfeed.org, version 1.1): what feed readers fetch where they prefer it to Atom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as a feed shows it: its `id` never changes, its title is plain, its dates RFC 3339.

    Each author has a name and an address. "" and () are what is not known.
    """

    id: str
    url: str
    title: str
    content_html: str
    summary: str
    date_published: str
    date_modified: str
    authors: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of papers, newest first; `next_url` is the feed of those that follow."""

    title: str
    home_page_url: str
    feed_url: str
    description: str
    language: str
    items: tuple[Item, ...]
    next_url: str = ""


def dumps(feed: Feed) -> str:
    """Return a feed as a file, with nothing empty in it but a list of no items, which must be."""
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_page_url,
        "feed_url": feed.feed_url,
        "description": feed.description,
        "next_url": feed.next_url,
        "language": feed.language,
    }
    written = {**_filled(fields), "items": [_item(item) for item in feed.items]}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def _item(item: Item) -> dict[str, Any]:
    """Return an item as it is written; one of the two contents is required."""
    return _filled(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.content_html,
            "content_text": "" if item.content_html else item.summary or item.title,
            "summary": item.summary,
            "date_published": item.date_published,
            "date_modified": item.date_modified,
            "authors": [_filled({"name": name, "url": url}) for name, url in item.authors if name],
            "tags": [tag for tag in item.tags if tag],
        }
    )


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
