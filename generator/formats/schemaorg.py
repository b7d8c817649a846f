"""The parts of a paper in the words of schema.org: people, venues, identifiers, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from generator import identifiers
from generator.formats import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.authors import Author
    from generator.markup import Text
    from generator.paper import Paper, Version

Thing: TypeAlias = "dict[str, Any]"

# What a paper is, and what its venue is; that of a speech is an event.
TYPES = {
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
    "speech": ("PresentationDigitalDocument", ""),
    "thesis": ("Thesis", "CreativeWork"),
}
# What else there is of a paper, by link: how it belongs to the paper, and what it is.
_LINKS = {
    "data": ("workExample", "Dataset"),
    "model": ("workExample", "CreativeWork"),
    "slides": ("workExample", "PresentationDigitalDocument"),
    "poster": ("workExample", "Poster"),
    "video": ("workExample", "VideoObject"),
    "demo": ("workExample", "WebPage"),
    "supplement": ("hasPart", "CreativeWork"),
    "project": ("subjectOf", "WebPage"),
    "blog": ("subjectOf", "BlogPosting"),
    "press": ("subjectOf", "NewsArticle"),
}
_WITH_ISBN = (*identifiers.IDENTIFIERS, "isbn")


def thing(kind: str, fields: Thing) -> Thing:
    """Return a thing of those fields that are filled; nothing where none is."""
    filled = {name: value for name, value in fields.items() if value}
    return {"@type": kind, **filled} if filled else {}


def plain(text: Text | None) -> str:
    """Return the words of a text; "" where there is none."""
    return text.plain.strip() if text else ""


def agents(people: Iterable[Author], organizations: Sequence[str]) -> list[Thing]:
    """Return people and groups, but for those that have no name."""
    return [_agent(one, organizations) for one in people if one.parts.display]


def _agent(author: Author, organizations: Sequence[str]) -> Thing:
    """Return a person, or a group: one whose name was given as a literal, or is an organization's.

    Who has an ORCID or an affiliation is a person all the same.
    """
    name, home = author.parts, author.organization
    is_person = author.orcid or home or not name.literal
    if not is_person and (author.literal or name.literal in organizations):
        return thing("Organization", {"name": name.literal, "url": author.url})
    fields = {
        "name": name.display,
        "givenName": name.given,
        "familyName": f"{name.particle} {name.family}".strip(),
        "honorificSuffix": name.suffix,
        "affiliation": thing("Organization", {"name": home}),
        "url": author.url,
        "sameAs": identifiers.orcid_address(author.orcid),
    }
    return thing("Person", fields)


def _is_house(kind: str) -> bool:
    """Tell whether a venue issued the work, as a server does a preprint."""
    return facts.has_house(kind) or kind == "article"


def where(paper: Paper, kind: str) -> Thing:
    """Return who issued a paper, who edited it or its book, and what it appeared in."""
    container = TYPES[kind][1]
    venue, house = facts.venue_and_house(paper, servers=True)
    place = paper.place
    event: Thing = {}
    if kind == "speech" or (kind == "paper-conference" and place):
        event = thing("Event", {"name": venue, "location": thing("Place", {"name": place})})
        place = None
    editors = agents(paper.editors, paper.organizations)
    whole: Thing = {"name": venue} if container else {}
    if container == "Periodical":
        whole["issn"] = paper.issn
    elif container == "Book":
        whole |= {"isbn": paper.isbn, "editor": editors, "about": event}
        event, editors = {}, []
    return {
        "editor": editors,
        "publisher": thing("Organization", {"name": house, "location": place}) if house else {},
        "recordedAt": event,
        "isPartOf": _part_of(paper, kind, thing(container, whole)),
    }


def _part_of(paper: Paper, kind: str, whole: Thing) -> Thing:
    """Return what a paper is part of, through issue and volume: those of a series if it has one.

    An ISSN is a periodical's, and where there is none a series'.
    """
    types = TYPES[kind]
    is_journal = "Periodical" in types
    issn = None if is_journal else paper.issn
    series = thing(
        "BookSeries" if "Book" in types else "CreativeWorkSeries",
        {"name": paper.series, "issn": issn},
    )
    if is_journal and series:
        whole, series = thing("Periodical", {**whole, "isPartOf": series}), {}
    numbered = series or whole
    if paper.volume:
        volume = {"volumeNumber": paper.volume, "isPartOf": numbered}
        numbered = thing("PublicationVolume", volume)
    if paper.issue:
        numbered = thing("PublicationIssue", {"issueNumber": paper.issue, "isPartOf": numbered})
    return {**whole, "isPartOf": numbered} if series and whole else numbered


def identified(one: Paper | Version, kind: str, *pages: str | None) -> Thing:
    """Return identifiers, and where they and other pages of the same work are.

    The ISBN of a book, or of the book that a paper is in, has a property of its own.
    """
    names = identifiers.IDENTIFIERS if "Book" in TYPES.get(kind, ()) else _WITH_ISBN
    known = [(name, value) for name in names if (value := getattr(one, name, None))]
    addresses = [identifiers.address(*pair) for pair in known if pair[0] in identifiers.IDENTIFIERS]
    return {
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in known
        ],
        "sameAs": [*addresses, *(page for page in pages if page)],
    }


def access(paper: Paper, pdf_url: str) -> Thing:
    """Return where the text is, and its licence; nothing says of a paper that it costs."""
    given = paper.links.pdf or ""
    pdf = pdf_url or (given if ":" in given else "")
    texts = (("application/pdf", pdf), ("text/html", paper.links.html))
    open_archive = paper.arxiv or paper.openreview or paper.pmcid
    return {
        "encoding": [
            {"@type": "MediaObject", "contentUrl": address, "encodingFormat": media_type}
            for media_type, address in texts
            if address
        ],
        "isAccessibleForFree": bool(pdf_url or open_archive),
        "license": facts.license_address(paper) or thing("CreativeWork", {"name": paper.license}),
    }


def code(paper: Paper) -> str:
    """Return the address of a paper's code; "" where it is not known."""
    return paper.links.code or (paper.code if isinstance(paper.code, str) else "")


def belongings(paper: Paper, kind: str, title: str) -> dict[str, list[Thing]]:
    """Return what belongs to a paper: its code, its data and the like, and its other versions."""
    found: dict[str, list[Thing]] = {"isBasedOn": [], "workExample": []}
    if (paper.code or paper.links.code) and kind != "software":
        program = {"name": title, "codeRepository": code(paper)}
        found["workExample"].append(thing("SoftwareSourceCode", program))
    for link, (relation, what) in _LINKS.items():
        address = getattr(paper.links, link)
        if address and not (link == "data" and kind == "dataset"):
            name = title if relation == "workExample" else ""
            found.setdefault(relation, []).append(thing(what, {"name": name, "url": address}))
    for version in paper.versions:
        own = version.type or ("article" if version.arxiv and not version.venue else "")
        # Without its date, a preprint came before what is none.
        is_before = version.date < paper.date if version.date else own == "article" and own != kind
        relation = "isBasedOn" if is_before else "workExample"
        found[relation].append(_version(version, own, title))
    return found


def _version(one: Version, kind: str, title: str) -> Thing:
    what, container = TYPES.get(kind, ("ScholarlyArticle", ""))
    has_house = _is_house(kind)
    venue = "Organization" if has_house else container or "CreativeWork"
    known = identified(one, kind)
    fields = {
        "url": one.url or next(iter(known["sameAs"]), ""),
        "name": title,
        "version": one.label,
        "datePublished": one.date.iso if one.date else "",
        "publisher" if has_house else "isPartOf": thing(venue, {"name": plain(one.venue)}),
        **known,
        "creativeWorkStatus": "Preprint" if kind == "article" else "",
    }
    return thing(what, fields)
