"""The demonstration as it is published: no TeX and no Markdown where readers and machines look."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus
from xml.etree import ElementTree as ET

import html5lib
import pytest

from generator.build import build
from generator.content import load
from generator.diagnostics import Diagnostics
from generator.markup import Reader
from generator.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.markup import Text
    from generator.site import Site
    from tests.conftest import MakeSite, Paper, Run

ROOT = Path(__file__).parents[1]

RAW = re.compile(
    r"\\[A-Za-z(\[]+|\\[%&_#$'\"`~^=.{},; -]|\$[^$]+\$|``|''|~\w"  # TeX
    r"|(?<![\w*])\*{1,2}\w[^*]*\w\*{1,2}(?!\w)|\]\(https?:"  # Markdown
)
MARK = re.compile(r"[\\$`*_{}~^#|]+")
LITERAL = {
    'is_____."': 1,  # a blank to be filled in
    "pass^5": 1,  # the name of a measure
    "D_A": 2,  # Unicode has no subscript A
    "D_B,": 1,
    "D_B.": 1,
}


def test_raw_text_is_recognized() -> None:
    """What the scan looks for is found where it stands, and prose is left in peace."""
    for text in (r"\emph{x}", r"4\%", "$R^2$", "``q'' ", "Section~3", "so *very* much", r"\(x\)"):
        assert RAW.search(text)
    for text in ("it's 5 * 3", "$5 each", "A* and T2*", "[a] (b)", "~", "a_b"):
        assert not RAW.search(text)


# the content


@pytest.fixture(scope="module")
def demonstration() -> Site:
    """Read the demonstration, which has nothing to warn of."""
    found = Diagnostics()
    site = load(ROOT, found, Options())
    assert list(found) == []
    return site


def texts(site: Site) -> list[Text]:
    """Return every text of a site that is marked up."""
    tags = (site.settings.tags or {}).values()
    papers = [one.paper for one in site.wholes.values()]
    marked = [
        *(text for paper in papers for text in (paper.title, paper.abstract)),
        *(text for paper in papers for text in (paper.venue, paper.award, paper.notes)),
        *(tag.description for tag in tags),
    ]
    return [text for text in marked if text]


def test_plain_text_has_no_marks(demonstration: Site) -> None:
    """All titles, abstracts and the rest are free of marks, but for those that are meant."""
    found = [word for text in texts(demonstration) for word in text.plain.split()]
    marked = [word for word in found if MARK.search(word)]

    assert len(demonstration.papers) == 50
    assert {word: marked.count(word) for word in marked} == LITERAL


def test_latex_reads_as_the_source_does(demonstration: Site) -> None:
    """The LaTeX of each abstract and title, read again, gives the same HTML and the same words."""
    reader = Reader(demonstration.config.macros)
    for paper in (whole.paper for whole in demonstration.wholes.values()):
        assert reader.inline(paper.title.latex)[0].html == paper.title.html
        assert paper.abstract
        again, problems = reader.abstract(paper.abstract.latex)
        assert (again.html, again.plain, problems) == (
            paper.abstract.html,
            paper.abstract.plain,
            (),
        )


# what is published


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demonstration."""
    folder = tmp_path_factory.mktemp("demonstration") / "public"
    build(ROOT, folder, Options(), strict=True)
    return folder


def of_element(root: ET.Element) -> Iterator[str]:
    """Yield the texts and attributes below an element; those of COinS are encoded like a query."""
    for one in root.iter():
        if one.tag == "script" and "json" in one.get("type", ""):
            yield from of_json(json.loads(one.text or ""))
        elif one.tag not in {"script", "style"} and "bibtex" not in one.get("class", ""):
            yield from filter(None, (one.text, *map(unquote_plus, one.attrib.values())))
        yield from filter(None, (one.tail,))


def of_json(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from of_json(one)


def strings(path: Path) -> Iterable[str]:
    """Return every text that a published file holds."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".html":
            return of_element(html5lib.parse(text, namespaceHTMLElements=False))
        case ".xml":
            return of_element(ET.fromstring(text))  # noqa: S314 - our own
        case ".json":
            return of_json(json.loads(text))
        case _:
            return [text]


@pytest.mark.parametrize(
    ("suffix", "fewest"), [("html", 150), ("xml", 2), ("json", 50), ("ris", 50)]
)
def test_nothing_published_shows_raw_text(published: Path, suffix: str, fewest: int) -> None:
    """No page, feed, meta tag or export holds TeX or Markdown; BibTeX is meant to be TeX."""
    paths = sorted(published.rglob(f"*.{suffix}"))
    raw = {
        (str(path.relative_to(published)), found[0])
        for path in paths
        for text in strings(path)
        for found in RAW.finditer(text)
    }

    assert raw == set()
    assert len(paths) >= fewest


# the warnings


def test_strict_makes_errors_of_what_could_not_be_read(
    make_site: MakeSite, run: Run, paper: Paper
) -> None:
    """`--strict` refuses an unknown command, a citation left out and an unreadable formula."""
    root = make_site(
        {
            "content/papers/a.md": paper(title="A", abstract=r"By \method alone."),
            "content/papers/b.md": paper(title="B", abstract=r"As in \cite{a}."),
            "content/papers/c.md": paper(title="C", abstract=r"Where $\undefined_x$ is."),
        }
    )

    warned, refused = run("check", "--source", root), run("check", "--source", root, "--strict")

    assert (warned.status, refused.status) == (0, 1)
    assert warned.err.count(": warning: ") == 3
    assert re.findall(r"papers/(\S+): (?:error|warning): (.{20})", refused.err) == [
        ("a.md:7:4", r"The command '\method"[:20]),
        ("b.md:7:7", r"The command '\cite{a"[:20]),
        ("c.md:7:7", r"The formula '$\undef"[:20]),
    ]
