"""The site: all papers together with their taxonomies, and the checks that need all of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import taxonomy
from generator.diagnostics import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.config import Config, Person, Tag, TextPage
    from generator.diagnostics import Diagnostics
    from generator.entry import Entry
    from generator.paper import Paper
    from generator.source import Location
    from generator.taxonomy import Index, Vocabulary


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings files say: the site, its tags, its people, and what follows for labels."""

    config: Config
    tags: Mapping[str, Tag] | None
    people: Mapping[str, Person]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published as it is: where it goes in the site, and where it comes from."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that a maintainer wrote to a page of this site: its path, and where it stands."""

    path: str
    location: Location


@dataclass(frozen=True, slots=True)
class Contents:
    """What a content folder holds beside its settings, valid, in any order."""

    papers: Sequence[Paper]
    pages: Sequence[TextPage] = ()
    files: Sequence[File] = ()
    references: Sequence[Reference] = ()
    aliases: Sequence[Reference] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is to be published, valid, and in the order in which it is shown.

    `papers` are listed, newest first; `unlisted` have a page, but are in no list.
    """

    settings: Settings
    papers: tuple[Paper, ...]
    unlisted: tuple[Paper, ...]
    indexes: Mapping[str, Index]
    pages: tuple[TextPage, ...]
    files: tuple[File, ...]
    references: tuple[Reference, ...]
    aliases: tuple[Reference, ...]

    @property
    def config(self) -> Config:
        """The settings of `site.yaml`."""
        return self.settings.config


def assemble(settings: Settings, contents: Contents, *, drafts: bool = False) -> Site:
    """Sort valid papers into a site. Drafts are in it only when asked for."""
    shown = sorted(
        (paper for paper in contents.papers if drafts or not paper.draft),
        key=lambda paper: paper.order,
        reverse=True,
    )
    listed = tuple(paper for paper in shown if not paper.unlisted)
    return Site(
        settings=settings,
        papers=listed,
        unlisted=tuple(paper for paper in shown if paper.unlisted),
        indexes={
            row.name: taxonomy.index(row, listed, settings.vocabulary)
            for row in taxonomy.TAXONOMIES
        },
        pages=tuple(sorted(contents.pages, key=lambda page: page.path)),
        files=tuple(sorted(contents.files, key=lambda file: file.path)),
        references=tuple(contents.references),
        aliases=tuple(contents.aliases),
    )


def check_together(entries: Sequence[Entry], found: Diagnostics) -> None:
    """Report what no paper shows alone: an address, a key or an alias that two of them claim.

    An entry that has other faults, and so is no paper, is held against the others all the same.
    """
    _refuse_twice(
        entries,
        found,
        values=lambda entry: _texts(entry.data.get("slug")),
        at=lambda entry: entry.location("slug"),
        message="This paper has the same address, /papers/{}/, as another.",
        way_out="Rename one of the two files, or give one of the entries a 'slug' of its own.",
    )
    _refuse_twice(
        entries,
        found,
        values=lambda entry: _texts(entry.data.get("key")),
        at=lambda entry: entry.location("key"),
        message="The citation key '{}' is used twice (BibTeX does not tell case apart).",
        way_out="Change or delete one of the two; a key that is not given is made, and unique.",
    )
    _refuse_twice(
        entries,
        found,
        values=lambda entry: _texts(entry.data.get("aliases")),
        at=lambda entry: entry.location("aliases"),
        message="The alias '{}' is claimed by two papers.",
        way_out="Keep it with the paper that is still at another address.",
    )


def _texts(value: object) -> list[str]:
    """Return the texts of a field that may hold one, several or none."""
    given = value if isinstance(value, list) else [value]
    return [one.strip() for one in given if isinstance(one, str) and one.strip()]


def _refuse_twice(  # noqa: PLR0913 - the six parts of one sentence
    entries: Sequence[Entry],
    found: Diagnostics,
    *,
    values: Callable[[Entry], Iterable[str]],
    at: Callable[[Entry], Location],
    message: str,
    way_out: str,
) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        for value in values(entry):
            same = unicodedata.normalize("NFKC", value).casefold()
            if same in first:
                note = Note(at(first[same]), "The other one is here.")
                found.error(at(entry), message.format(value), way_out, note)
            else:
                first[same] = entry
