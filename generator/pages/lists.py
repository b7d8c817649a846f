"""The pages of lists, each with its feed: the home page, and the pages of every term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.diagnostics import plural
from generator.pages import charts, exports, indexes, listing, summary
from generator.pages.kinds import Facet, FeedPage, Group, HomePage, JsonFeedPage, Link, TermPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.pages.kinds import Bar, Page, Pager
    from generator.pages.stock import Stock
    from generator.paper import Paper
    from generator.taxonomy import Term

    MakePage = Callable[[int, Sequence[Paper], Pager], Page]

FEED_SIZE = 50
_CLOUD_SIZE = 40


def home_pages(stock: Stock) -> Iterator[Page]:
    """Yield the list of all papers and its feed."""
    config = stock.site.config
    files = exports.of_list("", stock.site.papers)

    def page(number: int, papers: Sequence[Paper], pager: Pager) -> Page:
        return HomePage(
            listing.address("", number),
            f"{config.title}, page {number}" if number else config.title,
            f"{config.description} Page {number}." if number else config.description,
            feed="feed.xml",
            heading=config.title,
            introduction=summary.html(config.introduction) if not number else Markup(),
            count=len(papers) if number else len(stock.site.papers),
            exports=files,
            groups=tuple(_home_groups(stock, papers, number)),
            pager=pager,
            facets=tuple(_facets(stock)) if not number else (),
        )

    yield from _list_pages(stock, "", config.title, stock.site.papers, page)


def _home_groups(stock: Stock, papers: Sequence[Paper], number: int) -> Iterator[Group]:
    """Yield the groups of a page of the home list: on the first, featured papers stand before all.

    There they are not listed a second time, so that a page holds each paper once. A paper whose
    results do not hold any more is not featured.
    """
    if not number:
        featured = [paper for paper in stock.site.papers if paper.featured and paper.stands]
        featured.sort(key=lambda paper: paper.featured)
        papers = [paper for paper in papers if not (paper.featured and paper.stands)]
        if featured:
            yield Group("Featured", "", tuple(stock.cards[paper.slug] for paper in featured))
    yield from listing.groups(papers, stock.cards)


def term_pages(stock: Stock, term: Term) -> Iterator[Page]:
    """Yield the list of a term's papers and its feed."""
    taxonomy, heading = term.taxonomy, stock.heading(term)
    settings = stock.site.settings
    person = settings.people.get(term.label) if taxonomy.name == "authors" else None
    tag = (settings.tags or {}).get(term.label) if taxonomy.name == "tags" else None
    about = f" {tag.description.plain}" if tag and tag.description else ""
    files = exports.of_list(term.path, term.papers)
    beside = indexes.companions(stock, term)

    def page(number: int, papers: Sequence[Paper], pager: Pager) -> Page:
        older = f", page {number}" if number else ""
        count = len(papers) if number else len(term.papers)
        return TermPage(
            listing.address(term.path, number),
            f"{heading} ({taxonomy.singular}){older}",
            f"{plural(count, 'paper')}, {taxonomy.singular} {heading}{older}.{about}",
            trail=(stock.home, Link(taxonomy.title, f"{taxonomy.name}/")),
            feed=f"{term.path}feed.xml",
            heading=heading,
            introduction=summary.html(tag.description if tag else None),
            count=count,
            exports=files,
            groups=tuple(listing.groups(papers, stock.cards, stock.cited)),
            pager=pager,
            taxonomy=taxonomy.name,
            code=term.label if heading != term.label else "",
            url=(person.url or "") if person else "",
            orcid=(person.orcid or "") if person else "",
            years=_years(stock, term) if not number else (),
            companions=tuple(beside[:_CLOUD_SIZE]) if not number else (),
            more=len(beside[_CLOUD_SIZE:]) if not number else 0,
        )

    title = f"{heading} · {stock.site.config.title}"
    yield from _list_pages(stock, term.path, title, term.papers, page)


def _years(stock: Stock, term: Term) -> tuple[Bar, ...]:
    """Return the chart of a term's years, where there are two or more to be compared.

    Its bars lead to where the papers of a year begin in the term's own list.
    """
    paths: dict[int, str] = {}
    for number, papers in listing.cut(term.papers, stock.site.config.paginate):
        for paper in papers:
            where = f"{listing.address(term.path, number)}#year-{paper.year}"
            paths.setdefault(paper.year, where)
    return charts.by_year(stock.site, term.papers, paths) if len(paths) > 1 else ()


def _list_pages(
    stock: Stock, base: str, title: str, papers: Sequence[Paper], make: MakePage
) -> Iterator[Page]:
    pages = listing.cut(papers, stock.site.config.paginate)
    numbers = [number for number, _ in pages]
    for number, members in pages:
        yield make(number, members, listing.pager(base, numbers, number))
    yield from _feeds(stock, base, title, papers)
    yield from exports.list_files(stock, base, papers)


def _feeds(stock: Stock, base: str, title: str, papers: Sequence[Paper]) -> Iterator[Page]:
    """Yield a list as an Atom feed and as a JSON Feed: the newest papers, and pages of the older.

    They are cut as lists are, so that a new paper moves no entry of an older page.
    """
    config = stock.site.config
    pages = listing.cut(papers, FEED_SIZE)
    names = [f"{base}feed-{number}" if number else f"{base}feed" for number, _ in pages]
    for i, (_, members) in enumerate(pages):
        entries = tuple(map(stock.feed_entry, members))
        updated = max((paper.updated for paper in members), default=None)
        newer, older = names[i - 1] if i else "", names[i + 1] if i + 1 < len(names) else ""
        links = [("first", names[0]), ("previous", newer), ("next", older), ("last", names[-1])]
        yield FeedPage(
            f"{names[i]}.xml",
            id=config.url + base if config.url else f"urn:offprint:{base or 'papers/'}",
            title=title,
            subtitle=config.description,
            alternate=base,
            # A feed must tell a time; one without entries never changed since time was counted.
            updated=updated.timestamp if updated else "1970-01-01T00:00:00Z",
            pages=tuple((rel, f"{name}.xml") for rel, name in links if name and len(pages) > 1),
            entries=entries,
        )
        yield JsonFeedPage(
            f"{names[i]}.json",
            title,
            config.description,
            base,
            next=f"{older}.json" if older else "",
            entries=tuple(one.entry for one in entries),
        )


def _facets(stock: Stock) -> Iterator[Facet]:
    """Yield what stands beside the home page's list: of a large taxonomy only the largest terms."""
    for name in ("categories", "years", "tags"):
        index = stock.site.indexes[name]
        if not index.terms:
            continue
        by_size = sorted(index.terms, key=lambda term: (-len(term.papers), term.slug))
        chosen = {term.path for term in by_size[:_CLOUD_SIZE]}
        entries = [one for one in indexes.term_entries(stock, index) if one.path in chosen]
        more = len(index.terms) - len(entries)
        yield Facet(name, index.taxonomy.title, f"{name}/", tuple(entries), more)
