"""JSON-LD: what search engines read of papers, lists, people and the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from generator.formats import jsonld

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper

URL = "https://e.org/papers/a-paper/"
SITE = ("Publications", "https://e.org/")


def test_an_article(make_paper: MakePaper) -> None:
    """Every field has its property, and what belongs together is one thing."""
    paper = make_paper(
        title="On $R^2$ & *more*",
        authors=[
            {
                "name": "Ludwig van Beethoven",
                "orcid": "0000-0002-1825-0097",
                "organization": "University of Vienna",
                "url": "https://b.org/",
            },
            "King, Jr., Martin Luther",
            {"literal": "LHCb Collaboration", "url": "https://lhcb.org/"},
        ],
        et_al="true",
        editors=["Kurt Gödel"],
        venue="Journal of *Things*",
        volume="12",
        issue="3",
        pages="101--118",
        publisher="MIT Press",
        place="Cambridge",
        doi="10.1000/182",
        arxiv="2401.12340",
        issn="2150-8097",
        isbn="978-0-262-03384-8",
        language="de",
        tags=["a", "b"],
        award="Best *Paper*",
        status="corrected",
        license="CC BY-NC-SA 4.0",
        modified="2024-06",
        abstract="One.\n\nTwo.",
        links={"publisher": "https://p.org/", "html": "https://p.org/html"},
    )

    thing = jsonld.paper(paper, URL, pdf_url=f"{URL}a-paper.pdf", category="Computation", site=SITE)

    assert thing == {
        "@type": "ScholarlyArticle",
        "@id": f"{URL}#paper",
        "url": URL,
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": URL,
            "isPartOf": {
                "@type": "WebSite",
                "@id": "https://e.org/#website",
                "url": "https://e.org/",
                "name": "Publications",
            },
        },
        "headline": "On R² & more",
        "name": "On R² & more",
        "abstract": "One.\n\nTwo.",
        "description": "One. Two.",
        "inLanguage": "de",
        "keywords": ["a", "b"],
        "about": {"@type": "DefinedTerm", "name": "Computation", "termCode": "CL"},
        "author": [
            {
                "@type": "Person",
                "name": "Ludwig van Beethoven",
                "givenName": "Ludwig",
                "familyName": "van Beethoven",
                "affiliation": {"@type": "Organization", "name": "University of Vienna"},
                "url": "https://b.org/",
                "sameAs": "https://orcid.org/0000-0002-1825-0097",
            },
            {
                "@type": "Person",
                "name": "Martin Luther King Jr.",
                "givenName": "Martin Luther",
                "familyName": "King",
                "honorificSuffix": "Jr.",
            },
            {"@type": "Organization", "name": "LHCb Collaboration", "url": "https://lhcb.org/"},
        ],
        "datePublished": "2024-05-06",
        "dateModified": "2024-06",
        "editor": [
            {
                "@type": "Person",
                "name": "Kurt Gödel",
                "givenName": "Kurt",
                "familyName": "Gödel",
            }
        ],
        "publisher": {"@type": "Organization", "name": "MIT Press", "location": "Cambridge"},
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "12",
                "isPartOf": {
                    "@type": "Periodical",
                    "name": "Journal of Things",
                    "issn": "2150-8097",
                },
            },
        },
        "pageStart": "101",
        "pageEnd": "118",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/182"},
            {"@type": "PropertyValue", "propertyID": "arxiv", "value": "2401.12340"},
            {"@type": "PropertyValue", "propertyID": "isbn", "value": "978-0-262-03384-8"},
        ],
        "sameAs": [
            "https://doi.org/10.1000/182",
            "https://arxiv.org/abs/2401.12340",
            "https://p.org/",
        ],
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{URL}a-paper.pdf",
                "encodingFormat": "application/pdf",
            },
            {
                "@type": "MediaObject",
                "contentUrl": "https://p.org/html",
                "encodingFormat": "text/html",
            },
        ],
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "award": "Best Paper",
        "creativeWorkStatus": "Corrected",
    }


PREPRINT = {"creativeWorkStatus": "Preprint"}
P = {"publisher": {"@type": "Organization", "name": "P"}}
V = {"publisher": {"@type": "Organization", "name": "V"}}
ISBN = "978-0-262-03384-8"


@pytest.mark.parametrize(
    ("changes", "kind", "expected"),
    [
        ({}, "ScholarlyArticle", PREPRINT),
        ({"type": "article", "venue": "V"}, "ScholarlyArticle", {**PREPRINT, **V}),
        (
            {"venue": "arXiv", "publisher": "P"},
            "ScholarlyArticle",
            {**PREPRINT, **P, "isPartOf": {"@type": "CreativeWork", "name": "arXiv"}},
        ),
        (
            {"venue": "V", "pages": "1-5, 7"},
            "ScholarlyArticle",
            {"isPartOf": {"@type": "Book", "name": "V"}, "pagination": "1-5, 7"},
        ),
        (
            {"venue": "V", "volume": "35"},
            "ScholarlyArticle",
            {
                "isPartOf": {
                    "@type": "PublicationVolume",
                    "volumeNumber": "35",
                    "isPartOf": {"@type": "Periodical", "name": "V"},
                }
            },
        ),
        (
            {"type": "article-journal", "venue": "V", "series": "B", "issue": "2"},
            "ScholarlyArticle",
            {
                "isPartOf": {
                    "@type": "PublicationIssue",
                    "issueNumber": "2",
                    "isPartOf": {
                        "@type": "Periodical",
                        "name": "V",
                        "isPartOf": {"@type": "CreativeWorkSeries", "name": "B"},
                    },
                }
            },
        ),
        (
            {"type": "article-magazine", "venue": "V", "publisher": "P"},
            "Article",
            {**P, "isPartOf": {"@type": "Periodical", "name": "V"}},
        ),
        (
            {"type": "paper-conference", "venue": "V", "isbn": ISBN, "place": "Vienna"}
            | {"series": "LNCS", "volume": "7", "issn": "2150-8097", "publisher": "P"},
            "ScholarlyArticle",
            {
                **P,
                "isPartOf": {
                    "@type": "Book",
                    "name": "V",
                    "isbn": ISBN,
                    "about": {
                        "@type": "Event",
                        "name": "V",
                        "location": {"@type": "Place", "name": "Vienna"},
                    },
                    "isPartOf": {
                        "@type": "PublicationVolume",
                        "volumeNumber": "7",
                        "isPartOf": {"@type": "BookSeries", "name": "LNCS", "issn": "2150-8097"},
                    },
                },
            },
        ),
        (
            {"type": "chapter", "venue": "V", "publisher": "P", "isbn": ISBN, "pages": "5"}
            | {"editors": [{"literal": "E"}]},
            "Chapter",
            {
                **P,
                "isPartOf": {
                    "@type": "Book",
                    "name": "V",
                    "isbn": ISBN,
                    "editor": [{"@type": "Organization", "name": "E"}],
                },
                "pageStart": "5",
            },
        ),
        (
            {"type": "book", "venue": "V", "isbn": ISBN, "series": "S", "volume": "2"},
            "Book",
            {
                **V,
                "isbn": ISBN,
                "isPartOf": {
                    "@type": "PublicationVolume",
                    "volumeNumber": "2",
                    "isPartOf": {"@type": "BookSeries", "name": "S"},
                },
            },
        ),
        (
            {"type": "dataset", "venue": "V", "links": {"data": "https://d.org/"}, "pages": "1"},
            "Dataset",
            {**V, "distribution": {"@type": "DataDownload", "contentUrl": "https://d.org/"}},
        ),
        (
            {"type": "software", "venue": "V", "publisher": "P", "code": "https://c.org/"},
            "SoftwareSourceCode",
            {
                **P,
                "codeRepository": "https://c.org/",
                "isPartOf": {"@type": "CreativeWork", "name": "V"},
            },
        ),
        (
            {"type": "post-weblog", "venue": "V"},
            "BlogPosting",
            {"isPartOf": {"@type": "Blog", "name": "V"}},
        ),
        (
            {"type": "report", "venue": "V", "number": "TR-12", "place": "Vienna"},
            "Report",
            {
                "publisher": {"@type": "Organization", "name": "V", "location": "Vienna"},
                "reportNumber": "TR-12",
            },
        ),
        (
            {"type": "speech", "venue": "V", "place": "Vienna"},
            "PresentationDigitalDocument",
            {
                "recordedAt": {
                    "@type": "Event",
                    "name": "V",
                    "location": {"@type": "Place", "name": "Vienna"},
                }
            },
        ),
        (
            {"type": "thesis", "venue": "PhD thesis, V", "isbn": ISBN},
            "Thesis",
            {
                "publisher": {"@type": "Organization", "name": "V"},
                "inSupportOf": "Doctorate",
                "identifier": [{"@type": "PropertyValue", "propertyID": "isbn", "value": ISBN}],
            },
        ),
    ],
)
def test_types(
    make_paper: MakePaper, changes: dict[str, object], kind: str, expected: dict[str, Any]
) -> None:
    """Each type is what schema.org calls it, and its venue is what it is for that type."""
    thing = jsonld.paper(make_paper(**changes), "")

    common = {
        "@type": kind,
        "headline": "A Paper",
        "name": "A Paper",
        "author": [
            {
                "@type": "Person",
                "name": "Ada Lovelace",
                "givenName": "Ada",
                "familyName": "Lovelace",
            }
        ],
        "datePublished": "2024-05-06",
        "creativeWorkStatus": "Published",
    }
    assert thing == common | expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Plato", {"@type": "Person", "name": "Plato"}),
        ("OpenAI", {"@type": "Organization", "name": "OpenAI"}),
        ({"literal": "A Team"}, {"@type": "Organization", "name": "A Team"}),
        (
            {"literal": "Sukarno", "orcid": "0000-0002-1825-0097"},
            {
                "@type": "Person",
                "name": "Sukarno",
                "sameAs": "https://orcid.org/0000-0002-1825-0097",
            },
        ),
        (
            {"literal": "Sukarno", "organization": "ITB"},
            {
                "@type": "Person",
                "name": "Sukarno",
                "affiliation": {"@type": "Organization", "name": "ITB"},
            },
        ),
        ({"name": ","}, None),
    ],
)
def test_people_and_groups(
    make_paper: MakePaper, author: object, expected: dict[str, object] | None
) -> None:
    """A literal is a group, unless it has what only people have; a single word is a person."""
    thing = jsonld.paper(make_paper(authors=[author], organizations=["OpenAI"]), URL)

    assert thing.get("author") == ([expected] if expected else None)


@pytest.mark.parametrize(
    ("license", "expected"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-nd-3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://e.org/licence", "https://e.org/licence"),
        ("MIT", {"@type": "CreativeWork", "name": "MIT"}),
        ("https:// no", {"@type": "CreativeWork", "name": "https:// no"}),
        ("https://e.org and more", {"@type": "CreativeWork", "name": "https://e.org and more"}),
    ],
)
def test_licenses(make_paper: MakePaper, license: str, expected: object) -> None:  # noqa: A002 - the field's name
    """A licence is an address where one is known, otherwise a work with that name."""
    assert jsonld.paper(make_paper(license=license), URL)["license"] == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"code": "true"}, [{"@type": "SoftwareSourceCode", "name": "A Paper"}]),
        (
            {"code": "https://c.org/"},
            [
                {
                    "@type": "SoftwareSourceCode",
                    "name": "A Paper",
                    "codeRepository": "https://c.org/",
                }
            ],
        ),
        (
            {"code": "true", "links": {"code": "https://c.org/", "video": "https://v.org/"}},
            [
                {
                    "@type": "SoftwareSourceCode",
                    "name": "A Paper",
                    "codeRepository": "https://c.org/",
                },
                {"@type": "VideoObject", "name": "A Paper", "url": "https://v.org/"},
            ],
        ),
        ({"code": "false"}, None),
        ({"type": "software", "code": "true"}, None),
    ],
)
def test_code(make_paper: MakePaper, changes: dict[str, object], expected: object) -> None:
    """Code is source code, with its repository where the address is known."""
    assert jsonld.paper(make_paper(**changes), URL).get("workExample") == expected


def test_links(make_paper: MakePaper) -> None:
    """What belongs to a paper is an example of the work, a part of it, or about it."""
    links = {
        kind: f"https://{kind}.org/"
        for kind in ("data", "model", "slides", "poster", "demo", "supplement", "project", "blog")
    }
    paper = make_paper(links={**links, "press": "https://press.org/", "pdf": "https://pdf.org/"})

    thing = jsonld.paper(paper, URL)

    found = {
        relation: [(one["@type"], one["url"]) for one in thing[relation]]
        for relation in ("workExample", "hasPart", "subjectOf")
    }
    assert found == {
        "workExample": [
            ("Dataset", "https://data.org/"),
            ("CreativeWork", "https://model.org/"),
            ("PresentationDigitalDocument", "https://slides.org/"),
            ("Poster", "https://poster.org/"),
            ("WebPage", "https://demo.org/"),
        ],
        "hasPart": [("CreativeWork", "https://supplement.org/")],
        "subjectOf": [
            ("WebPage", "https://project.org/"),
            ("BlogPosting", "https://blog.org/"),
            ("NewsArticle", "https://press.org/"),
        ],
    }
    assert thing["encoding"][0]["contentUrl"] == "https://pdf.org/"
    assert "isAccessibleForFree" not in thing


def test_versions(make_paper: MakePaper) -> None:
    """A paper is based on its earlier versions; later ones are further examples of the work."""
    paper = make_paper(
        venue="V",
        versions=[
            {"label": "Preprint", "arxiv": "2212.03827"},
            {"type": "article-journal", "venue": "J", "date": "2025-01", "doi": "10.1000/182"},
            {"type": "thesis", "venue": "MIT", "date": "2023", "url": "https://t.org/"},
            {"type": "speech", "venue": "S"},
            {"label": "Poster", "venue": "W"},
        ],
    )

    thing = jsonld.paper(paper, URL)

    assert thing["isBasedOn"] == [
        {
            "@type": "ScholarlyArticle",
            "url": "https://arxiv.org/abs/2212.03827",
            "name": "A Paper",
            "version": "Preprint",
            "identifier": [
                {"@type": "PropertyValue", "propertyID": "arxiv", "value": "2212.03827"}
            ],
            "sameAs": ["https://arxiv.org/abs/2212.03827"],
            "creativeWorkStatus": "Preprint",
        },
        {
            "@type": "Thesis",
            "url": "https://t.org/",
            "name": "A Paper",
            "datePublished": "2023",
            "publisher": {"@type": "Organization", "name": "MIT"},
        },
    ]
    assert thing["workExample"] == [
        {
            "@type": "ScholarlyArticle",
            "url": "https://doi.org/10.1000/182",
            "name": "A Paper",
            "datePublished": "2025-01",
            "isPartOf": {"@type": "Periodical", "name": "J"},
            "identifier": [{"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/182"}],
            "sameAs": ["https://doi.org/10.1000/182"],
        },
        {
            "@type": "PresentationDigitalDocument",
            "name": "A Paper",
            "isPartOf": {"@type": "CreativeWork", "name": "S"},
        },
        {
            "@type": "ScholarlyArticle",
            "name": "A Paper",
            "version": "Poster",
            "isPartOf": {"@type": "CreativeWork", "name": "W"},
        },
    ]


def test_long_texts_are_shortened(make_paper: MakePaper) -> None:
    """The headline and the description have the length that search engines show."""
    paper = make_paper(title="word, " * 400, abstract="words " * 400)

    thing = jsonld.paper(paper, URL)

    assert thing["name"] == paper.title.plain
    assert thing["abstract"] == " ".join(["words"] * 400)
    assert thing["headline"].endswith("word…")
    assert len(thing["headline"]) <= 110
    assert thing["description"].endswith("words…")
    assert len(thing["description"]) <= 200


def test_many_authors(make_paper: MakePaper) -> None:
    """Five hundred authors are five hundred people, in their order."""
    paper = make_paper(authors=[f"Ada L{number}" for number in range(500)], et_al="true")

    authors = jsonld.paper(paper, URL)["author"]

    assert [author["familyName"] for author in authors] == [f"L{number}" for number in range(500)]


def test_without_an_address(make_paper: MakePaper) -> None:
    """A site that has no address says nothing of where its pages are."""
    thing = jsonld.paper(make_paper(), "", site=("Publications", ""))

    assert thing.keys() == {
        "@type", "headline", "name", "author", "datePublished", "creativeWorkStatus",
    }  # fmt: skip
    assert jsonld.paper(make_paper(), URL)["mainEntityOfPage"] == URL


def test_a_collection() -> None:
    """A list has its items in order, with their addresses, or their names where they have none."""
    items = [("A", "https://e.org/a/"), ("B", "")]

    assert jsonld.collection("Papers", "https://e.org/", "All of them.", items) == {
        "@type": "CollectionPage",
        "@id": "https://e.org/",
        "url": "https://e.org/",
        "name": "Papers",
        "description": "All of them.",
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": 2,
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "url": "https://e.org/a/"},
                {"@type": "ListItem", "position": 2, "name": "B"},
            ],
        },
    }
    assert jsonld.collection("Papers", "", "", []) == {"@type": "CollectionPage", "name": "Papers"}


def test_a_person() -> None:
    """A person has their page here, their own elsewhere, and their papers."""
    url = "https://e.org/authors/ada-lovelace/"

    assert jsonld.person(
        "Ada Lovelace",
        url,
        home="https://ada.org/",
        orcid="0000-0002-1825-0097",
        items=[("A Paper", URL)],
    ) == {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": "Ada Lovelace",
        "mainEntity": {
            "@type": "Person",
            "@id": f"{url}#person",
            "name": "Ada Lovelace",
            "url": url,
            "sameAs": ["https://ada.org/", "https://orcid.org/0000-0002-1825-0097"],
        },
        "hasPart": [
            {"@type": "CreativeWork", "@id": f"{URL}#paper", "url": URL, "name": "A Paper"}
        ],
    }
    assert jsonld.person("Plato", "") == {
        "@type": "ProfilePage",
        "name": "Plato",
        "mainEntity": {"@type": "Person", "name": "Plato"},
    }


def test_breadcrumbs() -> None:
    """A trail is a list of places; where there is none, there is no list."""
    assert jsonld.breadcrumbs([("Home", "https://e.org/"), ("A", URL)]) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://e.org/"},
            {"@type": "ListItem", "position": 2, "name": "A", "item": URL},
        ],
    }
    assert jsonld.breadcrumbs([]) == {}


def test_a_website() -> None:
    """A site says how it is searched, where it can be."""
    site = {
        "@type": "WebSite",
        "@id": "https://e.org/#website",
        "url": "https://e.org/",
        "name": "T",
        "description": "D",
    }

    assert jsonld.website("T", "https://e.org/", "D") == site
    assert jsonld.website("T", "https://e.org/", "D", "https://e.org/search/?q=") == {
        **site,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": "https://e.org/search/?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def test_a_script() -> None:
    """One thing stands alone, several in a graph; all is in one line, in the order given."""
    a, b = {"@type": "B", "name": "Ü"}, {"@type": "A"}

    assert jsonld.script(a) == '{"@context":"https://schema.org","@type":"B","name":"Ü"}'
    assert jsonld.script(a, {}, b) == (
        '{"@context":"https://schema.org","@graph":[{"@type":"B","name":"Ü"},{"@type":"A"}]}'
    )
    assert jsonld.script() == jsonld.script({}) == ""


def test_a_script_is_escaped() -> None:
    """The signs that end a script or begin a comment are written as their code."""
    text = "</script><!-- & \u2028\u2029"

    assert jsonld.script({"name": text}) == (
        r'{"@context":"https://schema.org","name":"'
        r'\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029"}'
    )


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!-- <script> ]]> --!>",
        "\"quoted\" 'single' `tick` \\ \\u003c &lt;",
        "محمد بن موسى \u200f(RTL)\u200f \u202eback\u202c",
        "👩\u200d🔬 深度学习 a\u2028b\u2029c",
        "word " * 2000,
    ],
)
def test_hostile_content_is_read_again(make_paper: MakePaper, text: str) -> None:
    """An HTML parser finds one script and nothing after it, and in it the text as it was."""
    paper = make_paper(authors=[{"literal": text}], tags=[text], publisher=text, venue="V")
    thing = jsonld.paper(paper, URL, category=text, site=(text, "https://e.org/"))

    page = f'<script type="application/ld+json">{jsonld.script(thing)}</script><p>after'
    fragment = html5lib.parseFragment(page, namespaceHTMLElements=False)

    assert [child.tag for child in fragment] == ["script", "p"]
    read = json.loads(fragment[0].text)
    assert read == {"@context": "https://schema.org", **thing}
    line = " ".join(text.split())
    assert read["keywords"][0] == read["publisher"]["name"] == line
    assert read["author"][0]["name"] == paper.authors[0].literal
    assert read["about"]["name"] == text
