"""The linter's own parts: where links lead, what is too large, and how much it takes at once."""

from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING, Any

import pytest

from generator import workers
from generator.diagnostics import BuildError
from generator.linter import assets, body, lint, reach, scholar, sitemaps
from generator.linter.document import Document, is_hidden, letters, text_of
from generator.linter.folder import Folder, Kind, Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

FILES = dict.fromkeys(("index.html", "a/index.html", "a/b.html", "a/é.pdf", "c"), 1)
HEAD = '<html lang="en"><title>{}</title><meta name="description" content="{}"><h1>{}</h1>'


def own(file: str, anchor: str = "") -> Target:
    """Return where a link within the site leads."""
    return Target(Kind.OWN, file, anchor)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("", own("a/b.html")),
        ("#x%20y", own("a/b.html", "x y")),
        ("?q=1", own("a/b.html")),
        ("./", own("a/index.html")),
        ("..", own("index.html")),
        ("../", own("index.html")),
        ("../c?q#d", own("c", "d")),
        ("../c/", own("c/index.html")),
        ("../a", own("a/index.html")),
        ("%C3%A9.pdf", own("a/é.pdf")),
        (" é.pdf ", own("a/é.pdf")),
        ("../..", Target(Kind.OUTSIDE)),
        ("../../p/", Target(Kind.OUTSIDE)),
        ("/", Target(Kind.OUTSIDE)),
        ("/pp/", Target(Kind.OUTSIDE)),
        ("/p", own("index.html")),
        ("/p/a/", own("a/index.html")),
        ("https://e.org/p", own("index.html")),
        ("https://e.org/p/a/b.html#c", own("a/b.html", "c")),
        ("//e.org/p/c", own("c")),
        ("https://e.org/", Target(Kind.FOREIGN)),
        ("http://e.org/p/", Target(Kind.FOREIGN)),
        ("//other.org/", Target(Kind.FOREIGN)),
        ("mailto:a@e.org", Target(Kind.OTHER)),
        ("data:image/png;base64,AA==", Target(Kind.OTHER)),
    ],
)
def test_where_a_link_leads(link: str, target: Target, tmp_path: Path) -> None:
    """A link leads where a host that serves the folder at its address would lead it."""
    assert Folder(tmp_path, "https://e.org/p/", FILES).resolve("a/b.html", link) == target


def test_without_an_address(tmp_path: Path) -> None:
    """Where the address is not known, the folder is taken to lie at the root of a host."""
    folder = Folder(tmp_path, "", FILES)
    assert folder.resolve("a/b.html", "/a/") == own("a/index.html")
    assert folder.resolve("a/b.html", "https://e.org/") == Target(Kind.FOREIGN)


@pytest.mark.parametrize(
    ("html", "seen", "hidden"),
    [
        ("<p id=x>A <b>b</b> c</p>", "A b c", False),
        ("<p id=x>A<script>b</script><!-- c --> d</p>", "A d", False),
        ("<details open><p id=x>A</p></details>", "A", False),
        ("<details><div><p id=x>A</p></div></details>", "A", True),
        ("<div hidden><p id=x>A</p></div>", "A", True),
        ('<p id=x style="color: red; display : none">A</p>', "A", True),
    ],
)
def test_what_a_reader_sees(html: str, seen: str, *, hidden: bool) -> None:
    """What scripts hold is no text, and what a reader has to open is hidden."""
    (element,) = Document("a.html", "a.html", html.encode()).ids["x"]
    assert (text_of(element), is_hidden(element)) == (seen, hidden)


def test_letters() -> None:
    """Formulas are compared by what every way of writing them has."""
    assert letters("On x², “y” & Ｚ") == letters("on X2 y z") == "onx2yz"


@pytest.mark.parametrize("data", [b"", b"\n", b"<!-- -->", b"text", b"\xff\xfe", b"<p>\x00"])
def test_a_page_that_is_hardly_one(data: bytes, tmp_path: Path) -> None:
    """Whatever stands in a page, it is read, and told what it lacks."""
    (tmp_path / "index.html").write_bytes(data)
    count, found = lint.lint(tmp_path)
    assert count == 1
    assert "The page has no title." in {one.message for one in found}


def messages(folder: Path, base: str = "") -> list[str]:
    """Return what is said of a folder."""
    return [one.message for one in lint.lint(folder, base)[1]]


def page(name: str, *links: str, head: str = "") -> str:
    """Return a page that leads to others."""
    return HEAD.format(name, name, name) + head + "".join(f'<a href="{one}">A</a>' for one in links)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages, PDFs, citation files and sitemaps have their limits."""
    tags = {"title": "A", "author": "B", "publication_date": "2022"}
    metas = "".join(f'<meta name="citation_{name}" content="{one}">' for name, one in tags.items())
    metas += '<meta name="citation_pdf_url" content="https://e.org/a.pdf">'
    metas += '<link rel="canonical" href="https://e.org/">'
    (tmp_path / "index.html").write_text(page("A", head=metas))
    (tmp_path / "a.pdf").write_text("%PDF-1.7" + "x" * 99_992)
    (tmp_path / "papers.csl.json").write_text("x" * 1_500_001)
    (tmp_path / "sitemap.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://e.org/</loc></url><url><loc>https://e.org/a.pdf</loc></url></urlset>"
    )
    assert messages(tmp_path) == []

    monkeypatch.setattr(body, "LARGEST_PAGE", 100)
    monkeypatch.setattr(scholar, "LARGEST_PDF", 99_999)
    monkeypatch.setattr(assets, "LARGEST_CITATIONS", 1_500_000)
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 1)
    assert messages(tmp_path) == [
        "The page has 0.0 MB, more than search engines are sure to read.",
        "The PDF has 0.1 MB, and Google Scholar takes 5.",
        "The file has 2 MB, and many programs take 50.",
        "The sitemap has 2 addresses and 146 bytes, and the protocol allows 1 and 52,428,800.",
    ]


def test_too_far(tmp_path: Path) -> None:
    """Google Scholar finds a paper within ten links of the home page."""
    tags = '<meta name="citation_title" content="11"><meta name="citation_author" content="B">'
    tags += '<meta name="citation_publication_date" content="2022">'
    (tmp_path / "index.html").write_text(page("0", "1.html"))
    for number in range(1, 12):
        head = tags if number == reach.FARTHEST + 1 else ""
        text = page(str(number), f"{min(number + 1, 11)}.html", head=head)
        (tmp_path / f"{number}.html").write_text(text)
    assert messages(tmp_path) == [
        "The paper is 11 links away from the home page, and Google Scholar follows 10."
    ]
    (tmp_path / "index.html").write_text(page("0", "2.html", "1.html"))
    assert messages(tmp_path) == []


def test_robots_may_not_visit(tmp_path: Path) -> None:
    """A paper that robots must leave alone is in no search engine."""
    head = '<link rel="canonical" href="{}"><meta name="citation_title" content="A">'
    head += '<meta name="citation_author" content="B">'
    head += '<meta name="citation_publication_date" content="2022">'
    (tmp_path / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    (tmp_path / "sitemap.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://e.org/</loc></url></urlset>"
    )
    (tmp_path / "index.html").write_text(page("A", head=head.format("https://e.org/")))
    assert messages(tmp_path) == ["Robots may not visit papers, such as that at 'https://e.org/'."]
    (tmp_path / "index.html").write_text(page("A", head=head.format("https://e.org/p/")))
    (tmp_path / "sitemap.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://e.org/p/</loc></url></urlset>"
    )
    assert messages(tmp_path) == []  # robots read the file at the root of a host alone


def test_a_large_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes find what one finds."""
    for number in range(9):
        (tmp_path / f"{number}.html").write_text(page(str(number), "10.html"))
    (tmp_path / "index.html").write_text(page("home", *(f"{number}.html" for number in range(9))))
    alone = list(lint.lint(tmp_path, jobs=1)[1])
    monkeypatch.setattr(workers, "POOL_FROM", 2)
    assert len(alone) == 9
    assert list(lint.lint(tmp_path, jobs=2)[1]) == alone


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that goes away meanwhile is told like any other fault."""
    with pytest.raises(BuildError) as caught:
        Folder(tmp_path, "", {"a.html": 1}).read("a.html")
    (one,) = caught.value.diagnostics
    assert one.message == "The file cannot be read: No such file or directory."


def test_the_command(tmp_path: Path, run: Run) -> None:
    """Faults are told in the form that was asked for, and by the exit status."""
    assert run("check", "--site", "nowhere").status == 2
    (tmp_path / "index.html").write_text(page("A"))
    assert run("check", "--site", ".").out == "1 page: no errors.\n"
    (tmp_path / "index.html").write_text(page("A").replace('content="A"', ""))
    assert run("check", "--site", ".").status == 0
    assert run("check", "--site", ".", "--strict").status == 1
    (tmp_path / "index.html").write_text(page("A", "b.html"))
    made = run("check", "--site", ".", "--format", "json")
    assert (made.status, made.out) == (1, "")
    assert [one["line"] for one in json.loads(made.err)] == [1]
    assert run("check", "--site", ".", "--format", "github").err.startswith("::error file=index")


def test_without_the_parser(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where lxml is not installed, the command says how to install it."""
    found = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the original
        if name.startswith("generator.linter"):
            raise ModuleNotFoundError(name="lxml")
        return found(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    made = run("check", "--site", tmp_path)
    assert (made.status, made.out) == (2, "")
    assert "pip install lxml" in made.err
