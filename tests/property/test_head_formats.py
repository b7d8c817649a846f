"""Whatever paper the gate accepts: what its page's head says of it is whole and safe."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pydantic import ValidationError

from generator.formats import facts, highwire, jsonfeed, jsonld, opengraph, signposting
from generator.gate import Gate
from generator.paper import TYPES, Paper
from tests.property.test_format_round_trips import ENTRIES, PEOPLE, READER, TEXTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.property

URL = "https://publications.example/papers/a/"
SITE = "https://publications.example/"
ADDRESSES = st.sampled_from(
    ["https://e.org/", "HTTP://e.org/a?b=c&d=%3C#e", "https://é.org/(x)_'y'/;z", "http://[::1]:8/"]
)
DATES = st.sampled_from(["2024-05-06", "2024-12", "1987", "2000-02-29"])
ORCIDS = st.just("0000-0002-1825-0097")
LINKS = ("code", "data", "model", "project", "publisher", "html", "supplement", "slides", "poster")
VERSIONS = st.fixed_dictionaries(
    {},
    optional={
        "label": WORDS,
        "type": st.sampled_from(TYPES),
        "venue": TEXTS,
        "date": DATES,
        "doi": st.just("10.1000/<{x%_>"),
        "arxiv": st.just("2401.12340"),
        "url": ADDRESSES,
    },
)
AUTHORS = st.builds(
    lambda person, known: ({"name": person} if isinstance(person, str) else person) | known,
    st.one_of(PEOPLE, st.just({"name": ","})),
    st.fixed_dictionaries({}, optional={"orcid": ORCIDS, "url": ADDRESSES, "organization": WORDS}),
)
EXTRAS = st.fixed_dictionaries(
    {"authors": st.lists(AUTHORS, min_size=1, max_size=4)},
    optional={
        "organizations": st.lists(WORDS, max_size=2),
        "award": TEXTS,
        "openreview": st.just("ETKGuby0hcs"),
        "pmcid": st.just("PMC8371605"),
        "license": st.one_of(WORDS, st.sampled_from(["CC BY 4.0", "CC0", "https://e.org/<x>"])),
        "code": st.one_of(ADDRESSES, st.sampled_from(["true", "false"])),
        "links": st.dictionaries(st.sampled_from([*LINKS, "pdf", "video", "blog"]), ADDRESSES),
        "versions": st.lists(VERSIONS, max_size=3),
        "modified": DATES,
        "date": DATES,
    },
)


def accepted(fields: tuple[dict[str, Any], dict[str, Any]]) -> Paper | None:
    """Return the paper of these fields; None where the gate refuses one of them."""
    entry, more = fields
    try:
        return Paper.model_validate(entry | more, context=Gate(READER))
    except ValidationError:
        return None


PAPERS = st.tuples(ENTRIES, EXTRAS).map(accepted).filter(bool)
URLS = st.sampled_from([URL, ""])

# The vocabulary of schema.org as far as it is used: what each type has beside what all have.
THING = {"@type", "@id", "name", "url", "sameAs", "identifier", "description", "subjectOf"}
WORK = THING | {
    *("about", "abstract", "author", "award", "creativeWorkStatus", "dateModified"),
    *("datePublished", "editor", "encoding", "hasPart", "headline", "inLanguage"),
    *("isAccessibleForFree", "isBasedOn", "isPartOf", "keywords", "license"),
    *("mainEntityOfPage", "publisher", "recordedAt", "version", "workExample"),
}  # fmt: skip
PAGES = {"pageStart", "pageEnd", "pagination"}
VOCABULARY = {
    **dict.fromkeys(("Article", "BlogPosting", "Chapter", "ScholarlyArticle"), WORK | PAGES),
    **dict.fromkeys(("CreativeWork", "PresentationDigitalDocument", "WebPage", "WebSite"), WORK),
    **dict.fromkeys(("Blog", "Poster", "NewsArticle", "VideoObject"), WORK),
    **dict.fromkeys(("BookSeries", "CreativeWorkSeries", "Periodical"), WORK | {"issn"}),
    "Book": WORK | {"isbn"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Dataset": WORK | {"distribution"},
    "DefinedTerm": THING | {"termCode"},
    "Event": THING | {"location"},
    "MediaObject": WORK | {"contentUrl", "encodingFormat"},
    "Organization": THING | {"location"},
    "Person": THING | {"affiliation", "familyName", "givenName", "honorificSuffix"},
    "Place": THING,
    "PropertyValue": THING | {"propertyID", "value"},
    "PublicationIssue": WORK | PAGES | {"issueNumber"},
    "PublicationVolume": WORK | PAGES | {"volumeNumber"},
    "Report": WORK | PAGES | {"reportNumber"},
    "SoftwareSourceCode": WORK | {"codeRepository"},
    "Thesis": WORK | {"inSupportOf"},
}
IS_ADDRESS = {"@id", "url", "sameAs", "contentUrl", "codeRepository"}


def is_absolute(address: str) -> bool:
    """Tell whether an address is a whole one of the web, in one piece."""
    parts = urlsplit(address)
    return (
        parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"\s", address)
    )


def things(value: object) -> Iterator[dict[str, Any]]:
    """Yield a thing and all things in it."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        if isinstance(inner, dict | list):
            yield from things(inner)


def as_list(value: object) -> list[Any]:
    """Return a value of a property, of which there may be several, as a list."""
    return value if isinstance(value, list) else [value]


@given(PAPERS, URLS, st.sampled_from([f"{URL}a.pdf", ""]), st.lists(WORDS, max_size=2))
def test_highwire_has_the_required_three_or_none(
    paper: Paper,
    url: str,
    pdf: str,
    categories: list[str],
) -> None:
    """No tag is empty, addresses are absolute, and all authors are there, with title and date."""
    tags = highwire.tags(paper, url, pdf_url=pdf, categories=categories)

    names = [author.parts.inverted for author in paper.authors]
    assert bool(tags) == bool(paper.title.plain.strip() and any(names))
    assert all(content == " ".join(content.split()) != "" for _, content in tags)
    assert all(re.fullmatch(r"citation_[a-z]+(?:_[a-z]+)*", name) for name, _ in tags)
    if tags:
        said = dict(tags)
        assert said["citation_title"] == " ".join(paper.title.plain.split())
        authors = [content for name, content in tags if name == "citation_author"]
        assert authors == [" ".join(name.split()) for name in names if name]
        date = said["citation_publication_date"].split("/")
        assert [int(part) for part in date] == [int(part) for part in paper.date.iso.split("-")][
            : 3 if paper.date.day else 1
        ]
        assert said.get("citation_abstract_html_url", "") == url
        assert said.get("citation_pdf_url", "") == pdf
    once = [name for name, _ in tags if not re.search("author|editor|keywords", name)]
    assert len(once) == len(set(once))
    assert all(is_absolute(content) for name, content in tags if name.endswith(("_url", "_orcid")))


@given(PAPERS)
def test_highwire_is_read_again(paper: Paper) -> None:
    """An HTML parser finds in the attributes what the tags say."""
    tags = highwire.tags(paper, URL)
    tag = Markup('<meta name="{}" content="{}">')

    head = Markup().join(tag.format(*pair) for pair in tags)
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body></body></html>"
    )

    assert [(one.get("name"), one.get("content")) for one in page.iter("meta")] == list(tags)


@given(PAPERS, URLS, WORDS, st.sampled_from([("", ""), ("Site", SITE), ("", SITE)]))
def test_jsonld_is_whole(paper: Paper, url: str, category: str, site: tuple[str, str]) -> None:
    """Nothing in it is empty, every property is its type's, and every address absolute."""
    thing = jsonld.paper(paper, url, category=category, site=site)

    for one in things(thing):
        assert one.keys() - {"@type"}, "nothing but a type"
        assert one.keys() <= VOCABULARY[one["@type"]], one
        for name, value in one.items():
            assert all(
                inner.strip() if isinstance(inner, str) else inner for inner in as_list(value)
            ), (name, one)
            assert value != []
            if name in IS_ADDRESS:
                assert all(map(is_absolute, as_list(value))), (name, value)
    assert isinstance(thing.get("license", {}), dict) or is_absolute(thing["license"])
    names = [author.parts.display for author in paper.authors if author.parts.display]
    assert [author["name"] for author in thing.get("author", [])] == names
    assert thing.get("name", "") == paper.title.plain.strip()
    assert len(thing.get("headline", "")) <= 110
    assert thing["datePublished"] == paper.date.iso
    is_preprint = facts.kind(paper) == "article" and not paper.status
    assert (thing["creativeWorkStatus"] == "Preprint") == is_preprint
    assert thing.get("@id", "") == (f"{url}#paper" if url else "")


@given(PAPERS, TEXTS)
def test_jsonld_is_read_again(paper: Paper, name: str) -> None:
    """An HTML parser finds the whole script, and a reader of JSON in it what was said."""
    graph = [
        jsonld.paper(paper, URL, category=name),
        jsonld.collection(name, URL, name, [(name, URL)]),
        jsonld.person(name, URL, items=[(name, URL)]),
        jsonld.breadcrumbs([(name, URL)]),
        jsonld.website(name, URL, name),
    ]

    written = jsonld.script(*graph)

    assert not re.search("[<>&\u2028\u2029\n]", written)
    page = f'<script type="application/ld+json">{written}</script>'
    fragment = html5lib.parseFragment(page, namespaceHTMLElements=False)
    assert [child.tag for child in fragment] == ["script"]
    assert json.loads(fragment[0].text) == {"@context": "https://schema.org", "@graph": graph}


@given(PAPERS, URLS, WORDS)
def test_previews_and_signposts_are_whole(paper: Paper, url: str, section: str) -> None:
    """Nothing in them is empty or longer than a line, and every address is a whole one."""
    fields = {"title": paper.title.plain, "description": opengraph.about(paper), "url": url}
    said = [*opengraph.page(fields), *opengraph.article(paper, section, filter(None, [url]))]
    signs = list(signposting.signposts(paper, url))

    assert all(text.strip() and "\n" not in text for _, text in said)
    assert dict(said).get("og:title", "") == paper.title.plain
    assert str(paper.year) in dict(said)["og:description"]
    tags = [text for name, text in said if name == "article:tag"]
    assert tags == [" ".join(tag.split()) for tag in paper.tags]
    assert all(is_absolute(one.address) for one in signs)
    assert len(signs) == len(set(signs))
    assert {one.rel for one in signs} >= ({"type", "cite-as"} if url else {"type"})


@given(PAPERS, st.sampled_from(["https://e.org/feed.json", ""]))
def test_a_feed_is_read_again(paper: Paper, url: str) -> None:
    """A feed of any paper is JSON, and has nothing empty in it."""
    abstract = paper.abstract
    item = jsonfeed.Item(
        id=url or "urn:offprint:papers/a/",
        url=url,
        title=paper.title.plain or "Untitled",
        content_html=abstract.html if abstract else "",
        summary=abstract.plain if abstract else "",
        date_published=paper.date.timestamp,
        date_modified=paper.updated.timestamp,
        authors=tuple((author.parts.display, author.url or "") for author in paper.authors),
        tags=paper.tags,
    )
    feed = jsonfeed.Feed("Publications", url, url, "", "en")

    read = json.loads(jsonfeed.dumps(feed, [jsonfeed.entry(item)]))

    assert all(value not in ("", [], {}) for one in things(read) for value in one.values())
    assert read["items"][0]["title"] == item.title
    assert ("content_html" in read["items"][0]) != ("content_text" in read["items"][0])
    authors = [(one["name"], one.get("url", "")) for one in read["items"][0].get("authors", [])]
    assert authors == [one for one in item.authors if one[0]]
