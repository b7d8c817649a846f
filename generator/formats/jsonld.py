"""JSON-LD in a page's head: papers, lists, people and the site in the words of schema.org."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator import identifiers
from generator.formats import facts, schemaorg
from generator.formats.schemaorg import TYPES, plain, thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.formats.schemaorg import Thing
    from generator.paper import Paper

_HAVE_PAGES = {"Article", "BlogPosting", "Chapter", "Report", "ScholarlyArticle"}
_DEGREES = {"master": "Master's degree", "doctor": "Doctorate"}
# No `</script>` and no `<!--` may stand there (HTML, 4.12.1.3), nor a line end of old JavaScript's.
_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_HEADLINE = 110  # as much as Google takes of an article's headline
_DESCRIPTION = 200


def paper(  # noqa: PLR0913 - what the site knows of a paper beside its fields
    paper: Paper,
    url: str,
    *,
    pdf_url: str = "",
    image: str = "",
    category: str = "",
    site: tuple[str, str] = ("", ""),
) -> Thing:
    """Return a paper; of what is not known nothing is said, and `et_al` adds nobody.

    `url`, `pdf_url` and `image` are absolute, or "" where there is none; `category` is a name, and
    `site` the site's title and address.
    """
    kind = facts.kind(paper)
    title, abstract = plain(paper.title), plain(paper.abstract)
    about = {"name": category, "termCode": paper.category} if category else {}
    fields = {
        "@id": url and f"{url}#paper",
        "url": url,
        "mainEntityOfPage": _page(url, *site),
        "image": image,
        "headline": _shortened(title, _HEADLINE),
        "name": title,
        "abstract": abstract,
        "description": _shortened(abstract, _DESCRIPTION),
        "inLanguage": paper.language,
        "keywords": list(paper.tags),
        "about": thing("DefinedTerm", about),
        "author": schemaorg.agents(paper.authors, paper.organizations),
        "datePublished": paper.date.iso,
        "dateModified": paper.modified.iso if paper.modified else "",
        **schemaorg.where(paper, kind),
        **dict(_own_to_type(paper, kind)),
        **schemaorg.identified(paper, kind, paper.links.publisher),
        **schemaorg.access(paper, pdf_url),
        "award": plain(paper.award),
        "creativeWorkStatus": (
            paper.status or ("preprint" if kind == "article" else "published")
        ).capitalize(),
        **schemaorg.belongings(paper, kind, title),
    }
    return thing(TYPES[kind][0], fields)


def collection(
    name: str,
    url: str,
    description: str,
    items: Sequence[tuple[str, str]] = (),
    *,
    size: int = 0,
) -> Thing:
    """Return a page that lists others: given with name and address, or only their number.

    What has an address is named by the page there, which saves a long list much of its weight.
    """
    rows = [
        thing("ListItem", {"position": number, "url": address, "name": "" if address else title})
        for number, (title, address) in enumerate(items, 1)
    ]
    listed = thing("ItemList", {"numberOfItems": len(rows) or size, "itemListElement": rows})
    page = {"@id": url, "url": url, "name": name, "description": description}
    return thing("CollectionPage", {**page, "mainEntity": listed})


def person(
    name: str, url: str, *, home: str = "", orcid: str = "", items: Iterable[tuple[str, str]] = ()
) -> Thing:
    """Return the page of a person, and what they wrote, given with name and address."""
    links = [link for link in (home, identifiers.orcid_address(orcid)) if link]
    about = {"@id": url and f"{url}#person", "name": name, "url": url, "sameAs": links}
    works = [
        thing("CreativeWork", {"@id": work and f"{work}#paper", "url": work, "name": title})
        for title, work in items
    ]
    page = {"@id": url, "url": url, "name": name}
    return thing("ProfilePage", {**page, "mainEntity": thing("Person", about), "hasPart": works})


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Thing:
    """Return the way to a page from home, in names and addresses, its own last."""
    steps = [
        thing("ListItem", {"position": number, "name": name, "item": url})
        for number, (name, url) in enumerate(trail, 1)
    ]
    return thing("BreadcrumbList", {"itemListElement": steps})


def website(title: str, url: str, description: str, search_url: str = "") -> Thing:
    """Return the site; what is sought is put after `search_url`, such as `…/search/?q=`."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{search_url}{{search_term_string}}"}
    search = {"target": target, "query-input": "required name=search_term_string"}
    site = {"@id": url and f"{url}#website", "url": url, "name": title, "description": description}
    action = thing("SearchAction", search if search_url else {})
    return thing("WebSite", {**site, "potentialAction": action})


def script(*things: Thing) -> str:
    """Return the text of a `<script type="application/ld+json">`; "" where there is no thing."""
    graph = [one for one in things if one]
    if not graph:
        return ""
    whole = graph[0] if len(graph) == 1 else {"@graph": graph}
    written = {"@context": "https://schema.org", **whole}
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def _shortened(text: str, length: int) -> str:
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _page(url: str, title: str, home: str) -> Thing | str:
    if not url or not home:
        return url
    site = thing("WebSite", {"@id": f"{home}#website", "url": home, "name": title})
    return {"@type": "WebPage", "@id": url, "isPartOf": site}


def _own_to_type(paper: Paper, kind: str) -> Iterator[tuple[str, object]]:
    """Yield what only some types have."""
    ranges = facts.page_ranges(paper) if TYPES[kind][0] in _HAVE_PAGES else ()
    if len(ranges) == 1:
        yield "pageStart", ranges[0][0]
        yield "pageEnd", ranges[0][1]
    elif ranges:
        yield "pagination", facts.pages(paper, "-")
    if kind == "book":
        yield "isbn", paper.isbn
    elif kind == "report":
        yield "reportNumber", paper.number
    elif kind == "thesis":
        yield "inSupportOf", _DEGREES.get(facts.degree(paper))
    elif kind == "software":
        yield "codeRepository", schemaorg.code(paper)
    elif kind == "dataset":
        yield "distribution", thing("DataDownload", {"contentUrl": paper.links.data})
