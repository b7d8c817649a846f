"""The pages of lists, each with its feed: the home page, and the pages of every term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.diagnostics import plural
from generator.pages import charts, exports, indexes, listing, summary
from generator.pages.groups import ExportGroup, FeedGroup, ListGroup, Listing
from generator.pages.kinds.parts import Facet, Group, Link
from generator.pages.kinds.programs import FeedPage, JsonFeedPage
from generator.pages.kinds.readers import HomePage, TermPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.outline import Outline
    from generator.pages import groups
    from generator.pages.kinds.page import Page
    from generator.pages.kinds.parts import Bar
    from generator.pages.places import Place
    from generator.pages.stock import Stock
    from generator.site import Site
    from generator.terms import Term

FEED_SIZE = 50
_CLOUD_SIZE = 40


def home_groups(site: Site, places: Mapping[str, Place]) -> Iterator[groups.Group]:
    """Yield the list of all papers, its feed and its files.

    Featured papers stand before all others. A paper whose results do not hold any more is not
    featured.
    """
    featured = [paper for paper in site.papers if paper.featured and paper.stands]
    featured.sort(key=lambda paper: paper.featured)
    of = Listing("", "", site.config.title, "")
    first = tuple(places[paper.slug] for paper in featured), tuple(_facets(site))
    yield from _groups(site, places, of, site.papers, first)


def term_groups(site: Site, places: Mapping[str, Place], term: Term) -> Iterator[groups.Group]:
    """Yield the list of a term's papers, its feed and its files."""
    name = term.taxonomy.name
    heading = indexes.heading_of(site.config, name, term.label)
    of = Listing(name, term.label, heading, term.path)
    yield from _groups(site, places, of, term.papers, ((), ()))


def _groups(
    site: Site,
    places: Mapping[str, Place],
    of: Listing,
    papers: Sequence[Outline],
    first: tuple[tuple[Place, ...], tuple[Facet, ...]],
) -> Iterator[groups.Group]:
    """Yield the groups of a list; what is on its first page alone are featured papers, facets."""
    everyone = tuple(places[paper.slug] for paper in papers)
    shards = exports.of_shards(of.path, papers)
    files = tuple(file for some, _ in shards for file in some)
    pages = listing.cut(everyone, site.config.paginate)
    numbers = [number for number, _ in pages]
    for number, members in pages:
        yield ListGroup(
            of,
            number,
            tuple(members),
            everyone if of.taxonomy and not number else (),
            len(members) if number else len(everyone),
            listing.pager(of.path, numbers, number),
            files,
            *(first if not number else ((), ())),
        )
    cut = listing.cut(everyone, FEED_SIZE)
    names = tuple(f"{of.path}feed-{number}" if number else f"{of.path}feed" for number, _ in cut)
    for i, (_, members) in enumerate(cut):
        yield FeedGroup(of, names, i, tuple(members))
    for some, shard in shards:
        yield ExportGroup(of, some, tuple(places[paper.slug] for paper in shard))


def list_pages(stock: Stock, group: ListGroup) -> Iterator[Page]:
    """Yield the page of a list."""
    yield _term_page(stock, group) if group.of.taxonomy else _home_page(stock, group)


def _home_page(stock: Stock, group: ListGroup) -> Page:
    config, number = stock.config, group.number
    return HomePage(
        listing.address("", number),
        f"{config.title}, page {number}" if number else config.title,
        f"{config.description} Page {number}." if number else config.description,
        feed="feed.xml",
        heading=config.title,
        introduction=summary.html(config.introduction) if not number else Markup(),
        count=group.count,
        exports=group.exports,
        groups=tuple(_home_groups(stock, group)),
        pager=group.pager,
        facets=group.facets,
    )


def _home_groups(stock: Stock, group: ListGroup) -> Iterator[Group]:
    """Yield the groups of a page of the home list: on the first, featured papers stand before all.

    There they are not listed a second time, so that a page holds each paper once.
    """
    papers: Sequence[Place] = group.papers
    if group.featured:
        yield Group("Featured", "", tuple(map(stock.card, group.featured)))
        above = {place.paper.slug for place in group.featured}
        papers = [place for place in papers if place.paper.slug not in above]
    yield from listing.groups(stock, papers)


def _term_page(stock: Stock, group: ListGroup) -> Page:
    of, number = group.of, group.number
    taxonomy, heading = of.row, of.heading
    settings = stock.settings
    person = settings.people.get(of.label) if taxonomy.name == "authors" else None
    tag = (settings.tags or {}).get(of.label) if taxonomy.name == "tags" else None
    about = f" {tag.description.plain}" if tag and tag.description else ""
    older = f", page {number}" if number else ""
    beside = indexes.companions(of, group.everyone) if not number else []
    return TermPage(
        listing.address(of.path, number),
        group.title,
        f"{plural(group.count, 'paper')}, {taxonomy.singular} {heading}{older}.{about}",
        trail=(stock.home, Link(taxonomy.title, f"{taxonomy.name}/")),
        feed=f"{of.path}feed.xml",
        heading=heading,
        introduction=summary.html(tag.description if tag else None),
        count=group.count,
        exports=group.exports,
        groups=tuple(listing.groups(stock, group.papers, cited=True)),
        pager=group.pager,
        taxonomy=taxonomy.name,
        code=of.label if heading != of.label else "",
        url=(person.url or "") if person else "",
        orcid=(person.orcid or "") if person else "",
        years=_years(stock, group) if not number else (),
        companions=tuple(beside[:_CLOUD_SIZE]),
        more=len(beside[_CLOUD_SIZE:]),
    )


def _years(stock: Stock, group: ListGroup) -> tuple[Bar, ...]:
    """Return the chart of a term's years, where there are two or more to be compared.

    Its bars lead to where the papers of a year begin in the term's own list.
    """
    paths: dict[int, str] = {}
    papers = [place.paper for place in group.everyone]
    for number, members in listing.cut(papers, stock.config.paginate):
        for paper in members:
            where = f"{listing.address(group.of.path, number)}#year-{paper.year}"
            paths.setdefault(paper.year, where)
    return charts.by_year(papers, stock.config.categories, paths) if len(paths) > 1 else ()


def feed_pages(stock: Stock, group: FeedGroup) -> Iterator[Page]:
    """Yield a page of a list as an Atom feed and as a JSON Feed.

    They are cut as lists are, so that a new paper moves no entry of an older page.
    """
    config, base = stock.config, group.of.path
    title = f"{group.of.heading} · {config.title}" if group.of.taxonomy else config.title
    entries = tuple(map(stock.feed_entry, group.papers))
    updated = max((place.paper.updated for place in group.papers), default=None)
    here, first, newer, older, last = group.links()
    links = [("first", first), ("previous", newer), ("next", older), ("last", last)]
    yield FeedPage(
        f"{here}.xml",
        id=config.url + base if config.url else f"urn:offprint:{base or 'papers/'}",
        title=title,
        subtitle=config.description,
        alternate=base,
        # A feed must tell a time; one without entries never changed since time was counted.
        updated=updated.timestamp if updated else "1970-01-01T00:00:00Z",
        pages=tuple((rel, f"{name}.xml") for rel, name in links if name and first != last),
        entries=entries,
    )
    yield JsonFeedPage(
        f"{here}.json",
        title,
        config.description,
        base,
        next=f"{older}.json" if older else "",
        entries=entries,
    )


def export_pages(stock: Stock, group: ExportGroup) -> Iterator[Page]:
    """Yield the citation files of a list."""
    yield from exports.list_files(stock, group.exports, group.papers)


def _facets(site: Site) -> Iterator[Facet]:
    """Yield what stands beside the home page's list: of a large taxonomy only the largest terms."""
    for name in ("categories", "years", "tags"):
        index = site.indexes[name]
        if not index.terms:
            continue
        by_size = sorted(index.terms, key=lambda term: (-len(term.papers), term.slug))
        chosen = {term.path for term in by_size[:_CLOUD_SIZE]}
        terms = [one for one in indexes.counted(index) if one.path in chosen]
        entries = indexes.term_entries(site.settings, name, terms)
        more = len(index.terms) - len(entries)
        yield Facet(name, index.taxonomy.title, f"{name}/", tuple(entries), more)
