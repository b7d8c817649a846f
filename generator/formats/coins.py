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
        *((f"rft.{key}", value) for key, value in _description(paper) if key),
        *((f"rft.{key}", value) for key, value in _authors(paper, form)),
    ]
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs if value)


def _identifiers(paper: Paper, url: str) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "rft_id", f"info:doi/{paper.doi}"
    if paper.pmid:
        yield "rft_id", f"info:pmid/{paper.pmid}"
    yield "rft_id", url


def _description(paper: Paper) -> Iterator[tuple[str, str]]:
    form, genre, title, venue, publisher = _TYPES[facts.kind(paper)]
    appeared_in, house = facts.venue_and_house(paper, servers=True)
    yield "type" if form == "dc" else "genre", genre
    yield title, paper.title.plain
    yield venue, appeared_in
    yield publisher, house
    yield "date", paper.date.iso
    yield "language", paper.language or ""
    if form in {"book", "journal"}:
        yield from _place_in_volume(paper)
    if form == "book":
        yield "place", paper.place or ""
        yield "series", paper.series or ""


def _place_in_volume(paper: Paper) -> Iterator[tuple[str, str]]:
    for key in ("volume", "issue", "issn", "isbn"):
        yield key, getattr(paper, key) or ""
    ranges = facts.page_ranges(paper)
    if len(ranges) == 1:
        yield "spage", ranges[0][0]
        yield "epage", ranges[0][1]
    else:
        yield "pages", facts.pages(paper, "-")


def _authors(paper: Paper, form: str) -> Iterator[tuple[str, str]]:
    """Yield those whom lists name, and the parts of the first name; Dublin Core has creators."""
    first = paper.authors[0].parts
    if form != "dc" and not first.literal:
        yield "aulast", f"{first.particle} {first.family}".strip()
        yield "aufirst", first.given
        yield "ausuffix", first.suffix
    for author in paper.leading:
        yield "creator" if form == "dc" else "au", author.parts.display
