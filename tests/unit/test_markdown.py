"""Pages for programs: a paper in Markdown, and what the site holds for language models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from generator.build import build
from generator.options import Options
from generator.pages import markdown
from tests.conftest import SITE, paper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import MakeSite

ABSTRACT = """\
We show $x_1 < y_2$; see [tags](/tags/) and ![](</a b.png>).

* one
* two

## Notes

More [here](https://e.org/).
"""


def test_a_paper(make_site: MakeSite, tmp_path: Path) -> None:
    """A paper is there as its author wrote it, with what is known of it and how to cite it."""
    text = paper(
        title="On $R^2$ and *more*",
        authors=["Ada Lovelace", {"literal": "The *Group*"}],
        et_al="true",
        venue="J",
        volume="3",
        tags=["t_1"],
        status="retracted",
        doi="10.1000/182",
        code="true",
        links={"slides": "https://e.org/a_b"},
        abstract=ABSTRACT,
    )
    pages: dict[str, str | bytes] = {"content/papers/a.md": text, "content/pages/a b.png": b""}
    build(make_site(pages), tmp_path / "public", Options())

    made = (tmp_path / "public/papers/a/a.md").read_text(encoding="utf-8")
    head, _, rest = made.partition("\n## Abstract\n")
    assert head.rstrip().splitlines() == [
        "# On $R^2$ and *more*",
        "",
        r"- Authors: Ada Lovelace, The \*Group\* et al.",
        "- Published: 2024-05-06",
        "- Venue: J",
        "- Category: Computation and Language",
        r"- Tags: t\_1",
        "- Status: retracted",
        "- Volume: 3",
        "- Page: <https://publications.example/papers/a/>",
        "- DOI: <https://doi.org/10.1000/182>",
        "- Slides: <https://e.org/a_b>",
        "- Code: available",
    ]
    body, _, cite = rest.partition("\n## Cite\n")
    assert body.strip() == ABSTRACT.strip().replace("(/tags/)", "(../../tags/)").replace(
        "(</a b.png>)", "(<../../a b.png>)"
    )
    bib = (tmp_path / "public/papers/a/a.bib").read_text(encoding="utf-8")
    (fenced,) = re.findall(r"```bibtex\n(.*)```\n", cite, re.DOTALL)
    assert fenced == re.sub(r"  abstract = \{.*\},\n(?=\}\n)", "", bib, flags=re.DOTALL)


def test_little_is_known(make_site: MakeSite, tmp_path: Path) -> None:
    """What is not known is not spoken of."""
    site = make_site({"content/site.yaml": "title: T\n", "content/papers/a.md": paper(abstract="")})
    build(site, tmp_path / "public", Options())

    made = (tmp_path / "public/papers/a/a.md").read_text(encoding="utf-8")
    assert made.startswith(
        "# A Paper\n\n- Authors: Ada Lovelace\n- Published: 2024-05-06\n- Category: CL\n\n## Cite\n"
    )


def test_what_the_site_holds(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest papers and the lists are named, in Markdown that has the form of llmstxt.org."""
    monkeypatch.setattr(markdown, "MENTIONED", 2)
    papers = {
        f"content/papers/p{n}.md": paper(title=f"The [{n}] <b>", date=f"202{n}") for n in range(3)
    }
    site = f"{SITE}description: Our *papers*.\nintroduction: More.\n"
    build(make_site({"content/site.yaml": site, **papers}), tmp_path / "public", Options())

    made = (tmp_path / "public/llms.txt").read_text(encoding="utf-8")
    assert "These are the newest of 3 papers" in made
    html = MarkdownIt().render(made)
    assert html.startswith("<h1>Publications</h1>\n<blockquote>\n")
    assert re.findall(r"<h2>(.*)</h2>", html) == ["Papers", "Optional"]
    assert re.findall(r'<li><a href="([^"]*)">(The .*)</a>: (.*)</li>', html) == [
        (
            f"https://publications.example/papers/p{n}/p{n}.md",
            f"The [{n}] &lt;b&gt;",
            f"Ada Lovelace. 202{n}.",
        )
        for n in (2, 1)
    ]
    links = re.findall(r'<li><a href="https://publications.example/([^"]*)">[^<]*</a></li>', html)
    assert {"years/", "authors/", "papers.bib", "feed.xml"} <= set(links)
    public = tmp_path / "public"
    assert all((public / one).exists() for one in links)
