"""The index of search: what is in it, when it is made anew, and what happens where it cannot be."""

from __future__ import annotations

import errno
import gzip
import json
import os
from typing import TYPE_CHECKING

import pytest

from generator import search
from generator.build import build
from generator.options import Options
from generator.progress import Progress
from generator.stamp import MANIFEST
from generator.workshop import opened
from tests.conftest import SITE, paper

if TYPE_CHECKING:
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from tests.conftest import MakeSite, Run

FILES = {
    "content/papers/a.md": paper(title="Alpha", tags=["t"], code=True),
    "content/papers/b.md": paper(title="Beta", authors=["Kurt Gödel"], venue="A Venue"),
    "content/papers/draft.md": paper(title="Gamma", draft=True),
    "content/papers/unlisted.md": paper(title="Delta", unlisted=True),
    "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    """Give a site of two listed papers and a page."""
    return make_site(FILES)


def indexed(site: Path, *, drafts: bool = False) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Build a site as the command does; tell whether an index was made, and the warnings."""
    result = build(site, site / "public", Options(drafts=drafts), search=True)
    changed = (*result.written, *result.removed)
    return any(file.startswith(search.FOLDER) for file in changed), result.warnings


def records(public: Path) -> list[dict[str, object]]:
    """Return what the index has of each page."""
    found = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in (public / "pagefind/fragment").iterdir()
    ]
    return sorted(found, key=lambda one: str(one["url"]))


def listed(public: Path) -> dict[str, int]:
    """Return the files of the index that the manifest names, with their sizes."""
    files = json.loads((public / MANIFEST).read_text(encoding="utf-8"))["files"]
    return {file: one[1] for file, one in files.items() if file.startswith(search.FOLDER)}


def there(public: Path) -> dict[str, int]:
    """Return the files of the index, with their sizes."""
    files = [path for path in (public / search.FOLDER).rglob("*") if path.is_file()]
    return {path.relative_to(public).as_posix(): path.stat().st_size for path in files}


def tree(public: Path) -> dict[str, bytes]:
    """Return every file of the output with its bytes."""
    return {str(path): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def test_what_is_in_it(site: Path) -> None:
    """Papers and pages, with the terms and what cards show; neither drafts nor the unlisted."""
    assert indexed(site, drafts=True) == (True, ())

    about, alpha, beta = records(site / "public")
    assert [about["url"], alpha["url"], beta["url"]] == ["/about/", "/papers/a/", "/papers/b/"]
    assert alpha["filters"] == {
        "author": ["authors/ada-lovelace/ Ada Lovelace"],
        "category": ["categories/cl/ CL · Computation and Language"],
        "code": ["1 With code"],
        "tag": ["tags/t/ t"],
        "year": ["years/2024/ 2024"],
    }
    assert beta["meta"] == {
        "authors": "Kurt Gödel",
        "date": "6 May 2024",
        "iso": "2024-05-06",
        "tint": "1",
        "title": "Beta",
        "venue": "A Venue",
    }
    # The citations beside the abstract would be found again and again.
    assert str(beta["content"]).count("Beta") == 1


def test_the_manifest_knows_it(site: Path) -> None:
    """A later build neither refuses the index nor deletes it, and the output holds nothing else."""
    indexed(site)
    made = there(site / "public")

    assert indexed(site) == (False, ())
    assert there(site / "public") == made == listed(site / "public")
    assert "pagefind/pagefind.js" in made
    assert not [file for file in made if "-ui." in file or "highlight" in file]
    assert not (site / "public/.offprint-staging").exists()


@pytest.mark.parametrize(
    ("file", "text", "anew"),
    [
        ("content/papers/a.md", paper(title="Alpha", abstract="Another one."), True),
        ("content/papers/c.md", paper(title="New"), True),
        ("content/pages/about.md", "---\ntitle: About\n---\nOther words.\n", True),
        ("templates/page.html", "{% extends 'builtin/page.html' %}", True),
        ("content/papers/draft.md", paper(title="Changed", draft=True), False),
        ("content/papers/unlisted.md", paper(title="Changed", unlisted=True), False),
        ("content/site.yaml", SITE.replace("Publications", "Ours"), False),
        ("static/custom.css", "a { color: red }", False),
    ],
)
def test_when_it_is_made_anew(site: Path, file: str, text: str, *, anew: bool) -> None:
    """It is made anew when something that search shows has changed, and only then."""
    indexed(site)
    (site / file).parent.mkdir(exist_ok=True)
    (site / file).write_text(text, encoding="utf-8")

    assert indexed(site) == (anew, ())
    assert indexed(site) == (False, ())
    assert there(site / "public") == listed(site / "public")


def test_what_is_as_it_was_stays(site: Path, tmp_path: Path) -> None:
    """After an edit of one paper, what the index has of the others is neither written nor listed.

    So an upload of what changed holds one paper's part of the index, whatever the site's size.
    """
    indexed(site)
    (site / "content/papers/a.md").write_text(paper(title="Alpha, again"), encoding="utf-8")
    changes = tmp_path / "changes"

    build(site, site / "public", Options(), search=True, changes=changes)

    fragments = [line for line in changes.read_text().splitlines() if ".pf_fragment" in line]
    assert sorted(line[0] for line in fragments) == ["+", "-"]
    assert "pagefind-worker.js" not in changes.read_text()
    assert listed(site / "public") == there(site / "public")
    assert indexed(site) == (False, ())


def test_nothing_left_to_find(site: Path) -> None:
    """With the last page its index goes, and nothing is looked for."""
    indexed(site)
    for file in FILES:
        (site / file).unlink()

    assert indexed(site) == (True, ())
    assert not (site / "public" / search.FOLDER).exists()
    assert indexed(site) == (False, ())


def test_a_file_of_it_is_lost(site: Path) -> None:
    """An index that is not whole is made anew."""
    indexed(site)
    (site / "public/pagefind/pagefind-entry.json").unlink()

    assert indexed(site) == (True, ())
    assert there(site / "public") == listed(site / "public")


@pytest.mark.parametrize("step", [0, 1, 20, 38, 41])
def test_killed(site: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """A build killed at any step leaves pages and an index that the next one mends."""
    indexed(site)
    (site / "content/papers/c.md").write_text(paper(title="New"), encoding="utf-8")
    real, steps = os.replace, iter(range(step))

    def replace(source: str, target: str) -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as killing:
        killing.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            indexed(site)

    assert indexed(site) == (True, ())
    assert there(site / "public") == listed(site / "public")
    assert len(records(site / "public")) == 4
    assert indexed(site) == (False, ())


def test_built_without_search(site: Path) -> None:
    """A build that is not to make an index leaves it to the next one that is."""
    indexed(site)
    (site / "content/papers/c.md").write_text(paper(title="New"), encoding="utf-8")
    build(site, site / "public", Options())
    build(site, site / "public", Options())

    assert indexed(site) == (True, ())
    assert len(records(site / "public")) == 4


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Give a folder whose Pagefind cannot run, to be named in PYTHONPATH."""
    package = tmp_path / "broken/pagefind"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("raise SystemExit('no program for this machine')")
    return package.parent


def test_pagefind_cannot_run(
    site: Path, broken: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build says so and the site is whole; an old index, which would mislead, is removed."""
    indexed(site)
    (site / "content/papers/c.md").write_text(paper(title="New"), encoding="utf-8")
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(broken))
        done = run("build", cwd=site)
        strict = run("build", "--strict", cwd=site)

    assert (done.status, strict.status) == (0, 1)
    assert "public/pagefind: warning: Search has no index: Pagefind said" in done.err
    assert "no program for this machine" in done.err
    assert "The site works without search." in done.err
    assert (site / "public/papers/c/index.html").is_file()
    assert (site / "public/search/index.html").is_file()
    assert not (site / "public" / search.FOLDER).exists()
    assert run("build", "--strict", cwd=site).status == 0
    assert there(site / "public") == listed(site / "public")


def test_strict_publishes_nothing_without_it(
    site: Path, broken: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where search can have no index a strict build leaves what is published as it was."""
    indexed(site)
    before = tree(site / "public")
    (site / "content/papers/a.md").unlink()
    (site / "content/papers/c.md").write_text(paper(title="New"), encoding="utf-8")
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(broken))
        done = run("build", "--strict", cwd=site)

    assert done.status == 1
    assert "Search has no index" in done.err
    assert tree(site / "public") == before
    assert run("build", "--strict", cwd=site).status == 0
    assert (site / "public/papers/c/index.html").is_file()


def test_no_links(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that has no hard links the index is made all the same."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert indexed(site) == (True, ())
    assert len(records(site / "public")) == 3


def test_pages_with_odd_names(make_site: MakeSite) -> None:
    """A page whose address would mean something in a pattern is found all the same."""
    site = make_site(FILES | {"content/pages/on [a]/x.md": "---\ntitle: Odd\n---\nWords.\n"})
    assert indexed(site) == (True, ())
    assert "Odd" in [one["meta"]["title"] for one in records(site / "public")]  # type: ignore[index]  # of JSON


def test_told_to_end_while_it_is_made(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind ends at once where nobody waits for it any more, and what was there stays."""
    indexed(site)
    before = tree(site / "public")
    (site / "content/papers/c.md").write_text(paper(title="New"), encoding="utf-8")
    package = tmp_path / "slow/pagefind"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    number = tmp_path / "number"
    (package / "__main__.py").write_text(
        "import os, pathlib, time\n"
        f"pathlib.Path({str(number)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(600)\n"
    )

    class Impatient(Progress):
        def advance(self, count: int) -> None:  # noqa: ARG002 - nobody counts
            if number.exists() and number.read_text():
                raise KeyboardInterrupt

    shop = opened(site, progress=Impatient())
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(package.parent))
        with pytest.raises(KeyboardInterrupt):
            build(site, site / "public", Options(), search=True, shop=shop)

    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
    assert tree(site / "public") == before
    assert indexed(site) == (True, ())


def test_pages_are_left_alone(site: Path) -> None:
    """Making an index changes no page in place: after an edit only that is rendered."""
    indexed(site)
    for words in ("First words.", "Second words."):
        page = next((site / "content" / "papers").rglob("*.md"))
        page.write_text(f"{page.read_text(encoding='utf-8')}{words}\n", encoding="utf-8")
        result = build(site, site / "public", Options(), search=True)
        assert 0 < len(result.rendered) < result.unchanged
    assert not build(site, site / "public", Options(), search=True).rendered
