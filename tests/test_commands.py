"""The command as users meet it: its statuses and messages, and what it does to an output folder."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from generator import __version__, search
from generator.occupancy import locked
from generator.preview.session import FOLDER
from generator.stamp import MANIFEST
from tests.conftest import PAPER, paper, start
from tests.serving import PATIENCE, Serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeSite, Run

ROOT = Path(__file__).parents[1]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, with its bytes.

    Those of the index of search may differ between equal builds, and so are left out, also of the
    manifest.
    """
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and search.FOLDER not in path.as_posix()
    }
    for name, data in found.items():
        if name.endswith(MANIFEST):
            manifest = json.loads(data)
            listed = manifest["files"].items()
            manifest["files"] = {
                file: one for file, one in listed if not file.startswith(search.FOLDER)
            }
            found[name] = json.dumps(manifest).encode()
    return found


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


def test_quiet_and_verbose(make_site: MakeSite, run: Run) -> None:
    """A quiet build tells of warnings alone; a verbose one of each page why it was rendered."""
    site = make_site({"content/papers/a.md": paper(abstract="")})

    quiet = run("build", "--quiet", cwd=site)
    verbose = run("build", "--verbose", "--output", "other", cwd=site)
    both = run("build", "--quiet", "--verbose", cwd=site)

    assert (quiet.status, quiet.out) == (0, "")
    assert "warning: The paper has no abstract." in quiet.err
    *reasons, result = verbose.out.splitlines()
    assert "papers/a/index.html: it is new" in reasons
    assert result.startswith(f"1 paper: {len(reasons)} pages rendered, ")
    assert both.status == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "Did you mean 'build'?"),
        (["build", "--ouput", "x"], "Did you mean '--output'?"),
        (["add", "a.bib", "--dryrun"], "Did you mean '--dry-run'?"),
        (["new", " "], 'Write it in quotes: offprint new "A Paper of Ours"'),
        (["check", "--site", "none"], "Make it with: offprint build --output none"),
    ],
)
def test_mistyped(make_site: MakeSite, run: Run, arguments: list[str], said: str) -> None:
    """A command that is written wrongly says what may have been meant, or what to write."""
    result = run(*arguments, cwd=make_site({}))

    assert result.status == 2
    assert result.err.endswith(f"{said}\n")


def test_in_the_content_itself(make_site: MakeSite, run: Run) -> None:
    """Whoever is in the folder of the content is told to go where it lies."""
    result = run("check", cwd=make_site({}) / "content")

    assert result.status == 1
    assert (
        "help: This is the folder itself: run the command in the one that holds it." in result.err
    )


def test_warnings(make_site: MakeSite, run: Run) -> None:
    """A warning goes to standard error and does not stop a build, unless it is to be strict."""
    site = make_site({"content/papers/a.md": paper(abstract="")})

    lenient = run("check", cwd=site)
    strict = run("check", "--strict", cwd=site)

    assert (lenient.status, strict.status) == (0, 1)
    assert "warning: The paper has no abstract." in lenient.err
    why = " (--strict refuses warnings, too)\n"
    assert strict.err == lenient.err.removesuffix("\n") + why


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["publish"],
        ["build", "--colour"],
        ["build", "--jobs", "0"],
        ["build", "--base-url", "nowhere"],
        ["build", "--changes", "missing/changes.txt"],
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
    before = times(site / "public")

    result = run("build", cwd=site)

    assert "0 pages rendered, 0 files written, " in result.out
    assert " 0 removed, " in result.out
    assert times(site / "public") == before


def test_changes(make_site: MakeSite, run: Run) -> None:
    """The list of changes names the output's files; with nothing changed it is empty."""
    site = make_site({"content/papers/a.md": paper()})
    arguments = ("build", "--changes", "changes.txt")
    run(*arguments, cwd=site)
    listed = (site / "changes.txt").read_text()
    files = [path for path in (site / "public").rglob("*") if path.is_file()]
    names = {path.relative_to(site / "public").as_posix() for path in files}
    assert set(listed.splitlines()) == {f"+ {name}" for name in names - {MANIFEST}}
    assert any(name.startswith(search.FOLDER) for name in names)

    run(*arguments, cwd=site)

    assert (site / "changes.txt").read_text() == ""


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
    folders = {path for path in times(site / "public") if search.FOLDER not in path}
    assert folders == {path for path in times(clean / "public") if search.FOLDER not in path}
    assert contents(site / "public") == contents(clean / "public")


# the preview


def asked(
    address: str, path: str, method: str = "GET", name: str = ""
) -> tuple[int, dict[str, str], bytes]:
    """Ask for a path as it is written, also by another name; return status, headers and body."""
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request(method, path, headers={"Host": name or host})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_preview_follows_the_content(make_site: MakeSite, number: signal.Signals) -> None:
    """The preview shows drafts too, then what was edited, and ends with status 0."""
    site = make_site({"content/papers/a.md": paper(draft=True)})

    with Serving(site) as preview:
        before = asked(preview.address, "/papers/a/")[2]
        (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
        preview.says("Built")
        after = asked(preview.address, "/papers/a/")[2]
        status = preview.stop(number)

    assert (b"A Paper" in before, b"Draft" in before) == (True, True)
    assert (b"Edited" in after, b"Draft" in after) == (True, False)
    assert status == 0
    assert preview.complaints() == ""
    assert sorted(path.name for path in site.iterdir()) == [".offprint", "content"]
    assert not list(site.rglob(".offprint-staging"))


def test_the_preview_without_drafts(make_site: MakeSite) -> None:
    """Asked for, the preview shows what will be published and nothing else."""
    site = make_site({"content/papers/a.md": paper(draft=True)})

    with Serving(site, "--no-drafts") as preview:
        assert asked(preview.address, "/papers/a/")[0] == 404


def test_a_taken_port(make_site: MakeSite) -> None:
    """Where something else listens the next free port is taken, which is said in one line."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site) as first:
        port = urlsplit(first.address).port
        assert port is not None
        with Serving(site, "--port", str(port)) as second:
            assert f"Port {port} is taken; " in second.heard
            assert urlsplit(second.address).port != port


def test_the_preview_is_nobody_elses(make_site: MakeSite) -> None:
    """The preview listens at one address of the machine, and answers only who calls it by that.

    A page of another site can give its own name that address, and would read what is being written.
    """
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site) as preview:
        port = urlsplit(preview.address).port
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", port), timeout=PATIENCE)
        for name in (f"127.0.0.1:{port}", f"localhost:{port}", "LOCALHOST", "[::1]:8000"):
            assert asked(preview.address, "/papers/a/", name=name)[0] == 200
        for name in (f"harm.example:{port}", "localhost.harm.example", "127.0.0.1.harm.example"):
            for path in ("/papers/a/", "/.offprint/livereload", "/.offprint/preview.js"):
                status, _, body = asked(preview.address, path, name=name)
                assert (status, name.partition(":")[0] in body.decode()) == (421, True)
        assert preview.complaints() == ""


def test_the_preview_opens_a_browser(make_site: MakeSite, tmp_path: Path) -> None:
    """Asked for, the browser is opened at the site, which is there by then."""
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "Opened at $1."\n')
    browser.chmod(0o755)
    site = make_site({"content/papers/a.md": paper()})

    url = "https://publications.example/our/papers/"
    with Serving(site, "--open", "--base-url", url, BROWSER=str(browser)) as preview:
        preview.says(f"Opened at {preview.address}.")
        assert preview.address.endswith("/our/papers/")
        assert preview.stop(signal.SIGINT) == 0


def test_the_preview_where_nothing_is_told(make_site: MakeSite) -> None:
    """In a folder whose changes the system does not tell of, one can ask for looking again."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site, "--poll") as preview:
        (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
        preview.says("Built")
        assert b"Edited" in asked(preview.address, "/papers/a/")[2]


def test_a_build_beside_the_preview(make_site: MakeSite, run: Run) -> None:
    """A build into its own output, again and again, is no matter to the preview, nor it to them."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site) as preview:
        for number in range(3):
            title = f"Edition {number}"
            (site / "content/papers/a.md").write_text(paper(title=title), encoding="utf-8")
            assert run("build", cwd=site).status == 0
            preview.says("Built")
            built = (site / "public/papers/a/index.html").read_bytes()
            assert title.encode() in built
            assert SCRIPT.sub(b"", asked(preview.address, "/papers/a/")[2]) == built
        assert preview.stop(signal.SIGINT) == 0
        assert preview.complaints() == ""


def test_a_build_in_the_way_of_the_preview(make_site: MakeSite) -> None:
    """While another build has the preview's output that is said, and then it goes on by itself."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site) as preview:
        with locked(site / FOLDER / "site"):
            (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
            assert "is being written by another build" in preview.complains("error:")
        preview.says("Built")
        assert b"Edited" in asked(preview.address, "/papers/a/")[2]


def test_two_previews_of_one_site(make_site: MakeSite) -> None:
    """Two previews of a site both follow it, and neither disturbs the other."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site) as first:
        with Serving(site) as second:
            (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
            for preview in (first, second):
                preview.says("Built")
                assert b"Edited" in asked(preview.address, "/papers/a/")[2]
            assert second.stop(signal.SIGINT) == 0
        assert b"Edited" in asked(first.address, "/papers/a/")[2]
        assert (first.complaints(), second.complaints()) == ("", "")


def test_the_preview_answers_as_a_host(make_site: MakeSite) -> None:
    """Pages, files, folders, and what is not there are answered as a host would."""
    site = make_site({"content/papers/a.md": paper()})

    with Serving(site, "--base-url", "https://publications.example/our/papers/") as preview:
        assert preview.address.endswith("/our/papers/")
        for path, status, kind, location in (
            ("/our/papers/", 200, "text/html; charset=utf-8", None),
            ("/our/papers/papers/a/a.bib", 200, "application/x-bibtex; charset=utf-8", None),
            ("/our/papers/feed.xml", 200, "application/xml; charset=utf-8", None),
            ("/our/papers/papers/a?q=1", 301, None, "/our/papers/papers/a/?q=1"),
            ("/", 302, None, "/our/papers/"),
            ("/our/papers/none/", 404, "text/html; charset=utf-8", None),
            ("/our/papers/static/", 404, "text/html; charset=utf-8", None),
            ("/our/papers/.offprint-manifest", 404, "text/html; charset=utf-8", None),
            ("/our/papers/%2eoffprint-manifest", 404, "text/html; charset=utf-8", None),
            ("/our/papers/../../content/site.yaml", 404, "text/html; charset=utf-8", None),
            ("/our/papers/%2e%2e/%2e%2e/content/site.yaml", 404, "text/html; charset=utf-8", None),
            ("/our/papers/..%2f..%2fcontent/site.yaml", 404, "text/html; charset=utf-8", None),
            ("/our/papers/%00", 404, "text/html; charset=utf-8", None),
        ):
            for method in ("GET", "HEAD"):
                found = asked(preview.address, path, method)
                assert (path, found[0]) == (path, status)
                assert found[1].get("Location") == location
                assert kind in (None, found[1]["Content-Type"])
                assert found[1]["Cache-Control"] == "no-store"
                assert bool(found[2]) is (method == "GET" and location is None)


SCRIPT = re.compile(
    rb'<script defer src="/\.offprint/preview\.js" data-version="[0-9a-f.]+"></script>'
)


def test_the_preview_shows_what_is_built(make_site: MakeSite, run: Run) -> None:
    """What is served differs from what is built by one element of each page, its script."""
    site = make_site({"content/papers/a.md": paper(), "static/custom.css": "p { color: red }"})
    run("build", cwd=site)

    with Serving(site) as preview:
        for file in sorted(path for path in (site / "public").rglob("*") if path.is_file()):
            path = file.relative_to(site / "public").as_posix()
            # The names of the index of search may be others here.
            if path != MANIFEST and not path.startswith(search.FOLDER):
                served = asked(preview.address, f"/{path}")[2]
                assert SCRIPT.sub(b"", served) == file.read_bytes()
                leads_on = b'http-equiv="refresh"' in served
                assert bool(SCRIPT.search(served)) is (path.endswith(".html") and not leads_on)


def test_the_preview_serves_no_half_of_a_page(make_site: MakeSite) -> None:
    """Whoever asks while a build is at work gets a whole page, the old one or the new one."""

    def edition(number: int) -> str:
        of = f"edition {number}"
        papers = [{**PAPER, "slug": f"p{i}", "title": f"Paper {i}, {of}"} for i in range(50)]
        return json.dumps(papers)

    site = make_site({"content/papers/all.yaml": edition(0)})
    ended = threading.Event()
    pages: list[bytes] = []

    def read(address: str) -> None:
        while not ended.is_set():
            status, _, page = asked(address, "/")
            assert status == 200
            pages.append(page)

    with Serving(site) as preview, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, preview.address)
        try:
            for number in range(1, 5):
                saved = site / "saved"
                saved.write_text(edition(number), encoding="utf-8")
                saved.replace(site / "content/papers/all.yaml")
                preview.says("Built")
        finally:
            ended.set()
        reading.result()

    for page in pages:
        assert page.endswith(b"</html>\n")
        assert len(set(re.findall(rb"edition \d", page))) == 1


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
    assert first.out == "14 addresses in content/addresses.txt, 14 of them new.\n"
    assert "/papers/a/ lovelace-2024-paper\n" in text
    assert again.out == "14 addresses in content/addresses.txt, 0 of them new.\n"
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
