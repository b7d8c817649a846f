"""The command as users meet it: its statuses and messages, and what it does to an output folder."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import __version__
from tests.conftest import paper, start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeSite, Run

ROOT = Path(__file__).parents[1]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def times(folder: Path) -> dict[str, int]:
    """Return every file and folder below a folder, with the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
    }


# statuses and messages


def test_done(make_site: MakeSite, run: Run) -> None:
    """A build that succeeds has status 0, and says on standard output what it did."""
    site = make_site({"content/papers/a.md": paper()})

    result = run("build", cwd=site)

    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("1 paper: ")
    assert (site / "public/papers/a/index.html").is_file()


@pytest.mark.parametrize("command", ["build", "check"])
def test_faults_in_the_content(make_site: MakeSite, run: Run, command: str) -> None:
    """Faults have status 1, all in one run, on standard error alone, and nothing is published."""
    site = make_site(
        {
            "content/papers/a.md": paper(category="XX"),
            "content/papers/b.md": paper(date="2024-13-01"),
        }
    )

    result = run(command, cwd=site)

    assert (result.status, result.out) == (1, "")
    assert "content/papers/a.md:4:" in result.err
    assert "content/papers/b.md:5:" in result.err
    assert result.err.endswith("2 errors, 0 warnings in 2 files\n")
    assert not (site / "public").exists()


def test_a_fault_leaves_the_published_site(make_site: MakeSite, run: Run) -> None:
    """A build that fails does not touch what an earlier one published."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", cwd=site)
    before = contents(site / "public"), times(site / "public")
    (site / "content/papers/b.md").write_text(paper(category="XX"), encoding="utf-8")

    result = run("build", cwd=site)

    assert result.status == 1
    assert (contents(site / "public"), times(site / "public")) == before


def test_warnings(make_site: MakeSite, run: Run) -> None:
    """A warning goes to standard error and does not stop a build, unless it is to be strict."""
    site = make_site({"content/papers/a.md": paper(abstract="")})

    lenient = run("check", cwd=site)
    strict = run("check", "--strict", cwd=site)

    assert (lenient.status, strict.status) == (0, 1)
    assert "warning: The paper has no abstract." in lenient.err
    assert lenient.err == strict.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["publish"],
        ["build", "--colour"],
        ["build", "--jobs", "0"],
        ["build", "--base-url", "nowhere"],
        ["build", "--source", "missing"],
        ["check", "--format", "xml"],
        ["serve", "--port", "many"],
    ],
    ids=" ".join,
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    """Wrong usage has status 2, and says on standard error what was wrong."""
    result = run(*arguments)

    assert (result.status, result.out) == (2, "")
    assert "offprint" in result.err


def test_no_content(run: Run, tmp_path: Path) -> None:
    """A folder without content is a fault of the content, with a way out."""
    result = run("build", cwd=tmp_path)

    assert (result.status, result.out) == (1, "")
    assert "There is no folder 'content' here." in result.err
    assert "--source" in result.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--help"], "A static site generator"),
        (["build", "--help"], "--output"),
        (["check", "--help"], "--format"),
        (["serve", "--help"], "--port"),
        (["--version"], f"offprint {__version__}\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_answers(run: Run, arguments: list[str], expected: str) -> None:
    """Help and version are answers: status 0, on standard output."""
    result = run(*arguments)

    assert (result.status, result.err) == (0, "")
    assert expected in result.out


# the output folder


def test_foreign_files_are_not_touched(make_site: MakeSite, run: Run) -> None:
    """A folder with files but no manifest is refused with status 1, and stays as it was."""
    site = make_site(
        {"content/papers/a.md": paper(), "public/thesis.tex": "x", "public/index.html": "mine"}
    )
    before = contents(site / "public")

    result = run("build", cwd=site)

    assert (result.status, result.out) == (1, "")
    assert "files that Offprint did not write, such as 'index.html'" in result.err
    assert contents(site / "public") == before


def test_a_file_added_by_hand_survives(make_site: MakeSite, run: Run) -> None:
    """What a maintainer lays beside the built pages is still there after the next build."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", cwd=site)
    added = site / "public/papers/a/slides.pdf"
    added.write_bytes(b"%PDF")
    (site / "content/papers/a.md").write_text(paper(title="Another"), encoding="utf-8")

    result = run("build", cwd=site)

    assert (result.status, result.err) == (0, "")
    assert added.read_bytes() == b"%PDF"
    assert "Another" in (site / "public/papers/a/index.html").read_text(encoding="utf-8")


def test_a_file_in_the_way_is_not_overwritten(make_site: MakeSite, run: Run) -> None:
    """Where a new page's place is taken by a file that is not Offprint's, the build refuses."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", cwd=site)
    taken = site / "public/papers/b/index.html"
    taken.parent.mkdir()
    taken.write_text("mine", encoding="utf-8")
    before = contents(site / "public")
    (site / "content/papers/b.md").write_text(paper(title="Another"), encoding="utf-8")

    result = run("build", cwd=site)

    assert (result.status, result.out) == (1, "")
    assert "is in the way, and Offprint did not write it" in result.err
    assert contents(site / "public") == before


def test_a_second_build_writes_nothing(make_site: MakeSite, run: Run) -> None:
    """A build of unchanged content renders, writes and removes nothing, not even the manifest."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", cwd=site)
    before = times(site)

    result = run("build", cwd=site)

    assert "0 pages rendered, 0 files written, " in result.out
    assert " 0 removed, " in result.out
    assert times(site) == before


def test_forced_rendering_writes_only_what_differs(make_site: MakeSite, run: Run) -> None:
    """With --force every page is rendered, but equal bytes are not written again."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", cwd=site)
    before = contents(site / "public")

    result = run("build", "--force", cwd=site)

    assert " 0 pages rendered, " not in result.out
    assert " 0 files written, " in result.out
    assert contents(site / "public") == before


def test_a_stale_page_goes_with_its_folders(make_site: MakeSite, run: Run) -> None:
    """The pages of a paper that is deleted disappear, with the folders that are empty then."""
    files = {
        "content/papers/a.md": paper(),
        "content/papers/b.md": paper(title="B", authors=["Emmy Noether"], date="1918"),
    }
    site = make_site(files)
    run("build", cwd=site)
    (site / "content/papers/b.md").unlink()

    result = run("build", cwd=site)

    assert result.status == 0
    clean = make_site({"content/papers/a.md": paper()}, name="clean")
    run("build", cwd=clean)
    assert times(site / "public").keys() == times(clean / "public").keys()
    assert contents(site / "public") == contents(clean / "public")


# the preview

# A shell that starts the tests in the background makes its children deaf to Ctrl-C.
SERVE = (
    "import signal, sys; from generator.cli import main; "
    "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(main())"
)


def serving(site: Path, port: int) -> subprocess.Popen[str]:
    """Start the preview of a site."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--port", str(port)],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def shows(port: int, path: str, text: str) -> bool:
    """Tell whether a page holds a text, now or within the time that a busy machine needs."""
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            if text in connection.getresponse().read().decode("utf-8"):
                return True
        except OSError:
            pass  # not there yet
        finally:
            connection.close()
        time.sleep(0.1)
    return False


@pytest.fixture
def port() -> int:
    """Return a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_the_preview_follows_the_content(make_site: MakeSite, port: int) -> None:
    """The preview shows drafts too, then what was edited, and ends on Ctrl-C with status 0."""
    site = make_site({"content/papers/a.md": paper(draft=True)})

    with serving(site, port) as preview:
        try:
            before = shows(port, "/papers/a/", "A Paper")
            (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
            after = shows(port, "/papers/a/", "Edited")
            preview.send_signal(signal.SIGINT)
            status = preview.wait(timeout=30)
        finally:
            preview.kill()

    assert (before, after, status) == (True, True, 0)
    assert not (site / "public").exists()


def test_a_taken_port(make_site: MakeSite) -> None:
    """A port that something else listens on has status 1, and the way out on standard error."""
    site = make_site({"content/papers/a.md": paper()})

    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        serving(site, taken.getsockname()[1]) as preview,
    ):
        try:
            _, err = preview.communicate(timeout=30)
        finally:
            preview.kill()

    assert preview.returncode == 1
    assert "Try another --port." in err


# the same bytes everywhere

ENVIRONMENTS: list[Mapping[str, str]] = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "USER": "ada"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "USER": "kurt"},
]


def published(folder: Path, changes: Mapping[str, str], *, jobs: int, reverse: bool) -> Path:
    """Make the demonstration site in a new folder, build it there, and return the output."""
    files = [path for path in (ROOT / "content").rglob("*") if path.is_file()]
    for path in sorted(files, reverse=reverse):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    # Enough papers that their pages are dealt out to several processes.
    for number in sorted(range(100), reverse=reverse):
        text = paper(title=f"Paper {number}", authors=[f"Person Number-{number}"])
        (folder / f"content/papers/{number}.md").write_text(text, encoding="utf-8")
    build = (sys.executable, "-m", "generator", "build", "--jobs", str(jobs))
    start(*build, cwd=folder, PYTHONPATH=str(ROOT), HOME=str(folder), **changes)
    return folder / "public"


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    """Seed, time zone, locale, user, folder, order of files and number of jobs leave no trace."""
    one = published(tmp_path / "one", ENVIRONMENTS[0], jobs=1, reverse=False)
    other = published(tmp_path / "the other site", ENVIRONMENTS[1], jobs=3, reverse=True)

    actual, expected = contents(other), contents(one)

    assert actual.keys() == expected.keys()
    assert [name for name in expected if actual[name] != expected[name]] == []
    assert ".offprint-manifest" in expected


# record


def test_record(make_site: MakeSite, run: Run) -> None:
    """`record` writes the addresses down; a renamed paper is then found, and keeps its key."""
    site = make_site({"content/papers/a.md": paper(), "content/papers/b.md": paper(title="B")})
    file = site / "content/addresses.txt"

    first = run("record", cwd=site)
    text = file.read_text(encoding="utf-8")
    again = run("record", "--source", site)

    assert (first.status, first.err) == (0, "")
    assert first.out == "13 addresses in content/addresses.txt, 13 of them new.\n"
    assert "/papers/a/ lovelace-2024-paper\n" in text
    assert again.out == "13 addresses in content/addresses.txt, 0 of them new.\n"
    assert file.read_text(encoding="utf-8") == text

    (site / "content/papers/a.md").rename(site / "content/papers/new.md")
    lenient = run("check", cwd=site)
    strict = run("build", "--strict", cwd=site)

    assert (lenient.status, strict.status) == (0, 1)
    assert "aliases: [/papers/a/]" in lenient.err

    new = site / "content/papers/new.md"
    new.write_text(paper(aliases=["/papers/a/"]), encoding="utf-8")
    mended = run("build", "--strict", cwd=site)

    assert (mended.status, mended.err) == (0, "")
    assert "papers/new/" in (site / "public/papers/a/index.html").read_text(encoding="utf-8")
    bibtex = (site / "public/papers/new/new.bib").read_text(encoding="utf-8")
    assert bibtex.startswith("@misc{lovelace-2024-paper,")


def test_record_writes_nothing_of_a_site_with_errors(make_site: MakeSite, run: Run) -> None:
    """A site that cannot be published has published nothing."""
    site = make_site({"content/papers/a.md": paper(category="XX")})

    assert run("record", cwd=site).status == 1
    assert not (site / "content/addresses.txt").exists()


def test_a_renamed_paper_leaves_its_pdf(make_site: MakeSite, run: Run) -> None:
    """The PDF of a paper that was renamed is at its old address too, where it is known."""
    site = make_site(
        {
            "content/papers/new.md": paper(aliases=["/papers/old/"], links={"pdf": "new.pdf"}),
            "content/papers/new.pdf": b"%PDF-1.7\n",
        }
    )

    result = run("build", "--strict", cwd=site)

    assert (result.status, result.err) == (0, "")
    assert (site / "public/papers/old/old.pdf").read_bytes() == b"%PDF-1.7\n"
