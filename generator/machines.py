"""What machines read of a page: from the values of the plan to the formats that know papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.formats import (
    bibtex,
    citation,
    coins,
    facts,
    highwire,
    jsonfeed,
    jsonld,
    opengraph,
    signposting,
)
from generator.formats.files import FORMATS
from generator.pages import search
from generator.pages.kinds.programs import CARD_SIZE
from generator.pages.kinds.readers import (
    HomePage,
    HtmlPage,
    IndexPage,
    ListPage,
    PaperPage,
    TermPage,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.formats.schemaorg import Thing
    from generator.pages.kinds.parts import AtomEntry, Cited, Header
    from generator.pages.kinds.programs import JsonFeedPage


def highwire_tags(cited: Cited) -> tuple[tuple[str, str], ...]:
    """Return the `citation_*` tags of a paper's page, as Google Scholar and Zotero read them."""
    return highwire.tags(cited.paper, cited.url, pdf_url=_own_pdf(cited))


def open_url(cited: Cited) -> str:
    """Return a paper in a list as Zotero and other reference managers read it (COinS)."""
    return coins.span_title(cited.paper, cited.url)


def open_graph(page: HtmlPage, site: Header) -> list[tuple[str, str]]:
    """Return the Open Graph properties of a page, as sites show them where it is shared."""
    fields = {
        "type": "website",
        "title": page.title,
        "description": page.description,
        "url": site.url and site.url + page.path,
        "site_name": site.title,
        "locale": opengraph.locale(site.language),
    }
    if isinstance(page, PaperPage):
        cited, shown = page.cited.paper, page.paper
        about = opengraph.about(cited)
        fields |= {"type": "article", "description": about}
        fields |= _picture(page.card, f"{page.title}. {about}", site)
        authors = [site.url + one.path for one in shown.authors if site.url and one.path]
        article = opengraph.article(cited, shown.category_name, dict.fromkeys(authors))
        return [*opengraph.page(fields), *article]
    if isinstance(page, TermPage) and page.taxonomy == "authors":
        fields["type"] = "profile"
    fields |= _picture(site.card, f"{site.title}. {site.description}", site)
    return list(opengraph.page(fields))


def _picture(path: str, text: str, site: Header) -> dict[str, str]:
    """Return the properties of a social card, which have a meaning only with a whole address."""
    if not path or not site.url:
        return {}
    width, height = map(str, CARD_SIZE)
    address = {"image": site.url + path, "image:type": "image/png"}
    return {**address, "image:width": width, "image:height": height, "image:alt": text}


def signposts(cited: Cited) -> list[signposting.Signpost]:
    """Return the typed links by which robots find what belongs to a paper's page."""
    return list(signposting.signposts(cited.paper, cited.url))


def record(form: str, cited: Cited) -> str:
    """Return a paper in a citation format, a name of `formats.files.FORMATS`."""
    return FORMATS[form].record(cited.paper, cited.key, cited.url, cited.primary_class)


def snippet(cited: Cited) -> str:
    """Return a paper as BibTeX to be copied, without its abstract."""
    return bibtex.entry(
        cited.paper, cited.key, cited.url, primary_class=cited.primary_class, abstract=False
    )


def references(cited: Cited) -> list[tuple[str, Markup]]:
    """Return a paper's formatted references, each with the name of its style."""
    work = citation.read(cited.paper, cited.url)
    return [
        (style.label, Markup(style.cite(work).html))  # noqa: S704 - made escaped
        for style in citation.STYLES.values()
    ]


def linked_data(page: HtmlPage, site: Header) -> Markup:
    """Return what a page is, as the text of a JSON-LD script; empty where it has no address."""
    if not site.url or not page.listed:
        return Markup()
    things = []
    url = site.url + page.path
    if isinstance(page, PaperPage):
        category = page.paper.category_name
        about = {"category": category, "site": (site.title, site.url)}
        pdf = _own_pdf(page.cited)
        image = site.url + page.card if page.card else ""
        things.append(jsonld.paper(page.cited.paper, url, pdf_url=pdf, image=image, **about))  # type: ignore[arg-type]  # each has its own type
    if isinstance(page, HomePage) and not page.path:
        asked = f"{site.url}{search.PATH}?q=" if page.count else ""
        things.append(jsonld.website(site.title, site.url, site.description, asked))
    if isinstance(page, ListPage):
        things.append(_list(page, site, url))
    if isinstance(page, IndexPage):
        things.append(jsonld.collection(page.heading, url, page.description, size=page.count))
    if page.trail:
        steps = [(link.label, site.url + link.path) for link in page.trail]
        things.append(jsonld.breadcrumbs([*steps, (page.title, url)]))
    return Markup(jsonld.script(*things))  # noqa: S704 - written so that no sign of HTML is in it


def _list(page: ListPage, site: Header, url: str) -> Thing:
    cards = [card for group in page.groups for card in group.cards]
    items = [(card.name, site.url + card.path) for card in cards]
    if isinstance(page, TermPage) and page.taxonomy == "authors":
        return jsonld.person(page.heading, url, home=page.url, orcid=page.orcid, items=items)
    return jsonld.collection(page.heading, url, page.description, items)


def _own_pdf(cited: Cited) -> str:
    """Return the address of a PDF beside the paper's page: Scholar wants to hear of no other."""
    given = cited.paper.links.pdf or ""
    return "" if ":" in given else facts.pdf(cited.paper, cited.url)


def json_feed(page: JsonFeedPage, site: Header, items: Iterable[str]) -> str:
    """Return a list's newest papers, or a page of the older, as a JSON Feed of these items."""
    feed = jsonfeed.Feed(
        title=page.title,
        home_page_url=site.url and site.url + page.alternate,
        feed_url=site.url and site.url + page.path,
        description=page.subtitle,
        language=site.language,
        next_url=page.next and (site.url or page.root) + page.next,
    )
    return jsonfeed.dumps(feed, items)


def json_item(shown: AtomEntry) -> str:
    """Return a paper as it stands in JSON Feeds."""
    entry = shown.entry
    item = jsonfeed.Item(
        id=entry.id,
        # A path alone would lead elsewhere from each feed.
        url=entry.url if ":" in entry.url else "",
        title=entry.title,
        content_html=str(entry.summary),
        summary="",
        date_published=entry.published,
        date_modified=entry.updated,
        authors=entry.authors,
        tags=tuple(label for _, label in entry.categories),
        external_url=entry.related,
        pdf=entry.pdf if ":" in entry.pdf else "",
    )
    return jsonfeed.entry(item)
