"""What became of a paper is told wherever the paper is, by the rule in the README."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite, Run

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def built(run: Run, site: Path) -> Path:
    """Build a site strictly, and return its output."""
    result = run("build", "--strict", cwd=site)
    assert (result.status, result.err) == (0, "")
    return site / "public"


def text(output: Path, name: str) -> str:
    """Return the text of a file of the output."""
    return (output / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "corrected"])
def test_a_status_is_everywhere(make_site: MakeSite, run: Run, status: str) -> None:
    """Page, list, feeds, citation files, linked data and description tell the status."""
    output = built(run, make_site({"content/papers/a.md": paper(status=status)}))
    word = status.capitalize()

    page = text(output, "papers/a/index.html")
    badge = f'<strong class="badge alert">{word}</strong>'
    assert badge in page
    assert f'<meta name="description" content="{word}. What it is about.">' in page
    assert f'"creativeWorkStatus":"{word}"' in page
    assert badge in text(output, "index.html")
    assert badge in text(output, "years/2024/index.html")
    feed = ET.fromstring(text(output, "feed.xml"))  # noqa: S314 - the feed was made here
    assert feed.findtext("a:entry/a:title", namespaces=ATOM) == f"{word}: A Paper"
    assert json.loads(text(output, "feed.json"))["items"][0]["title"] == f"{word}: A Paper"
    assert f"note = {{{word}}}" in text(output, "papers/a/a.bib")
    assert f"N1  - {word}" in text(output, "papers/a/a.ris")
    assert json.loads(text(output, "papers/a/a.csl.json"))[0]["note"] == word
    assert (f"[{word}]" in page) == (status != "corrected")


def test_what_does_not_hold_is_not_featured(make_site: MakeSite, run: Run) -> None:
    """Featured papers come first by rank, but for those that were retracted or withdrawn."""
    given: dict[str, dict[str, Any]] = {
        "a": {"featured": 2},
        "b": {"featured": 1},
        "c": {"featured": 1, "status": "retracted"},
        "d": {"featured": 2, "status": "corrected", "date": "2020-01-01"},
        "e": {"date": "2025-01-01"},
    }
    site = make_site(
        {
            f"content/papers/{name}.md": paper(title=f"Paper {name}", **changes)
            for name, changes in given.items()
        }
    )

    home = text(built(run, site), "index.html")

    order = sorted("abcde", key=lambda name: home.index(f'data-paper="{name}"'))
    assert order == ["b", "a", "d", "e", "c"]


def test_unlisted_and_draft(make_site: MakeSite, run: Run) -> None:
    """An unlisted paper has its page and files and is in no list; a draft is nowhere."""
    site = make_site(
        {
            "content/papers/a.md": paper(title="Listed"),
            "content/papers/u.md": paper(title="Unlisted One", unlisted=True),
            "content/papers/d.md": paper(title="Draft One", draft=True),
        }
    )

    output = built(run, site)

    holding = {
        path.relative_to(output).parts[:2]
        for path in output.rglob("*")
        if path.is_file() and b"Unlisted One" in path.read_bytes()
    }
    assert holding == {("papers", "u")}
    assert "noindex" in text(output, "papers/u/index.html")
    assert "papers/u/" not in text(output, "sitemap.xml")
    assert not [path for path in output.rglob("*.*") if b"Draft One" in path.read_bytes()]
