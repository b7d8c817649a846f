"""BibTeX, for the original program and all that read its files (btxdoc, sections 3 and 4)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.formats import asciitex, facts, tex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.authors import Author
    from generator.names import Name
    from generator.paper import Paper

# The entry type of a kind of paper, and the fields of its venue and its publisher.
_MISC = ("misc", "howpublished", "publisher")
_TYPES = {
    "article": _MISC,
    "article-journal": ("article", "journal", "publisher"),
    "article-magazine": ("article", "journal", "publisher"),
    "book": ("book", "publisher", "publisher"),
    "chapter": ("incollection", "booktitle", "publisher"),
    "dataset": _MISC,
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "post-weblog": _MISC,
    "report": ("techreport", "institution", "institution"),
    "software": _MISC,
    "speech": _MISC,
    "thesis": ("phdthesis", "school", "school"),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# What no address holds as it is (RFC 3986, section 2), and what would unbalance an entry.
_NOT_IN_ADDRESS = re.compile(r"[{}\\\s]")
_AND = re.compile(r"\b(?:and|others)\b", re.IGNORECASE)


def entry(
    paper: Paper, key: str, url: str = "", *, primary_class: str = "", abstract: bool = True
) -> str:
    """Return a paper as one BibTeX entry in UTF-8.

    `url` is the address of the paper's page; `primary_class` its arXiv category, such as `cs.CL`,
    which is written only beside an arXiv number.
    """
    lines = [f"@{_entry_type(paper)}{{{key},\n"]
    for name, value in _fields(paper, url, primary_class, abstract=abstract):
        if value:
            lines.append(f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n")
    return "".join([*lines, "}\n"])


def ascii(text: str) -> str:  # noqa: A001 - the name of what it makes; Python's own is not used here
    """Return BibTeX text in ASCII, for programs that know no other: accents as TeX writes them."""
    return asciitex.write(text)


def _entry_type(paper: Paper) -> str:
    kind = facts.kind(paper)
    if kind == "thesis" and facts.degree(paper) == "master":
        return "mastersthesis"
    return _TYPES[kind][0]


def _fields(
    paper: Paper, url: str, primary_class: str, *, abstract: bool
) -> Iterator[tuple[str, str]]:
    """Yield the fields of a paper in their usual order; an empty one is not to be written."""
    venue, publisher = _venue_and_publisher(paper)
    yield "title", tex.title(paper.title)
    yield "author", _people(paper.authors, more=paper.et_al)
    yield "editor", _people(paper.editors)
    yield venue
    yield "series", tex.text(paper.series or "")
    yield "volume", tex.text(paper.volume or "")
    yield "number", tex.text(paper.issue or paper.number or "")
    yield "pages", tex.text(facts.pages(paper, "\u2013")).replace("\u2013", "--")
    yield "month", _MONTHS[paper.date.month - 1] if paper.date.month else ""
    yield "year", f"{paper.date.year:04}"
    yield publisher
    yield "address", tex.text(paper.place or "")
    yield "isbn", paper.isbn or ""
    yield "issn", paper.issn or ""
    yield "doi", _address(paper.doi or "")
    yield "url", _address(url)
    if paper.arxiv:
        yield "eprint", paper.arxiv
        yield "archivePrefix", "arXiv"
        yield "primaryClass", tex.text(primary_class)
    yield "pmid", paper.pmid or ""
    yield "pmcid", paper.pmcid or ""
    yield "note", paper.standing
    yield "keywords", ", ".join(map(_keyword, paper.tags))
    if abstract and paper.abstract:
        yield "abstract", tex.marked(paper.abstract)


def _venue_and_publisher(paper: Paper) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the fields of the venue and of the publisher, which for some kinds is the same one."""
    _, venue_field, publisher_field = _TYPES[facts.kind(paper)]
    venue = tex.marked(paper.venue) if paper.venue else ""
    publisher = tex.text(paper.publisher or "")
    if venue_field == "school":
        venue, publisher = facts.university(venue), facts.university(publisher)
    if venue_field == publisher_field:
        if not publisher or publisher == venue:
            return ("howpublished", ""), (publisher_field, venue)
        venue_field = "howpublished"
    return (venue_field, venue), (publisher_field, publisher)


def _keyword(tag: str) -> str:
    written = tex.text(tag)
    return f"{{{written}}}" if re.search("[,;]", written) else written


def _address(address: str) -> str:
    """Return an address or a DOI, which is not escaped, with its braces percent-encoded."""
    return _NOT_IN_ADDRESS.sub(lambda one: quote(one[0]), address)


def _people(people: Iterable[Author], *, more: bool = False) -> str:
    names = [_name(person.parts) for person in people]
    return " and ".join([*names, "others"] if more else names)


@lru_cache(maxsize=65536)
def _name(name: Name) -> str:
    """Return a name as `von Last, First` or `von Last, Jr, First`; one without parts in braces.

    BibTeX tells a particle by its small initial, and knows no suffix without a first name.
    """
    if name.literal:
        return f"{{{tex.text(name.literal)}}}"
    family, given, particle, suffix = (
        tex.text(part) for part in (name.family, name.given, name.particle, name.suffix)
    )
    whole_family = f"{{{family}}}" if _is_divided(family) else _part(family)
    if given:
        last = f"{_part(particle)} {whole_family}".strip()
        return ", ".join(part for part in (last, _part(suffix), _part(given)) if part)
    words = name.particle.split()
    if words and not suffix and _is_small(words[0]) and _is_small(words[-1]):
        return f"{particle} {whole_family}"
    whole = " ".join(part for part in (particle, family, suffix) if part)
    return f"{{{whole}}}"


def _part(part: str) -> str:
    """Return a part of a name, in braces where BibTeX would divide it."""
    return f"{{{part}}}" if "," in part or _AND.search(part) else part


def _is_divided(family: str) -> bool:
    """Tell whether BibTeX would take the first words of a family name for a particle."""
    return not all(word[0].isupper() for word in family.split()[:-1])


def _is_small(word: str) -> bool:
    first = next((letter for letter in word if letter.isalpha()), "")
    return first.islower()
