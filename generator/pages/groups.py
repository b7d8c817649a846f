"""Groups of pages: what follows from the same papers, as a frozen value of what that is.

As a page is its own list of what it depends on, so is a group: of the papers themselves its pages
can show those only that it holds. Its digest is quickly made, since each paper is digested once; a
group of known digest need not be parted into its pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from generator.inputs import digest
from generator.outline import Digests
from generator.pages import exports, listing
from generator.pages.kinds.readers import HtmlPage
from generator.taxonomy import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.outline import Whole
    from generator.pages.kinds.page import Page
    from generator.pages.kinds.parts import Export, Facet, Pager, Related
    from generator.pages.places import Place
    from generator.taxonomy import Taxonomy


# What papers say, as digests: by the names of these and the slugs of those.
Said = Mapping[str, Mapping[str, str]]


def said_of(wholes: Mapping[str, Whole]) -> Said:
    """Return what papers say."""
    return {
        name: {slug: getattr(whole.digests, name) for slug, whole in wholes.items()}
        for name in Digests._fields
    }


@dataclass(frozen=True)
class Group:
    """Pages that are made together."""

    @property
    def shows(self) -> tuple[str, ...]:
        """What its pages show of its papers, by the names of their digests."""
        return ("whole",)

    @cached_property
    def name(self) -> str:
        """What no other group is called: its first file."""
        return next(iter(self.files()))

    @property
    def title(self) -> str:
        """What its first page is called."""
        raise NotImplementedError

    def files(self) -> Iterable[str]:
        """Return the files of its pages."""
        raise NotImplementedError

    def addresses(self) -> Iterable[str]:
        """Return the addresses of its pages for readers."""
        return ()

    def listed(self) -> Iterable[str]:
        """Return the addresses that readers are to find."""
        return self.addresses()

    def shown(self) -> Iterable[Place]:
        """Return the papers that its pages show."""
        return ()

    @cached_property
    def shape(self) -> str:
        """The digest of all but what only the papers themselves say."""
        raise NotImplementedError

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the papers that its pages show."""
        return tuple(place.paper.slug for place in self.shown())

    def fingerprint(self, said: Said, common: str) -> str:
        """Return the digest of all that its pages follow from; `common` is that of what all do."""
        parts = chain.from_iterable(map(said[name].__getitem__, self.slugs) for name in self.shows)
        return digest(" ".join((common, self.shape, *parts)).encode())


def _shape(kind: type[Group], values: object, *places: Iterable[Place]) -> str:
    text = json.dumps([kind.__name__, values])
    return digest(" ".join([text, *(one.digest for one in chain(*places))]).encode())


@dataclass(frozen=True)
class Single(Group):
    """A page by itself, of which all is known already, so that its digest is the page's own."""

    page: Page

    @property
    def title(self) -> str:
        """What it is called."""
        return str(getattr(self.page, "title", ""))

    def files(self) -> Iterable[str]:
        """Return its one file."""
        return (self.page.file,)

    def addresses(self) -> Iterable[str]:
        """Return its address."""
        return (self.page.path,) if isinstance(self.page, HtmlPage) else ()

    def listed(self) -> Iterable[str]:
        """Return its address, unless it is not to be found."""
        return self.addresses() if getattr(self.page, "listed", False) else ()


@dataclass(frozen=True)
class PaperGroup(Group):
    """The page of a paper, and the files beside it."""

    place: Place
    newer: Related | None
    older: Related | None
    related: tuple[Related, ...]
    correction: str
    has_card: bool

    @property
    def title(self) -> str:
        """The paper's title."""
        return self.place.paper.title.plain

    def files(self) -> Iterable[str]:
        """Return the page, the citations, the Markdown, and the card where there is one."""
        paper = self.place.paper
        base = f"{paper.path}{paper.slug}"
        yield f"{paper.path}index.html"
        yield from (one.path for one in exports.of_paper(paper))
        yield f"{base}.md"
        if self.has_card:
            yield f"{base}.png"

    def addresses(self) -> Iterable[str]:
        """Return the paper's address."""
        return (self.place.paper.path,)

    def listed(self) -> Iterable[str]:
        """Return the paper's address, unless it is unlisted."""
        return () if self.place.paper.unlisted else self.addresses()

    def shown(self) -> Iterable[Place]:
        """Return the paper."""
        return (self.place,)

    @cached_property
    def shape(self) -> str:
        """The digest of where the paper is, and of those to which its page points."""
        pointers = [self.newer, self.older, *self.related]
        words = [one and (one.title, one.path, one.byline, one.year) for one in pointers]
        return _shape(PaperGroup, [words, self.correction, self.has_card], [self.place])


@dataclass(frozen=True)
class Listing:
    """Whose list it is: a term's, or the site's own, which is of no taxonomy.

    `heading` is what it is called, `path` where it is.
    """

    taxonomy: str
    label: str
    heading: str
    path: str

    @property
    def row(self) -> Taxonomy:
        """The taxonomy of its term."""
        return ROWS[self.taxonomy]


@dataclass(frozen=True)
class ListGroup(Group):
    """A page of a list. On its first, numbered 0, are all papers of the list, to be counted."""

    of: Listing
    number: int
    papers: tuple[Place, ...]
    everyone: tuple[Place, ...]
    count: int
    pager: Pager
    exports: tuple[Export, ...]
    featured: tuple[Place, ...] = ()
    facets: tuple[Facet, ...] = ()

    @property
    def shows(self) -> tuple[str, ...]:
        """Return cards, and on the pages of terms what reference managers read."""
        return ("listed", "cited") if self.of.taxonomy else ("listed",)

    @property
    def title(self) -> str:
        """What the page is called."""
        older = f", page {self.number}" if self.number else ""
        name = f" ({self.of.row.singular})" if self.of.taxonomy else ""
        return f"{self.of.heading}{name}{older}"

    def files(self) -> Iterable[str]:
        """Return the page."""
        return (f"{listing.address(self.of.path, self.number)}index.html",)

    def addresses(self) -> Iterable[str]:
        """Return the page."""
        return (listing.address(self.of.path, self.number),)

    def shown(self) -> Iterable[Place]:
        """Return the papers of the page."""
        return chain(self.featured, self.papers)

    @cached_property
    def shape(self) -> str:
        """The digest of what is listed."""
        places = self.papers, self.everyone, self.featured
        counts = [len(one) for one in places]
        words = [vars(self.of), self.number, self.count, counts, _pager(self.pager)]
        facets = [
            (one.name, one.more, [_entry(entry) for entry in one.entries]) for one in self.facets
        ]
        files = [one.path for one in self.exports]
        return _shape(ListGroup, [words, facets, files], *places)


def _pager(pager: Pager) -> object:
    links = [*pager.pages, pager.newer, pager.older]
    return [pager.current, [one and (one.label, one.path) for one in links]]


def _entry(entry: object) -> object:
    return [getattr(entry, name) for name in entry.__slots__]  # type: ignore[attr-defined]  # each kind of row has it


@dataclass(frozen=True)
class FeedGroup(Group):
    """A page of a list's feed, in both formats; `names` are all pages of the feed, newest first."""

    of: Listing
    names: tuple[str, ...]
    number: int
    papers: tuple[Place, ...]

    @property
    def shows(self) -> tuple[str, ...]:
        """Return what lists show."""
        return ("listed",)

    @property
    def title(self) -> str:
        """What the feed is called."""
        return self.of.heading

    def files(self) -> Iterable[str]:
        """Return the page in both formats."""
        return (f"{self.names[self.number]}.xml", f"{self.names[self.number]}.json")

    def shown(self) -> Iterable[Place]:
        """Return the papers of the page."""
        return self.papers

    @cached_property
    def shape(self) -> str:
        """The digest of what is listed."""
        return _shape(FeedGroup, [vars(self.of), self.links()], self.papers)

    def links(self) -> list[str]:
        """Return this page of the feed, its first, the newer, the older and the last; or ""."""
        i = self.number
        newer = self.names[i - 1] if i else ""
        older = self.names[i + 1] if i + 1 < len(self.names) else ""
        return [self.names[i], self.names[0], newer, older, self.names[-1]]


@dataclass(frozen=True)
class ExportGroup(Group):
    """The citation files of a list, or of those of its papers that one file may hold."""

    of: Listing
    exports: tuple[Export, ...]
    papers: tuple[Place, ...]

    @property
    def shows(self) -> tuple[str, ...]:
        """Return what lists of citations say."""
        return ("cited",)

    @property
    def title(self) -> str:
        """What the list is called."""
        return self.of.heading

    def files(self) -> Iterable[str]:
        """Return a file of each format."""
        return (one.path for one in self.exports)

    def shown(self) -> Iterable[Place]:
        """Return the papers of the files."""
        return self.papers

    @cached_property
    def shape(self) -> str:
        """The digest of what is listed."""
        return _shape(ExportGroup, [one.path for one in self.exports], self.papers)


def titles(groups: Iterable[Group]) -> Iterator[tuple[str, str]]:
    """Yield the pages for readers: where they are, and what they are called."""
    for group in groups:
        for address in group.addresses():
            yield address, group.title
