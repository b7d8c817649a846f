"""The plan: which pages a site consists of, and what is in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.config import Tag, TextPage
from generator.gate import Gate
from generator.markup import Reader
from generator.pages import exports
from generator.pages import plan as planning
from generator.pages.kinds.parts import Link
from generator.pages.kinds.programs import (
    CitationFile,
    FeedPage,
    RobotsPage,
    SitemapIndexPage,
    SitemapPage,
)
from generator.pages.kinds.readers import (
    CloudPage,
    HomePage,
    IndexPage,
    NotFoundPage,
    PaperPage,
    RedirectPage,
    TermPage,
)
from generator.pages.kinds.readers import TextPage as TextPageKind
from generator.pages.plan import header
from generator.pages.plan import pages as plan
from generator.site import Contents, File, assemble
from generator.source import Location
from tests.unit.conftest import held

if TYPE_CHECKING:
    from generator.pages.kinds.page import Page
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite


def pages(site: Site) -> dict[str, Page]:
    """Return the pages of a site by their files."""
    made = plan(site)
    by_file = {page.file: page for page in made}
    assert len(by_file) == len(made)
    return by_file


def test_empty_site(assemble_site: MakeSite) -> None:
    """A site without papers has its home page, its indexes and what hosts and robots ask for."""
    assert sorted(pages(assemble_site())) == sorted(
        [
            "index.html",
            "feed.xml",
            "feed.json",
            *(
                f"{name}/index.html"
                for name in ("categories", "years", "tags", "authors", "organizations", "venues")
            ),
            "papers/index.html",
            "search/index.html",
            "404.html",
            "sitemap.xml",
            "robots.txt",
            "llms.txt",
            "_headers",
            "_redirects",
        ]
    )


def test_one_paper(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A paper adds its page and citations, and a page, a feed and citations for each term."""
    site = assemble_site(make_paper(tags=["t"], aliases=["/old/", "/older", "/oldest.html"]))
    endings = ("bib", "ris", "csl.json")
    terms = ("authors/ada-lovelace", "categories/cl", "tags/t", "years/2024")
    assert set(pages(site)) - set(pages(assemble_site())) == {
        *(f"{term}/{name}" for term in terms for name in ("index.html", "feed.xml", "feed.json")),
        *(f"{term}/papers.{ending}" for term in terms for ending in endings),
        *(f"papers.{ending}" for ending in (*endings, "ascii.bib")),
        *(f"papers/a-paper/a-paper.{ending}" for ending in endings),
        "papers/a-paper/index.html",
        "papers/a-paper/a-paper.md",
        "old/index.html",
        "older/index.html",
        "oldest.html",
    }


@pytest.mark.parametrize(
    ("path", "file", "root"),
    [
        ("", "index.html", "./"),
        ("a/", "a/index.html", "../"),
        ("a/b/", "a/b/index.html", "../../"),
        ("feed.xml", "feed.xml", "./"),
        ("a/feed.xml", "a/feed.xml", "../"),
        ("old.html", "old.html", "./"),
    ],
)
def test_paths(path: str, file: str, root: str) -> None:
    """A page knows its file, and the way back to the root."""
    page = RobotsPage(path, "")
    assert (page.file, page.root) == (file, root)


@pytest.mark.parametrize(("base", "root"), [("/our/papers/", "/our/papers/"), ("", "./")])
def test_not_found_root(base: str, root: str) -> None:
    """The page for addresses that do not exist may be shown at any depth."""
    assert NotFoundPage("404.html", "t", "d", base=base).root == root


def test_home(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The home page has the newest papers under their years, and what they are sorted by."""
    papers = [make_paper(f"p{i}", date=str(2020 + i), tags=[f"t{i % 2}"]) for i in range(7)]
    made = pages(assemble_site(*papers, paginate="4", introduction="Hello.", title="Ours"))
    home, older = made["index.html"], made["page/1/index.html"]
    assert isinstance(home, HomePage)
    assert isinstance(older, HomePage)
    assert [card.paper.slug for group in home.groups for card in group.cards] == ["p6", "p5", "p4"]
    assert [group.label for group in older.groups] == ["2023", "2022", "2021", "2020"]
    assert (home.title, older.title) == ("Ours", "Ours, page 1")
    assert older.description == "Publications, newest first. Page 1."
    assert (home.introduction, older.introduction) == ("<p>Hello.</p>", "")
    assert (home.count, older.count) == (7, 4)
    assert (home.pager.older, older.pager.newer) == (Link("1", "page/1/"), Link("Newest", ""))
    assert [facet.name for facet in home.facets] == ["categories", "years", "tags"]
    assert older.facets == ()


def test_facets_of_many(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Of many tags the forty with most papers stand beside the list, in the order of the index."""
    papers = [make_paper("all", tags=[f"t{i:02}" for i in range(45)])]
    papers.append(make_paper("some", tags=["t44", "t43"], date="2020"))
    home = pages(assemble_site(*papers))["index.html"]
    assert isinstance(home, HomePage)
    tags = home.facets[-1]
    labels = [entry.label for entry in tags.entries]
    assert labels == [*(f"t{i:02}" for i in range(38)), "t43", "t44"]
    assert (tags.path, tags.more) == ("tags/", 5)


def test_weights(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The size of a tag goes from 1 to 6 with the logarithm of its count."""
    papers = [
        make_paper(f"p{i:02}", tags=[tag for tag, n in (("a", 1), ("b", 4), ("c", 32)) if i < n])
        for i in range(32)
    ]
    cloud = pages(assemble_site(*papers))["tags/index.html"]
    assert isinstance(cloud, CloudPage)
    (section,) = cloud.sections
    assert [(one.label, one.count, one.weight) for one in section.entries] == [
        ("a", 1, 1),
        ("b", 4, 3),
        ("c", 32, 6),
    ]


def test_rare_tags_are_small(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Where no tag has many papers, none is shown as large."""
    papers = [make_paper("a", tags=["x", "y"]), make_paper("b", tags=["x"])]
    cloud = pages(assemble_site(*papers))["tags/index.html"]
    assert isinstance(cloud, CloudPage)
    (section,) = cloud.sections
    assert [(one.label, one.weight) for one in section.entries] == [("x", 3), ("y", 1)]


def test_term_page(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A category is called by its full name, and its page says how many papers it has."""
    papers = [make_paper("a"), make_paper("b", date="2020")]
    site = assemble_site(*papers, categories={"CL": "Language & More"}, title="Ours")
    made = pages(site)
    page = made["categories/cl/index.html"]
    assert isinstance(page, TermPage)
    assert (page.heading, page.code, page.taxonomy) == ("Language & More", "CL", "categories")
    assert page.title == "Language & More (category)"
    assert page.description == "2 papers, category Language & More."
    assert page.trail == (Link("Ours"), Link("Categories", "categories/"))
    assert page.feed == "categories/cl/feed.xml"
    index = made["categories/index.html"]
    assert isinstance(index, IndexPage)
    assert index.sections[0].entries[0].description == "Language &amp; More"
    year = made["years/2020/index.html"]
    assert isinstance(year, TermPage)
    assert (year.code, year.description) == ("", "1 paper, year 2020.")


def test_tag_description(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """What the registry says of a tag introduces its page, and stands in the index."""
    tag = Tag.model_validate({"description": "On *x*."}, context=Gate(Reader()))
    site = assemble_site()
    settings = replace(site.settings, tags={"t": tag, "u": Tag()})
    made = pages(assemble(settings, Contents(held(settings, make_paper(tags=["t", "u"])))))
    page = made["tags/t/index.html"]
    assert isinstance(page, TermPage)
    assert page.introduction == "On <em>x</em>."
    assert page.description == "1 paper, tag t. On x."
    cloud = made["tags/index.html"]
    assert isinstance(cloud, CloudPage)
    assert [entry.description for entry in cloud.sections[0].entries] == ["On <em>x</em>.", ""]


def test_person(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A person's page tells their home page and ORCID, where the registry does."""
    from generator.config import Person  # noqa: PLC0415 - only here

    person = Person.model_validate({"url": "https://a.org/", "orcid": "0000-0002-1825-0097"})
    settings = replace(assemble_site().settings, people={"Ada Lovelace": person})
    paper = make_paper(authors=["Ada Lovelace", "Kurt Gödel"])
    made = pages(assemble(settings, Contents(held(settings, paper))))
    ada, kurt = made["authors/ada-lovelace/index.html"], made["authors/kurt-godel/index.html"]
    assert isinstance(ada, TermPage)
    assert isinstance(kurt, TermPage)
    assert (ada.url, ada.orcid) == ("https://a.org/", "0000-0002-1825-0097")
    assert (kurt.url, kurt.orcid) == ("", "")


def test_letters(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A long index has letters to jump by, one of each, and # for what begins with none."""
    people = [f"X{i} Name{chr(97 + i % 3)}{i:02}" for i in range(37)]
    people += ["A Ábel", "B Abel", "C 3M", "D Zed"]
    index = pages(assemble_site(make_paper(authors=people)))["authors/index.html"]
    assert isinstance(index, IndexPage)
    assert [(one.label, one.anchor, len(one.entries)) for one in index.sections] == [
        ("#", "letter-sharp", 1),
        ("A", "letter-a", 2),
        ("N", "letter-n", 37),
        ("Z", "letter-z", 1),
    ]
    assert (index.count, index.description) == (
        41,
        "All 41 authors of Publications, with their papers.",
    )


def test_empty_index(assemble_site: MakeSite) -> None:
    """An index of nothing says so, and may be found like every other."""
    page = pages(assemble_site())["venues/index.html"]
    assert isinstance(page, IndexPage)
    assert (page.listed, page.count, page.sections) == (True, 0, ())
    assert page.description == "Publications names no venues yet."


def test_short_index(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A short index, and one of years, is one list."""
    made = pages(assemble_site(*(make_paper(f"p{i}", date=str(1900 + i)) for i in range(41))))
    for name, count in (("authors", 1), ("years", 41)):
        index = made[f"{name}/index.html"]
        assert isinstance(index, IndexPage)
        assert [(one.label, one.anchor, len(one.entries)) for one in index.sections] == [
            ("", "", count)
        ]
    assert getattr(made["authors/index.html"], "description", "").startswith("All 1 author of")


def test_paper_pages(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A paper's page leads to its neighbours in time and to those that are like it."""
    papers = [make_paper(f"p{i}", date=str(2020 + i)) for i in range(3)]
    hidden = make_paper("hidden", unlisted="true", abstract="Secret.", language="de")
    made = pages(assemble_site(*papers, hidden))
    page = made["papers/p1/index.html"]
    assert isinstance(page, PaperPage)
    assert page.newer is not None
    assert page.older is not None
    assert (page.newer.path, page.older.path) == ("papers/p2/", "papers/p0/")
    assert [one.path for one in page.related] == ["papers/p2/", "papers/p0/"]
    assert page.description == "Ada Lovelace"
    assert page.trail == (Link("Publications"), Link("CL", "categories/cl/"))
    newest, oldest = made["papers/p2/index.html"], made["papers/p0/index.html"]
    assert isinstance(newest, PaperPage)
    assert isinstance(oldest, PaperPage)
    assert (newest.newer, oldest.older) == (None, None)
    alone = made["papers/hidden/index.html"]
    assert isinstance(alone, PaperPage)
    assert (alone.newer, alone.older, alone.related, alone.listed) == (None, None, (), False)
    assert (alone.description, alone.language) == ("Secret.", "de")


def test_feeds(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A feed has the newest papers, and the time of what changed last among them."""
    papers = [make_paper(f"p{i:02}", date=str(1950 + i), tags=["t"]) for i in range(51)]
    papers[40] = make_paper("p40", date="1990", modified="2025-02-03", tags=["t"])
    made = pages(assemble_site(*papers))
    feed, tag = made["feed.xml"], made["tags/t/feed.xml"]
    assert isinstance(feed, FeedPage)
    assert isinstance(tag, FeedPage)
    assert (len(feed.entries), feed.pages) == (51, ())
    assert feed.entries[0].entry.url == "https://publications.example/papers/p50/"
    assert (feed.updated, feed.id) == ("2025-02-03T00:00:00Z", "https://publications.example/")
    assert (tag.title, tag.alternate) == ("t · Publications", "tags/t/")
    assert all(one.mark == other.mark for one, other in zip(feed.entries, tag.entries, strict=True))


def test_pages_of_a_feed(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A long feed has pages, and all of its papers stand on one of them, newest first."""
    papers = [make_paper(f"p{i:03}", date=str(1800 + i), tags=["t"]) for i in range(140)]
    made = pages(assemble_site(*papers))
    feeds = [made[f"tags/t/{name}"] for name in ("feed.xml", "feed-2.xml", "feed-1.xml")]
    assert all(isinstance(one, FeedPage) for one in feeds)
    newest, middle, oldest = (one for one in feeds if isinstance(one, FeedPage))
    assert [one.entry.id[-5:-1] for feed in feeds for one in getattr(feed, "entries", ())] == [
        f"p{i:03}" for i in reversed(range(140))
    ]
    ends = {"first": "tags/t/feed.xml", "last": "tags/t/feed-1.xml"}
    assert dict(newest.pages) == {**ends, "next": "tags/t/feed-2.xml"}
    assert dict(middle.pages) == {
        **ends, "previous": "tags/t/feed.xml", "next": "tags/t/feed-1.xml",
    }  # fmt: skip
    assert dict(oldest.pages) == {**ends, "previous": "tags/t/feed-2.xml"}
    assert {one.id for one in (newest, middle, oldest)} == {"https://publications.example/tags/t/"}
    assert (newest.updated[:4], oldest.updated[:4]) == ("1939", "1849")
    following = [getattr(made[one.path.replace(".xml", ".json")], "next") for one in feeds]  # noqa: B009 - of the kind of page
    assert following == ["tags/t/feed-2.json", "tags/t/feed-1.json", ""]


def test_a_new_paper_moves_no_entry_of_an_older_page(
    make_paper: MakePaper, assemble_site: MakeSite
) -> None:
    """The pages of older papers stay byte for byte the same when a paper comes."""
    papers = [make_paper(f"p{i:03}", date=str(1800 + i)) for i in range(141)]
    before, after = pages(assemble_site(*papers[:-1])), pages(assemble_site(*papers))
    for file in ("feed-1.xml", "feed-2.xml", "feed-1.json", "feed-2.json"):
        assert after[file] == before[file]
    assert after["feed.xml"] != before["feed.xml"]


def test_empty_feed(assemble_site: MakeSite) -> None:
    """A feed without entries tells a time all the same."""
    feed = pages(assemble_site())["feed.xml"]
    assert isinstance(feed, FeedPage)
    assert (feed.updated, feed.entries) == ("1970-01-01T00:00:00Z", ())


def test_redirects(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """An earlier address leads to where the paper is now, and is not to be found itself."""
    page = pages(assemble_site(make_paper(aliases=["/old/"], unlisted="true")))["old/index.html"]
    assert page == RedirectPage(
        "old/",
        "A Paper",
        "This page is now at /papers/a-paper/.",
        listed=False,
        target="papers/a-paper/",
    )


def test_text_pages(assemble_site: MakeSite) -> None:
    """A page of the maintainer's own is at its folder, under the home page."""
    reader = Reader()
    title, _ = reader.inline("About *us*")
    body, _ = reader.document("We [are](/tags/).")
    text = TextPage("about/", title, body, "We are.", "content/pages/about.md")
    home = replace(text, path="")
    site = assemble_site()
    about, index = (
        page for page in plan(replace(site, pages=(text, home))) if isinstance(page, TextPageKind)
    )
    assert (about.title, about.heading) == ("About us", "About <em>us</em>")
    assert (about.description, about.trail) == ("We are.", (Link("Publications"),))
    assert index.trail == ()
    assert 'href="\0tags/"' in about.body


def test_for_robots(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The sitemap has what is to be found, with each index, and when a paper changed."""
    papers = [
        make_paper("a", modified="2025-01-02"),
        make_paper("b", unlisted="true", aliases=["/o/"]),
    ]
    made = pages(assemble_site(*papers))
    sitemap = made["sitemap.xml"]
    assert isinstance(sitemap, SitemapPage)
    found = dict(sitemap.addresses)
    assert found["https://publications.example/papers/a/"] == "2025-01-02"
    assert found["https://publications.example/"] == ""
    assert {url.removeprefix("https://publications.example/") for url in found} == {
        "", "papers/a/", "categories/", "categories/cl/", "years/", "years/2024/",
        "tags/", "authors/", "authors/ada-lovelace/", "organizations/", "venues/",
    }  # fmt: skip
    assert made["robots.txt"] == RobotsPage(
        "robots.txt", "https://publications.example/sitemap.xml"
    )


def test_own_pdfs_are_in_the_sitemap(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A PDF that the site holds is to be found, but for that of an unlisted paper."""
    site = assemble_site(make_paper("a"), make_paper("b", unlisted="true"))
    paths = ("papers/a/a.pdf", "papers/b/b.pdf", "notes/on us.PDF", "photo.png")
    made = pages(replace(site, files=tuple(File(path, "content/x") for path in paths)))
    sitemap = made["sitemap.xml"]
    assert isinstance(sitemap, SitemapPage)
    assert [url for url, _ in sitemap.addresses if url.lower().endswith((".pdf", ".png"))] == [
        "https://publications.example/papers/a/a.pdf",
        "https://publications.example/notes/on%20us.PDF",
    ]


def test_a_large_sitemap_is_split(
    make_paper: MakePaper, assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More addresses than the protocol allows stand in several sitemaps, under an index."""
    site = assemble_site(make_paper("a"))
    whole = pages(site)["sitemap.xml"]
    assert isinstance(whole, SitemapPage)
    monkeypatch.setattr(planning, "SITEMAP_SIZE", len(whole.addresses) - 1)
    made = pages(site)
    assert made["sitemap.xml"] == SitemapIndexPage(
        "sitemap.xml",
        tuple(f"https://publications.example/sitemap-{number}.xml" for number in (1, 2)),
    )
    assert made["sitemap-1.xml"] == SitemapPage("sitemap-1.xml", whole.addresses[:-1])
    assert made["sitemap-2.xml"] == SitemapPage("sitemap-2.xml", whole.addresses[-1:])


def test_a_large_list_has_several_citation_files(
    make_paper: MakePaper, assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files stay under the limit, all are linked, and a new paper changes only the newest."""
    papers = [make_paper(f"p{i:02}", date=str(1950 + i)) for i in range(18)]
    monkeypatch.setattr(exports, "LARGEST", 10_000)
    before, made = pages(assemble_site(*papers[:-1])), pages(assemble_site(*papers))

    def slugs(page: Page) -> list[str]:
        assert isinstance(page, CitationFile)
        return [one.paper.slug for one in page.cited]

    names = [f"authors/ada-lovelace/papers{number}.ris" for number in ("", "-3", "-2", "-1")]
    assert [slugs(made[name]) for name in names] == [
        [f"p{i:02}" for i in range(17, 11, -1)],
        ["p11", "p10", "p09", "p08"],
        ["p07", "p06", "p05", "p04"],
        ["p03", "p02", "p01", "p00"],
    ]
    assert [made[name] == before.get(name) for name in names] == [False, True, True, True]
    home = made["index.html"]
    assert isinstance(home, HomePage)
    assert [(one.label, one.path) for one in home.exports if one.format == "csl"] == [
        ("CSL-JSON", "papers.csl.json"),
        ("CSL-JSON 3", "papers-3.csl.json"),
        ("CSL-JSON 2", "papers-2.csl.json"),
        ("CSL-JSON 1", "papers-1.csl.json"),
    ]
    assert {one.path for one in home.exports} <= set(made)


def test_a_paper_larger_than_a_file_has_one_of_its_own(
    make_paper: MakePaper, assemble_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be cut is left whole, and no paper is lost."""
    monkeypatch.setattr(exports, "LARGEST", 1_000)
    made = pages(assemble_site(*[make_paper(f"p{i}", date=str(2000 + i)) for i in range(2)]))
    assert "papers.bib" not in made
    files = [made["papers-2.bib"], made["papers-1.bib"]]
    assert [
        one.paper.slug for file in files if isinstance(file, CitationFile) for one in file.cited
    ] == ["p1", "p0"]


def test_without_an_address(assemble_site: MakeSite) -> None:
    """A site that does not know its address has no sitemap, and ids that need none."""
    site = assemble_site()
    bare = replace(site.settings, config=site.config.model_copy(update={"url": None}))
    made = pages(replace(site, settings=bare))
    assert "sitemap.xml" not in made
    assert made["robots.txt"] == RobotsPage("robots.txt", "")
    feed = made["feed.xml"]
    assert isinstance(feed, FeedPage)
    assert feed.id == "urn:offprint:papers/"


def test_header(assemble_site: MakeSite) -> None:
    """Every template knows the site's name, its links and the theme's files, and nothing more."""
    site = assemble_site(
        title="Ours",
        navigation=[{"title": "Tags", "path": "/tags/"}, {"title": "X", "path": "https://x.org/"}],
        footer="© *We*",
    )
    made = header(site, ["static/site.css"], {"b.js": "static/b.1.js", "a.js": "static/a.1.js"})
    assert (made.title, made.url, made.repository) == ("Ours", "https://publications.example/", "")
    search = Link("Search", "search/")
    assert made.navigation == (Link("Tags", "tags/"), Link("X", "https://x.org/"), search)
    own = assemble_site(navigation=[{"title": "Find", "path": "/search/"}])
    assert header(own, (), {}).navigation == (Link("Find", "search/"),)
    assert made.footer == "<p>© <em>We</em></p>"
    assert made.styles == ("static/site.css",)
    assert made.assets == (("a.js", "static/a.1.js"), ("b.js", "static/b.1.js"))


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, ""),
        (
            {"repository": "https://github.com/lab/papers", "branch": "dev"},
            "https://github.com/lab/papers/edit/dev/content/papers/a.md",
        ),
        (
            {"repository": "https://git.example/x", "edit": "https://git.example/x?file={path}"},
            "https://git.example/x?file=content/papers/a.md",
        ),
    ],
)
def test_corrections(
    make_paper: MakePaper, assemble_site: MakeSite, config: dict[str, object], expected: str
) -> None:
    """A paper's page leads to where its entry is edited, if the site names its repository."""
    paper = make_paper("a")
    places = {"a": Location("content/papers/a.md", 1, 1)}
    settings = assemble_site(drafts=False, **config).settings

    page = pages(assemble(settings, Contents(held(settings, paper), places=places)))[
        "papers/a/index.html"
    ]

    assert isinstance(page, PaperPage)
    assert page.correction == expected
