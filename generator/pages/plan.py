"""The plan: the one place that says which pages the site consists of."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from generator import names
from generator.cache import Cache
from generator.pages import (
    groups,
    hosting,
    indexes,
    lists,
    markdown,
    papers,
    search,
    social,
    summary,
)
from generator.pages.collection import Collection, Shelf
from generator.pages.groups import ExportGroup, FeedGroup, ListGroup, PaperGroup, Single
from generator.pages.indexes import IndexGroup
from generator.pages.kinds.parts import Header, Link
from generator.pages.kinds.programs import RobotsPage, SitemapIndexPage, SitemapPage
from generator.pages.kinds.readers import GonePage, NotFoundPage, RedirectPage, TextPage
from generator.pages.places import Places
from generator.pages.stock import Stock
from generator.related import kinship, related

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from generator.config import Config
    from generator.pages.groups import Group
    from generator.pages.kinds.page import Page
    from generator.site import Site
    from generator.terms import Term

SITEMAP_SIZE = 50_000
"""The addresses that a sitemap may hold (sitemaps.org, protocol)."""


def plan(site: Site, known: Cache | None = None, version: str = "") -> tuple[Group, ...]:
    """Return all pages of the site in groups, in a fixed order.

    The cache spares doing so again, as far as this version of the program did it.
    """
    known = known or Cache()
    origin = " ".join(
        [version, site.arrangement.digest, site.settings.digest, site.published.digest]
        + ([f"{slug} {at.path}" for slug, at in site.places.items()] if site.config.editor else [])
    )
    everyone = (*site.papers, *site.unlisted)
    before: Shelf | None = known.recalled("plan")
    shelf = known.recall(
        "plan", origin, lambda: Shelf(version, _collection(site, known, before, version)), kept=True
    )
    collection = shelf.collection(version, everyone)
    assert collection is not None
    singles = [*_text_pages(site), search.search_page(site), *_redirects(site)]
    singles += _no_more(site, [*collection.groups, *map(Single, singles)])
    singles.append(_not_found(site))
    if site.config.social_cards:
        singles.append(social.site_card(site))
    texts = [Single(page) for page in singles]
    listed = [*collection.listed, *(path for one in texts for path in one.listed())]
    singles += [*_for_robots(site, listed), markdown.llms(site), *hosting.host_files(site, singles)]
    # What the maintainer wrote for hosts and robots stands in place of what would be made.
    own = {file.path for file in site.files if file.path in _FOR_OTHERS}
    return (*collection.groups, *(Single(page) for page in singles if page.path not in own))


_FOR_OTHERS = {"_headers", "_redirects", "llms.txt", "robots.txt"}


def _collection(site: Site, cached: Cache, shelf: Shelf | None, version: str) -> Collection:
    """Return the groups of the papers; what is as it was last time is the same value."""
    before = shelf and shelf.collection(version, (*site.papers, *site.unlisted))
    known = Places.of(site, before.places if before else None)
    alike = cached.recall(
        "related",
        # Long lists of authors are indexed by who is registered.
        f"{version} {site.settings.digest} {kinship(site.papers)}",
        lambda: related(site.papers, site.indexes),
        kept=True,
    )
    made: list[Group] = [
        *lists.home_groups(site, known.by_slug),
        *papers.paper_groups(site, known.by_slug, alike),
        *_term_groups(site, known, before.places if before else None, cached),
    ]
    if before:
        old = {group.name: group for group in before.groups}
        made = [
            same if (same := old.get(one.name, one)) is one or same == one else one for one in made
        ]
    for one in made:
        _ = one.name  # is kept with it: of a group whose papers are gone it could not be told
    listed = tuple(path for one in made for path in one.listed())
    return Collection(tuple(made), listed, known)


def _term_groups(
    site: Site, known: Places, before: Places | None, cached: Cache
) -> Iterator[Group]:
    """Yield the groups of all taxonomies; those of a term that is the same value are, too."""
    at_hand: dict[str, tuple[Term, tuple[Group, ...]]] = cached.recall(
        "terms", site.settings.digest, dict
    )
    moved = known.moved_terms(before) if before else None
    made = {}
    for index in site.indexes.values():
        yield indexes.index_group(site, index)
        for term in index.terms:
            one = at_hand.get(term.path)
            if one is None or one[0] is not term or moved is None or term.path in moved:
                one = term, tuple(lists.term_groups(site, known.by_slug, term))
            made[term.path] = one
            yield from one[1]
    at_hand.clear()
    at_hand.update(made)


def expand(group: Group, stock: Stock) -> Iterator[Page]:
    """Yield the pages of a group."""
    if isinstance(group, Single):
        yield group.page
    elif isinstance(group, IndexGroup):
        yield indexes.index_page(stock, group)
    else:
        yield from _EXPANSIONS[type(group)](stock, group)


_EXPANSIONS: Mapping[type[Group], Callable[[Stock, Any], Iterator[Page]]] = {
    PaperGroup: papers.paper_pages,
    ListGroup: lists.list_pages,
    FeedGroup: lists.feed_pages,
    ExportGroup: lists.export_pages,
}


def pages(site: Site) -> tuple[Page, ...]:
    """Return every page of the site, in a fixed order."""
    stock = Stock(site.settings, site.wholes)
    return tuple(page for group in plan(site) for page in expand(group, stock))


def header(site: Site, styles: Sequence[str], assets: Mapping[str, str], icon: str = "") -> Header:
    """Return what every template may know of the site; the assets come from the theme."""
    config = site.config
    return Header(
        title=config.title,
        description=config.description,
        url=config.url or "",
        language=config.language,
        navigation=tuple(_navigation(config)),
        footer=summary.html(config.footer),
        repository=config.repository or "",
        styles=tuple(styles),
        assets=tuple(sorted(assets.items())),
        card=social.path_of_site(config),
        icon=icon,
    )


def _navigation(config: Config) -> Iterator[Link]:
    """Yield the links of every page: the maintainer's, and the one to search unless it is there."""
    links = [Link(one.title, one.path.removeprefix("/")) for one in config.navigation]
    yield from links
    if all(link.path != search.PATH for link in links):
        yield Link("Search", search.PATH)


def _text_pages(site: Site) -> Iterator[Page]:
    for page in site.pages:
        yield TextPage(
            page.path,
            page.title.plain,
            summary.shortened(page.description),
            trail=(_home(site),) if page.path else (),
            heading=summary.html(page.title),
            body=summary.html(page.body, page.path),
        )


def _home(site: Site) -> Link:
    return Link(site.config.title)


def _redirects(site: Site) -> Iterator[Page]:
    """Yield the earlier addresses, and `/papers/`, which remains when an address is cut."""
    yield _redirect("papers/", site.config.title, "")
    for paper in (*site.papers, *site.unlisted):
        for alias in paper.aliases:
            yield _redirect(alias.removeprefix("/"), paper.title.plain, paper.path)


def _no_more(site: Site, planned: Iterable[Group]) -> Iterator[Page]:
    """Yield what is at published addresses whose pages are no more.

    A term that no paper has any more leads to the one it is an alias of, or to its index.
    """
    addresses = site.published.addresses.values()
    titles = dict(groups.titles(planned)) if addresses else {}
    renamed = cache(partial(_renamed, site))
    for address in addresses:
        if address.target is not None:
            title = titles.get(address.target, f"/{address.target}")
            yield _redirect(address.path, title, address.target)
        elif address.reason is not None:
            yield GonePage(
                address.path,
                "Removed",
                address.reason.plain,
                trail=(_home(site),),
                listed=False,
                reason=summary.html(address.reason, address.path),
            )
        elif address.path not in titles and (target := _term_instead(site, address.path, renamed)):
            yield _redirect(address.path, titles[target], target)


def _term_instead(site: Site, path: str, renamed: Callable[[str], Mapping[str, str]]) -> str:
    """Return where the address of a term leads that is no more; "" for what is no term's."""
    name, _, slug = path.removesuffix("/").partition("/")
    index = site.indexes.get(name)
    if index is None or not slug or "/" in slug:
        return ""
    label = renamed(name).get(slug)
    term = index.term(label) if label else None
    return term.path if term else f"{name}/"


def _renamed(site: Site, taxonomy: str) -> Mapping[str, str]:
    """Return the slugs of what a registry calls otherwise, each with the label it has now."""
    vocabulary = site.settings.vocabulary
    known = {"tags": vocabulary.tags, "authors": vocabulary.people}.get(taxonomy, {})
    return {names.slug(one): label for one, label in known.items()}


def _redirect(path: str, title: str, target: str) -> Page:
    return RedirectPage(path, title, f"This page is now at /{target}.", listed=False, target=target)


def _not_found(site: Site) -> Page:
    return NotFoundPage(
        "404.html",
        "Page not found",
        "There is no page at this address.",
        listed=False,
        base=urlsplit(site.config.url).path if site.config.url else "",
    )


def _own_pdfs(site: Site) -> list[str]:
    """Return the paths of the PDFs that the site holds, but for those of unlisted papers."""
    unlisted = tuple(paper.path for paper in site.unlisted)
    return [
        quote(file.path)
        for file in site.files
        if file.path.lower().endswith(".pdf") and not file.path.startswith(unlisted)
    ]


def _sitemaps(url: str, addresses: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """Yield the sitemap, or an index of several where the protocol allows no single one."""
    if len(addresses) <= SITEMAP_SIZE:
        yield SitemapPage("sitemap.xml", tuple(addresses))
        return
    starts = range(0, len(addresses), SITEMAP_SIZE)
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(starts, 1)]
    for name, start in zip(names, starts, strict=True):
        yield SitemapPage(name, tuple(addresses[start : start + SITEMAP_SIZE]))
    yield SitemapIndexPage("sitemap.xml", tuple(url + name for name in names))


def _for_robots(site: Site, listed: Sequence[str]) -> Iterator[Page]:
    """Yield the sitemap, where the site's address is known, and leave to visit everything."""
    url = site.config.url
    if url:
        changed = {paper.path: paper.modified.iso for paper in site.papers if paper.modified}
        addresses = [*listed, *_own_pdfs(site)]
        yield from _sitemaps(url, [(url + path, changed.get(path, "")) for path in addresses])
    yield RobotsPage("robots.txt", f"{url}sitemap.xml" if url else "")
