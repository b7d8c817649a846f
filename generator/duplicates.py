"""The papers that a site has already, to be found again in another entry for the same paper."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unicodedata import category

from generator import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.entry import Entry
    from generator.markup import Reader
    from generator.source import Location

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
    return " ".join("".join(one if category(one)[0] in "LMN" else " " for one in folded).split())
