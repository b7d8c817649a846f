"""Charts of papers by year: bars, their parts, and what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import charts
from generator.pages.kinds.parts import Bar, Segment
from generator.pages.kinds.readers import TermPage, YearsPage
from generator.pages.plan import pages as plan

if TYPE_CHECKING:
    from generator.paper import Paper
    from generator.site import Site
    from tests.unit.conftest import MakePaper, MakeSite

CATEGORIES = {"LG": "Machine Learning", "CL": "Computation and Language"}


def chart(site: Site) -> tuple[Bar, ...]:
    """Return the chart of all papers of a site."""
    paths = {paper.year: f"years/{paper.year}/" for paper in site.papers}
    return charts.by_year(site.papers, site.config.categories, paths)


def test_bars_are_parted_by_category(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The longest year has the whole length; categories come as the site names them."""
    papers = (
        make_paper("a", date="2024", category="CL"),
        make_paper("b", date="2024", category="LG"),
        make_paper("c", date="2024", category="CL"),
        make_paper("d", date="2023", category="CL"),
    )

    bars = chart(assemble_site(*papers, categories=CATEGORIES))

    assert bars == (
        Bar("2024", "years/2024/", 3, (Segment("LG", 1, 1, 0, 333), Segment("CL", 2, 2, 333, 667))),
        Bar("2023", "years/2023/", 1, (Segment("CL", 2, 1, 0, 333),)),
    )


def test_a_category_without_a_name_comes_last(
    make_paper: MakePaper, assemble_site: MakeSite
) -> None:
    """What the site does not name has no colour, and stands after what it names."""
    papers = (make_paper("a", category="AA"), make_paper("b", category="CL"))

    (bar,) = chart(assemble_site(*papers, categories=CATEGORIES))

    assert [(one.label, one.tint) for one in bar.segments] == [("CL", 2), ("AA", 0)]


def test_few_papers_make_no_long_bar(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A bar of the whole length stands for three papers at least."""
    (bar,) = chart(assemble_site(make_paper("a")))

    assert [one.length for one in bar.segments] == [charts.LENGTH // 3]


def test_gaps_are_told(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Years without papers are one bar without length or address."""
    dates = ("2024", "2022", "2018")
    papers = [make_paper(f"p-{date}", date=date) for date in dates]

    bars = chart(assemble_site(*papers))

    assert [(bar.label, bar.count, bar.path) for bar in bars] == [
        ("2024", 1, "years/2024/"),
        ("2023", 0, ""),
        ("2022", 1, "years/2022/"),
        ("2019–2021", 0, ""),
        ("2018", 1, "years/2018/"),
    ]


def test_no_papers(assemble_site: MakeSite) -> None:
    """A site without papers has a chart without bars."""
    assert chart(assemble_site()) == ()


def test_parts_leave_nothing_between_them(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Whatever the counts, each part begins where the last ends, and the longest fills all."""
    papers = [make_paper(f"p-{n}", category="ABCDEFG"[n % 7], title=f"{n}") for n in range(23)]

    (bar,) = chart(assemble_site(*papers))

    ends = [0, *(one.start + one.length for one in bar.segments)]
    assert [one.start for one in bar.segments] == ends[:-1]
    assert ends[-1] == charts.LENGTH


def term(site: Site, path: str) -> TermPage:
    """Return the page of a term."""
    page = next(page for page in plan(site) if page.path == path)
    assert isinstance(page, TermPage)
    return page


def several(make_paper: MakePaper) -> list[Paper]:
    """Return papers of five years, one author of which has all."""
    return [
        make_paper(f"p-{n}", date=f"{2020 + n}", authors=["Ada Lovelace"], title=f"{n}")
        for n in range(5)
    ]


def test_a_terms_bars_lead_into_its_list(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A bar leads to the page of the list, and the heading, where its year begins."""
    site = assemble_site(*several(make_paper), paginate="2")

    page = term(site, "authors/ada-lovelace/")

    assert [bar.path for bar in page.years] == [
        "authors/ada-lovelace/#year-2024",
        "authors/ada-lovelace/page/2/#year-2023",
        "authors/ada-lovelace/page/2/#year-2022",
        "authors/ada-lovelace/page/1/#year-2021",
        "authors/ada-lovelace/page/1/#year-2020",
    ]


def test_an_older_page_has_no_chart(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """An older page stays the same when the list grows, so it holds no chart of it."""
    site = assemble_site(*several(make_paper), paginate="2")

    assert term(site, "authors/ada-lovelace/page/1/").years == ()


def test_one_year_needs_no_chart(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A term whose papers are all of one year has nothing to compare."""
    assert term(assemble_site(make_paper(tags=["t"])), "tags/t/").years == ()


def test_the_index_of_years_is_a_chart(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """The index of years shows each with its bar, and what the colours stand for."""
    site = assemble_site(*several(make_paper), categories=CATEGORIES)

    page = next(page for page in plan(site) if page.path == "years/")

    assert isinstance(page, YearsPage)
    assert [bar.path for bar in page.years] == [f"years/{year}/" for year in range(2024, 2019, -1)]
    assert [entry.label for entry in page.categories] == ["CL"]


def test_companions(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """A person's co-authors and a tag's neighbours come with what they share, the most first."""
    site = assemble_site(
        make_paper("a", authors=["Ada Lovelace", "Kurt Gödel", "Emmy Noether"], tags=["x", "y"]),
        make_paper("b", authors=["Ada Lovelace", "Kurt Gödel"], tags=["x", "z", "y"]),
        make_paper("c", authors=["Alan Turing"], tags=["z"]),
    )

    people = term(site, "authors/ada-lovelace/").companions
    tags = term(site, "tags/x/").companions

    assert [(one.label, one.path, one.count) for one in people] == [
        ("Kurt Gödel", "authors/kurt-godel/", 2),
        ("Emmy Noether", "authors/emmy-noether/", 1),
    ]
    assert [(one.label, one.count) for one in tags] == [("y", 2), ("z", 1)]
    assert term(site, "categories/cl/").companions == ()
    assert term(site, "authors/alan-turing/").companions == ()


def test_many_companions(make_paper: MakePaper, assemble_site: MakeSite) -> None:
    """Of very many co-authors the page names the most frequent, and tells how many others are."""
    crowd = [f"Person{n:03} Name" for n in range(60)]
    site = assemble_site(make_paper("a", authors=crowd), make_paper("b", authors=crowd[-2:]))

    page = term(site, "authors/person059-name/")

    assert page.companions[0].label == "Person058 Name"
    assert len(page.companions) + page.more == 59
    assert page.more == 19
