"""What the pages show of a paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from generator.config import Person
from generator.outline import byline, outline
from generator.pages import summary
from generator.pages.kinds.parts import ROOT, Byline, Link, Related, Resource, Version
from generator.pages.places import Places, tint
from generator.paper import TYPES
from generator.site import Contents, assemble
from generator.taxonomy import Vocabulary
from tests.unit.conftest import held

if TYPE_CHECKING:
    from generator.pages.kinds.parts import Summary
    from generator.paper import Paper
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite


def summarize(site: Site, paper: Paper) -> Summary:
    """Return what is shown of a paper of a site."""
    return summary.summarize(Places.of(site).by_slug[paper.slug], paper)


def test_summary_of_the_smallest(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A paper without anything optional is shown without it."""
    paper = make_paper()
    made = summarize(assemble_site(paper), paper)
    assert (made.slug, made.path, made.title) == ("a-paper", "papers/a-paper/", "A Paper")
    assert made.authors == (Byline("Ada Lovelace", "authors/ada-lovelace/"),)
    assert (made.category, made.category_name) == (Link("CL", "categories/cl/"), "CL")
    assert made.year_path == "years/2024/"
    assert (made.tags, made.organizations, made.resources) == ((), (), ())
    assert (made.venue, made.award, made.status, made.abstract) == (Link(""), "", "", "")
    assert (made.code, made.code_url, made.draft, made.featured, made.et_al) == (
        False,
        "",
        False,
        0,
        False,
    )


def test_summary_of_the_fullest(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Everything that a paper has is shown, with where it leads."""
    paper = make_paper(
        tags=["t", "T"],
        organizations=["X"],
        venue="*V* & W",
        award="Best",
        status="retracted",
        featured="2",
        et_al="true",
        draft="true",
        abstract="One *two*.",
    )
    site = assemble_site(paper, drafts=True, categories={"LG": "L", "CL": "Computation & Language"})
    made = summarize(site, paper)
    assert made.category_name == "Computation & Language"
    assert made.tint == 2
    assert made.tags == (Link("T", "tags/t/"),)
    assert made.organizations == (Link("X", "organizations/x/"),)
    assert made.venue == Link("V & W", "venues/v-and-w/")
    assert (made.award, made.status, made.featured) == ("Best", "retracted", 2)
    assert (made.et_al, made.draft) == (True, True)
    assert made.abstract == Markup("<p>One <em>two</em>.</p>")


def test_unlisted_terms_lead_nowhere(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A term that no listed paper has is a word without a link."""
    paper = make_paper(unlisted="true", tags=["t"])
    made = summarize(assemble_site(paper), paper)
    assert made.tags == (Link("t"),)
    assert (made.category, made.year_path) == (Link("CL"), "")
    assert made.authors == (Byline("Ada Lovelace"),)


def test_tints(assemble_site: MakeSite) -> None:
    """Categories have colours by their place in the settings, from 1 to 8 and again from 1."""
    site = assemble_site(categories={f"C{i}": f"Name {i}" for i in range(10)})
    assert [tint(site.config.categories, f"C{i}") for i in range(10)] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        1,
        2,
    ]
    assert tint(site.config.categories, "other") == 0


def test_people(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """What the registry says of a person stands at their name, whichever way it is written."""
    orcid, other = "0000-0002-1825-0097", "0000-0002-1694-233X"
    paper = make_paper(
        authors=[
            {"name": "A. Lovelace", "equal": "true", "orcid": orcid},
            {"name": "Kurt Gödel", "orcid": other, "corresponding": "true"},
        ]
    )
    person = Person.model_validate({"member": "true"})
    settings = replace(
        assemble_site().settings,
        people={"Ada Lovelace": person},
        vocabulary=Vocabulary(people={"a. lovelace": "Ada Lovelace"}),
    )
    made = summarize(assemble(settings, Contents(held(settings, paper))), paper)
    assert made.authors == (
        Byline("A. Lovelace", "authors/ada-lovelace/", member=True, equal=True, orcid=orcid),
        Byline("Kurt Gödel", "authors/kurt-godel/", corresponding=True, orcid=other),
    )


@pytest.mark.parametrize(
    ("fields", "code", "code_url"),
    [
        ({}, False, ""),
        ({"code": "true"}, True, ""),
        ({"code": "false"}, False, ""),
        ({"code": "https://example.org/c"}, True, "https://example.org/c"),
        ({"links": {"code": "https://example.org/l"}}, True, "https://example.org/l"),
        (
            {"code": "true", "links": {"code": "https://example.org/l"}},
            True,
            "https://example.org/l",
        ),
    ],
)
def test_code(
    make_paper: MakePaper,
    assemble_site: MakeSite,
    fields: dict[str, object],
    *,
    code: bool,
    code_url: str,
) -> None:
    """A paper has code when it says so, also where it does not say where."""
    paper = make_paper(**fields)
    made = summarize(assemble_site(paper), paper)
    assert (made.code, made.code_url) == (code, code_url)
    assert [one.url for one in made.resources if one.kind == "code"] == [code_url] * bool(code_url)


def test_resources(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Links stand in one order: the PDF, the identifiers, then the rest."""
    paper = make_paper(
        doi="10.1000/182",
        arxiv="2212.03827",
        openreview="ETKGuby0hcs",
        pmid="1",
        pmcid="PMC1",
        links={"video": "https://v.org/", "pdf": "a.pdf", "data": "https://d.org/"},
    )
    made = summarize(assemble_site(paper), paper).resources
    assert made == (
        Resource("pdf", "PDF", "a.pdf", local=True),
        Resource("doi", "DOI", "https://doi.org/10.1000/182"),
        Resource("arxiv", "arXiv", "https://arxiv.org/abs/2212.03827"),
        Resource("openreview", "OpenReview", "https://openreview.net/forum?id=ETKGuby0hcs"),
        Resource("pmid", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/1/"),
        Resource("pmcid", "PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"),
        Resource("data", "Data", "https://d.org/"),
        Resource("video", "Video", "https://v.org/"),
    )
    elsewhere = make_paper(links={"pdf": "https://example.org/a.pdf"})
    (pdf,) = summarize(assemble_site(elsewhere), elsewhere).resources
    assert pdf == Resource("pdf", "PDF", "https://example.org/a.pdf")


def test_links_from_the_root(make_paper: MakePaper) -> None:
    """A link from the root waits for the depth of the page that shows it."""
    paper = make_paper(notes="[a](/tags/) ![b](/b.png) [c](https://c.org/) [d](#d)")
    made = summary.html(paper.notes)
    assert f'href="{ROOT}tags/"' in made
    assert f'src="{ROOT}b.png"' in made
    assert 'href="https://c.org/"' in made
    assert 'href="#d"' in made
    assert summary.html(None) == Markup()


@pytest.mark.parametrize(
    ("authors", "et_al", "expected"),
    [
        (["Ada Lovelace"], "false", "Ada Lovelace"),
        (["Ada Lovelace"], "true", "Ada Lovelace et al."),
        (["Ada Lovelace", "Kurt Gödel"], "false", "Ada Lovelace and Kurt Gödel"),
        (["Ada Lovelace", "Kurt Gödel"], "true", "Ada Lovelace et al."),
        (["Ada Lovelace", "Kurt Gödel", "X Y"], "false", "Ada Lovelace et al."),
    ],
)
def test_byline(make_paper: MakePaper, authors: list[str], et_al: str, expected: str) -> None:
    """Authors in a few words are one, two, or the first of many."""
    paper = make_paper(authors=authors, et_al=et_al)
    shown = outline(paper, Vocabulary(), {})
    assert byline(shown) == expected
    assert summary.related_to(shown) == Related(
        Markup("A Paper"), "papers/a-paper/", expected, 2024
    )


def test_details(make_paper: MakePaper) -> None:
    """Of the bibliographic details those are shown that the paper has, in one order."""
    paper = make_paper(pages="1-2", volume="12", editors=["A B", "C D"], modified="2025-01-31")
    assert summary.details(paper) == (
        ("Volume", "12"),
        ("Pages", "1-2"),
        ("Editors", "A B, C D"),
        ("Modified", "31 January 2025"),
    )
    assert summary.details(make_paper()) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Version("Version", Markup(), "", "")),
        (
            {"label": "Journal", "venue": "*V*", "date": "2023-01", "url": "https://v.org/"},
            Version("Journal", Markup("<em>V</em>"), "January 2023", "https://v.org/"),
        ),
        (
            {"arxiv": "2212.03827"},
            Version("Preprint", Markup(), "", "https://arxiv.org/abs/2212.03827"),
        ),
        (
            {"arxiv": "2212.03827", "doi": "10.1000/1"},
            Version("Preprint", Markup(), "", "https://doi.org/10.1000/1"),
        ),
    ],
)
def test_version(make_paper: MakePaper, fields: dict[str, str], expected: Version) -> None:
    """Another version has the best address that it gives."""
    (version,) = make_paper(versions=[fields]).versions
    assert summary.version(version) == expected


@pytest.mark.parametrize(
    ("url", "id_", "address"),
    [
        (
            "https://p.example/",
            "https://p.example/papers/a-paper/",
            "https://p.example/papers/a-paper/",
        ),
        (None, "urn:offprint:papers/a-paper/", "papers/a-paper/"),
    ],
)
def test_feed_entry(
    make_paper: MakePaper, assemble_site: MakeSite, url: str | None, id_: str, address: str
) -> None:
    """A feed's entry has the permalink as its id, its times, people and categories."""
    people = ["Ada Lovelace", {"name": "Kurt Gödel", "orcid": "0000-0002-1694-233X"}]
    paper = make_paper(
        authors=people, tags=["t"], modified="2025", abstract="One.", title="*A* & B"
    )
    site = assemble_site(paper, categories={"CL": "Language"})
    settings = replace(site.settings, config=site.config.model_copy(update={"url": url}))
    site = replace(site, settings=settings)
    made = summary.feed_entry(site.config, paper)
    assert (made.id, made.url, made.title) == (id_, address, "A & B")
    assert (made.published, made.updated) == ("2024-05-06T00:00:00Z", "2025-01-01T00:00:00Z")
    assert made.authors == (
        ("Ada Lovelace", ""),
        ("Kurt Gödel", "https://orcid.org/0000-0002-1694-233X"),
    )
    assert made.categories == (("CL", "Language"), ("t", "t"))
    assert made.summary == Markup("<p>One.</p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short  text\n\nmore", "short text more"),
        ("x" * 200, "x" * 200),
        ("word, " * 50, "word, " * 32 + "word…"),
    ],
)
def test_shortened(text: str, expected: str) -> None:
    """A long text is cut after a word, and says so."""
    assert summary.shortened(text) == expected


def test_only_links_are_rooted(make_paper: MakePaper) -> None:
    """A link from the root waits for the depth of its page; the same words in a text stay."""
    paper = make_paper(notes='See [tags](/tags/) and `href="/x/"` and src="/y".')
    shown = summary.html(paper.notes)
    assert f'<a href="{ROOT}tags/">' in shown
    assert 'href="/x/"' in shown.replace("&quot;", '"')
    assert 'src="/y"' in shown.replace("&quot;", '"').replace("”", '"').replace("“", '"')


def test_links_are_seen_from_their_page(make_paper: MakePaper) -> None:
    """A link that begins where its page is leads there from wherever the text is shown."""
    paper = make_paper(notes="[a](../b/?x=1#y) [c](c/) [here](#z) [far](https://example.org/d)")

    shown = summary.html(paper.notes, "papers/a/")

    assert re.findall('href="([^"]*)"', shown) == [
        f"{ROOT}papers/b/?x=1#y",
        f"{ROOT}papers/a/c/",
        "#z",
        "https://example.org/d",
    ]


def test_a_title_holds_no_link(make_paper: MakePaper) -> None:
    """A title is a link itself in lists, so that the words of a link in it are kept alone."""
    paper = make_paper(title="On [this](https://example.org/a) and https://example.org/b")
    shown = summary.heading(paper.title)
    assert "<a" not in shown
    assert "this" in shown
    assert "https://example.org/b" in shown


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("What GPT-2 and GPT-3.5-turbo do.", "What {GPT-2} and {GPT-3.5-turbo} do."),
        ("In-Context Learning, End-to-End.", "{In-Context} Learning, {End-to-End}."),
        ("- a -1 b-", "- a -1 b-"),
        ("*COVID-19* and $x-1$", None),
    ],
)
def test_a_title_keeps_words_whole(make_paper: MakePaper, title: str, expected: str | None) -> None:
    """A title is not parted at a hyphen; formulas stay as they are."""
    made = summary.kept_whole(summary.heading(make_paper(title=title).title))
    if expected is None:
        assert made.startswith('<em><span class="whole">COVID-19</span></em> and <math')
        assert made.count("<span") == 1
    else:
        assert made == re.sub("{(.*?)}", r'<span class="whole">\1</span>', expected)


def test_details_without_some(make_paper: MakePaper) -> None:
    """A paper says its type and language where it gives them, but not what is said elsewhere."""
    paper = make_paper(pages="1-2", volume="12", type="article-journal", language="de")

    made = summary.details(paper, omit=summary.WITHIN)

    assert made == (("Type", "Journal article"), ("Language", "de"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"venue": "J", "volume": "12", "issue": "3", "pages": "101--118"}, "12(3), 101–118"),
        ({"venue": "J", "volume": "12"}, "12"),
        ({"venue": "J", "issue": "3"}, "(3)"),
        ({"venue": "J", "pages": "7"}, "7"),
        ({"venue": "J"}, ""),
        ({"volume": "12", "pages": "7"}, ""),
    ],
)
def test_within(make_paper: MakePaper, fields: dict[str, object], expected: str) -> None:
    """Where a paper stands in its venue is said as journals say it."""
    assert summary.within(make_paper(**fields)) == expected


def test_every_type_has_words() -> None:
    """Whatever type an entry may give, the page has words for it."""
    assert set(summary._TYPES) == set(TYPES)  # noqa: SLF001 - the table is the rule


def test_affiliations(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Affiliations are numbered as they come; an organization of the site is a link."""
    paper = make_paper(
        organizations=["Here"],
        authors=[
            {"name": "A A", "organization": "There"},
            {"name": "B B", "organization": "Here"},
            {"name": "C C"},
            {"name": "D D", "organization": "There"},
        ],
    )
    site = assemble_site(paper)

    assert Places.of(site).by_slug[paper.slug].affiliations == (
        Link("There"),
        Link("Here", "organizations/here/"),
    )
    assert [one.place for one in summarize(site, paper).authors] == [1, 2, 0, 1]


def test_a_title_takes_no_focus(make_paper: MakePaper) -> None:
    """A title is a link in lists, so nothing in it is one, nor can be reached by itself."""
    wide = "a + b + c + d + e + f + g + h = 0"
    title = make_paper(title=f"On [this](https://a.example/) $${wide}$$").title

    made = summary.heading(title)

    assert 'tabindex="0"' in title.html
    assert made.startswith('On this <span class="formula"><math display="block">')
