"""The plan: the one place that says which pages the site consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from generator.pages import (
    hosting,
    indexes,
    lists,
    markdown,
    papers,
    search,
    social,
    summary,
)
from generator.pages.kinds import (
    GonePage,
    Header,
    HtmlPage,
    Link,
    NotFoundPage,
    RedirectPage,
    RobotsPage,
    SitemapIndexPage,
    SitemapPage,
    TextPage,
)
from generator.pages.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.config import Config
    from generator.pages.kinds import Page
    from generator.site import Site

SITEMAP_SIZE = 50_000
"""The addresses that a sitemap may hold (sitemaps.org, protocol)."""


def plan(site: Site) -> tuple[Page, ...]:
    """Return every page of the site, in a fixed order."""
    stock = Stock(site)
    pages: list[Page] = [*lists.home_pages(stock), *papers.paper_pages(stock)]
    for index in site.indexes.values():
        pages.append(indexes.index_page(stock, index))
        for term in index.terms:
            pages += lists.term_pages(stock, term)
    pages += _text_pages(stock)
    pages.append(search.search_page(stock))
    pages += _redirects(stock)
    pages += _no_more(stock, pages)
    pages.append(_not_found(site))
    if site.config.social_cards:
        pages.append(social.site_card(site))
    pages += [*_for_robots(site, pages), markdown.llms(stock), *hosting.host_files(site, pages)]
    # What the maintainer wrote for hosts and robots stands in place of what would be made.
    own = {file.path for file in site.files if file.path in _FOR_OTHERS}
    return tuple(page for page in pages if page.path not in own)


_FOR_OTHERS = {"_headers", "_redirects", "llms.txt", "robots.txt"}


def header(site: Site, styles: Sequence[str], assets: Mapping[str, str]) -> Header:
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
    )


def _navigation(config: Config) -> Iterator[Link]:
    """Yield the links of every page: the maintainer's, and the one to search unless it is there."""
    links = [Link(one.title, one.path.removeprefix("/")) for one in config.navigation]
    yield from links
    if all(link.path != search.PATH for link in links):
        yield Link("Search", search.PATH)


def _text_pages(stock: Stock) -> Iterator[Page]:
    for page in stock.site.pages:
        yield TextPage(
            page.path,
            page.title.plain,
            summary.shortened(page.description),
            trail=(stock.home,) if page.path else (),
            heading=summary.html(page.title),
            body=summary.html(page.body, page.path),
        )


def _redirects(stock: Stock) -> Iterator[Page]:
    """Yield the earlier addresses, and `/papers/`, which remains when an address is cut."""
    yield _redirect("papers/", stock.home.label, "")
    for paper in (*stock.site.papers, *stock.site.unlisted):
        for alias in paper.aliases:
            yield _redirect(alias.removeprefix("/"), paper.title.plain, paper.path)


def _no_more(stock: Stock, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield what is at published addresses whose pages are no more.

    A term that no paper has any more leads to the one it is an alias of, or to its index.
    """
    titles = {page.path: page.title for page in pages if isinstance(page, HtmlPage)}
    for address in stock.site.published.addresses.values():
        if address.target is not None:
            title = titles.get(address.target, f"/{address.target}")
            yield _redirect(address.path, title, address.target)
        elif address.reason is not None:
            yield GonePage(
                address.path,
                "Removed",
                address.reason.plain,
                trail=(stock.home,),
                listed=False,
                reason=summary.html(address.reason, address.path),
            )
        elif address.path not in titles and (target := _term_instead(stock, address.path)):
            yield _redirect(address.path, titles[target], target)


def _term_instead(stock: Stock, path: str) -> str:
    """Return where the address of a term leads that is no more; "" for what is no term's."""
    name, _, slug = path.removesuffix("/").partition("/")
    index = stock.site.indexes.get(name)
    if index is None or not slug or "/" in slug:
        return ""
    label = stock.renamed(name).get(slug)
    term = index.term(label) if label else None
    return term.path if term else f"{name}/"


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


def _for_robots(site: Site, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the sitemap, where the site's address is known, and leave to visit everything."""
    url = site.config.url
    if url:
        changed = {paper.path: paper.modified.iso for paper in site.papers if paper.modified}
        listed = [page.path for page in pages if isinstance(page, HtmlPage) and page.listed]
        listed += _own_pdfs(site)
        yield from _sitemaps(url, [(url + path, changed.get(path, "")) for path in listed])
    yield RobotsPage("robots.txt", f"{url}sitemap.xml" if url else "")
