"""Highwire Press tags, by which Google Scholar and Zotero know a paper's page.

The rules are those of Google Scholar's Inclusion Guidelines for Webmasters, "Indexing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import identifiers
from generator.formats import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.authors import Author
    from generator.dates import PartialDate
    from generator.paper import Paper

# The tags of a venue and of who issued the work. A book has no `book_title`: Zotero would take it
# for a chapter of one.
_TYPES = {
    "article": ("", "publisher"),
    "article-journal": ("journal_title", "publisher"),
    "article-magazine": ("", "publisher"),
    "book": ("", "publisher"),
    "chapter": ("inbook_title", "publisher"),
    "dataset": ("", "publisher"),
    "paper-conference": ("conference_title", "publisher"),
    "post-weblog": ("", "publisher"),
    "report": ("", "technical_report_institution"),
    "software": ("", "publisher"),
    "speech": ("", "publisher"),
    "thesis": ("", "dissertation_institution"),
}


def tags(
    paper: Paper, url: str, *, pdf_url: str = "", categories: Iterable[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the names and contents of a paper's `citation_*` tags, in order.

    `url` is the absolute address of its page, "" where the site has none; `pdf_url` that of a PDF
    in the page's own folder, as no other may be named; `categories` are further keywords. Without
    all three of title, author and date Scholar reads none of the tags, so then there are none.
    """
    title = _line(paper.title.plain)
    authors = list(_people("author", paper.authors))
    if not title or not authors:
        return ()
    kind = facts.kind(paper)
    pairs = [
        ("title", title),
        *authors,
        ("publication_date", _date(paper.date)),
        *_where(paper, kind),
        *_people("editor", paper.editors),
        *_identifiers(paper),
        ("abstract_html_url", url),
        ("pdf_url", pdf_url),
        ("language", paper.language),
        *(("keywords", word) for word in dict.fromkeys((*paper.tags, *categories))),
        ("abstract", paper.abstract.plain if paper.abstract else None),
    ]
    return tuple((f"citation_{name}", text) for name, value in pairs if (text := _line(value)))


def _line(value: str | None) -> str:
    return " ".join((value or "").split())


def _date(date: PartialDate) -> str:
    """Return `2010/5/12`, or the year alone: Scholar knows no month without a day."""
    return f"{date.year}/{date.month}/{date.day}" if date.day else str(date.year)


def _people(role: str, people: Iterable[Author]) -> Iterator[tuple[str, str | None]]:
    """Yield each person as `Family, Given`, and after an author who and where they are."""
    for person in people:
        name = person.parts.inverted
        if name:
            yield role, name
        if name and role == "author":
            yield "author_institution", person.organization
            yield "author_orcid", identifiers.orcid_address(person.orcid)


def _where(paper: Paper, kind: str) -> Iterator[tuple[str, str | None]]:
    venue_tag, house_tag = _TYPES[kind]
    # A preprint server issues what stands there, as a university a thesis.
    venue, house = facts.venue_and_house(paper, servers=True)
    if venue_tag:
        yield venue_tag, venue
    yield "series_title", paper.series
    yield "volume", paper.volume
    yield "issue", paper.issue or (paper.number if kind == "article-journal" else None)
    ranges = facts.page_ranges(paper)
    if ranges:
        first, last = ranges[0][0], ranges[-1][1] or ranges[-1][0]
        yield "firstpage", first
        yield "lastpage", last if last != first else None
    yield house_tag, house
    if kind == "report":
        yield "technical_report_number", paper.number


def _identifiers(paper: Paper) -> Iterator[tuple[str, str | None]]:
    yield "doi", paper.doi
    yield "arxiv_id", paper.arxiv
    yield "pmid", paper.pmid
    yield "isbn", paper.isbn
    yield "issn", paper.issn
