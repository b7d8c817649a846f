"""How much work a build does, counted and not timed: so its speed is held on any machine."""

from __future__ import annotations

import builtins
import io
import os
import subprocess
import sys
from collections import Counter
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import entry, workshop
from generator.build import build
from generator.inputs import Inputs
from generator.markup import Reader
from generator.options import Options
from generator.output import Output
from generator.pages.groups import Group
from generator.theme import Theme
from tests.bench import sites, varied

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SIZES = (40, 80)
# What is counted: a function that is called once for each piece of the work.
COUNTED: dict[str, tuple[Any, str]] = {
    "entries read": (entry, "read"),
    "abstracts read": (Reader, "abstract"),
    "pages rendered": (Theme, "render"),
    "cards and feed entries rendered": (Theme, "_rendered"),
    "files staged": (Output, "stage"),
}
# What a build that is told what changed need not look at.
LOOKED_AT: dict[str, tuple[Any, str]] = {
    "files looked at": (Inputs, "_look"),
    "groups looked at": (Group, "fingerprint"),
    "marks looked at": (os, "lstat"),
}
# Calls of the system. Python's audit events would tell of them, too; but what listens to those does
# so as long as the process lives, and threads that are traced for coverage may then fail to start.
CALLS: tuple[tuple[str, Any, str], ...] = (
    ("opened", builtins, "open"),
    ("opened", io, "open"),
    ("opened", os, "open"),
    ("moved", os, "replace"),
    ("moved", os, "rename"),
    ("made", os, "mkdir"),
    ("removed", os, "unlink"),
    ("removed", os, "remove"),
)
# A library that a build without news needs nothing of.
HEAVY = {
    "jinja2",
    "pydantic",
    "markdown_it",
    "yaml",
    "slugify",
    "math_core",
    "tqdm",
    "multiprocessing",
}


class Site:
    """A site of so many varied papers, and the work that its builds do."""

    def __init__(self, folder: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made = sites.Offprint(folder, count)
        self.made.write()
        self.output = folder / "public"
        self.count = count
        self.calls: Counter[str] = Counter()
        self._patch = monkeypatch

    def work(
        self,
        counted: Mapping[str, tuple[Any, str]] = COUNTED,
        **told: Any,  # noqa: ANN401 - as `build` takes them
    ) -> Counter[str]:
        """Build, and return how often each piece of work was done."""
        counts: Counter[str] = Counter()
        with self._patch.context() as patched:
            for name, (owner, function) in counted.items():
                patched.setattr(owner, function, _counted(counts, name, getattr(owner, function)))
            self.calls.clear()
            for name, owner, function in CALLS:
                call = _counted(self.calls, name, getattr(owner, function))
                patched.setattr(owner, function, call)
            result = build(self.made.site, self.output, Options(), jobs=1, **told)
        counts["files written"] = len(result.written)
        return +counts


def _counted(counts: Counter[str], name: str, work: Callable[..., object]) -> Callable[..., object]:
    @wraps(work)
    def counting(*arguments: object, **named: object) -> object:
        counts[name] += 1
        return work(*arguments, **named)

    return counting


@pytest.fixture(params=SIZES, ids="{} papers".format)
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give a site that was built once."""
    made = Site(tmp_path, request.param, monkeypatch)
    first = made.work()
    assert first["entries read"] == first["abstracts read"] == made.count
    assert first["pages rendered"] >= made.count
    assert first["cards and feed entries rendered"] == 2 * made.count
    return made


def test_nothing_changed(site: Site) -> None:
    """A build without news reads, renders and writes nothing, and opens next to no file."""
    assert site.work() == {}
    # Entries were written a moment ago, so each is read again to see that it is the same.
    assert site.calls["opened"] - site.count < 10
    assert site.calls["moved"] == site.calls["removed"] == 0


def test_one_edit(site: Site) -> None:
    """An edit of one abstract costs that paper and what shows it, however large the site is."""
    site.made.edit(1)
    work = site.work()
    assert work["entries read"] == work["abstracts read"] == 1
    # Its page, its files, its lists' pages and feeds: category, year, three tags, four authors,
    # venue and home, which do not grow in number with the site.
    assert 0 < work["files written"] <= work["pages rendered"] < 60
    assert work["cards and feed entries rendered"] == 2
    assert site.calls["opened"] - site.count < 250
    assert site.calls["moved"] < 60


def test_one_edit_told(site: Site) -> None:
    """A preview, told of an edit, looks at that file and its pages, however many others are."""
    shop = workshop.opened(site.made.site, jobs=1)
    site.work(shop=shop)
    site.work(shop=shop, changed=[str(site.made.edit(1))])  # which reads what was kept on disk
    edited = site.made.edit(2)
    work = site.work({**COUNTED, **LOOKED_AT}, shop=shop, changed=[str(edited)])
    assert work["entries read"] == work["abstracts read"] == 1
    assert 0 < work["files written"] <= work["pages rendered"] < 60
    assert work["files looked at"] == 1
    assert 0 < work["groups looked at"] < 40
    assert 0 < work["marks looked at"] < 250
    assert site.calls["opened"] < 250


def test_one_template(site: Site) -> None:
    """An edit of the frame of all pages renders these, reads no paper, and leaves other files."""
    site.made.edit_template(1)
    work = site.work()
    pages = sum(1 for _ in site.output.rglob("*.html"))
    assert work["entries read"] == work["abstracts read"] == 0
    assert 0 < work["files written"] <= work["pages rendered"]
    assert work["cards and feed entries rendered"] == 0
    # Redirects have a frame of their own.
    assert pages - 30 < work["files written"] <= pages


def test_one_added(site: Site) -> None:
    """A new paper is the only one that is read; pages of others change that point to it."""
    *_, new = varied.entries(site.count + 1)
    path = site.made.site / "content" / "papers" / new.year / f"{new.name}.md"
    path.write_text(site.made.entry_text(new), encoding="utf-8")
    work = site.work()
    assert work["entries read"] == work["abstracts read"] == 1
    assert 0 < work["files written"] <= work["pages rendered"] < 160
    assert work["cards and feed entries rendered"] == 2
    assert site.calls["opened"] - site.count < 400
    assert site.calls["moved"] < 110


def test_imports_of_a_build_without_news(tmp_path: Path) -> None:
    """The version, and a build without news, import none of the libraries that build."""
    made = sites.Offprint(tmp_path, 3)
    made.write()
    build(made.site, tmp_path / "public", Options(), jobs=1, search=True)
    program = (
        "import sys; before = set(sys.modules)\n"  # what measures the tests is there already
        "from generator.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules.keys() - before})"
    )
    said = ""
    for arguments in (
        ("--version",),
        ("build", "--source", str(made.site), "--output", str(tmp_path / "public")),
    ):
        command = (sys.executable, "-c", program, *arguments)
        root = Path(__file__).parents[1]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout
        assert HEAVY.isdisjoint(said.splitlines()[-1].split())
    assert " 0 pages rendered, " in said
