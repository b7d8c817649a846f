"""RIS, as Reference Manager defined it and as Zotero and EndNote read it (RIS, 2011 edition)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.formats import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.dates import PartialDate
    from generator.names import Name
    from generator.paper import Paper

# UNPD rather than UNPB, and never GEN: that is how Zotero tells a preprint from a journal article.
_TYPES = {
    "article": "UNPD",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "paper-conference": "CPAPER",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "speech": "SLIDE",
    "thesis": "THES",
}
_WORKS = {"master": "Master's thesis", "doctor": "Doctoral dissertation"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def entry(paper: Paper, key: str, url: str = "") -> str:
    """Return a paper as one RIS record, in lines that end with CRLF.

    `url` is the address of the paper's page.
    """
    lines = [
        ("TY", _TYPES[facts.kind(paper)]),
        ("ID", key),
        *_who_and_what(paper),
        *_where(paper),
        *_addresses(paper, url),
        *_about(paper),
    ]
    written = "".join(f"{tag}  - {text}\r\n" for tag, value in lines if (text := _line(value)))
    return f"{written}ER  - \r\n"


def _line(value: str | None) -> str:
    """Return a value as part of one line: it can neither end its line nor begin another."""
    return " ".join(_CONTROL.sub(" ", value or "").split())


def _who_and_what(paper: Paper) -> Iterator[tuple[str, str | None]]:
    yield "TI", paper.title.plain
    for author in paper.authors:
        yield "AU", _person(author.parts)
    for editor in paper.editors:
        yield "A2", _person(editor.parts)
    yield "PY", f"{paper.date.year:04}"
    yield "DA", _date(paper.date)


def _where(paper: Paper) -> Iterator[tuple[str, str | None]]:
    kind = facts.kind(paper)
    venue, publisher = facts.venue_and_house(paper)
    yield "T2", venue
    yield "T3", paper.series
    yield "VL", paper.volume
    yield "IS", paper.issue or (paper.number if kind != "report" else None)
    ranges = facts.page_ranges(paper)
    if len(ranges) == 1:
        yield "SP", ranges[0][0]
        yield "EP", ranges[0][1]
    else:
        yield "SP", facts.pages(paper, "-")
    yield "PB", publisher
    yield "CY", paper.place
    if kind == "paper-conference":
        yield "C1", paper.place  # where Zotero looks for it
    # A report's number stands in SN, where others have their ISBN or ISSN.
    numbers = [paper.isbn, paper.issn]
    if kind in {"article-journal", "article-magazine"}:
        numbers.reverse()
    for number in [paper.number] if kind == "report" and paper.number else numbers:
        yield "SN", number


def _addresses(paper: Paper, url: str) -> Iterator[tuple[str, str | None]]:
    yield "DO", paper.doi
    if paper.arxiv:
        yield "DB", "arXiv"
        yield "AN", f"arXiv:{paper.arxiv}"
    yield "UR", url
    yield "L1", facts.pdf(paper, url)


def _about(paper: Paper) -> Iterator[tuple[str, str | None]]:
    kind = facts.kind(paper)
    yield "M3", "Preprint" if kind == "article" else None
    if kind == "thesis":
        yield "M3", _WORKS.get(facts.degree(paper))
    yield "LA", paper.language
    for tag in paper.tags:
        yield "KW", tag
    yield "AB", paper.abstract.plain if paper.abstract else None
    yield "N1", paper.standing or None


def _person(name: Name) -> str:
    """Return `Last, First, Suffix`; what has no parts stands alone."""
    if name.literal or not name.suffix:
        return name.inverted
    return f"{name.particle} {name.family}, {name.given}, {name.suffix}".strip()


def _date(date: PartialDate) -> str:
    """Return `YYYY/MM/DD/`, with nothing between the slashes for what is not known."""
    month, day = (f"{number:02}" if number else "" for number in (date.month, date.day))
    return f"{date.year:04}/{month}/{day}/"
