"""The links of a page: each leads to a file that is there, and to an anchor in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.linter import body, head, scholar
from generator.linter.folder import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostics
    from generator.linter.document import Document, Element
    from generator.linter.folder import Folder, Target
    from generator.source import Location


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a page for the rules that need all pages.

    `leads` are the files that a reader gets to from it, `anchors` the places in other pages that it
    links to, `feeds` the files that its head names as feeds.
    """

    file: str
    title: str
    description: str
    is_indexed: bool
    is_paper: bool
    leads: tuple[str, ...]
    ids: frozenset[str]
    anchors: tuple[tuple[str, str, Location], ...]
    feeds: tuple[str, ...]


# The properties of <meta> that are addresses, of which those in the site must be there.
_ADDRESSES = re.compile(
    r"citation_.*_url|og:(?:url|image|image:url|image:secure_url)|twitter:image"
)
_FEEDS = {"application/atom+xml", "application/feed+json", "application/rss+xml"}
# Every browser knows these without an element of that name (HTML, section 7.4.6.4).
_TOP = {"", "top"}


def check(page: Document, folder: Folder, found: Diagnostics) -> Outline:
    """Report links that lead nowhere, and return what is kept of the page."""
    leads: dict[str, None] = {}
    anchors: list[tuple[str, str, Location]] = []
    targets: dict[str, Target] = {}
    names = page.ids.keys() | {one.get("name") for one in page.all("a")}
    for element, link, followed in _links(page):
        is_new = link not in targets
        if is_new:
            targets[link] = folder.resolve(page.file, link)
        target = targets[link]
        is_there = target.kind is Kind.OWN and target.file in folder.sizes
        if is_there and followed:
            leads[target.file] = None
        if not is_new:
            continue
        if is_there and target.anchor not in _TOP:
            if target.file != page.file:
                anchors.append((target.file, target.anchor, page.at(element, link)))
            elif target.anchor not in names:
                refuse_anchor(page.at(element, link), target.anchor, "in the page", found)
        elif target.kind is Kind.OWN and not is_there:
            found.error(
                page.at(element, link),
                f"The link '{link}' leads to '{target.file}', and there is no such file.",
                "Correct the address, or add what it leads to.",
            )
        elif target.kind is Kind.OUTSIDE:
            found.error(
                page.at(element, link),
                f"The link '{link}' leads out of the site.",
                "Write a whole address, which begins with https://.",
            )
    return Outline(
        file=page.file,
        title=head.title_of(page),
        description=head.description_of(page),
        is_indexed=page.is_indexed,
        is_paper=scholar.is_paper(page),
        leads=tuple(leads),
        ids=frozenset(name for name in names if name),
        anchors=tuple(anchors),
        feeds=tuple(_feeds(page, folder)),
    )


def refuse_anchor(at: Location, anchor: str, where: str, found: Diagnostics) -> None:
    """Report a link to a place that no element is."""
    found.error(
        at,
        f"The link leads to '#{anchor}', and nothing {where} has that id.",
        "Correct it, or give the element that is meant the id.",
    )


def _links(page: Document) -> Iterator[tuple[Element, str, bool]]:
    """Yield every address in a page, and whether a reader and a robot follow it to another."""
    for element in page.all("a", "area"):
        if element.get("href") is not None:
            yield element, element.get("href").strip(), True
    if page.refresh:
        yield (*page.refresh, True)
    for element in page.all("link"):
        yield element, (element.get("href") or "").strip(), False
    for element, link in body.loads(page):
        yield element, link, False
    for element in page.all("form"):
        yield element, (element.get("action") or "").strip(), False
    for element in page.all("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if _ADDRESSES.fullmatch(name):
            yield element, (element.get("content") or "").strip(), False


def _feeds(page: Document, folder: Folder) -> Iterator[str]:
    for element in page.links("alternate"):
        if (element.get("type") or "").strip().lower() in _FEEDS:
            target = folder.resolve(page.file, element.get("href") or "")
            if target.kind is Kind.OWN and target.file in folder.sizes:
                yield target.file
