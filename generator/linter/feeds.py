"""Feeds: Atom by RFC 4287 and RFC 5005, JSON Feed by its version 1.1; RSS need only be XML."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator import workers
from generator.diagnostics import Diagnostics
from generator.linter.folder import Kind
from generator.source import Location, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.diagnostics import Diagnostic
    from generator.linter.document import Element
    from generator.linter.folder import Folder

_ATOM = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:\.[0-9]+)?"
    r"(?:Z|[+-][0-2][0-9]:[0-5][0-9])"
)
_ONE_OF_EACH = ("id", "title", "updated")
_PAGES = ("first", "previous", "next", "last")


def check(files: Iterable[str], folder: Folder, found: Diagnostics, jobs: int) -> None:
    """Report what is wrong in feeds, and in all that they go on in."""
    waiting = list(dict.fromkeys(files))
    seen = set(waiting)
    while waiting:
        runs = workers.run(_feeds, folder, waiting, jobs)
        waiting = []
        for following, diagnostics in runs:
            found.found += diagnostics
            waiting += dict.fromkeys(one for one in following if one not in seen)
            seen.update(waiting)


def _feeds(folder: Folder, files: Sequence[str]) -> tuple[list[str], list[Diagnostic]]:
    """Return the feeds in which some go on, and what is wrong with them."""
    found = Diagnostics()
    following: list[str] = []
    for file in files:
        data = folder.read(file)
        source = Source(folder.shown(file), data.decode("utf-8", "replace"))
        feed = _Feed(file, folder, found, source)
        following += feed.check_json() if file.endswith(".json") else feed.check_xml(data)
    return following, found.found


@dataclass(slots=True)
class _Feed:
    file: str
    folder: Folder
    found: Diagnostics
    source: Source

    def check_xml(self, data: bytes) -> list[str]:
        """Check an Atom feed, and return the feeds in which it goes on."""
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError as error:
            line, column = error.position
            self.found.error(
                self.source.location(line, max(column, 1)),
                f"The feed is no XML: {(error.msg or '').partition(', line')[0]}.",
                "Escape '&' and '<' in texts; a library for XML does.",
            )
            return []
        if root.tag != f"{_ATOM}feed":
            return []
        entries = root.findall(f"{_ATOM}entry")
        self._check_parts(root, "feed")
        for entry in entries:
            self._check_parts(entry, "entry")
            if not self._links(entry, "alternate") and entry.find(f"{_ATOM}content") is None:
                self._error(
                    entry,
                    "The entry has neither a link to its page nor content (RFC 4287, 4.1.2).",
                    'Add <link rel="alternate" href="…"/>.',
                )
        without = [one for one in (root, *entries) if one.find(f"{_ATOM}author") is None]
        if root in without and (without[1:] or not entries):
            self._error(
                without[-1],
                "The feed has no author, and not every entry has one (RFC 4287, 4.1.1).",
                "Add <author><name>…</name></author> to the feed.",
            )
        ids = Counter(entry.findtext(f"{_ATOM}id") for entry in entries)
        for entry in entries:
            if ids[entry.findtext(f"{_ATOM}id")] > 1:
                self._error(
                    entry,
                    f"Several entries have the id '{entry.findtext(f'{_ATOM}id')}'.",
                    "Give each an id of its own, which never changes.",
                )
        self._check_self([link.get("href") for link in self._links(root, "self")])
        return self._following(root)

    def _check_parts(self, element: Element, noun: str) -> None:
        for name in _ONE_OF_EACH:
            parts = element.findall(f"{_ATOM}{name}")
            if len(parts) != 1 or not "".join(parts[0].itertext()).strip():
                self._error(
                    parts[1] if len(parts) > 1 else element,
                    f"The {noun} has {'several' if len(parts) > 1 else 'no'} <{name}> "
                    "(RFC 4287, 4.1).",
                    "Give it one.",
                )
        for name in ("updated", "published"):
            for part in element.findall(f"{_ATOM}{name}"):
                if (part.text or "").strip() and not _TIME.fullmatch(part.text.strip()):
                    self._refuse_time(self._at(part), part.text.strip())
        for part in element.findall(f"{_ATOM}id"):
            text = (part.text or "").strip()
            if text and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", text):
                self._error(
                    part,
                    f"The id '{text}' is no whole address (RFC 4287, 4.2.6).",
                    "Write the page's whole address, or a URN.",
                )
        for link in element.findall(f"{_ATOM}link"):
            self._check_address(link.get("href") or "", partial(self._at, link))

    def _links(self, element: Element, relation: str) -> list[Element]:
        found = element.findall(f"{_ATOM}link")
        return [link for link in found if (link.get("rel") or "alternate") == relation]

    def _following(self, root: Element) -> list[str]:
        """Return the pages of the same feed (RFC 5005, section 3)."""
        links = [link.get("href") or "" for rel in _PAGES for link in self._links(root, rel)]
        targets = [self.folder.resolve(self.file, link) for link in links]
        return [one.file for one in targets if one.file in self.folder.sizes]

    def check_json(self) -> list[str]:
        """Check a JSON Feed, and return the feed in which it goes on."""
        try:
            feed = json.loads(self.source.text)
        except json.JSONDecodeError as error:
            self.found.error(
                self.source.location(error.lineno, error.colno),
                f"The feed is no JSON: {error.msg}.",
                "Write it with a library for JSON.",
            )
            return []
        if not isinstance(feed, dict):
            feed = {}
        for name in ("version", "title"):
            if not feed.get(name) or not isinstance(feed[name], str):
                self._json_error(f"The feed has no '{name}' (JSON Feed 1.1).", "Add it.")
        items = feed.get("items")
        if not isinstance(items, list):
            self._json_error("The feed has no 'items' (JSON Feed 1.1).", "Add them, [] for none.")
        for item in items if isinstance(items, list) else ():
            self._check_item(item if isinstance(item, dict) else {})
        for name in ("home_page_url", "next_url"):
            self._check_address(feed.get(name) or "", partial(self._text_at, feed.get(name)))
        self._check_self([feed["feed_url"]] if feed.get("feed_url") else [])
        target = self.folder.resolve(self.file, feed.get("next_url") or "")
        return [target.file] if target.file in self.folder.sizes else []

    def _check_item(self, item: dict[str, Any]) -> None:
        name = item.get("id")
        if not name:
            self._json_error("An item has no 'id' (JSON Feed 1.1).", "Add one that never changes.")
        if "content_html" not in item and "content_text" not in item:
            self._json_error(
                f"The item '{name or ''}' has neither 'content_html' nor 'content_text'.",
                "Add one.",
                name,
            )
        for field in ("date_published", "date_modified"):
            if field in item and not _TIME.fullmatch(str(item[field])):
                self._refuse_time(self._text_at(item[field]), str(item[field]))
        self._check_address(item.get("url") or "", partial(self._text_at, item.get("url")))

    def _check_self(self, addresses: list[str | None]) -> None:
        """Report a feed that does not tell its own address, by which readers subscribe."""
        own = self.folder.address(self.file)
        if self.folder.base and addresses != [own]:
            self.found.error(
                self._text_at(next(iter(addresses), None)),
                "The feed does not tell its own address.",
                f'Name \'{own}\', in <link rel="self"> or as "feed_url".',
            )

    def _check_address(self, link: str, at: Callable[[], Location]) -> None:
        target = self.folder.resolve(self.file, link)
        if target.kind is Kind.OWN and target.file not in self.folder.sizes:
            self.found.error(
                at(),
                f"The feed links to '{link}', and there is no such file.",
                "Correct the address, or add what it leads to.",
            )

    def _refuse_time(self, at: Location, text: str) -> None:
        self.found.error(
            at,
            f"The time '{text}' is not as RFC 3339 writes it.",
            "Write it with its zone, such as 2022-12-07T00:00:00Z.",
        )

    def _at(self, element: Element) -> Location:
        return self.source.location(element.sourceline or 0)

    def _text_at(self, text: object) -> Location:
        """Return where a text stands, which may be written with escapes."""
        offset = self.source.text.find(str(text)) if text else -1
        return self.source.location_at(offset) if offset >= 0 else Location(self.source.path)

    def _error(self, element: Element, message: str, way_out: str) -> None:
        self.found.error(self._at(element), message, way_out)

    def _json_error(self, message: str, way_out: str, near: object = None) -> None:
        self.found.error(self._text_at(near), message, way_out)
