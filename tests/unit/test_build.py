"""Building: from a folder to a site, whatever stands in the way."""

from __future__ import annotations

import builtins
import errno
import os
import shutil
import tracemalloc
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

import pytest

from generator import edition, occupancy, output, program, workers
from generator.build import build
from generator.diagnostics import BuildError
from generator.edition import check
from generator.inputs import Inputs
from generator.options import Options
from generator.stamp import MANIFEST
from generator.workshop import Workshop, opened
from tests.conftest import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.conftest import MakeSite

SITE = "url: https://publications.example/\n"
PAPER = "---\ntitle: {0}\nauthors: [Ada Lovelace]\ncategory: CL\ndate: 2024\n---\nAbout {0}.\n"
ALIAS = "aliases: [/years/]\ndate:"
TEMPLATES = (
    "404.html", "card.html", "feed-entry.xml", "feed.xml", "home.html", "index.html", "page.html",
    "paper.html", "paper.md", "redirect.html", "robots.txt", "sitemap.xml", "tags.html",
    "term.html",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site of two papers, with small templates of its own."""
    root = tmp_path / "site"
    write(root, {"content/site.yaml": SITE, "static/custom.css": "a{}"})
    write(root, {f"templates/{name}": "{{ (page|default(fragment)).title }}" for name in TEMPLATES})
    for name in ("card.html", "robots.txt", "sitemap.xml", "llms.txt", "_headers", "_redirects"):
        write(root, {f"templates/{name}": "x"})
    write(root, {f"content/papers/{name}.md": PAPER.format(name.upper()) for name in "ab"})
    return root


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def tree(root: Path) -> dict[str, bytes]:
    """Return every file of an output with its bytes."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def fault(call: Callable[[], object]) -> tuple[str, str]:
    """Call what fails; return the only message and its help."""
    with pytest.raises(BuildError) as caught:
        call()
    (one,) = (one for one in caught.value.diagnostics if one.severity == "error")
    return one.message, one.help


def test_build(site: Path, tmp_path: Path) -> None:
    """A first build writes every page and file of the site, and says so."""
    result = build(site, tmp_path / "public", Options())
    found = tree(tmp_path / "public")
    assert result.papers == 2
    assert set(result.written) == found.keys() - {MANIFEST}
    assert (result.unchanged, result.removed, result.warnings) == (0, (), ())
    assert found["papers/a/index.html"] == b"A"
    assert set(result.rendered) == {
        file for file in result.written if not file.startswith("static/")
    }


def test_check_writes_nothing(site: Path, tmp_path: Path) -> None:
    """A check does everything but writing."""
    before = tree(tmp_path)
    assert check(site, Options())[0].papers == 2
    assert tree(tmp_path) == before


def test_check_renders(site: Path) -> None:
    """A check finds faults in templates too."""
    write(site, {"templates/paper.html": "{{ page.x }}"})
    assert "There is no field 'x' in a PaperPage." in fault(lambda: check(site, Options()))[0]


def test_strict(site: Path, tmp_path: Path) -> None:
    """A strict build refuses what an ordinary one warns of."""
    write(site, {"content/papers/c.docx": ""})
    assert [one.message for one in build(site, tmp_path / "public", Options()).warnings] == [
        "This file is not read."
    ]
    with pytest.raises(BuildError, match="This file is not read"):
        build(site, tmp_path / "other", Options(), strict=True)
    assert not (tmp_path / "other").exists()


def test_faults_leave_the_site_as_it_was(site: Path, tmp_path: Path) -> None:
    """Faults in content and in templates leave what is published untouched."""
    public = tmp_path / "public"
    build(site, public, Options())
    before = tree(public)
    write(site, {"content/papers/a.md": "x"})
    fault(lambda: build(site, public, Options()))
    assert tree(public) == before
    write(site, {"content/papers/a.md": PAPER.format("New"), "templates/paper.html": "{{ x }}"})
    fault(lambda: build(site, public, Options()))
    assert tree(public) == before


def test_force(site: Path, tmp_path: Path) -> None:
    """A forced build renders all, and writes what differs."""
    first = build(site, tmp_path / "public", Options())
    (tmp_path / "public" / "papers" / "a" / "index.html").write_bytes(b"Z")  # the same size
    result = build(site, tmp_path / "public", Options(), force=True)
    assert set(result.rendered) == set(first.rendered)
    assert result.written == ("papers/a/index.html",)


def test_nothing_changed(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build without news does not even read the site, and says again what there was to say."""
    write(site, {"content/odd.txt": "x"})
    first = build(site, tmp_path / "public", Options())
    assert first.warnings

    def refuse(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(edition, "prepare", refuse)
    again = build(site, tmp_path / "public", Options())
    assert again == replace(
        first, rendered={}, written=(), unchanged=first.unchanged + len(first.written)
    )
    with pytest.raises(ZeroDivisionError):
        build(site, tmp_path / "public", Options(drafts=True))
    with pytest.raises(ZeroDivisionError):
        build(site, tmp_path / "public", Options(), strict=True)
    with pytest.raises(ZeroDivisionError):
        build(site, tmp_path / "other", Options())


@pytest.mark.parametrize("keeps_cache", [True, False])
@pytest.mark.parametrize(
    "file", ["index.html", "papers/a/a.bib", "sitemap.xml", "static/site.*.css", "a.txt"]
)
def test_an_altered_output_is_restored(
    site: Path, tmp_path: Path, file: str, *, keeps_cache: bool
) -> None:
    """What somebody changes or deletes in the output is made again by the next build."""
    write(site, {"content/pages/a.txt": "of the site's own"})
    public = tmp_path / "public"
    build(site, public, Options())
    before = tree(public)
    if not keeps_cache:
        shutil.rmtree(site / ".offprint")
    path = next(public.glob(file))
    changes: list[Callable[[], object]] = [path.unlink, lambda: path.write_bytes(b"other")]
    if keeps_cache:
        changes.append(lambda: path.write_bytes(b"~" * path.stat().st_size))
    for change in changes:
        change()
        assert build(site, public, Options()).written == (path.relative_to(public).as_posix(),)
        assert tree(public) == before


def test_a_cached_reading_is_of_the_settings_too(site: Path, tmp_path: Path) -> None:
    """What was read of a file is not used again when the settings it follows from change."""
    public = tmp_path / "public"
    write(site, {"content/papers/a.md": PAPER.format(r"On \ours")})
    write(site, {"content/site.yaml": "title: T\nmacros: {ours: First}\n"})
    build(site, public, Options())
    assert "On First" in (public / "papers/a/index.html").read_text()
    write(site, {"content/site.yaml": "title: T\nmacros: {ours: Second}\n"})
    build(site, public, Options())
    assert "On Second" in (public / "papers/a/index.html").read_text()


def test_jobs(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes make the same site as one."""
    monkeypatch.setattr(workers, "POOL_FROM", 1)
    one = build(site, tmp_path / "one", Options(), jobs=1)
    several = build(site, tmp_path / "several", Options(), jobs=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "several")
    assert one == several


def test_jobs_that_fail(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in another process is told like one in this."""
    monkeypatch.setattr(workers, "POOL_FROM", 1)
    write(site, {"templates/paper.html": "{{ x }}"})
    message, _ = fault(lambda: build(site, tmp_path / "public", Options(), jobs=2))
    assert message.startswith("'x' is undefined.")


@pytest.mark.parametrize(
    ("files", "parts"),
    [
        (
            {"content/pages/tags.md": "---\ntitle: T\n---\n"},
            ("The address /tags/", "the page 'Tags'", "'content/pages/tags.md'"),
        ),
        (
            {"content/pages/Feed.xml": "x"},
            ("The address /Feed.xml", "the page 'Publications'", "'content/pages/Feed.xml'"),
        ),
        (
            {
                "content/pages/x.md": "---\ntitle: T\n---\n",
                "content/pages/x/index.md": "---\ntitle: T\n---\n",
            },
            ("The address /x/", "'content/pages/x.md'", "'content/pages/x/index.md'"),
        ),
        (
            {"content/papers/c.md": PAPER.replace("{0}", "C", 1).replace("date:", ALIAS)},
            ("The address /years/", "the page 'Years'", "the redirect to 'C'"),
        ),
        (
            {"content/pages/tags": "x"},
            ("The address /tags", "the page 'Tags'", "'content/pages/tags'"),
        ),
    ],
)
def test_collisions(site: Path, files: dict[str, str], parts: tuple[str, str, str]) -> None:
    """Two things with one address are named, also where only their case differs."""
    write(site, files)
    address, one, other = parts
    message = f"{address} is claimed twice: by {one}, and by {other}."
    assert fault(lambda: check(site, Options())) == (message, "Rename what is yours of the two.")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("/tags/", []),
        ("/papers/a/", []),
        ("/papers/a", []),
        ("/CNAME", []),
        ("/paper/a/", ["The link leads to '/paper/a/', and there is no such page."]),
        ("/xyzzy", ["The link leads to '/xyzzy', and there is no such page."]),
    ],
)
def test_dangling_links(site: Path, link: str, said: list[str]) -> None:
    """A link to a page of this site that does not exist is refused, with the nearest one."""
    page = f"---\ntitle: T\n---\n[x]({link})\n"
    write(site, {"content/pages/about.md": page, "content/pages/CNAME": "x"})
    if not said:
        check(site, Options())
        return
    message, way_out = fault(lambda: check(site, Options()))
    assert [message] == said
    near = "Did you mean '/papers/a/'?"
    assert way_out == (near if "paper" in link else "Correct the address, or delete the link.")


def test_files(site: Path, tmp_path: Path) -> None:
    """Files of the maintainer's own are published as they are, and again when they change."""
    write(site, {"content/pages/CNAME": "one\n"})
    public = tmp_path / "public"
    build(site, public, Options())
    assert (public / "CNAME").read_text() == "one\n"
    write(site, {"content/pages/CNAME": "two\n"})
    result = build(site, public, Options())
    assert (result.rendered, result.written) == ({}, ("CNAME",))
    (site / "content" / "pages" / "CNAME").unlink()
    assert build(site, public, Options()).removed == ("CNAME",)


def test_large_files_are_not_held_in_memory(site: Path, tmp_path: Path) -> None:
    """A file is copied in pieces: a build of a large one takes a fraction of its size in memory."""
    large = site / "content" / "pages" / "talk.mp4"
    large.parent.mkdir(parents=True, exist_ok=True)
    with large.open("wb") as file:
        file.truncate(64_000_000)
    public = tmp_path / "public"
    tracemalloc.start()
    build(site, public, Options())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32_000_000
    assert (public / "talk.mp4").stat().st_size == 64_000_000
    assert build(site, public, Options()).written == ()


def test_edited_copy_is_put_right(site: Path, tmp_path: Path) -> None:
    """A copied file that someone else cut in the output is copied again; a touched one is not."""
    write(site, {"content/pages/CNAME": "one\n"})
    public = tmp_path / "public"
    build(site, public, Options())
    (public / "CNAME").write_text("x")
    assert build(site, public, Options()).written == ("CNAME",)
    assert (public / "CNAME").read_text() == "one\n"
    (public / ".offprint-manifest").write_text(
        (public / ".offprint-manifest").read_text().replace('"program": "', '"program": "other ')
    )
    assert build(site, public, Options()).written == ()


def test_edited_output_is_made_anew(site: Path, tmp_path: Path) -> None:
    """A page that someone else changed or deleted in the output is put right."""
    public = tmp_path / "public"
    build(site, public, Options())
    before = tree(public)
    (public / "papers" / "a" / "index.html").write_text("edited by hand")
    (public / "robots.txt").unlink()
    next(public.glob("static/custom.*.css")).unlink()
    result = build(site, public, Options())
    assert tree(public) == before
    assert len(result.written) == 3


@pytest.mark.parametrize(
    ("number", "reason", "way_out"),
    [
        (errno.ENOSPC, "No space left on device", "Free some space on the disk, and build again."),
        (
            errno.EACCES,
            "Permission denied",
            "Change the permissions, or name another folder with --output.",
        ),
        (errno.EROFS, "Read-only file system", "Name a folder that can be written with --output."),
    ],
)
def test_disk_says_no(  # noqa: PLR0913, PLR0917 - three fixtures, and what is said
    site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    reason: str,
    way_out: str,
) -> None:
    """When nothing can be written, the file and the way out are named, and nothing changes."""
    public = tmp_path / "public"
    build(site, public, Options())
    before = tree(public)
    write(site, {"content/papers/a.md": PAPER.format("New")})

    def refuse(path: str, mode: str = "r") -> IO[Any]:
        if path.endswith("papers/a/index.html"):
            raise OSError(number, reason, path)
        return builtins.open(path, mode)  # noqa: PTH123 - stands for the builtin

    monkeypatch.setattr(output, "open", refuse, raising=False)
    message, help_ = fault(lambda: build(site, public, Options()))
    file = public / "papers" / "a" / "index.html"
    assert (message, help_) == (f"The output '{file}' cannot be written: {reason}.", way_out)
    assert tree(public) == before
    monkeypatch.undo()
    build(site, public, Options())
    build(site, tmp_path / "clean", Options())
    assert tree(public) == tree(tmp_path / "clean")


def test_output_cannot_be_read(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An output folder that cannot even be looked into is named."""

    def refuse(root: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(root / MANIFEST))

    monkeypatch.setattr(occupancy, "open_output", refuse)
    message, way_out = fault(lambda: build(site, tmp_path / "public", Options()))
    file = tmp_path / "public" / MANIFEST
    assert message == f"The output '{file}' cannot be written: Permission denied."
    assert way_out.startswith("Change the permissions")


@pytest.mark.parametrize("goes_back", [False, True])
def test_killed_at_every_step(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, goes_back: bool
) -> None:
    """After a build that was killed while files were moved, the next equals a clean one.

    It does so also where the site is by then what it was before the build that was killed.
    """
    old = {path: data.decode() for path, data in tree(site).items()}
    changed = {
        "content/papers/a.md": PAPER.format("New"),
        "content/papers/c.md": PAPER.format("C").replace("Ada", "Eve"),
    }
    clean: dict[str, bytes] | None = None
    step, killed = 0, True
    while killed:
        step += 1
        public, root = tmp_path / f"public{step}", tmp_path / f"site{step}"
        write(root, old)
        build(root, public, Options())
        write(root, changed)
        (root / "content" / "papers" / "b.md").unlink()
        killed = _build_and_kill(root, public, step, monkeypatch)
        if goes_back:
            (root / "content" / "papers" / "c.md").unlink()
            write(root, old)
        build(root, public, Options())
        if clean is None:
            build(root, tmp_path / "clean", Options())
            clean = tree(tmp_path / "clean")
        assert tree(public) == clean
    assert step > 5


def test_after_a_fault_in_the_first_build(site: Path, tmp_path: Path) -> None:
    """What a build kept that found a fault serves the next one, also where other papers changed."""
    write(site, {"content/papers/c.md": "---\ntitle: C\n---\nText.\n"})
    with pytest.raises(BuildError):
        build(site, tmp_path / "public", Options())
    (site / "content" / "papers" / "c.md").unlink()
    write(site, {"content/papers/a.md": PAPER.format("Renamed")})
    build(site, tmp_path / "public", Options())
    build(site, tmp_path / "clean", Options(), shop=Workshop(site))
    assert tree(tmp_path / "public") == tree(tmp_path / "clean")


def test_who_is_registered_decides_which_papers_are_related(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """Of very many authors only the registered have pages, by which papers are related."""
    names = [f"Person Number{one}" for one in range(120)]
    entries = {
        f"content/papers/p{one}.md": paper(title=f"Paper {one}", authors=[*names, f"Own Name{one}"])
        for one in range(2)
    }
    root = make_site(entries)
    build(root, tmp_path / "public", Options())
    write(root, {"content/people.yaml": "Person Number7:\n  url: https://example.org/\n"})
    build(root, tmp_path / "public", Options())
    build(root, tmp_path / "clean", Options(), shop=Workshop(root))
    assert tree(tmp_path / "public") == tree(tmp_path / "clean")


def _build_and_kill(root: Path, public: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Build, and end the program at the n-th move of a file; tell whether there were so many."""
    moves = [0]
    real = os.replace

    def moving(source: str, target: str) -> None:
        moves[0] += 1
        if moves[0] == step:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", moving)
        try:
            build(root, public, Options())
        except KeyboardInterrupt:
            return True
    return False


def test_program_is_known_by_its_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another version of the program has another fingerprint."""
    before = program.version(Inputs({}))
    assert program.version(Inputs({})) == before
    (tmp_path / "x.py").write_text("x = 1")
    monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
    assert program.version(Inputs({})) != before


def test_the_program_that_runs_is_the_one_that_began(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What builds site after site is what it was when it began, should its files be others now."""
    root = make_site({"content/papers/a.md": paper()})
    shop = opened(root)
    build(root, root / "public", Options(), shop=shop)
    version, own = shop.version, shop.own
    with monkeypatch.context() as changed:
        changed.setattr(program, "version", lambda _: "another")
        assert build(root, root / "public", Options(), shop=shop).rendered == {}
    (root / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
    build(root, root / "public", Options(), shop=shop)

    later = opened(root)
    later.begin()
    assert (later.version, later.own) == (version, own)
    assert own.items() <= shop.inputs.seen.items()


def test_a_draft_brings_nothing_along(site: Path, tmp_path: Path) -> None:
    """The PDF and the earlier addresses of a draft are published with it, and not before."""
    entry = PAPER.replace("{0}", "D", 1).replace(
        "date:", "draft: true\naliases: [/old/]\nlinks: {pdf: d.pdf}\ndate:"
    )
    write(site, {"content/papers/d.md": entry, "content/papers/d.pdf": "%PDF-1.4"})
    build(site, tmp_path / "public", Options())
    assert not (tmp_path / "public" / "papers" / "d").exists()
    assert not (tmp_path / "public" / "old").exists()
    build(site, tmp_path / "public", Options(drafts=True))
    assert (tmp_path / "public" / "papers" / "d" / "d.pdf").is_file()
    assert (tmp_path / "public" / "old" / "index.html").is_file()


def test_unreadable_static_file(site: Path) -> None:
    """A static file that leads nowhere is a fault of the content like any other."""
    (site / "static").mkdir(exist_ok=True)
    (site / "static" / "lost.svg").symlink_to(site / "nowhere")
    message, _ = fault(lambda: check(site, Options()))
    assert message == "This link leads out of the site, or nowhere, and is not followed."


def test_reasons(site: Path, tmp_path: Path) -> None:
    """Of each page that is rendered there is a reason: new, template, what all share, its own."""
    target = tmp_path / "public"
    page = "papers/a/index.html"

    def reason(*, force: bool = False) -> str | None:
        return build(site, target, Options(), force=force).rendered.get(page)

    assert reason() == "it is new"
    assert reason() is None
    assert reason(force=True) == "all pages are to be rendered"
    write(site, {"templates/paper.html": "{{ page.title }}!"})
    assert reason() == "the template paper.html changed"
    write(site, {"content/site.yaml": SITE + "title: Other papers\n"})
    assert reason() == "what all pages share changed"
    write(site, {"content/papers/a.md": PAPER.format("C")})
    assert reason() == "what it shows changed"
    (target / page).unlink()
    assert reason() == "its file is gone, or another program changed it"
