"""What `offprint check --report` tells: nothing of it is a fault."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from generator import names
from generator.inputs import digest
from generator.program import builtin
from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite, Run

WHOLE: dict[str, Any] = {
    "authors": [{"name": "Ada Lovelace", "orcid": "0000-0002-1825-0097"}],
    "doi": "10.1000/182",
    "links": {"pdf": "https://example.org/a.pdf"},
}


def notices(run: Run, site: Path) -> list[tuple[str, str, str]]:
    """Return the path, the message and the help of every notice of a site."""
    result = run("check", "--strict", "--report", "--format", "json", cwd=site)
    assert result.status == 0
    found = json.loads(result.err)
    assert all(one["severity"] == "notice" for one in found)
    return [(one["path"], one["message"], one["help"]) for one in found]


def test_nothing_to_tell(make_site: MakeSite, run: Run) -> None:
    """A site that lacks nothing has no notice."""
    site = make_site({"content/papers/a.md": paper(**WHOLE)})

    assert notices(run, site) == []


def test_forms(make_site: MakeSite, run: Run) -> None:
    """Notices come when asked for, in every form, and are no fault of a strict check."""
    site = make_site({"content/papers/a.md": paper(doi="10.1000/182")})

    silent = run("check", "--strict", cwd=site)
    text = run("check", "--strict", "--report", cwd=site)
    github = run("check", "--strict", "--report", "--format", "github", cwd=site)

    message = "The paper has no PDF, no ORCID of an author."
    assert (silent.status, silent.err) == (0, "")
    assert text.status == 0
    assert f"content/papers/a.md:1: notice: {message}\nhelp: " in text.err
    assert text.err.endswith("\n0 errors, 0 warnings, 1 notice in 1 file\n")
    assert github.err.startswith(f"::notice file=content/papers/a.md,line=1::{message}")


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, "DOI or arXiv number, no PDF, no ORCID of an author"),
        ({"arxiv": "2401.12340"}, "ORCID of an author"),
        ({**WHOLE, "doi": None, "versions": [{"arxiv": "2401.12340"}]}, ""),
        ({**WHOLE, "links": None}, "PDF"),
        ({**WHOLE, "links": None, "openreview": "ETKGuby0hcs"}, ""),
    ],
)
def test_what_papers_lack(
    make_site: MakeSite, run: Run, changes: dict[str, str], lacks: str
) -> None:
    """A paper that lacks an identifier, a PDF or every ORCID is named, with what it lacks."""
    site = make_site({"content/papers/a.md": paper(**changes)})

    messages = [message for _, message, _ in notices(run, site)]

    assert messages == ([f"The paper has no {lacks}."] if lacks else [])


def tagged(*tags: str) -> str:
    """Return a paper that lacks nothing, with tags."""
    doi = f"10.1000/{names.slug(' '.join(tags))}"
    return paper(tags=list(tags), **{**WHOLE, "doi": doi})


def test_tags_that_may_be_one(make_site: MakeSite, run: Run) -> None:
    """Tags that differ in plural, hyphens, a slip, or as initials do, are told of in pairs."""
    site = make_site(
        {
            "content/papers/a.md": tagged("LLM", "in-context learning", "evaluation", "GPT-3"),
            "content/papers/b.md": tagged("large language models", "in context learning", "GPT-4"),
            "content/papers/c.md": tagged("evalaution", "vision", "evaluation", "revision"),
        }
    )

    found = [message for _, message, _ in notices(run, site)]
    helps = " ".join(way_out for _, _, way_out in notices(run, site))

    pairs = {frozenset(re.findall(r"'(.*?)'", one)) for one in found}
    assert pairs == {
        frozenset({"evaluation", "evalaution"}),
        frozenset({"in context learning", "in-context learning"}),
        frozenset({"large language models", "LLM"}),
    }
    # Once there is a tags.yaml, no other tags than its own may be used.
    assert "write 'evaluation' in place of 'evalaution'" in helps


def test_listed_tags_that_may_be_one(make_site: MakeSite, run: Run) -> None:
    """Where tags.yaml lists the tags, one of a pair can be the other's alias."""
    site = make_site(
        {
            "content/tags.yaml": "LLM: Models.\nLLMs: Models.\n",
            "content/papers/a.md": tagged("LLM", "LLMs"),
        }
    )
    ((_, _, way_out),) = notices(run, site)
    assert "write in content/tags.yaml: 'LLM: {aliases: [LLMs]}'." in way_out


def test_tags_that_no_paper_has(make_site: MakeSite, run: Run) -> None:
    """A tag of the registry that no paper has is named."""
    site = make_site(
        {
            "content/tags.yaml": "vision: Eyes.\nrobots: Arms.\n",
            "content/papers/a.md": tagged("vision"),
        }
    )

    assert [one[:2] for one in notices(run, site)] == [
        ("content/tags.yaml", "No paper has the tag 'robots'.")
    ]


def written_by(name: str, number: int) -> str:
    """Return a paper that lacks nothing, by one author."""
    author = {"name": name, "orcid": "0000-0002-1825-0097"}
    return paper(
        title=f"Paper {number}", **{**WHOLE, "authors": [author], "doi": f"10.1000/{number}"}
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ada Lovelace", "A. Lovelace", True),
        ("Ada Lovelace", "Ada B. Lovelace", True),
        ("A. B. Lovelace", "Ada Byron Lovelace", True),
        ("Ada Lovelace", "Anna Lovelace", False),
        ("A. C. Lovelace", "A. B. Lovelace", False),
        ("Ada Lovelace", "Ada Gödel", False),
        ("Martin King", "Martin King Jr.", False),
        ("Ludwig van Beethoven", "L. van Beethoven", True),
        ("Ludwig van Beethoven", "Ludwig Beethoven", False),
    ],
)
def test_people_who_may_be_one(
    make_site: MakeSite, run: Run, one: str, other: str, *, alike: bool
) -> None:
    """People of one family name whose given names agree are told of, until it is settled."""
    site = make_site(
        {"content/papers/a.md": written_by(one, 1), "content/papers/b.md": written_by(other, 2)}
    )

    found = notices(run, site)
    assert len(found) == alike
    if not alike:
        return

    full, short = sorted((one, other), key=len, reverse=True)
    assert found[0][1] == f"'{full}' and '{short}' may be one person."
    for line in re.findall(r"'([^']+: \{.*?\})'", found[0][2]):
        (site / "content/people.yaml").write_text(f"{line}\n", encoding="utf-8")
        assert notices(run, site) == []


def test_templates(make_site: MakeSite, run: Run) -> None:
    """A template that nothing uses, a block that nothing shows, and an outdated copy are named."""
    original = (builtin("templates") / "page.html").read_bytes()
    current = digest(original)[:8]
    copy = original.decode() + "{# ours #}\n"
    site = make_site(
        {
            "content/papers/a.md": paper(**WHOLE),
            "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
            "templates/papr.html": "{% extends 'builtin/paper.html' %}",
            "templates/paper.html": '{% extends "builtin/paper.html" %}'
            "{% block abstract %}{% block inner %}{% endblock %}{% endblock %}"
            "{% block fotter %}{% endblock %}",
            "templates/page.html": copy,
        }
    )

    found = notices(run, site)
    assert [one[:2] for one in found] == [
        (
            "templates/page.html",
            "This template stands in place of a built-in one, whose changes it hides.",
        ),
        (
            "templates/paper.html",
            "The block 'fotter' is in no template that this one extends, so nothing shows it.",
        ),
        ("templates/papr.html", "No page uses this template."),
    ]
    assert found[0][2].endswith(f"{{# based on {current} #}}")
    assert found[2][2] == "Did you mean 'paper.html'?"

    page = site / "templates/page.html"
    page.write_text(f"{{# based on {current} #}}\n{copy}", encoding="utf-8")
    assert "templates/page.html" not in {one[0] for one in notices(run, site)}
    page.write_text(f"{{# based on 01234567 #}}\n{copy}", encoding="utf-8")
    assert (
        "templates/page.html",
        "The built-in template has changed since this one was made of it.",
    ) in {one[:2] for one in notices(run, site)}
