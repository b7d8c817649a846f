"""The kinds of page that programs read: citations, feeds, sitemaps, what hosts are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from generator.pages.kinds.page import Page, TemplatePage

if TYPE_CHECKING:
    from generator.pages.kinds.parts import AtomEntry, Cited, Link, Mention


@dataclass(frozen=True, slots=True)
class CitationFile(Page):
    """The citations of some papers in one file; `format` is a name in `formats.files.FORMATS`.

    `mark` is the digest of the papers, made once for their files of all formats.
    """

    format: str
    cited: tuple[Cited, ...]
    mark: str = field(default="", kw_only=True)


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
