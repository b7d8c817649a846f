"""COinS: an OpenURL in a `<span class="Z3988">`, from which Zotero reads the papers of a list.

The keys are those of the KEV formats journal, book, dissertation and dc (ANSI/NISO Z39.88-2004).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.formats import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.paper import Paper

# The format, the genre or Dublin Core type, and the keys of title, venue and publisher.
_JOURNAL = ("journal", "article", "atitle", "jtitle", "")
_TYPES = {
    "article": ("journal", "preprint", "atitle", "jtitle", ""),
    "article-journal": _JOURNAL,
    "article-magazine": _JOURNAL,
    "book": ("book", "book", "btitle", "", "pub"),
    "chapter": ("book", "bookitem", "atitle", "btitle", "pub"),
    "dataset": ("dc", "dataset", "title", "", "publisher"),
    "paper-conference": ("book", "proceeding", "atitle", "btitle", "pub"),
    "post-weblog": ("dc", "blogPost", "title", "source", "publisher"),
    "report": ("book", "report", "btitle", "", "pub"),
    "software": ("dc", "computerProgram", "title", "", "publisher"),
    "speech": ("dc", "presentation", "title", "source", "publisher"),
    "thesis": ("dissertation", "", "title", "", "inst"),
}


def span_title(paper: Paper, url: str) -> str:
    """Return the ContextObject of a paper whose page has this address.

    Its ampersands are plain: whoever writes it into an attribute escapes it, as any other text.
    """
    form = _TYPES[facts.kind(paper)][0]
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        *_identifiers(paper, url),
        *_description(paper),
    ]
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs if key and value)


def _identifiers(paper: Paper, url: str) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "rft_id", f"info:doi/{paper.doi}"
    if paper.pmid:
        yield "rft_id", f"info:pmid/{paper.pmid}"
    yield "rft_id", url


def _description(paper: Paper) -> Iterator[tuple[str, str]]:
    form, genre, title, venue, publisher = _TYPES[facts.kind(paper)]
    issued_by = paper.publisher or ""
    appeared_in = paper.venue.plain if paper.venue else ""
    if not venue:
        issued_by = issued_by or appeared_in
    fields = {
        "type" if form == "dc" else "genre": genre,
        title: paper.title.plain,
        venue: appeared_in,
        publisher: issued_by,
        "place": paper.place if form == "book" else "",
        "series": paper.series if form == "book" else "",
        "volume": paper.volume,
        "issue": paper.issue,
        "issn": paper.issn,
        "isbn": paper.isbn,
        "date": paper.date.iso,
        "language": paper.language,
        **_pages(paper),
    }
    yield from ((f"rft.{key}", value) for key, value in fields.items() if key and value)
    first = paper.authors[0].parts
    if form != "dc" and not first.literal:
        yield "rft.aulast", f"{first.particle} {first.family}".strip()
        yield "rft.aufirst", first.given
        yield "rft.ausuffix", first.suffix
    author = "rft.creator" if form == "dc" else "rft.au"
    yield from ((author, one.parts.display) for one in paper.authors)


def _pages(paper: Paper) -> dict[str, str]:
    ranges = facts.page_ranges(paper)
    if len(ranges) == 1:
        return {"spage": ranges[0][0], "epage": ranges[0][1]}
    return {"pages": facts.pages(paper, "-")}
