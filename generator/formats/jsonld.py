"""JSON-LD in a page's head: papers, lists, people and the site in the words of schema.org."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from generator import identifiers
from generator.formats import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.markup import Text
    from generator.paper import Author, Paper, Version

Thing: TypeAlias = "dict[str, Any]"

# What a paper is, and what its venue is.
_TYPES = {
    "article": ("ScholarlyArticle", "CreativeWork"),
    "article-journal": ("ScholarlyArticle", "Periodical"),
    "article-magazine": ("Article", "Periodical"),
    "book": ("Book", "CreativeWork"),
    "chapter": ("Chapter", "Book"),
    "dataset": ("Dataset", "CreativeWork"),
    "paper-conference": ("ScholarlyArticle", "Book"),
    "post-weblog": ("BlogPosting", "Blog"),
    "report": ("Report", "CreativeWork"),
    "software": ("SoftwareSourceCode", "CreativeWork"),
    "speech": ("PresentationDigitalDocument", "Event"),
    "thesis": ("Thesis", "CreativeWork"),
}
_HAVE_PAGES = {"Article", "BlogPosting", "Chapter", "Report", "ScholarlyArticle"}
# Where else something of a paper is: its relation to the paper, what it is, and its address.
_LINKS = {
    "data": ("workExample", "Dataset", "url"),
    "model": ("workExample", "CreativeWork", "url"),
    "slides": ("workExample", "PresentationDigitalDocument", "url"),
    "poster": ("workExample", "Poster", "url"),
    "video": ("workExample", "VideoObject", "url"),
    "demo": ("workExample", "WebPage", "url"),
    "supplement": ("hasPart", "CreativeWork", "url"),
    "project": ("subjectOf", "WebPage", "url"),
    "blog": ("subjectOf", "BlogPosting", "url"),
    "press": ("subjectOf", "NewsArticle", "url"),
}
_DEGREES = {"master": "Master's degree", "doctor": "Doctorate"}
_COMMONS = re.compile(r"cc[ -](by(?:-(?:nc|nd|sa|nc-nd|nc-sa))?)[ -]([1-4]\.0)")
_WEB = re.compile(r"https?://[\w.-]+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)
# So that neither `</script>` nor `<!--` can stand there (HTML, 4.12.1.3), nor a line end of old
# JavaScript's in a text.
_ESCAPES = {one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
_HEADLINE = 110  # what Google shows of an article's headline
_DESCRIPTION = 200


def paper(
    paper: Paper,
    url: str,
    *,
    pdf_url: str = "",
    category: str = "",
    site: tuple[str, str] = ("", ""),
) -> Thing:
    """Return a paper; of what is not known nothing is said, and of `et_al` there is nobody.

    `url` and `pdf_url` are absolute, or "" where there is none; `category` is a name, and `site`
    the site's title and address.
    """
    kind = facts.kind(paper)
    title, abstract = _plain(paper.title), _plain(paper.abstract)
    fields = {
        "@id": url and f"{url}#paper",
        "url": url,
        "mainEntityOfPage": _page(url, *site),
        "headline": _shortened(title, _HEADLINE),
        "name": title,
        "abstract": abstract,
        "description": _shortened(abstract, _DESCRIPTION),
        "inLanguage": paper.language,
        "keywords": list(paper.tags),
        "about": category and {"@type": "DefinedTerm", "name": category, "termCode": paper.category},
        "author": _agents(paper.authors, paper),
        **_where(paper, kind),
        "datePublished": paper.date.iso,
        "dateModified": paper.modified.iso if paper.modified else None,
        **_own_to_type(paper, kind),
        **_access(paper, pdf_url),
        "award": _plain(paper.award),
        "creativeWorkStatus": _status(paper, kind),
        **_belongings(paper, kind, title),
    }
    return _thing(_TYPES[kind][0], fields)


def collection(
    name: str, url: str, description: str, items: Sequence[tuple[str, str]]
) -> Thing:
    """Return a page that lists others, given with name and address."""
    listed = [_listed(number, *item) for number, item in enumerate(items, 1)]
    the_list = {"numberOfItems": len(listed), "itemListElement": listed} if listed else {}
    fields = {"@id": url, "url": url, "name": name, "description": description}
    return _thing("CollectionPage", {**fields, "mainEntity": _thing("ItemList", the_list)})


def person(
    name: str, url: str, *, home: str = "", orcid: str = "", items: Iterable[tuple[str, str]] = ()
) -> Thing:
    """Return the page of a person, and what they wrote, given with name and address."""
    links = [link for link in (home, _orcid(orcid)) if link]
    fields = {"@id": url and f"{url}#person", "name": name, "url": home or url, "sameAs": links}
    works = [
        _thing("CreativeWork", {"@id": work and f"{work}#paper", "name": title, "url": work})
        for title, work in items
    ]
    page = {"@id": url, "url": url, "name": name, "mainEntity": _thing("Person", fields)}
    return _thing("ProfilePage", {**page, "hasPart": works})


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Thing:
    """Return the way to a page from home: names and addresses, its own last."""
    steps = [
        _thing("ListItem", {"position": number, "name": name, "item": url})
        for number, (name, url) in enumerate(trail, 1)
    ]
    return _thing("BreadcrumbList", {"itemListElement": steps})


def website(title: str, url: str, description: str, search_url: str = "") -> Thing:
    """Return the site; `search_url` is what the words of a search follow, as `…/search/?q=`."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{search_url}{{search_term_string}}"}
    search = {"target": target, "query-input": "required name=search_term_string"}
    fields = {"@id": url and f"{url}#website", "url": url, "name": title}
    return _thing(
        "WebSite",
        {
            **fields,
            "description": description,
            "potentialAction": _thing("SearchAction", search if search_url else {}),
        },
    )


def script(*things: Thing) -> str:
    """Return the text of a `<script type="application/ld+json">`; "" where there is no thing."""
    said = [thing for thing in things if thing]
    if not said:
        return ""
    graph = said[0] if len(said) == 1 else {"@graph": said}
    whole = {"@context": "https://schema.org", **graph}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def _thing(kind: str, fields: Thing) -> Thing:
    """Return a thing of the fields that are filled; nothing where none is."""
    filled = {name: value for name, value in fields.items() if value}
    return {"@type": kind, **filled} if filled else {}


def _plain(text: Text | None) -> str:
    return text.plain.strip() if text else ""


def _shortened(text: str, length: int) -> str:
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _listed(number: int, name: str, url: str) -> Thing:
    return _thing("ListItem", {"position": number, "name": name, "url": url})


def _page(url: str, title: str, home: str) -> Thing | str:
    if not url or not home:
        return url
    site = _thing("WebSite", {"@id": f"{home}#website", "name": title, "url": home})
    return {"@type": "WebPage", "@id": url, "isPartOf": site}


def _orcid(number: str | None) -> str:
    return f"https://orcid.org/{number}" if number else ""


def _agents(people: Iterable[Author], paper: Paper) -> list[Thing]:
    agents = (_agent(author, paper.organizations) for author in people)
    return [agent for agent in agents if agent]


def _agent(author: Author, organizations: Sequence[str]) -> Thing:
    """Return a person; a group where a name without parts was given as such, or is known as one.

    Who has an ORCID or an affiliation is a person all the same.
    """
    name, home = author.parts, author.organization
    label = name.display
    if name.literal and not (author.orcid or home) and (author.literal or label in organizations):
        return _thing("Organization", {"name": label, "url": author.url})
    fields = {
        "name": label,
        "givenName": name.given,
        "familyName": f"{name.particle} {name.family}".strip(),
        "honorificSuffix": name.suffix,
        "url": author.url,
        "sameAs": _orcid(author.orcid),
        "affiliation": _thing("Organization", {"name": home}),
    }
    return _thing("Person", fields)


def _where(paper: Paper, kind: str) -> Thing:
    """Return what a paper appeared in, with its editors, and who issued it, with the place."""
    container, venue, publisher = _TYPES[kind][1], _plain(paper.venue), paper.publisher
    if _is_house(kind) and not publisher:
        venue, publisher = "", venue
    place_is_event = kind in {"paper-conference", "speech"}
    event = {"location": _thing("Place", {"name": paper.place if place_is_event else None})}
    house = {"name": publisher, "location": None if place_is_event else paper.place}
    editors = _agents(paper.editors, paper)
    series = _thing(
        "BookSeries" if "Book" in _TYPES[kind] else "CreativeWorkSeries", {"name": paper.series}
    )
    whole: Thing = {"name": venue}
    if container == "Book":
        about = _thing("Event", {"name": venue, **event}) if event["location"] else {}
        whole |= {"isbn": paper.isbn, "editor": editors, "about": about}
    elif container == "Periodical":
        whole |= {"issn": paper.issn, "isPartOf": series}
    is_event = container == "Event"
    return {
        "editor": [] if container == "Book" else editors,
        "publisher": _thing("Organization", house) if publisher else {},
        "recordedAt": _thing("Event", {**whole, **event}) if is_event else {},
        "isPartOf": _part_of(paper, {} if is_event else _thing(container, whole), series),
    }


def _part_of(paper: Paper, whole: Thing, series: Thing) -> Thing:
    """Return the chain of what a paper is part of: a book, an issue, a volume, a series.

    A volume is one of the series where there is one, as of proceedings.
    """
    is_periodical = whole.get("@type") == "Periodical"
    numbered = whole if is_periodical or not series else series
    volume, issue = {"volumeNumber": paper.volume}, {"issueNumber": paper.issue}
    if paper.volume:
        numbered = _thing("PublicationVolume", {**volume, "isPartOf": numbered})
    if paper.issue:
        numbered = _thing("PublicationIssue", {**issue, "isPartOf": numbered})
    return {**whole, "isPartOf": numbered} if series and whole and not is_periodical else numbered


def _own_to_type(paper: Paper, kind: str) -> Iterator[tuple[str, object]]:
    what = _TYPES[kind][0]
