"""What citation formats ask of a paper and no field says outright: kind, degree, pages, address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from generator import identifiers

if TYPE_CHECKING:
    from generator.paper import Paper

# Venues that publish without review: what stands there is a preprint, whatever else is known.
_SERVER = re.compile(r"(?:\w*rxiv|corr|ssrn|osf preprints|preprints\.org)\b", re.IGNORECASE)
_MASTER = re.compile(
    r"\bmaster(?:['’]?s|arbeit)?\b|\bm\.?\s?(?:sc|phil|eng)\b|\bdiplomarbeit\b", re.IGNORECASE
)
_DOCTOR = re.compile(
    r"\b(?:ph\.?\s?d|d\.?\s?phil|doctora|doktorarbeit)|\bdissertation\b", re.IGNORECASE
)
# A degree that is named before the university: `PhD thesis, University of Vienna`; or alone.
_WORK = re.compile(
    r"\A(?:(?:(?:ph\.? ?d|d\.? ?phil|doctoral|master(?:['’]?s)?|m\.? ?(?:sc|phil|eng))\.? )?"
    r"(?:thesis|dissertation)|(?:master|doktor|diplom)arbeit|th[eè]se de doctorat|tesis doctoral)"
    r"(?:\Z|[,:;] ?| at | \((?=[^()]*\)\Z))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:-{2,}|[‐‑‒–—―−])\s*")
_COMMONS = re.compile(r"cc[ -](by(?:-nc)?(?:-nd|-sa)?)[ -]([1-4]\.[0-9])", re.IGNORECASE)
_WEB = re.compile(r"https?://[\w.-]+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)
# What the venue or the publisher is for these: the house that issued it.
_HOUSES = frozenset({"book", "report", "thesis", "dataset", "software"})


def kind(paper: Paper) -> str:
    """Return a paper's CSL type: the one it gives, otherwise what its other fields tell.

    A venue that is a preprint server tells a preprint; a volume, an issue or an ISSN a journal;
    any other venue a conference. With no venue it is a preprint.
    """
    if paper.type:
        return paper.type
    if paper.venue and _SERVER.match(paper.venue.plain):
        return "article"
    if paper.volume or paper.issue or paper.issn:
        return "article-journal"
    return "paper-conference" if paper.venue else "article"


def has_house(kind_: str) -> bool:
    """Tell whether a venue of this kind is who issued the work, not what it appeared in."""
    return kind_ in _HOUSES


def venue_and_house(paper: Paper, *, servers: bool = False) -> tuple[str, str]:
    """Return the words of what a paper appeared in and of who issued it, "" where not known.

    A venue that can only be who issued the work is the house, also a preprint's server with
    `servers`. Of a thesis's university no degree is a part.
    """
    kind_ = kind(paper)
    venue = paper.venue.plain if paper.venue else ""
    house = paper.publisher or ""
    if not house and (has_house(kind_) or (servers and kind_ == "article")):
        venue, house = "", venue
    if kind_ == "thesis":
        venue, house = university(venue), university(house)
    return venue, house


def university(said: str) -> str:
    """Return who granted a thesis's degree, of a text that may name the degree before it."""
    named = _WORK.match(said)
    if not named:
        return said
    return said[named.end() :].removesuffix(")" if named[0].endswith("(") else "")


def degree(paper: Paper) -> Literal["", "master", "doctor"]:
    """Return the degree that a thesis was written for, as far as a field says so."""
    said = " ".join(
        [
            paper.venue.plain if paper.venue else "",
            *(text or "" for text in (paper.publisher, paper.series, paper.number)),
        ]
    )
    if _MASTER.search(said):
        return "master"
    return "doctor" if _DOCTOR.search(said) else ""


def page_ranges(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return the first and last page of each range of a paper's pages; "" for no last one.

    A single hyphen joins two pages; several belong to the numbers themselves, as in `3-1--3-12`.
    """
    ranges = []
    for part in re.split(r"\s*[,;]\s*", paper.pages or ""):
        ends = _RANGE.split(part, maxsplit=1)
        if len(ends) == 1 and part.count("-") == 1:
            ends = part.split("-")
        first, last = (end.strip(" -") for end in (ends if len(ends) > 1 else (part, "")))
        if first:
            ranges.append((first, last))
    return tuple(ranges)


def pages(paper: Paper, dash: str) -> str:
    """Return a paper's pages, with this dash between the ends of a range."""
    return ", ".join(
        f"{first}{dash}{last}" if last else first for first, last in page_ranges(paper)
    )


def home(paper: Paper, url: str) -> str:
    """Return the address to cite: the DOI's, a preprint's on arXiv, the page's, another known."""
    if paper.doi:
        return identifiers.address("doi", paper.doi)
    arxiv = identifiers.address("arxiv", paper.arxiv) if paper.arxiv else ""
    if kind(paper) == "article" and arxiv:
        return arxiv
    return url or arxiv or paper.links.publisher or ""


def pdf(paper: Paper, url: str) -> str:
    """Return the absolute address of a paper's PDF; one beside its page is named after it."""
    given = paper.links.pdf or ""
    if not given or ":" in given:
        return given
    return f"{url.rstrip('/')}/{paper.slug}.pdf" if url else ""


def license_address(paper: Paper) -> str:
    """Return the address of a paper's licence: its own, or that of one of Creative Commons."""
    text = paper.license or ""
    if _WEB.fullmatch(text):
        return text
    commons = "https://creativecommons.org"
    if text.casefold() in {"cc0", "cc0 1.0", "cc0-1.0"}:
        return f"{commons}/publicdomain/zero/1.0/"
    named = _COMMONS.fullmatch(text)
    return f"{commons}/licenses/{named[1].lower()}/{named[2]}/" if named else ""
