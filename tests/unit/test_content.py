"""Reading a content folder: every file is a paper, a page, a setting, published, or spoken of."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from generator.content import load
from generator.diagnostics import BuildError, Diagnostics
from generator.options import Options
from generator.site import File

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.paper import Paper
    from generator.site import Site

SITE = "url: https://publications.example/\n"
PAPER = """\
---
title: A Paper
authors: [Ada Lovelace]
category: CL
date: 2024-05-06
---
What it is about.
"""


def write(root: Path, files: Mapping[str, str | bytes] = MappingProxyType({})) -> Path:
    """Write the files of a content folder."""
    for path, data in {"site.yaml": SITE, **files}.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def read(root: Path, options: Options | None = None) -> tuple[Site, list[str]]:
    """Read a site without errors; return it and its warnings."""
    found = Diagnostics()
    site = load(root, found, options or Options())
    return site, [f"{one.location}: {one.message}" for one in found]


def whole(site: Site) -> list[Paper]:
    """Return the papers of a site."""
    return [site.wholes[paper.slug].paper for paper in site.papers]


def faults(root: Path) -> list[str]:
    """Read a site that has errors; return all that is said."""
    found = Diagnostics()
    load(root, found, Options())
    return [f"{one.location}: {one.message}" for one in found]


def test_papers(tmp_path: Path) -> None:
    """A paper is a file, at any depth, or an item of a list; each has the address of its name."""
    listed = "- title: In a List\n  authors: [A B]\n  category: CL\n  date: 2020\n  abstract: X.\n"
    site, warnings = read(
        write(
            tmp_path,
            {
                "papers/a.md": PAPER,
                "papers/2024/deep/B c.MD": PAPER.replace("A Paper", "B"),
                "papers/list.yaml": listed,
                "papers/list.yml": listed.replace("List", "Other List"),
                "papers/c.md": PAPER.replace("A Paper", "C").replace(
                    "date:", "slug: chosen\ndate:"
                ),
            },
        )
    )
    assert warnings == []
    slugs = ["chosen", "b-c", "a", "in-a-other-list", "in-a-list"]
    assert [paper.slug for paper in site.papers] == slugs


@pytest.mark.parametrize(
    "data",
    [
        PAPER.encode(),
        b"\xef\xbb\xbf" + PAPER.encode(),
        PAPER.replace("\n", "\r\n").encode(),
        PAPER.replace("\n", "\r").encode(),
    ],
    ids=["lf", "bom", "crlf", "cr"],
)
def test_same_paper(tmp_path: Path, data: bytes) -> None:
    """A byte order mark and the way in which lines end make no difference to a paper."""
    reference, _ = read(write(tmp_path / "reference", {"papers/a.md": PAPER}))
    site, warnings = read(write(tmp_path / "site", {"papers/a.md": data}))
    assert (site.papers, warnings) == (reference.papers, [])
    assert whole(site) == whole(reference)


def test_notes(tmp_path: Path) -> None:
    """From the first heading of the second level on, the body is notes."""
    body = "One.\n\n# not yet\n\n## Errata\n\nTwo.\n"
    site, _ = read(write(tmp_path, {"papers/a.md": PAPER.replace("What it is about.\n", body)}))
    (paper,) = whole(site)
    assert paper.abstract is not None
    assert paper.notes is not None
    assert paper.abstract.source == "One.\n\n# not yet"
    assert paper.notes.source == "## Errata\n\nTwo."


def test_abstract_as_field(tmp_path: Path) -> None:
    """The abstract may be a field, and notes alone are no abstract."""
    field = PAPER.replace("date:", "abstract: One.\ndate:").replace("What it is about.\n", "")
    notes = PAPER.replace("A Paper", "B").replace("What it is about.", "## Notes\n\nTwo.")
    site, warnings = read(write(tmp_path, {"papers/a.md": field, "papers/b.md": notes}))
    abstracts = {paper.slug: paper.abstract and paper.abstract.plain for paper in whole(site)}
    assert abstracts == {"a": "One.", "b": None}
    assert warnings == ["content/papers/b.md:1:1: The paper has no abstract."]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("date:", "abstract: X.\ndate:"), "5:1: The abstract stands twice"),
        (("date:", "abstract:\ndate:"), "5:1: 'abstract' is empty."),
        (("date:", "notes: X.\ndate:"), "5:1: The notes stand twice"),
    ],
)
def test_given_twice(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    """A text that stands as a field and below the fields is refused, so that none is lost."""
    text = PAPER.replace(*change) + "\n## Notes\n\nTwo.\n"
    (one,) = faults(write(tmp_path, {"papers/a.md": text}))
    assert one.startswith(f"content/papers/a.md:{expected}")


def test_long_names(tmp_path: Path) -> None:
    """A file's name gives an address, however long it is and whatever it is written in."""
    long, strange = "long-" * 30 + "name", "\U0001f4c4" * 20
    site, _ = read(write(tmp_path, {f"papers/{long}.md": PAPER, f"papers/{strange}.md": PAPER}))
    assert sorted(len(paper.slug) for paper in site.papers) == [65, 79]


def test_settings(tmp_path: Path) -> None:
    """The settings say how tags, people and categories are called."""
    site, warnings = read(
        write(
            tmp_path,
            {
                "site.yaml": SITE + "categories: {CL: Language}\nmacros: {R: '\\mathbb{R}'}\n",
                "tags.yaml": "a: On *a*.\nb:\n  aliases: [Bee]\nc:\n",
                "people.yaml": "Ada Lovelace:\n  aliases: [A. Lovelace]\n  member: true\n",
                "papers/p.md": PAPER.replace("date:", "tags: [bee, a, c]\ndate:"),
            },
        )
    )
    assert warnings == []
    known = site.settings
    assert known.tags is not None
    assert list(known.tags) == ["a", "b", "c"]
    assert known.tags["a"].description is not None
    assert known.tags["a"].description.html == "On <em>a</em>."
    assert known.vocabulary.tag("BEE") == "b"
    assert known.vocabulary.person("a. lovelace") == "Ada Lovelace"
    assert known.people["Ada Lovelace"].member is True


def test_people_of_the_registry(tmp_path: Path) -> None:
    """A paper's people have what the registry says of them, but for what their entry says."""
    registry = """\
Ada Lovelace: {aliases: [A. Lovelace], orcid: 0000-0002-1825-0097, url: https://a.example/}
Kurt Gödel: {orcid: 0000-0002-1694-233X}
"""
    own = "authors: [A. Lovelace, {name: Kurt Gödel, orcid: 0000-0001-5109-3700}, Plato]"
    more = f"{own}\neditors: [Ada Lovelace]"
    entry = PAPER.replace("authors: [Ada Lovelace]", more)
    site, _ = read(write(tmp_path, {"people.yaml": registry, "papers/p.md": entry}))

    [paper] = whole(site)
    known = [(one.parts.display, one.orcid, one.url) for one in (*paper.authors, *paper.editors)]
    assert known == [
        ("A. Lovelace", "0000-0002-1825-0097", "https://a.example/"),
        ("Kurt Gödel", "0000-0001-5109-3700", None),
        ("Plato", None, None),
        ("Ada Lovelace", "0000-0002-1825-0097", "https://a.example/"),
    ]


def test_no_registries(tmp_path: Path) -> None:
    """Without registries any tag, category and name will do."""
    site, warnings = read(
        write(tmp_path, {"papers/a.md": PAPER.replace("date:", "tags: [x]\ndate:")})
    )
    assert (site.settings.tags, site.settings.people, warnings) == (None, {}, [])


def test_base_url(tmp_path: Path) -> None:
    """The command may tell another address than the settings, and must be told where none does."""
    site, warnings = read(write(tmp_path), Options(base_url="https://other.example"))
    assert (site.config.url, warnings) == ("https://other.example/", [])
    site, warnings = read(write(tmp_path, {"site.yaml": ""}))
    assert site.config.url is None
    assert len(warnings) == 1
    assert warnings[0].startswith("content/site.yaml: The site has no address")


def test_drafts(tmp_path: Path) -> None:
    """Drafts are read in any case, and in the site when asked for."""
    write(tmp_path, {"papers/a.md": PAPER.replace("date:", "draft: true\ndate:")})
    assert read(tmp_path)[0].papers == ()
    assert len(read(tmp_path, Options(drafts=True))[0].papers) == 1


def test_pages(tmp_path: Path) -> None:
    """A page has the address of its place; what else lies there is published as it is."""
    page = "---\ntitle: T\n---\nFirst [x](/tags/).\n\nSecond.\n"
    site, warnings = read(
        write(
            tmp_path,
            {
                "pages/index.md": page,
                "pages/about.md": page.replace("title: T", "title: T\ndescription: D"),
                "pages/a/index.md": page,
                "pages/a/b.md": page,
                "pages/CNAME": "publications.example\n",
                "pages/a/pixel.png": b"\x89PNG",
            },
        )
    )
    assert warnings == []
    assert [(one.path, one.description) for one in site.pages] == [
        ("", "First x."),
        ("a/", "First x."),
        ("a/b/", "First x."),
        ("about/", "D"),
    ]
    assert site.pages[0].source == "content/pages/index.md"
    assert site.files == (
        File("CNAME", "content/pages/CNAME"),
        File("a/pixel.png", "content/pages/a/pixel.png"),
    )


def test_pdf(tmp_path: Path) -> None:
    """A PDF beside the entry is published beside the paper's page, under the paper's name."""
    links = "links: {pdf: files/x.pdf}\ndate:"
    site, warnings = read(
        write(
            tmp_path,
            {
                "papers/2024/a.md": PAPER.replace("date:", links),
                "papers/2024/files/x.pdf": b"%PDF",
                "papers/2024/unused.pdf": b"%PDF",
                "papers/b.md": PAPER.replace("A Paper\n", "B\nlinks: {pdf: https://x.org/}\n"),
            },
        )
    )
    assert warnings == []
    assert site.files == (File("papers/a/a.pdf", "content/papers/2024/files/x.pdf"),)
    pdfs = {paper.slug: paper.links.pdf for paper in whole(site)}
    assert pdfs == {"a": "papers/a/a.pdf", "b": "https://x.org/"}


@pytest.mark.parametrize("path", ["x.pdf", "../x.pdf", "../../../x.pdf", "../../site.pdf"])
def test_pdf_refused(tmp_path: Path, path: str) -> None:
    """A PDF that does not exist, or lies outside the papers, is refused."""
    write(tmp_path, {"papers/d/a.md": PAPER.replace("date:", f"links: {{pdf: {path}}}\ndate:")})
    (tmp_path / "x.pdf").touch()
    (tmp_path / "content" / "site.pdf").touch()
    said = faults(tmp_path)
    assert f"content/papers/d/a.md:5:14: There is no file '{path}' beside the entry." in said


def test_pdf_that_is_none(tmp_path: Path) -> None:
    """A file that does not begin as a PDF does is refused; an empty one, too."""
    linked = PAPER.replace("date:", "links: {pdf: x.pdf}\ndate:")
    write(tmp_path, {"papers/a.md": linked, "papers/x.pdf": b"<!doctype html>"})
    assert faults(tmp_path) == [
        "content/papers/a.md:5:14: The file 'x.pdf' is no PDF: it does not begin with '%PDF'."
    ]
    write(tmp_path, {"papers/x.pdf": b""})
    assert len(faults(tmp_path)) == 1


def test_large_pdf(tmp_path: Path) -> None:
    """A PDF that Google Scholar would not read is published all the same, with a warning."""
    linked = PAPER.replace("date:", "links: {pdf: x.pdf}\ndate:")
    write(tmp_path, {"papers/a.md": linked, "papers/x.pdf": b"%PDF".ljust(6_000_000)})
    site, warnings = read(tmp_path)
    said = "The file 'x.pdf' has 6.0 MB, and Google Scholar reads up to 5 MB."
    assert warnings == [f"content/papers/a.md:5:14: {said}"]
    assert [file.path for file in site.files] == ["papers/a/a.pdf"]


def test_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file to be published that the system does not give out is a fault at its place."""
    write(tmp_path, {"pages/CNAME": "one"})
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if str(path).endswith("CNAME"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert faults(tmp_path) == ["content/pages/CNAME: The file cannot be read: Permission denied."]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("papers/a.docx", "This file is not read."),
        ("papers/Makefile", "This file is not read."),
        ("a.md", "This file is not read."),
        ("notes/a.md", "This file is not read."),
        ("papers", "This file is not read."),
    ],
)
def test_unread(tmp_path: Path, path: str, message: str) -> None:
    """A file that nothing is made of is spoken of, and stops nothing."""
    site, warnings = read(write(tmp_path, {path: PAPER}))
    assert warnings == [f"content/{path}: {message}"]
    assert site.papers == ()


def test_every_file_is_counted(tmp_path: Path) -> None:
    """Of many files each is a paper or is named in a message: none is dropped without a word."""
    bad: dict[str, str | bytes] = {
        "papers/no-front-matter.md": "x",
        "papers/broken.md": PAPER.replace("A Paper", "A: Paper"),
        "papers/field.md": PAPER.replace("date:", "x: y\ndate:"),
        "papers/bytes.md": b"\xff",
        "papers/list.yaml": "title: x\n",
        "papers/all.bib": "@article{a, title = {A",
        "papers/category.md": PAPER.replace("A Paper", "Category").replace("CL", "XX"),
        "papers/tag.md": PAPER.replace("A Paper", "Tag\ntags: [x]"),
        "pages/bytes.md": b"\xff",
        "pages/broken.md": "x",
        "pages/field.md": "---\ntitle: T\nx: y\n---\n",
        "people.yaml": "A: [b]\n",
    }
    settings: dict[str, str | bytes] = {
        "site.yaml": SITE + "categories: {CL: L}\n",
        "tags.yaml": "t: About t.\n",
    }
    said = faults(write(tmp_path, settings | bad | {"papers/good.md": PAPER}))
    named = [one.partition(":")[0] for one in said]
    assert named == sorted(f"content/{path}" for path in bad)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"site.yaml": "title: A: B\n"}, ["content/site.yaml:1:9"]),
        ({"site.yaml": "x: y\n"}, ["content/site.yaml:1:1"]),
        ({"site.yaml": b"\xff"}, ["content/site.yaml:1:1"]),
        ({"tags.yaml": "a: B: C\n"}, ["content/tags.yaml:1:5"]),
        ({"tags.yaml": "a: [b]\n"}, ["content/tags.yaml:1:4"]),
        ({"tags.yaml": b"\xff"}, ["content/tags.yaml:1:1"]),
        ({"tags.yaml": "a:\n  aliases: [b]\nB: X\n"}, ["content/tags.yaml:3:1"]),
        ({"tags.yaml": "a:\n  aliases: [b]\nc:\n  aliases: [d, b]\n"}, ["content/tags.yaml:4:16"]),
        ({"people.yaml": "A B: https://x.org/\n"}, ["content/people.yaml:1:6"]),
        ({"people.yaml": "A B:\n  orcid: 1\n"}, ["content/people.yaml:2:10"]),
    ],
)
def test_settings_with_faults(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[str]
) -> None:
    """A fault in the settings is told together with those of papers, and makes no others."""
    papers: dict[str, str | bytes] = {
        "papers/a.md": PAPER.replace("date:", "tags: [a]\ndate:"),
        "papers/b.md": PAPER.replace("date: 2024", "date: 24"),
    }
    said = faults(write(tmp_path, files | papers))
    places = [one.partition(": ")[0] for one in said]
    assert places == ["content/papers/b.md:5:7", *expected]


def test_no_content(tmp_path: Path) -> None:
    """A folder without content is no site."""
    with pytest.raises(BuildError, match="There is no folder 'content' here"):
        load(tmp_path, Diagnostics(), Options())
    (tmp_path / "content").mkdir()
    assert faults(tmp_path) == ["content/site.yaml: There is no file 'content/site.yaml'."]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("[a, a]", "5:11: The tag 'a' is given twice."),
        ("[a, A]", "5:11: The tag 'A' is given twice."),
        ("[a, bee, b]", "5:16: The tag 'b' is given twice."),
    ],
)
def test_tag_twice(tmp_path: Path, tags: str, expected: str) -> None:
    """A tag that is given twice, under whatever name, is only a warning."""
    registry = "a: A.\nb:\n  aliases: [bee]\n"
    entry = PAPER.replace("date:", f"tags: {tags}\ndate:")
    _, warnings = read(write(tmp_path, {"tags.yaml": registry, "papers/a.md": entry}))
    assert warnings == [f"content/papers/a.md:{expected}"]


@pytest.mark.parametrize("tags", ["[[a]]", "['']", "[{a: b}]", "a", "{a: b}"])
def test_tags_of_another_kind(tmp_path: Path, tags: str) -> None:
    """What is no tag is refused by the field, and not looked for in the registry."""
    entry = PAPER.replace("date:", f"tags: {tags}\ndate:")
    said = faults(write(tmp_path, {"tags.yaml": "a: A.\n", "papers/a.md": entry}))
    assert len(said) == 1
    assert "content/tags.yaml" not in said[0]


def test_references(tmp_path: Path) -> None:
    """Links to pages of this site are remembered with their places."""
    body = "See [this](/tags/x/#y), [that](</years/>) and [other](https://x.org/a).\n"
    site, _ = read(
        write(
            tmp_path,
            {
                "papers/a.md": PAPER + "An abstract.\n\n## Notes\n\n" + body,
                "pages/b.md": PAPER[:4] + "title: T\n---\n" + body,
            },
        )
    )
    found = [(one.path, str(one.location)) for one in site.references]
    assert sorted(found) == [
        ("/tags/x/", "content/pages/b.md:4:12"),
        ("/tags/x/", "content/papers/a.md:12:12"),
        ("/years/", "content/pages/b.md:4:33"),
        ("/years/", "content/papers/a.md:12:33"),
    ]
