"""Which addresses are to last, and what a site does with those whose pages are no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator import dropped
from generator.config import TextPage
from generator.diagnostics import Diagnostics
from generator.markup import Reader
from generator.pages import plan as planning
from generator.pages.kinds.readers import GonePage, PaperPage, RedirectPage
from generator.pages.plan import pages as plan
from generator.published import FILE, Published, read
from generator.source import Source
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite


def published(text: str) -> Published:
    """Return published addresses without faults."""
    found = Diagnostics()
    made = read(Source(FILE, text), Reader(), found)
    assert list(found) == []
    return made


def warnings(site: Site) -> list[str]:
    """Return what is found of dropped addresses."""
    found = Diagnostics()
    dropped.check(planning.plan(site), site, found)
    return [one.message for one in found]


def test_what_is_to_last(assemble_site: MakeSite, make_paper: MakePaper) -> None:
    """Pages for readers last, with the keys of papers; older pages of lists and files do not."""
    papers = [make_paper(f"p{n}", tags=["t"], doi=f"10.1000/{n}") for n in range(3)]
    text, _ = Reader().inline("About")
    site = replace(
        assemble_site(*papers, paginate="1"), pages=(TextPage("about/", text, text, "", "x"),)
    )

    lasting = {one.path: one for one in dropped.lasting(planning.plan(site))}

    assert set(lasting) == {
        "", "about/", "authors/", "authors/ada-lovelace/", "categories/", "categories/cl/",
        "organizations/", "papers/", "papers/p0/", "papers/p1/", "papers/p2/", "search/", "tags/",
        "tags/t/", "venues/", "years/", "years/2024/",
    }  # fmt: skip
    assert lasting["papers/p1/"].key == "lovelace-2024-paper-2"
    assert lasting["papers/p1/"].identifiers == ("doi:10.1000/1",)
    assert lasting["tags/t/"].key == ""


def test_what_moved_and_what_is_gone(assemble_site: MakeSite, make_paper: MakePaper) -> None:
    """A moved address redirects with the new page's title, a removed one says why."""
    site = replace(
        assemble_site(make_paper("a", title="A Title")),
        published=published("/old/ -> /papers/a/\n/papers/b/ gone: See [A](/papers/a/).\n"),
    )

    made = {page.path: page for page in plan(site)}

    assert warnings(site) == []
    moved, gone = made["old/"], made["papers/b/"]
    assert isinstance(moved, RedirectPage)
    assert (moved.title, moved.target) == ("A Title", "papers/a/")
    assert isinstance(gone, GonePage)
    assert not gone.listed
    assert gone.description == "See A."


def test_terms_lead_to_what_they_are_called_now(
    assemble_site: MakeSite, make_paper: MakePaper
) -> None:
    """The page of a term that is no more leads to the one it is an alias of, or to the index."""
    site = assemble_site(make_paper(tags=["language models"], authors=["Ada Lovelace"]))
    vocabulary = Vocabulary({"llm": "language models"}, {"a. lovelace": "Ada Lovelace"})
    text = "/tags/llm/\n/tags/other/\n/authors/a-lovelace/\n/venues/icml/\n/years/1999/\n/tags/\n"
    site = replace(
        site,
        settings=replace(site.settings, vocabulary=vocabulary),
        published=published(text),
    )

    targets = {page.path: page.target for page in plan(site) if isinstance(page, RedirectPage)}

    assert warnings(site) == []
    assert targets == {
        "papers/": "",
        "tags/llm/": "tags/language-models/",
        "tags/other/": "tags/",
        "authors/a-lovelace/": "authors/ada-lovelace/",
        "venues/icml/": "venues/",
        "years/1999/": "years/",
    }


def test_older_pages_of_a_term_are_no_term(assemble_site: MakeSite, make_paper: MakePaper) -> None:
    """What is deeper than a term's page is not made up."""
    site = replace(assemble_site(make_paper()), published=published("/tags/x/page/1/\n"))

    assert warnings(site) == [
        "The address /tags/x/page/1/ was published, and nothing is there any more."
    ]


def test_a_published_key_stays(assemble_site: MakeSite, make_paper: MakePaper) -> None:
    """A corrected title leaves the key as published, and a lost paper's key is nobody else's."""
    paper = make_paper("a", title="Corrected Title")
    other = make_paper("b", title="Lost Words", date="2024-01-01")
    site = replace(
        assemble_site(paper, other),
        published=published(
            "/papers/a/ lovelace-2024-titel\n/papers/l/ lovelace-2024-lost gone: W.\n"
        ),
    )

    keys = {page.path: page.cited.key for page in plan(site) if isinstance(page, PaperPage)}

    assert keys == {"papers/a/": "lovelace-2024-titel", "papers/b/": "lovelace-2024-lost-words"}
