"""What pages hold, as frozen values: a paper in a list, a term with its count, a bar of a chart.

Texts of type Markup are HTML that is already safe; templates escape every other text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from generator.pickling import pickled_fast

if TYPE_CHECKING:
    from markupsafe import Markup

    from generator.dates import PartialDate
    from generator.paper import Paper


# Stands where the way to the site's root belongs, until the depth of the page is known.
# A control character cannot come from content: it is refused where files are read.
ROOT = "\x00"


@pickled_fast
@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere; `path` is from the site's root, without a leading slash."""

    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """One author as a paper names them; without `path` where no author page exists.

    `place` is the number of their affiliation on the paper's page, from 1; 0 where none is known.
    Who does not lead a long list of authors is named on the paper's own page alone.
    """

    name: str
    path: str = ""
    member: bool = False
    equal: bool = False
    corresponding: bool = False
    orcid: str = ""
    place: int = 0
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of a paper that lies elsewhere: `kind` such as `pdf` or `doi`, and a whole address.

    `local` is set where `url` is a path in this site instead.
    """

    kind: str
    label: str
    url: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists and the paper's own page both show of a paper.

    `tint` numbers its category's colour, from 1 to 8; a category that the site does not name has 0.

    `name` is its title as plain text.
    """

    slug: str
    path: str
    title: Markup
    name: str
    authors: tuple[Byline, ...]
    et_al: bool
    organizations: tuple[Link, ...]
    category: Link
    category_name: str
    tint: int
    date: PartialDate
    year_path: str
    tags: tuple[Link, ...]
    venue: Link
    award: Markup
    status: str
    code: bool
    code_url: str
    draft: bool
    featured: int
    resources: tuple[Resource, ...]
    abstract: Markup


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that many pages hold: its fingerprint, and what is made of it, are made once.

    What is made of one with a mark is `kept` for later builds, where lists need it again.
    """

    kept: ClassVar[bool] = True

    @property
    def mark(self) -> str:
        """The digest of what it shows where that is known without making it; "" otherwise."""
        return ""


@dataclass(frozen=True, slots=True)
class Fragment(Shared):
    """A piece of HTML or XML that a template makes."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Card(Fragment):
    """A paper as lists show it."""

    template: ClassVar[str] = "card.html"
    paper: Summary

    @property
    def name(self) -> str:
        """The paper's title as plain text."""
        return self.paper.name

    @property
    def path(self) -> str:
        """Where the paper's page is."""
        return self.paper.path


@dataclass(frozen=True, slots=True)
class FeedEntry(Shared):
    """A paper as feeds show it (RFC 4287, section 4.1.2).

    `authors` are names, each with the address of a home page or an ORCID, "" where none is known.
    `related` is the paper's address elsewhere, `pdf` that of a PDF in the site; "" where none is.
    """

    id: str
    url: str
    title: str
    published: str
    updated: str
    authors: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    summary: Markup
    related: str = ""
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class AtomEntry(Fragment):
    """A paper as Atom feeds show it."""

    template: ClassVar[str] = "feed-entry.xml"
    entry: FeedEntry


@dataclass(frozen=True, slots=True)
class Cited(Shared):
    """A paper as the citation formats see it.

    `key` is its citation key, `url` the address of its page or empty, `primary_class` the arXiv
    category that its category is named after, such as `cs.CL`, or empty.
    """

    paper: Paper
    key: str
    url: str
    primary_class: str


@pickled_fast
@dataclass(frozen=True, slots=True)
class Export:
    """A citation file: its format in `formats.files.FORMATS`, and what a link to it needs."""

    format: str
    label: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of one year in a list, or those that are featured, which have no page of their own.

    `cited` are the same papers for reference managers, where the list tells them of its papers.
    """

    label: str
    path: str
    cards: tuple[Card, ...]
    cited: tuple[Cited, ...] = ()


@pickled_fast
@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list goes on: all its pages, newest first, and the neighbours of the current one."""

    pages: tuple[Link, ...]
    current: str
    newer: Link | None
    older: Link | None


@pickled_fast
@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term in an index or a cloud; `weight` goes from 1 to 6 with the logarithm of `count`.

    `tint` numbers a category's colour, as in Summary; other terms have 0.
    """

    label: str
    path: str
    count: int
    weight: int
    description: Markup
    tint: int = 0


@pickled_fast
@dataclass(frozen=True, slots=True)
class Segment:
    """The papers of one category in a bar, where it starts and how long it is.

    The longest bar of a chart is `charts.LENGTH` long. `tint` is as in Summary.
    """

    label: str
    tint: int
    count: int
    start: int
    length: int


@pickled_fast
@dataclass(frozen=True, slots=True)
class Bar:
    """A year in a chart: its papers and where they are; years without any have no `path`."""

    label: str
    path: str
    count: int
    segments: tuple[Segment, ...]


@pickled_fast
@dataclass(frozen=True, slots=True)
class Facet:
    """A taxonomy beside a list: its name, its index, and its terms or the largest of them."""

    name: str
    title: str
    path: str
    entries: tuple[TermEntry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Section:
    """The terms of an index under one letter; without a label where the index has no letters."""

    label: str
    anchor: str
    entries: tuple[TermEntry, ...]


@pickled_fast
@dataclass(frozen=True, slots=True)
class Related:
    """A paper as others' pages point to it."""

    title: Markup
    path: str
    byline: str
    year: int


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of a paper; without `url` where none is known."""

    label: str
    venue: Markup
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchIndex(Shared):
    """What search shows: the files of the pages that it finds, their templates, and their digests.

    Neighbours, related papers and the header of the site are no part of it: search shows none.
    """

    templates: tuple[str, ...]
    files: tuple[str, ...]
    shown: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper in a list of one line each: its title, the way to it, and what is said of it."""

    label: str
    path: str
    about: str


@dataclass(frozen=True, slots=True)
class Header:
    """What every template may know of the site beside its page; `site` in templates.

    `url` is the site's address, ending in `/`, or empty. `styles` are the fingerprinted paths of
    the style sheets, in order; `assets` gives the path of every static file by its name. `card` is
    the path of the site's social card, "" where it has none; `icon` is a small icon.svg as an
    address.
    """

    title: str
    description: str
    url: str
    language: str
    navigation: tuple[Link, ...]
    footer: Markup
    repository: str
    styles: tuple[str, ...]
    assets: tuple[tuple[str, str], ...]
    card: str = ""
    icon: str = ""
