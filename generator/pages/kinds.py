"""Every kind of page, as a frozen value: its path, its template, and what that template may read.

What a template may read stands here, and is its public interface: a page is its own list of what it
depends on. Texts of type Markup are HTML that is already safe; every other text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from markupsafe import Markup

    from generator.dates import PartialDate
    from generator.paper import Paper

# Stands where the way to the site's root belongs, until the depth of the page is known.
# A control character cannot come from content: it is refused where files are read.
ROOT = "\x00"


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


@dataclass(frozen=True, slots=True)
class Export:
    """A citation file: its format in `formats.files.FORMATS`, and what a link to it needs."""

    format: str
    label: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site. `path` is its address from the site's root: `tags/`, and `` for home."""

    path: str

    @property
    def mark(self) -> str:
        """The digest of its fields where that is known without reading them; "" otherwise."""
        return ""

    @property
    def file(self) -> str:
        """The file of the output that holds it."""
        return self.path + "index.html" if self.path == "" or self.path.endswith("/") else self.path

    @property
    def root(self) -> str:
        """The way from this page to the site's root, ending in `/`."""
        return "../" * self.path.count("/") or "./"


@dataclass(frozen=True, slots=True)
class TemplatePage(Page):
    """A page that a template makes."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class HtmlPage(TemplatePage):
    """A page for readers: the plain text of its title and description, and where it stands."""

    title: str
    description: str
    trail: tuple[Link, ...] = field(default=(), kw_only=True)
    feed: str = field(default="", kw_only=True)
    listed: bool = field(default=True, kw_only=True)

    @property
    def searched(self) -> bool:
        """Tell whether search finds it."""
        return False


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of one year in a list, or those that are featured, which have no page of their own.

    `cited` are the same papers for reference managers, where the list tells them of its papers.
    """

    label: str
    path: str
    cards: tuple[Card, ...]
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list goes on: all its pages, newest first, and the neighbours of the current one."""

    pages: tuple[Link, ...]
    current: str
    newer: Link | None
    older: Link | None


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


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in a chart: its papers and where they are; years without any have no `path`."""

    label: str
    path: str
    count: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A taxonomy beside a list: its name, its index, and its terms or the largest of them."""

    name: str
    title: str
    path: str
    entries: tuple[TermEntry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ListPage(HtmlPage):
    """A list of papers, newest first, under year headings.

    `count` is that of the whole list on its first page, and that of the page on an older one, which
    is to stay the same when the list grows.
    """

    heading: str
    introduction: Markup
    count: int
    exports: tuple[Export, ...]
    groups: tuple[Group, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class HomePage(ListPage):
    """The newest papers of the site."""

    template: ClassVar[str] = "home.html"
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class TermPage(ListPage):
    """The papers of one term; a person's may tell a home page and an ORCID.

    On its first page it has a chart of its `years`, and the terms that most often stand beside it:
    the people whom a person wrote with, the tags that go with a tag, of which there may be `more`.
    """

    template: ClassVar[str] = "term.html"
    taxonomy: str
    code: str
    url: str
    orcid: str
    years: tuple[Bar, ...]
    companions: tuple[TermEntry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Section:
    """The terms of an index under one letter; without a label where the index has no letters."""

    label: str
    anchor: str
    entries: tuple[TermEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexPage(HtmlPage):
    """All terms of a taxonomy with their counts."""

    template: ClassVar[str] = "index.html"
    taxonomy: str
    heading: str
    count: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class YearsPage(IndexPage):
    """All years, as a chart, with the categories that its colours stand for."""

    template: ClassVar[str] = "years.html"
    years: tuple[Bar, ...]
    categories: tuple[TermEntry, ...]


@dataclass(frozen=True, slots=True)
class CloudPage(IndexPage):
    """All tags, in sizes that follow their counts."""

    template: ClassVar[str] = "tags.html"


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
class PaperPage(HtmlPage):
    """A paper.

    `within` tells where in its venue it stands, such as `12(3), 101-118`; `correction` is the
    address at which its entry can be edited, or empty. `mark` is the digest of all its fields.
    """

    template: ClassVar[str] = "paper.html"
    paper: Summary
    within: str
    affiliations: tuple[Link, ...]
    details: tuple[tuple[str, str], ...]
    notes: Markup
    versions: tuple[Version, ...]
    newer: Related | None
    older: Related | None
    related: tuple[Related, ...]
    language: str
    cited: Cited
    exports: tuple[Export, ...]
    correction: str
    card: str = field(default="", kw_only=True)
    mark: str = field(default="", kw_only=True)

    @property
    def searched(self) -> bool:
        """Tell whether search finds it: what is unlisted or a draft it does not."""
        return self.listed and not self.paper.draft


@dataclass(frozen=True, slots=True)
class TextPage(HtmlPage):
    """A page of the maintainer's own."""

    template: ClassVar[str] = "page.html"
    heading: Markup
    body: Markup

    @property
    def searched(self) -> bool:
        """Tell whether search finds it."""
        return self.listed


@dataclass(frozen=True, slots=True)
class SearchPage(HtmlPage):
    """Search, with facets; without scripts, the indexes in its place."""

    template: ClassVar[str] = "search.html"
    indexes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchIndex(Shared):
    """What search shows: the files of the pages that it finds, their templates, and their digests.

    Neighbours, related papers and the header of the site are no part of it: search shows none.
    """

    templates: tuple[str, ...]
    files: tuple[str, ...]
    shown: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class NotFoundPage(HtmlPage):
    """What hosts show where there is no page, so at any depth: it asks for no other file.

    Its links begin at the root of the host where the site's address is known, since `../` would
    mean something else at every address; they stay on the host that shows it. Its style sheet is a
    part of it.
    """

    template: ClassVar[str] = "404.html"
    base: str

    @property
    def root(self) -> str:
        """The site's own path on its host."""
        return self.base or "./"


@dataclass(frozen=True, slots=True)
class RedirectPage(HtmlPage):
    """An earlier address of a page, which leads to where it is now."""

    template: ClassVar[str] = "redirect.html"
    target: str


@dataclass(frozen=True, slots=True)
class GonePage(HtmlPage):
    """What stands where a page was removed: why."""

    template: ClassVar[str] = "gone.html"
    reason: Markup


@dataclass(frozen=True, slots=True)
class CitationFile(Page):
    """The citations of some papers in one file; `format` is a name in `formats.files.FORMATS`."""

    format: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class FeedPage(TemplatePage):
    """A list's newest papers, or a page of the older, as an Atom feed (RFC 4287).

    `pages` are the other pages of the feed by their relation (RFC 5005, section 3).
    """

    template: ClassVar[str] = "feed.xml"
    id: str
    title: str
    subtitle: str
    alternate: str
    updated: str
    pages: tuple[tuple[str, str], ...]
    entries: tuple[AtomEntry, ...]


@dataclass(frozen=True, slots=True)
class JsonFeedPage(Page):
    """The same papers as a JSON Feed, which no template makes; `next` is the page of the older."""

    title: str
    subtitle: str
    alternate: str
    next: str
    entries: tuple[AtomEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapPage(TemplatePage):
    """Addresses that are to be found, with the day of their last change where that is known."""

    template: ClassVar[str] = "sitemap.xml"
    addresses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SitemapIndexPage(TemplatePage):
    """The addresses of the sitemaps of a site that has more pages than one may list."""

    template: ClassVar[str] = "sitemap-index.xml"
    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotsPage(TemplatePage):
    """What robots may visit (RFC 9309): everything."""

    template: ClassVar[str] = "robots.txt"
    sitemap: str


CARD_SIZE = (1200, 630)
"""The width and height of a social card in pixels: what most who show one expect."""


@dataclass(frozen=True, slots=True)
class SocialCard(Page):
    """A picture of words that stands beside a link to a page elsewhere, which no template makes.

    `label` stands above the title, the `byline` below it; `colors` are paper, ink, quiet and accent
    as a style sheet has them, "" for the theme's own.
    """

    label: str
    title: str
    byline: tuple[str, ...]
    et_al: bool
    source: str
    year: str
    site: str
    colors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkdownPage(TemplatePage):
    """A paper in Markdown and TeX, as its author wrote it, for readers that are programs."""

    template: ClassVar[str] = "paper.md"
    title: str
    facts: tuple[tuple[str, str], ...]
    abstract: str
    notes: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper in a list of one line each: its title, the way to it, and what is said of it."""

    label: str
    path: str
    about: str


@dataclass(frozen=True, slots=True)
class LlmsPage(TemplatePage):
    """What the site holds, for language models (llmstxt.org); `count` is that of all papers."""

    template: ClassVar[str] = "llms.txt"
    introduction: str
    papers: tuple[Mention, ...]
    count: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RedirectsPage(TemplatePage):
    """Earlier addresses and where they lead, for hosts that read it; from the host's root."""

    template: ClassVar[str] = "_redirects"
    moved: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeadersPage(TemplatePage):
    """Headers for hosts that read it: media types by how an address ends, below the site's path."""

    template: ClassVar[str] = "_headers"
    base: str
    types: tuple[tuple[str, str], ...]


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
