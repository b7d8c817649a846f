"""The kinds of page that readers see, and what the template of each may read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from generator.pages.kinds.page import TemplatePage

if TYPE_CHECKING:
    from markupsafe import Markup

    from generator.pages.kinds.parts import (
        Bar,
        Cited,
        Export,
        Facet,
        Group,
        Link,
        Pager,
        Related,
        Section,
        Summary,
        TermEntry,
        Version,
    )


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
