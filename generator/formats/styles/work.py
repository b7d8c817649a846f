"""What every style reads of a paper, with its names and dates in the forms that styles use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.dates import MONTHS
from generator.formats import facts
from generator.formats.styles.wording import Citation, marked, words

if TYPE_CHECKING:
    from generator.dates import PartialDate
    from generator.names import Name
    from generator.paper import Paper

# MLA 9, appendix 1, and the IEEE Reference Guide agree on these.
_SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_NOTICES = {"retracted": " [Retracted]", "withdrawn": " [Withdrawn]"}
_GIVEN = re.compile(r"[-‐]?[^\s.‐-]+")


@dataclass(frozen=True, slots=True)
class Work:
    """A paper as a reference names it.

    `source` is what it appeared in, `house` who issued it; a part that is not known says nothing.
    """

    kind: str
    title: Citation
    authors: tuple[Name, ...]
    et_al: bool
    editors: tuple[Name, ...]
    date: PartialDate
    source: Citation
    house: Citation
    degree: str
    volume: str
    issue: str
    number: str
    pages: str
    place: str
    series: str
    doi: str
    arxiv: str
    address: str

    @property
    def year(self) -> str:
        """The year it appeared."""
        return str(self.date.year)


def read(paper: Paper, url: str) -> Work:
    """Return what styles read of a paper; `url` is the address of its page."""
    kind = facts.kind(paper)
    source, house = marked(paper.venue), words(paper.publisher)
    if facts.has_house(kind):
        source, house = Citation(), house or source
        if kind == "thesis":
            house = Citation(facts.university(house.html), facts.university(house.plain))
    elif kind == "article" and paper.arxiv and not source:
        source = words("arXiv")
    return Work(
        kind=kind,
        title=marked(paper.title) + words(_NOTICES.get(paper.status or "")),
        authors=tuple(author.parts for author in paper.authors),
        et_al=paper.et_al,
        editors=tuple(editor.parts for editor in paper.editors),
        date=paper.date,
        source=source,
        house=house,
        degree=facts.degree(paper) if kind == "thesis" else "",
        volume=paper.volume or "",
        issue=paper.issue or "",
        number=paper.number or "",
        pages=facts.pages(paper, "–"),
        place=paper.place or "",
        series=paper.series or "",
        doi=paper.doi or "",
        arxiv=paper.arxiv if paper.arxiv and kind == "article" else "",
        address=facts.home(paper, url),
    )


def initials(given: str) -> str:
    """Return given names as initials: `J.-S.`, `M. I.`; a name whose script has none stays."""
    written = ""
    for part in _GIVEN.findall(given):
        hyphen, name = ("-", part[1:]) if part[0] in "-‐" else ("", part)
        initial = f"{name[0]}." if name[:1].isupper() else name
        written += hyphen + initial if hyphen or not written else f" {initial}"
    return written


@lru_cache(maxsize=65536)
def inverted_initials(name: Name) -> str:
    """Return `van Last, F. M., Jr.`."""
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, initials(name.given), name.suffix) if part)


@lru_cache(maxsize=65536)
def direct_initials(name: Name) -> str:
    """Return `F. M. van Last Jr.`."""
    if name.literal:
        return name.literal
    parts = (initials(name.given), name.particle, name.family, name.suffix)
    return " ".join(part for part in parts if part)


def day_first(date: PartialDate) -> str:
    """Return `7 Dec. 2022`, `Dec. 2022` or `2022`."""
    return " ".join(
        [
            *([str(date.day)] if date.day else []),
            *([_SHORT_MONTHS[date.month - 1]] if date.month else []),
            str(date.year),
        ]
    )


def month_first(date: PartialDate, *, short: bool = False) -> str:
    """Return `December 7, 2022`, `December 2022` or `2022`, with a short month when asked for."""
    if not date.month:
        return str(date.year)
    month = (_SHORT_MONTHS if short else MONTHS)[date.month - 1]
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}"


def month_and_year(date: PartialDate) -> str:
    """Return `Dec. 2022` or `2022`."""
    return f"{_SHORT_MONTHS[date.month - 1]} {date.year}" if date.month else str(date.year)


def page_mark(pages: str) -> str:
    """Return `p. 5` or `pp. 5-9`; nothing where no page is known."""
    if not pages:
        return ""
    return f"pp. {pages}" if "–" in pages or "," in pages else f"p. {pages}"
