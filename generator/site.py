"""The site: all papers together with their taxonomies, and the checks that need all of them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.diagnostics import Note
from generator.inputs import digest
from generator.pickling import pickled_fast
from generator.published import Published
from generator.terms import Indexes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.config import Config, Person, Tag, TextPage
    from generator.diagnostics import Diagnostics
    from generator.outline import Holding, Outline, Whole
    from generator.source import Location
    from generator.taxonomy import Vocabulary
    from generator.terms import Index


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings files say: the site, its tags, its people, and what follows for labels."""

    config: Config
    tags: Mapping[str, Tag] | None
    people: Mapping[str, Person]
    vocabulary: Vocabulary

    @property
    def digest(self) -> str:
        """The digest of all that the settings say."""
        registries = (self.tags, self.people)
        given = [
            self.config.model_dump_json(),
            *(
                one and [(label, value.model_dump_json()) for label, value in one.items()]
                for one in registries
            ),
            [list(one.items()) for one in (self.vocabulary.tags, self.vocabulary.people)],
        ]
        return digest(json.dumps(given).encode())


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published as it is: where it goes in the site, and where it comes from."""

    path: str
    source: str


@pickled_fast
@dataclass(frozen=True, slots=True)
class Reference:
    """A link that a maintainer wrote to a page of this site: its path, and where it stands.

    `anchor` is the place in the page, "" for its beginning.
    """

    path: str
    location: Location
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A value of the theme that `site.yaml` sets, and where it stands."""

    name: str
    value: str
    location: Location


@pickled_fast
@dataclass(frozen=True, slots=True)
class Claim:
    """What no other entry may have: the value of its `slug`, its `key` or one of its `aliases`."""

    field: str
    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Contents:
    """What a content folder holds beside its settings, valid, in any order.

    `unknown` are beginnings of the addresses that what has faults may have.
    """

    papers: Sequence[Holding]
    pages: Sequence[TextPage] = ()
    files: Sequence[File] = ()
    references: Sequence[Reference] = ()
    aliases: Sequence[Reference] = ()
    tokens: Sequence[Token] = ()
    unknown: Sequence[str] = ()
    published: Published = field(default_factory=Published)
    places: Mapping[str, Location] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Papers in the order in which they are shown, and sorted into terms; known by a digest.

    `papers` are listed, newest first; `unlisted` have a page, but are in no list.
    """

    papers: tuple[Outline, ...]
    unlisted: tuple[Outline, ...]
    indexes: Indexes
    digest: str


def arrange(
    outlines: Sequence[Outline],
    vocabulary: Vocabulary,
    *,
    drafts: bool = False,
    before: Arrangement | None = None,
) -> Arrangement:
    """Put papers in order. Drafts are among them only when asked for.

    Of nearly the same papers, put in order `before`, what still holds is taken over.
    """
    shown = sorted(
        (paper for paper in outlines if drafts or not paper.draft),
        key=lambda paper: paper.order,
        reverse=True,
    )
    listed = tuple(paper for paper in shown if not paper.unlisted)
    return Arrangement(
        listed,
        tuple(paper for paper in shown if paper.unlisted),
        Indexes(listed, vocabulary, before.indexes if before else None),
        digest(" ".join(paper.digest for paper in shown).encode()),
    )


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is to be published, valid, and in the order in which it is shown.

    `wholes` are the papers themselves, by slug. `unknown` are beginnings of the addresses that are
    left out of it for their faults. `places` tells where the entry of a slug stands, also that of a
    draft.
    """

    settings: Settings
    arrangement: Arrangement
    wholes: Mapping[str, Whole]
    pages: tuple[TextPage, ...]
    files: tuple[File, ...]
    references: tuple[Reference, ...]
    aliases: tuple[Reference, ...]
    tokens: tuple[Token, ...]
    unknown: tuple[str, ...]
    published: Published
    places: Mapping[str, Location]

    @property
    def config(self) -> Config:
        """The settings of `site.yaml`."""
        return self.settings.config

    @property
    def papers(self) -> tuple[Outline, ...]:
        """The papers that are listed, newest first."""
        return self.arrangement.papers

    @property
    def unlisted(self) -> tuple[Outline, ...]:
        """The papers that have a page, but are in no list."""
        return self.arrangement.unlisted

    @property
    def indexes(self) -> Mapping[str, Index]:
        """The terms of each taxonomy."""
        return self.arrangement.indexes


def assemble(
    settings: Settings,
    contents: Contents,
    arrangement: Arrangement | None = None,
    *,
    drafts: bool = False,
) -> Site:
    """Make a site of what is valid. Drafts are in it only when asked for.

    `arrangement` is that of its papers, where it is known already.
    """
    outlines = [paper.outline for paper in contents.papers]
    return Site(
        settings=settings,
        arrangement=arrangement or arrange(outlines, settings.vocabulary, drafts=drafts),
        wholes={paper.outline.slug: paper.whole for paper in contents.papers},
        pages=tuple(sorted(contents.pages, key=lambda page: page.path)),
        files=tuple(sorted(contents.files, key=lambda file: file.path)),
        references=tuple(contents.references),
        aliases=tuple(contents.aliases),
        tokens=tuple(contents.tokens),
        unknown=tuple(contents.unknown),
        published=contents.published,
        places=contents.places,
    )


# What two entries may not share, by the field that claims it: what to say, and the way out.
_TWICE = {
    "slug": (
        "This paper has the same address, /papers/{}/, as another.",
        "Rename one of the two files, or give one of the entries a 'slug' of its own.",
    ),
    "key": (
        "The citation key '{}' is used twice (BibTeX does not tell case apart).",
        "Change or delete one of the two; a key that is not given is made, and unique.",
    ),
    "aliases": (
        "The alias '{}' is claimed by two papers.",
        "Keep it with the paper that is still at another address.",
    ),
}


def check_together(claims: Iterable[Claim], found: Diagnostics) -> set[str]:
    """Report what no paper shows alone: an address, a key or an alias that two entries claim.

    Returns the slugs that are claimed twice.
    """
    first: dict[tuple[str, str], Claim] = {}
    contested: set[str] = set()
    for claim in claims:
        same = claim.field, unicodedata.normalize("NFKC", claim.value).casefold()
        other = first.setdefault(same, claim)
        if other is not claim:
            message, way_out = _TWICE[claim.field]
            note = Note(other.location, "The other one is here.")
            found.error(claim.location, message.format(claim.value), way_out, note)
            if claim.field == "slug":
                contested |= {claim.value, other.value}
    return contested
