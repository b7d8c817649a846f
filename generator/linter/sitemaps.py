"""The sitemap and the rules for robots (sitemaps.org, protocol 0.9; RFC 9309)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from lxml import etree

from generator.linter.folder import Kind
from generator.source import Location, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostics
    from generator.linter.document import Element
    from generator.linter.folder import Folder
    from generator.linter.links import Outline

MOST_ADDRESSES = 50_000
LARGEST = 50 * 1024 * 1024
ROBOTS = "robots.txt"
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# A W3C date: a year, a month, a day, or a time with its zone.
_DATE = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
)


def check(pages: Mapping[str, Outline], folder: Folder, found: Diagnostics) -> None:
    """Report what robots are told wrongly, and pages that they are not told of."""
    waiting = list(_check_robots(pages, folder, found)) or ["sitemap.xml"]
    if not folder.base:
        return  # no sitemap is true without an address
    if waiting[0] not in folder.sizes:
        found.error(
            Location(folder.shown(waiting[0])),
            "The site has no sitemap.",
            "Add one, and name it in robots.txt: robots find every page by it.",
        )
        return
    listed: set[str] = set()
    sitemaps: dict[str, _Sitemap] = {}
    while waiting:
        file = waiting.pop()
        if file not in sitemaps:
            sitemap = sitemaps[file] = _Sitemap(file, folder, found, folder.read(file))
            waiting += sitemap.check()
            listed.update(sitemap.check_pages(pages))
    if not all(sitemap.is_read for sitemap in sitemaps.values()):
        return
    for page in pages.values():
        if page.is_indexed and page.file not in listed and page.file != "404.html":
            found.error(
                Location(folder.shown(page.file)),
                "The page is not in the sitemap.",
                "Add it there, or forbid search engines to take it.",
            )


def _check_robots(
    pages: Mapping[str, Outline], folder: Folder, found: Diagnostics
) -> Iterator[str]:
    """Yield the sitemaps that `robots.txt` names, and report papers that it forbids."""
    if ROBOTS not in folder.sizes:
        return
    source = Source(folder.shown(ROBOTS), folder.read(ROBOTS).decode("utf-8", "replace"))
    _check_visits(source, pages, folder, found)
    for number, line in enumerate(source.text.split("\n"), 1):
        name, _, address = line.partition(":")
        if name.strip().lower() != "sitemap":
            continue
        target = folder.resolve(ROBOTS, address)
        if target.kind is Kind.OWN and target.file in folder.sizes:
            yield target.file
        elif target.kind is Kind.OWN:
            found.error(
                source.location(number, line.find(address.strip()) + 1),
                f"The sitemap '{address.strip()}' is not there.",
                "Correct its address.",
            )


def _check_visits(
    source: Source, pages: Mapping[str, Outline], folder: Folder, found: Diagnostics
) -> None:
    """Report that robots may not visit a paper; they read the rules at the root of a host alone."""
    if urlsplit(folder.base).path not in {"", "/"}:
        return
    rules = RobotFileParser()
    rules.parse(source.text.splitlines())
    papers = [page for page in pages.values() if page.is_paper and page.is_indexed]
    for page in papers:
        address = folder.address(page.file) or "/"
        if not rules.can_fetch("Googlebot", address):
            found.error(
                Location(source.path),
                f"Robots may not visit papers, such as that at '{address}'.",
                "Delete the line that disallows it.",
            )
            return


class _Sitemap:
    """A sitemap, or an index of several."""

    def __init__(self, file: str, folder: Folder, found: Diagnostics, data: bytes) -> None:
        self._folder = folder
        self._found = found
        self._source = Source(folder.shown(file), data.decode("utf-8", "replace"))
        self._addresses: list[tuple[Location, str, str]] = []
        try:
            parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
            self._root: Element = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            found.error(
                self._source.location(line, max(column, 1)),
                f"The sitemap is no XML: {(error.msg or '').partition(', line')[0]}.",
                "Escape '&' and '<' in addresses; a library for XML does.",
            )
            self.is_read = False
            self._root = etree.Element(f"{_SPACE}urlset")
        else:
            self.is_read = True
            self._check_size(len(data))

    def _check_size(self, size: int) -> None:
        count = len(list(self._root.iter(f"{_SPACE}loc")))
        if count > MOST_ADDRESSES or size > LARGEST:
            self._found.error(
                Location(self._source.path),
                f"The sitemap has {count:,} addresses and {size:,} bytes, and the protocol allows "
                f"{MOST_ADDRESSES:,} and {LARGEST:,}.",
                "Cut it into several, under an index.",
            )

    def check(self) -> list[str]:
        """Report addresses and dates that are wrong; return the sitemaps that an index names."""
        for element in self._root.iter(f"{_SPACE}lastmod"):
            if not _DATE.fullmatch((element.text or "").strip()):
                self._found.error(
                    self._source.location(element.sourceline or 0),
                    f"'{(element.text or '').strip()}' is no date of a change.",
                    "Write a day, such as 2022-12-07, or leave it out.",
                )
        for element in self._root.iter(f"{_SPACE}loc"):
            self._check_address(
                self._source.location(element.sourceline or 0), (element.text or "").strip()
            )
        if self._root.tag != f"{_SPACE}sitemapindex":
            return []
        return [file for _, _, file in self._addresses]

    def _check_address(self, at: Location, address: str) -> None:
        target = self._folder.resolve("", address)
        if not address.startswith(self._folder.base) or target.kind is not Kind.OWN:
            self._found.error(
                at,
                f"'{address}' is no address of this site.",
                f"Addresses in a sitemap are whole, and begin with '{self._folder.base}'.",
            )
        elif target.file not in self._folder.sizes:
            self._found.error(
                at, f"There is no page at '{address}'.", "Delete the address, or add the page."
            )
        else:
            self._addresses.append((at, address, target.file))

    def check_pages(self, pages: Mapping[str, Outline]) -> Iterator[str]:
        """Report pages that do not belong in a sitemap, and yield the files that are listed."""
        for at, address, file in self._addresses:
            yield file
            own = self._folder.address(file)
            if file in pages and not pages[file].is_indexed:
                self._found.error(
                    at,
                    f"The page at '{address}' forbids search engines to take it, or leads on.",
                    "Leave it out of the sitemap.",
                )
            elif address != own:
                self._found.error(
                    at, f"'{address}' is not how the page itself is addressed.", f"Write '{own}'."
                )
