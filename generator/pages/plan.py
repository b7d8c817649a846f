"""The plan: the one place that says which pages the site consists of."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator import names
from generator import related as likeness
from generator.pages import listing, summary
from generator.pages.kinds import (
    Card,
    CloudPage,
    Facet,
    FeedPage,
    Header,
    HomePage,
    IndexPage,
    Link,
    NotFoundPage,
    Page,
    Pager,
    PaperPage,
    RedirectPage,
    RobotsPage,
    Section,
    SitemapPage,
    TermEntry,
    TermPage,
    TextPage,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.pages.kinds import FeedEntry
    from generator.paper import Paper
    from generator.site import Site
    from generator.taxonomy import Index, Term

    MakeList = Callable[[str, int, Sequence[Paper], Pager], Page]

FEED_SIZE = 50
_CLOUD_SIZE = 40
_DESCRIPTION = 200
_LETTERS_FROM = 40  # an index of so many terms gets letters to jump by


def plan(site: Site) -> tuple[Page, ...]:
    """Return every page of the site, in a fixed order."""
    return tuple(_Plan(site).pages())


def header(site: Site, styles: Sequence[str], assets: Mapping[str, str]) -> Header:
    """Return what every template may know of the site; the assets come from the theme."""
    config = site.config
    return Header(
        title=config.title,
        description=config.description,
        url=config.url or "",
        language=config.language,
        navigation=tuple(
            Link(item.title, item.path.removeprefix("/")) for item in config.navigation
        ),
        footer=summary.html(config.footer),
        repository=config.repository or "",
        styles=tuple(styles),
        assets=tuple(sorted(assets.items())),
    )


class _Plan:
    """The plan in the making: what several kinds of page share is made once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        everyone = (*site.papers, *site.unlisted)
        self.summaries = {paper.slug: summary.summarize(site, paper) for paper in everyone}
        self.cards = {slug: Card(one) for slug, one in self.summaries.items()}
        self.entries: dict[str, FeedEntry] = {}
        self.home = Link(site.config.title)

    def pages(self) -> Iterator[Page]:
        found = [
            *self.lists("", self.site.config.title, self.site.papers, self.home_page),
            *self.paper_pages(),
            *(page for index in self.site.indexes.values() for page in self.index_pages(index)),
            *self.text_pages(),
        ]
        yield from found
        yield from self.redirects()
        yield NotFoundPage(
            "404.html",
            "Page not found",
            "There is no page at this address.",
            listed=False,
            base=self.site.config.url or "",
        )
        yield from self.sitemap(found)

    # lists

    def lists(
        self, base: str, title: str, papers: Sequence[Paper], make: MakeList
    ) -> Iterator[Page]:
        """Yield the pages of one list, and its feed."""
        pages = listing.cut(papers, self.site.config.paginate)
        numbers = [number for number, _ in pages]
        for number, members in pages:
            yield make(base, number, members, listing.pager(base, numbers, number))
        yield self.feed(base, title, papers)

    def home_page(self, base: str, number: int, papers: Sequence[Paper], pager: Pager) -> Page:
        config = self.site.config
        return HomePage(
            listing.address(base, number),
            f"{config.title}, page {number}" if number else config.title,
            f"{config.description} Page {number}." if number else config.description,
            feed="feed.xml",
            heading=config.title,
            introduction=summary.html(config.introduction) if not number else Markup(),
            count=len(self.site.papers),
            groups=tuple(listing.groups(papers, self.cards)),
            pager=pager,
            facets=tuple(self.facets()) if not number else (),
        )

    def facets(self) -> Iterator[Facet]:
        for name in ("categories", "years", "tags"):
            index = self.site.indexes[name]
            if not index.terms:
                continue
            largest = sorted(index.terms, key=lambda term: (-len(term.papers), term.slug))[
                :_CLOUD_SIZE
            ]
            chosen = {term.slug for term in largest}
            entries = [one for one in self.term_entries(index) if one.path.split("/")[1] in chosen]
            more = len(index.terms) - len(entries)
            yield Facet(name, index.taxonomy.title, f"{name}/", tuple(entries), more)

    def term_pages(self, term: Term) -> Iterator[Page]:
        taxonomy = term.taxonomy
        people, tags = self.site.settings.people, self.site.settings.tags or {}
        person = people.get(term.label) if taxonomy.name == "authors" else None
        tag = tags.get(term.label) if taxonomy.name == "tags" else None
        heading = self.heading(term)

        def page(base: str, number: int, papers: Sequence[Paper], pager: Pager) -> Page:
            older = f", page {number}" if number else ""
            noun = "paper" if len(term.papers) == 1 else "papers"
            about = f" {tag.description.plain}" if tag and tag.description else ""
            return TermPage(
                listing.address(base, number),
                f"{heading} ({taxonomy.singular}){older}",
                f"{len(term.papers)} {noun}, {taxonomy.singular} {heading}{older}.{about}",
                trail=(self.home, Link(taxonomy.title, f"{taxonomy.name}/")),
                feed=f"{base}feed.xml",
                heading=heading,
                introduction=summary.html(tag.description if tag else None),
                count=len(term.papers),
                groups=tuple(listing.groups(papers, self.cards)),
                pager=pager,
                taxonomy=taxonomy.name,
                code=term.label if heading != term.label and taxonomy.name == "categories" else "",
                url=(person.url or "") if person else "",
                orcid=(person.orcid or "") if person else "",
            )

        title = f"{heading} · {self.site.config.title}"
        yield from self.lists(term.path, title, term.papers, page)

    def heading(self, term: Term) -> str:
        """Return what a term's page is called: a category by its full name, others as written."""
        if term.taxonomy.name == "categories":
            return self.site.config.categories.get(term.label, term.label)
        return term.label

    def feed(self, base: str, title: str, papers: Sequence[Paper]) -> Page:
        config = self.site.config
        newest = papers[:FEED_SIZE]
        for paper in newest:
            if paper.slug not in self.entries:
                self.entries[paper.slug] = summary.feed_entry(self.site, paper)
        updated = max((paper.updated for paper in newest), default=None)
        return FeedPage(
            f"{base}feed.xml",
            id=(config.url or "urn:offprint:") + base,
            title=title,
            subtitle=config.description,
            alternate=base,
            # A feed must tell a time; one without entries never changed since time was counted.
            updated=updated.timestamp if updated else "1970-01-01T00:00:00Z",
            entries=tuple(self.entries[paper.slug] for paper in newest),
        )

    # indexes

    def index_pages(self, index: Index) -> Iterator[Page]:
        taxonomy = index.taxonomy
        kind = CloudPage if taxonomy.name == "tags" else IndexPage
        noun = taxonomy.singular if len(index.terms) == 1 else taxonomy.name
        yield kind(
            f"{taxonomy.name}/",
            taxonomy.title,
            f"All {len(index.terms)} {noun} of {self.site.config.title}, with their papers.",
            trail=(self.home,),
            taxonomy=taxonomy.name,
            heading=taxonomy.title,
            count=len(index.terms),
            sections=tuple(self.sections(index)),
        )
        for term in index.terms:
            yield from self.term_pages(term)

    def term_entries(self, index: Index) -> list[TermEntry]:
        if not index.terms:
            return []
        tags = self.site.settings.tags or {}
        largest = max(len(term.papers) for term in index.terms)
        entries = []
        for term in index.terms:
            weight = (
                1 + round(5 * math.log(len(term.papers)) / math.log(largest)) if largest > 1 else 1
            )
            about: Markup | str = ""
            if index.taxonomy.name == "tags" and (tag := tags.get(term.label)) and tag.description:
                about = summary.html(tag.description)
            elif index.taxonomy.name == "categories" and self.heading(term) != term.label:
                about = escape(self.heading(term))
            label = index.taxonomy.shown(term.label)
            tint = summary.tint(self.site, term.label) if index.taxonomy.name == "categories" else 0
            count = len(term.papers)
            entries.append(TermEntry(label, term.path, count, weight, Markup(about), tint))  # noqa: S704 - escaped
        return entries

    def sections(self, index: Index) -> Iterator[Section]:
        entries = self.term_entries(index)
        lettered = len(entries) >= _LETTERS_FROM and not index.taxonomy.newest_first
        if index.taxonomy.name == "tags" or not lettered:
            yield Section("", "", tuple(entries))
            return
        initials: dict[str, list[TermEntry]] = defaultdict(list)
        for letter, members in groupby(entries, key=lambda entry: _initial(entry.label)):
            initials[letter] += members
        for letter, collected in initials.items():
            yield Section(letter, f"letter-{names.slug(letter)}", tuple(collected))

    # papers

    def paper_pages(self) -> Iterator[Page]:
        listed = self.site.papers
        alike = likeness.related(listed, self.site.indexes)
        for i, paper in enumerate(listed):
            newer = listed[i - 1] if i else None
            older = listed[i + 1] if i + 1 < len(listed) else None
            yield self.paper_page(paper, newer, older, alike[paper.slug])
        for paper in self.site.unlisted:
            yield self.paper_page(paper, None, None, ())

    def paper_page(
        self, paper: Paper, newer: Paper | None, older: Paper | None, alike: Sequence[Paper]
    ) -> Page:
        shown = self.summaries[paper.slug]
        return PaperPage(
            shown.path,
            paper.title.plain,
            _shortened(paper.abstract.plain if paper.abstract else summary.byline(paper)),
            trail=(self.home, Link(shown.category.label, shown.category.path)),
            listed=not paper.unlisted,
            paper=shown,
            details=summary.details(paper),
            notes=summary.html(paper.notes),
            versions=tuple(map(summary.version, paper.versions)),
            newer=summary.related_to(newer) if newer else None,
            older=summary.related_to(older) if older else None,
            related=tuple(map(summary.related_to, alike)),
            language=paper.language or "",
        )

    def redirects(self) -> Iterator[Page]:
        yield self.redirect("papers/", self.home.label, "")
        for paper in (*self.site.papers, *self.site.unlisted):
            for alias in paper.aliases:
                path = alias.removeprefix("/")
                whole = path if path.endswith(("/", ".html")) else path + "/"
                yield self.redirect(whole, paper.title.plain, summary.path_of(paper))

    def redirect(self, path: str, title: str, target: str) -> Page:
        return RedirectPage(
            path, title, f"This page is now at /{target}.", listed=False, target=target
        )

    # the rest

    def text_pages(self) -> Iterator[Page]:
        for page in self.site.pages:
            yield TextPage(
                page.path,
                page.title.plain,
                _shortened(page.description),
                trail=(self.home,) if page.path else (),
                heading=summary.html(page.title),
                body=summary.html(page.body),
            )

    def sitemap(self, pages: Sequence[Page]) -> Iterator[Page]:
        url = self.site.config.url
        if url:
            changed = {
                summary.path_of(paper): paper.modified.iso
                for paper in self.site.papers
                if paper.modified
            }
            addresses = [
                (url + page.path, changed.get(page.path, ""))
                for page in pages
                if getattr(page, "listed", False)
            ]
            yield SitemapPage("sitemap.xml", tuple(addresses))
        yield RobotsPage("robots.txt", f"{url}sitemap.xml" if url else "")


def _initial(label: str) -> str:
    """Return the letter under which an index lists a label."""
    first = next((one for one in names.fold(label) if one.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"


def _shortened(text: str) -> str:
    """Return the beginning of a text, as long as search engines show, cut after a word."""
    line = " ".join(text.split())
    if len(line) <= _DESCRIPTION:
        return line
    return line[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
