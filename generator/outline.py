"""A paper in outline: all of it that the pages of others, and the order of the site, follow from.

What a paper says beyond that, its abstract above all, shows only where the paper itself is shown.
So a site is put in order, and it is told which of its pages an edit concerns, without the whole of
any paper.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from generator import keys
from generator.inputs import digest
from generator.pickling import pickled_fast
from generator.published import identifiers
from generator.taxonomy import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.config import Person
    from generator.dates import PartialDate
    from generator.markup import Text
    from generator.paper import Paper
    from generator.taxonomy import Vocabulary


@pickled_fast
@dataclass(frozen=True, slots=True)
class Outline:
    """A paper in outline; what has the name of a field of Paper is that field.

    `names` are its authors as they are shown, `members` which of them belong to the house, and
    `people` the identities of their terms. `affiliations` are their organizations one by one.
    `terms` are the identity and the label of each of its terms, by taxonomy. `stem` and `words` are
    what its citation key is made of, `people_count` tells how long a citation of it is.
    """

    slug: str
    title: Text
    order: tuple[Any, ...]
    names: tuple[str, ...]
    members: tuple[bool, ...]
    people: tuple[str, ...]
    et_al: bool
    date: PartialDate
    modified: PartialDate | None
    category: str
    tags: tuple[str, ...]
    organizations: tuple[str, ...]
    affiliations: tuple[str, ...]
    venue: str
    draft: bool
    unlisted: bool
    featured: int
    stands: bool
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    key: str
    stem: str
    words: tuple[str, ...]
    people_count: int
    terms: Mapping[str, tuple[tuple[str, str], ...]]
    digest: str = field(init=False, default="", compare=False)
    kinship: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        values = [getattr(self, name) for name in _FIELDS]
        object.__setattr__(self, "digest", _digest(values))
        object.__setattr__(self, "kinship", _digest([self.slug, self.terms]))

    @property
    def path(self) -> str:
        """The address of its page, from the site's root."""
        return f"papers/{self.slug}/"

    @property
    def year(self) -> int:
        """The year it appeared."""
        return self.date.year

    @property
    def updated(self) -> PartialDate:
        """When the entry last changed, as far as it says."""
        return self.modified or self.date

    @property
    def candidates(self) -> Iterator[str]:
        """The citation keys that it may have."""
        return keys.chain(self.stem, self.words)


_FIELDS = tuple(one.name for one in fields(Outline) if one.init)


def _digest(values: object) -> str:
    """Return the digest of values that are what they are in JSON, but for dates and texts."""
    return digest(json.dumps(values, ensure_ascii=False, default=_plain).encode())


def _plain(value: Any) -> object:  # noqa: ANN401 - a date or a text
    return [getattr(value, one.name) for one in fields(value)]


class Digests(NamedTuple):
    """What a paper says, in digests: all of it, what lists show, what lists of citations say."""

    whole: str
    listed: str
    cited: str


class Whole:
    """The whole of a paper, read whenever it is asked for; what it says is known by its digests."""

    __slots__ = ("_read", "digests")

    def __init__(self, digests: Digests, read: Callable[[], Paper]) -> None:
        self.digests = digests
        self._read = read

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self._read()

    def __reduce__(self) -> tuple[Any, ...]:
        """Take the paper along to another machine, which cannot read it."""
        return _brought, (self.digests, self.paper)


def _brought(digests: Digests, paper: Paper) -> Whole:
    return Whole(digests, lambda: paper)


@dataclass(frozen=True, slots=True)
class Holding:
    """A paper of the site: in outline, and whole."""

    outline: Outline
    whole: Whole


def hold(paper: Paper, vocabulary: Vocabulary, people: Mapping[str, Person]) -> Holding:
    """Return a paper as sites hold it, given what the registries say of people and terms."""
    shown = (paper, as_listed(paper), without_texts(paper))
    digests = Digests(*(digest(one.model_dump_json().encode()) for one in shown))
    return Holding(outline(paper, vocabulary, people), Whole(digests, lambda: paper))


# What only a paper's own page shows, and citations say.
_OWN = {
    "notes": None, "versions": (), "editors": (), "language": None, "type": None, "key": None,
    "volume": None, "issue": None, "number": None, "pages": None, "publisher": None,
    "place": None, "series": None, "isbn": None, "issn": None, "license": None,
}  # fmt: skip


def as_listed(paper: Paper) -> Paper:
    """Return a paper as lists and feeds see it: without what only its own page shows."""
    return paper.model_copy(update=_OWN)


def without_texts(paper: Paper) -> Paper:
    """Return a paper as lists of citations have it: the texts would be most of the site."""
    return paper.model_copy(update={"abstract": None, "notes": None})


def outline(paper: Paper, vocabulary: Vocabulary, people: Mapping[str, Person]) -> Outline:
    """Return a paper in outline, given what the registries say."""
    shown = tuple(author.parts.display for author in paper.authors)
    canonical = [vocabulary.person(name) for name in shown]
    known = [people.get(name) for name in canonical]
    terms = {
        row.name: tuple(
            {row.identity(label): label for label in row.labels(paper, vocabulary)}.items()
        )
        for row in TAXONOMIES
    }
    authors = next(row for row in TAXONOMIES if row.name == "authors")
    given = (author.organization for author in paper.authors if author.organization)
    return Outline(
        slug=paper.slug,
        title=paper.title,
        order=paper.order,
        names=shown,
        members=tuple(bool(person and person.member) for person in known),
        people=tuple(map(authors.identity, canonical)),
        et_al=paper.et_al,
        date=paper.date,
        modified=paper.modified,
        category=paper.category,
        tags=paper.tags,
        organizations=paper.organizations,
        affiliations=tuple(dict.fromkeys(given)),
        venue=paper.venue.plain if paper.venue else "",
        draft=paper.draft,
        unlisted=paper.unlisted,
        featured=paper.featured,
        stands=paper.stands,
        aliases=paper.aliases,
        identifiers=identifiers(paper),
        key=paper.key or "",
        stem=keys.stem([author.parts for author in paper.authors], paper.year, et_al=paper.et_al),
        words=tuple(keys.words(paper.title.plain)),
        people_count=len(paper.authors) + len(paper.editors),
        terms=terms,
    )


def byline(paper: Outline) -> str:
    """Return the authors in a few words: `Ada Lovelace and Kurt Gödel`, `Ada Lovelace et al.`."""
    first = paper.names[0]
    if len(paper.names) == 2 and not paper.et_al:  # noqa: PLR2004 - two are both named
        return f"{first} and {paper.names[1]}"
    return f"{first} et al." if paper.et_al or len(paper.names) > 1 else first
