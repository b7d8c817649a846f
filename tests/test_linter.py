"""What `offprint check --site` says: nothing of a good site, and of each fault its words and place.

`linter/site/` is a small site that another program could have made. A case of `linter/rules.txt` is
a title, changes to the files of that site, and what is said then. Lines with `-` are in the file,
and those with `+` take their place; `(new)` gives a file another text, `(absent)` deletes it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from tests.conftest import MakeSite, Paper, Run

SITE = Path(__file__).parent / "linter" / "site"
RULES = Path(__file__).parent / "linter" / "rules.txt"
ADDRESS = "https://e.org/p/"
PROJECT = Path(__file__).parents[1]


class Case(NamedTuple):
    """A way to spoil the site: its title, the changes as they are written, and what is said."""

    title: str
    changes: str
    expected: str


def cases() -> list[Case]:
    """Return all cases; what is said is indented."""
    made = []
    for block in re.split(r"\n\n(?=\S)", RULES.read_text(encoding="utf-8").rstrip("\n")):
        head, _, expected = block.partition("\n\n")
        title, _, changes = head.partition("\n")
        made.append(Case(title, changes, re.sub(r"^  ", "", expected, flags=re.MULTILINE)))
    return made


def spoil(site: Path, changes: str) -> None:
    """Change the files of a site as a case says."""
    for change in re.split(r"^(?=[^-+ ])", changes, flags=re.MULTILINE):
        if not change:
            continue
        head, *lines = change.rstrip("\n").split("\n")
        file, _, kind = head.partition(" ")
        old, new = ("\n".join(line[2:] for line in lines if line.startswith(sign)) for sign in "-+")
        if kind == "(absent)":
            (site / file).unlink()
        elif kind == "(new)":
            (site / file).write_text(new, encoding="utf-8")
        else:
            text = (site / file).read_text(encoding="utf-8")
            assert old in text
            (site / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    """Give a copy of the good site."""
    return Path(shutil.copytree(SITE, tmp_path / "public"))


def test_a_good_site(site: Path, run: Run) -> None:
    """Nothing is said of a site that keeps all rules."""
    made = run("check", "--strict", "--site", site.name)
    assert (made.status, made.out, made.err) == (0, "4 pages: no errors.\n", "")


def test_the_rules(site: Path, run: Run, *, update_golden: bool) -> None:
    """Each fault is told in exactly these words, at its place, and nothing beside it."""
    actual: list[Case] = []
    for case in cases():
        shutil.rmtree(site)
        shutil.copytree(SITE, site)
        spoil(site, case.changes)
        said = run("check", "--site", "public", "--base-url", ADDRESS).err
        told = said.rstrip("\n").rpartition("\n\n")[0]
        actual.append(case._replace(expected=told.replace("\n\n", "\n")))
    if update_golden:
        blocks = [
            f"{one.title}\n{one.changes}\n\n" + re.sub(r"^", "  ", one.expected, flags=re.MULTILINE)
            for one in actual
        ]
        RULES.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    assert actual == cases()
    assert all(one.expected for one in actual)


@pytest.mark.parametrize("address", ["https://e.org/", "https://e.org/our/papers/"])
def test_the_demonstration_site(address: str, tmp_path: Path, run: Run) -> None:
    """Nothing is said of what Offprint itself makes, at a domain's root and under a path."""
    source = ("--source", PROJECT, "--base-url", address)
    assert run("build", *source, "--output", tmp_path / "public").status == 0

    made = run("check", "--strict", "--site", "public")
    assert (made.status, made.err) == (0, "")


def test_a_site_without_an_address(
    tmp_path: Path, run: Run, make_site: MakeSite, paper: Paper
) -> None:
    """Where no page tells the site's address, the rules that need it are silent."""
    files = {"content/site.yaml": "title: Ours", "content/papers/a.md": paper()}
    assert run("build", "--source", make_site(files), "--output", tmp_path / "public").status == 0

    made = run("check", "--strict", "--site", "public")
    assert (made.status, made.err) == (0, "")
