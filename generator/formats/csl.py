"""CSL-JSON, the input of citation processors (CSL 1.0.2, appendices III and IV)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.formats import facts

if TYPE_CHECKING:
    from typing import Any

    from generator.dates import PartialDate
    from generator.names import Name
    from generator.paper import Paper

# Our types are CSL's own. The variable of a venue, and that of a place, by type.
_CONTAINER = ("container-title", "publisher-place")
_WHERE = {
    "paper-conference": ("container-title", "event-place"),
    "speech": ("event-title", "event-place"),
}
_GENRES = {"master": "Master's thesis", "doctor": "Doctoral dissertation"}


def item(paper: Paper, key: str, url: str = "") -> dict[str, Any]:
    """Return a paper as a CSL item; `url` is the address of its page.

    Texts are plain: a processor would take HTML other than its own few tags for words.
    """
    fields = {
        "id": key,
        "citation-key": key,
        "type": facts.kind(paper),
        "title": paper.title.plain,
        "author": [_person(author.parts) for author in paper.authors],
        "editor": [_person(editor.parts) for editor in paper.editors],
        "issued": {"date-parts": [_date_parts(paper.date)]},
        **_where(paper),
        "collection-title": paper.series,
        "volume": paper.volume,
        "issue": paper.issue,
        "page": facts.pages(paper, "-"),
        "DOI": paper.doi,
        "PMID": paper.pmid,
        "PMCID": paper.pmcid,
        "ISBN": paper.isbn,
        "ISSN": paper.issn,
        "URL": url,
        "language": paper.language,
        "keyword": ", ".join(paper.tags),
        "abstract": paper.abstract.plain if paper.abstract else None,
        "note": paper.standing or None,
    }
    return {name: value for name, value in fields.items() if value}


def _where(paper: Paper) -> dict[str, str | None]:
    """Return what it appeared in, who issued it, and its number; arXiv issues its preprints."""
    kind = facts.kind(paper)
    container, place = _WHERE.get(kind, _CONTAINER)
    venue, publisher = facts.venue_and_house(paper)
    number = paper.number
    archive: dict[str, str | None] = {}
    if paper.arxiv and kind == "article":
        publisher, number = publisher or "arXiv", number or f"arXiv:{paper.arxiv}"
    elif paper.arxiv:
        archive = {"archive": "arXiv", "archive_location": f"arXiv:{paper.arxiv}"}
    genre = _GENRES.get(facts.degree(paper)) if kind == "thesis" else None
    return {
        "genre": genre,
        container: venue,
        "publisher": publisher,
        place: paper.place,
        "number": number,
        **archive,
    }


def _date_parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
