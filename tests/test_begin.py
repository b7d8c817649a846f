"""`offprint init` and `offprint new`: what a maintainer begins with."""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
import yaml

from generator import scaffold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite, Run


def test_a_new_site(tmp_path: Path, run: Run) -> None:
    """A new site has its content, its workflows and a README, and builds without a warning."""
    made = run("init", "site")
    built = run("build", "--strict", cwd=tmp_path / "site")

    assert made.status == 0
    assert [path.removeprefix("site/") for path in made.out.splitlines()] == sorted(
        scaffold.files()
    )
    assert built.status == 0
    assert built.err == ""
    assert built.out.startswith("2 papers: ")


def test_a_new_site_takes_any_tag(tmp_path: Path, run: Run) -> None:
    """A .bib file with keywords of its own can be added to a new site as it is."""
    run("init", "site")
    (tmp_path / "old.bib").write_text(
        "@misc{a, title={T}, author={A B}, year=2024, abstract={x}, keywords={engines, cards}}",
        encoding="utf-8",
    )
    added = run("add", tmp_path / "old.bib", "--category", "CL", cwd=tmp_path / "site")
    assert (added.status, added.out) == (0, "content/papers/2024/a.md\n")


def test_what_is_there_is_kept(tmp_path: Path, run: Run) -> None:
    """A folder with a README of its own keeps it; one with a site is refused and left as it is."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    first = run("init", ".")
    (tmp_path / "content/site.yaml").write_text("title: Mine\n", encoding="utf-8")
    second = run("init", ".")

    assert (first.status, second.status, second.out) == (0, 1, "")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert second.err == (
        "offprint: 'content' is there already, and is left as it is. Name another folder.\n"
    )
    assert (tmp_path / "content/site.yaml").read_text(encoding="utf-8") == "title: Mine\n"


def test_a_workflow_in_the_way(tmp_path: Path, run: Run) -> None:
    """Where one file is in the way, none is written."""
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/publish.yml").write_text("mine", encoding="utf-8")

    result = run("init", ".")

    assert result.status == 1
    assert "'.github/workflows/publish.yml' is there already" in result.err
    assert not (tmp_path / "content").exists()


def test_a_file_in_place_of_a_folder(tmp_path: Path, run: Run) -> None:
    """Where no folder can be made, one line says why."""
    (tmp_path / "site").write_text("x", encoding="utf-8")
    result = run("init", "site/below")
    assert result.status == 1
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, "offprint=="),
        (
            {"url": "file:///x", "dir_info": {}},
            "offprint @ git+https://HOST/NAME/offprint\noffprint==",
        ),
        (
            {"url": "https://e.org/o.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "offprint @ git+https://e.org/o.git@abc\n",
        ),
    ],
)
def test_where_the_program_is_from(
    monkeypatch: pytest.MonkeyPatch, origin: object, expected: str
) -> None:
    """The workflows install the program from where it was installed here, if pip knows it."""

    class Distribution:
        def read_text(self, _name: str) -> str | None:
            return json.dumps(origin) if origin else None

    monkeypatch.setattr(metadata, "distribution", lambda _name: Distribution())
    assert expected in scaffold.files()[".github/requirements.txt"].decode()


def test_a_new_entry(make_site: MakeSite, run: Run) -> None:
    """A new entry has today's date, and says what is to be filled in; what is, passes `check`."""
    site = make_site()
    today = datetime.now().astimezone().date().isoformat()

    made = run("new", "On *X*: a study", cwd=site)

    assert (made.status, made.out) == (0, f"content/papers/{today[:4]}/on-x-a-study.md\n")
    text = (site / made.out.strip()).read_text(encoding="utf-8")
    assert f"\ndate: {today}  # " in text
    asked = run("check", cwd=site)
    assert re.findall("error: (.*)", asked.err) == [
        "'authors' is an empty list.",
        "'category' is empty.",
    ]
    filled = text.replace("authors: []", "authors: [Ada]").replace("category:  ", "category: CL  ")
    (site / made.out.strip()).write_text(filled + "It is about X.\n", encoding="utf-8")
    assert run("check", "--strict", cwd=site).err == ""


def test_every_field_that_is_explained_is_read(make_site: MakeSite, run: Run) -> None:
    """With all its lines in use, and a file for its PDF, a new entry still passes `check`."""
    site = make_site()
    path = site / run("new", "On X", cwd=site).out.strip()
    text = path.read_text(encoding="utf-8")
    text = text.replace("authors: []", "authors: [Ada]").replace("category:  ", "category: CL  ")
    text = re.sub(r"^# (?!More)", "", text, flags=re.MULTILINE)
    path.write_text(text.replace("draft: true", "draft: false") + "It is about X.\n", "utf-8")
    (path.parent / "paper.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")

    result = run("check", cwd=site)

    assert result.err == ""
    assert len(yaml.safe_load(text.split("---")[1])) > 30


def test_a_title_that_is_here(make_site: MakeSite, run: Run) -> None:
    """A second entry with the same title is refused, with the place of the first."""
    site = make_site()
    first = run("new", "On X", cwd=site).out.strip()
    second = run("new", "on X!", cwd=site)
    assert second.status == 1
    assert f"{first}:2:8: error: This paper is here already, with the same title." in second.err


def test_an_empty_title(make_site: MakeSite, run: Run) -> None:
    """An empty title is wrong usage."""
    assert run("new", " ", cwd=make_site()).status == 2
