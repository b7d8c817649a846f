"""A paper of thousands of authors: all on its page, a few in lists, and no flood of pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import html5lib
import pytest
from pybtex.database import parse_string

from generator.build import build
from generator.options import Options
from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

AUTHORS = [f"Ada Lovelace-{number:04}" for number in range(2_900)]  # as many as ATLAS has
MEMBER = AUTHORS[-1]
SLUG = "papers/many"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a paper of 2,900 authors, and one that two of them wrote alone."""
    root = tmp_path_factory.mktemp("site")
    files = {
        "site.yaml": "url: https://e.org/\ncategories: {CL: Language}\n",
        "people.yaml": f"{MEMBER}: {{member: true}}\n",
        "papers/many.md": paper(title="Many", authors=AUTHORS, organizations=["ATLAS"]),
        "papers/few.md": paper(title="Few", authors=[AUTHORS[7], AUTHORS[1_000]]),
    }
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    public = root / "public"
    build(root, public, Options(), jobs=1)
    return public


def article(output: Path, page: str) -> Element:
    """Return what a page shows of the paper."""
    tree = html5lib.parse((output / page).read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return next(one for one in tree.iter("article") if one.get("data-paper") == "many")


def named(shown: Element) -> list[str]:
    """Return the authors that are named."""
    return [
        "".join(one.itertext())
        for one in shown.iter()
        if "paper-author" in one.get("class", "").split()
    ]


def test_a_list_names_the_first(output: Path) -> None:
    """A list names ten of a long list of authors and the site's members, and counts the others."""
    for page in ("index.html", "categories/cl/index.html", "organizations/atlas/index.html"):
        shown = article(output, page)
        assert named(shown) == [*AUTHORS[:10], MEMBER]
        assert "and 2,889 others" in " ".join("".join(shown.itertext()).split())


def test_the_paper_names_all(output: Path) -> None:
    """On the paper's own page all authors stand, those with a page of their own as links."""
    shown = article(output, f"{SLUG}/index.html")
    assert named(shown) == AUTHORS
    links = [one.text for one in shown.iter("a") if "paper-author" in one.get("class", "")]
    assert links == [AUTHORS[0], AUTHORS[7], AUTHORS[1_000], MEMBER]


def test_who_has_a_page(output: Path) -> None:
    """The first author has a page, and who is known from elsewhere; theirs have this paper too."""
    pages = sorted(path.parent.name for path in output.glob("authors/*/index.html"))
    assert pages == [f"ada-lovelace-{number:04}" for number in (0, 7, 1_000, 2_899)]
    assert article(output, "authors/ada-lovelace-1000/index.html") is not None


def test_exports_are_whole(output: Path) -> None:
    """Citation files name all authors, beside the paper and of the whole site."""
    entry = parse_string((output / SLUG / "many.bib").read_text(encoding="utf-8"), "bibtex")
    (one,) = entry.entries.values()
    assert [str(person) for person in one.persons["author"]] == [
        ", ".join(reversed(name.split())) for name in AUTHORS
    ]
    cited = json.loads((output / "papers.csl.json").read_text(encoding="utf-8"))
    assert sorted(len(item["author"]) for item in cited) == [2, 2_900]


def test_what_it_weighs(output: Path) -> None:
    """What is written grows with the authors and not with their square."""
    files = [path for path in output.rglob("*") if path.is_file()]
    own = sum(path.stat().st_size for path in files if "papers/many" in path.as_posix())
    assert own < 2_000 * len(AUTHORS)
    for name in ("index.html", "feed.xml", "feed.json", "authors/index.html"):
        assert (output / name).stat().st_size < 40_000
    assert sum(path.stat().st_size for path in files) < 10_000_000
