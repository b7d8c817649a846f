"""JSON Feed (jsonfeed.org, version 1.1): what feed readers fetch where they prefer it to Atom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    external_url: str = ""
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of papers, as its feed describes it; `next_url` is the feed of the older ones."""

    title: str
    home_page_url: str
    feed_url: str
    description: str
    language: str
    next_url: str = ""


def dumps(feed: Feed, items: Iterable[str]) -> str:
    """Return a feed of items, newest first, with nothing empty in it but a list of no items.

    The items are texts, as `entry` writes them: many feeds have the same ones.
    """
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_page_url,
        "feed_url": feed.feed_url,
        "description": feed.description,
        "next_url": feed.next_url,
        "language": feed.language,
    }
    head = json.dumps(_filled(fields), ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{head},\n  "items": [' + ",".join(f"\n    {one}" for one in items) + "\n  ]\n}\n"


def entry(item: Item) -> str:
    """Return an item as it stands in a feed, on a line; one of its two contents is required."""
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.external_url,
        "title": item.title,
        "content_html": item.content_html,
        "content_text": "" if item.content_html else item.summary or item.title,
        "summary": item.summary,
        "date_published": item.date_published,
        "date_modified": item.date_modified,
        "authors": [_filled({"name": name, "url": url}) for name, url in item.authors if name],
        "tags": [tag for tag in item.tags if tag],
        "attachments": [{"url": item.pdf, "mime_type": "application/pdf"}] if item.pdf else [],
    }
    return json.dumps(_filled(fields), ensure_ascii=False)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
