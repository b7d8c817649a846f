"""One paper in two entries: what tells papers apart, and which of them a site has already."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unicodedata import category

from generator import names
from generator.diagnostics import Note
from generator.pickling import pickled_fast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostics
    from generator.entry import Entry
    from generator.markup import Reader
    from generator.paper import Paper
    from generator.source import Location

_WORD = re.compile(r"[a-z0-9]+")
_NUMBERS = ("arXiv number", "DOI")
_TITLE = "title and first author"
# Two papers of one title are two all the same where both have one of these, and not the same.
_APART = ("pmid", "openreview", "volume", "issue", "number")

_NEAR = 0.75  # of two titles: how alike those of a preprint and of its journal version are
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_ARXIV = re.compile(
    r"(?:10\.48550/arxiv\.|^|[/:\s])([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A paper of the site: where its entry is, its title, and a word for what made it known."""

    location: Location
    title: str
    reason: str = ""


@dataclass(slots=True)
class Holdings:
    """All papers of a site by what tells them apart, also those whose entries have faults."""

    reader: Reader
    slugs: set[str] = field(default_factory=set)
    _known: dict[tuple[str, str], Held] = field(default_factory=dict)
    _by_author: dict[tuple[str, str], list[Held]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Add a paper."""
        held = Held(entry.location("title"), self._title(entry.data))
        self.slugs.add(str(entry.data.get("slug", "")))
        for mark in self._marks(entry.data):
            self._known.setdefault(mark, held)
        if author := self._first_author(entry.data):
            self._by_author.setdefault(author, []).append(held)

    def same(self, fields: Mapping[str, Any]) -> Held | None:
        """Return the paper that is the same: one of its numbers or its title is."""
        for kind, value in self._marks(fields):
            if held := self._known.get((kind, value)):
                said = "title" if kind == "title" else f"{kind} {value}"
                return Held(held.location, held.title, said)
        return None

    def near(self, fields: Mapping[str, Any]) -> Held | None:
        """Return a paper of the same first author and year with nearly the same title."""
        author = self._first_author(fields)
        title = _bare(self._title(fields))
        for held in self._by_author.get(author, []) if author else []:
            if difflib.SequenceMatcher(None, _bare(held.title), title).ratio() >= _NEAR:
                return held
        return None

    def _title(self, fields: Mapping[str, Any]) -> str:
        title = fields.get("title")
        return self.reader.inline(title)[0].plain if isinstance(title, str) else ""

    def _marks(self, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what no other paper has: its numbers, those of its versions, and its title."""
        versions = fields.get("versions")
        for one in [fields, *(versions if isinstance(versions, list) else [])]:
            if isinstance(one, dict):
                yield from _numbers(one)
        if title := _bare(self._title(fields)):
            yield "title", title

    def _first_author(self, fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return the family name of the first author, and the year."""
        authors, year = fields.get("authors"), str(fields.get("date", ""))[:4]
        first = authors[0] if isinstance(authors, list) and authors else None
        if isinstance(first, dict):
            first = first.get("name") or first.get("family") or first.get("literal")
        if not isinstance(first, str):
            return None
        name = names.parse(self.reader.inline(first)[0].plain)
        return names.fold(name.family or name.literal), year


def _numbers(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    doi, arxiv = (str(fields.get(name, "")).lower() for name in ("doi", "arxiv"))
    if match := _ARXIV.search(arxiv) or (_ARXIV.search(doi) if "10.48550/" in doi else None):
        yield "arXiv number", match[1]
    if (match := _DOI.search(doi)) and "10.48550/" not in doi:
        yield "DOI", match[0].rstrip(".,; ")


def _bare(title: str) -> str:
    """Return a title in which case, accents and punctuation do not count."""
    folded = names.fold(title)
    if folded.isascii():
        return " ".join(_WORD.findall(folded))
    return " ".join("".join(one if category(one)[0] in "LMN" else " " for one in folded).split())


@pickled_fast
@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a paper from others: marks, which only one entry has, each with its place.

    `apart` are values that tell papers of one title apart, None where the entry has none.
    """

    marks: tuple[tuple[str, str, Location], ...]
    apart: tuple[str | None, ...]

    def differs(self, other: Identity) -> bool:
        """Tell whether both have a value of one kind, and not the same."""
        return any(a and b and a != b for a, b in zip(self.apart, other.apart, strict=True))


def identity(entry: Entry, paper: Paper) -> Identity:
    """Return what tells a valid paper from others: its numbers and its versions', its title."""
    own = dict(_numbers({"doi": paper.doi or "", "arxiv": paper.arxiv or ""}))
    # A DOI may be made of an arXiv number.
    field_of = {"DOI": "doi", "arXiv number": "arxiv" if paper.arxiv else "doi"}
    marks = {mark: entry.location(field_of[mark[0]]) for mark in own.items()}
    for i, one in enumerate(paper.versions):
        for mark in _numbers({"doi": one.doi or "", "arxiv": one.arxiv or ""}):
            marks.setdefault(mark, entry.location("versions", i))
    name = paper.authors[0].parts
    author = names.fold(name.family or name.literal)
    marks[_TITLE, f"{_bare(paper.title.plain)} / {author}"] = entry.location("title")
    given = [own.get(kind) for kind in _NUMBERS] + [getattr(paper, name) for name in _APART]
    return Identity(tuple((*mark, place) for mark, place in marks.items()), tuple(given))


def check(identities: Iterable[Identity], found: Diagnostics) -> None:
    """Warn of each paper that an earlier entry has already, once."""
    first: dict[tuple[str, str], tuple[Identity, Location]] = {}
    for one in identities:
        for kind, value, place in one.marks:
            other, elsewhere = first.setdefault((kind, value), (one, place))
            if other is one or (kind == _TITLE and one.differs(other)):
                continue
            same = kind if kind == _TITLE else f"{kind} {value}"
            found.warning(
                place,
                f"This paper is here twice: another entry has the same {same}.",
                "Keep one of the two entries, with what is published of the other under "
                "'versions:' and its address under 'aliases:'."
                + (" If they are two papers, give both their numbers." if kind == _TITLE else ""),
                Note(elsewhere, "The other one is here."),
            )
            break
