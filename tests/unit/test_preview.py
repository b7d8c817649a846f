"""The local preview: what stands at an address, what a page is made of, and what is watched."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
import watchfiles
from tornado.ioloop import IOLoop

from generator import progress
from generator.build import build
from generator.options import Options
from generator.preview import builder, changes, styles, watcher
from generator.preview.builder import Builder
from generator.preview.host import Answer, Host, media_type
from generator.preview.page import Version, with_script, with_style_sheets
from generator.preview.server import own_names, stopped_by_signals
from generator.preview.session import FOLDER, Session, folder_for
from generator.preview.watcher import Watcher
from generator.progress import Progress
from generator.search import FOLDER as FOLDER_OF_SEARCH
from tests.conftest import paper
from tests.serving import PATIENCE
from tests.test_commands import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from generator.diagnostics import Diagnostic
    from tests.conftest import MakeSite, Run

# what stands at an address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a built site, and beside it a file that is none of its business."""
    for name in (
        "site/index.html",
        "site/404.html",
        "site/a/index.html",
        "site/a/a.bib",
        "site/empty/x.txt",
        "site/.offprint-manifest",
        "site/.well-known/security.txt",
        "secret.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    return tmp_path / "site"


@pytest.mark.parametrize("mount", ["/", "/sub/path/"])
@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("index.html", "index.html"),
        ("a/", "a/index.html"),
        ("a/a.bib", "a/a.bib"),
        (".well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_a_file_is_found(folder: Path, mount: str, path: str, file: str) -> None:
    """A file stands at its path, and a folder's page at the folder, wherever the site lies."""
    assert Host(folder, mount).find(mount + path) == Answer(200, folder / file)


@pytest.mark.parametrize(
    "path",
    [
        "/none",
        "/empty/",
        "/a/a.bib/",
        "/.offprint-manifest",
        "/../secret.txt",
        "/a/../../secret.txt",
        "/a/../index.html",
        "//secret.txt",
        "/..\\secret.txt",
        "/index.html\0",
        "/./index.html",
    ],
)
def test_nothing_is_found(folder: Path, path: str) -> None:
    """Folders are not listed; what is hidden or outside, by any spelling, is not there."""
    assert Host(folder).find(path) == Answer(404, folder / "404.html")


def test_links_are_followed_within_the_site_only(folder: Path) -> None:
    """A link to a file of the site is that file; one that leads out of it is not there."""
    (folder / "out").symlink_to(folder.parent)
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "a/a.bib")
    host = Host(folder)

    statuses = [host.find(path).status for path in ("/out/secret.txt", "/out.txt", "/in.txt")]

    assert statuses == [404, 404, 200]


@pytest.mark.parametrize(
    ("mount", "path", "answer"),
    [
        ("/", "/a", Answer(301, location="/a/")),
        ("/sub/path/", "/sub/path/a", Answer(301, location="/sub/path/a/")),
        ("/sub/path/", "/", Answer(302, location="/sub/path/")),
        ("/sub/path/", "/sub/path", Answer(302, location="/sub/path/")),
    ],
)
def test_a_folder_has_one_address(folder: Path, mount: str, path: str, answer: Answer) -> None:
    """A folder without its slash leads to it, and the root of the host to the site below it."""
    assert Host(folder, mount).find(path) == answer


def test_outside_of_the_mount_is_nothing(folder: Path) -> None:
    """A site below a path does not answer beside it."""
    assert Host(folder, "/sub/").find("/a/").status == 404


def test_before_the_first_build(tmp_path: Path) -> None:
    """Where no site was built there is a page that waits for it."""
    answer = Host(tmp_path / "site").find("/")

    assert (answer.status, answer.file.name) == (503, "waiting.html")
    assert b"</head>" in answer.file.read_bytes()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("papers.bib", "application/x-bibtex; charset=utf-8"),
        ("papers.ascii.bib", "application/x-bibtex; charset=utf-8"),
        ("papers.ris", "application/x-research-info-systems; charset=utf-8"),
        ("a.csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("site.0a1b.js", "text/javascript; charset=utf-8"),
        ("pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("pagefind/index/en_1.pf_index", "application/octet-stream"),
        ("x.wasm", "application/wasm"),
        ("site-math.0a1b.woff2", "font/woff2"),
        ("Figure.PNG", "image/png"),
        ("data.csv.gz", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types(name: str, expected: str) -> None:
    """A file has the type of its longest known ending; what is packed or unknown is bytes."""
    assert media_type(Path(name)) == expected


# what a page is made of

PAGE = b"""<!doctype html><html><head><link rel="icon" href="i.svg">
<link rel="stylesheet" href="site.1.css"></head><body>Text</body></html>"""


def test_the_script_is_the_only_difference() -> None:
    """A page is served as it was built, but for one element at the end of its head."""
    shown = with_script(PAGE)

    start = shown.index(b"<script")
    end = shown.index(b"</script>") + len(b"</script>")
    assert shown[:start] + shown[end:] == PAGE
    assert shown[end:].startswith(b"</head>")
    assert f'data-version="{Version.of(PAGE)}"'.encode() in shown


def test_a_page_without_a_head_gets_the_script_too() -> None:
    """The tags of a head may be left out; the script then comes last."""
    assert with_script(b"<p>Text").startswith(b"<p>Text<script")


def test_a_page_that_leads_on_gets_no_script() -> None:
    """A redirect is left at once, and its policy allows no script."""
    page = b'<head><meta http-equiv="refresh" content="0; url=../b/"></head>'

    assert with_script(page) == page


def test_versions() -> None:
    """A version tells apart pages that differ, and those that differ in style sheets alone."""
    version = Version.of(PAGE)
    restyled = Version.of(PAGE.replace(b"site.1.css", b"site.2.css"))
    plain = Version.of(PAGE.replace(b'\n<link rel="stylesheet" href="site.1.css">', b""))
    iconic = Version.of(PAGE.replace(b"i.svg", b"j.svg"))

    assert version.styles == ('<link rel="stylesheet" href="site.1.css">',)
    assert (version.content == restyled.content, version.looks == restyled.looks) == (True, False)
    assert (version.content == plain.content, plain.styles) == (True, ())
    assert (version.content == iconic.content, version.looks == iconic.looks) == (False, True)


def test_other_style_sheets() -> None:
    """A page is given other style sheets, under the same names, and stays what it is otherwise."""
    page = b"""<link rel="icon" href="static/site.0123456789.css">
<link rel="stylesheet" href="../static/site.0123456789.css">
<link rel="stylesheet" href="../static/theme.0123456789.css">static/site.0123456789.css"""
    names = {b"static/site.css": b"static/site.aaaaaaaaaa.css"}

    assert with_style_sheets(page, names) == page.replace(
        b"../static/site.0123456789.css", b"../static/site.aaaaaaaaaa.css"
    )


# what is built


class Reports:
    """What was reported, in order."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def __call__(self, found: Iterable[Diagnostic]) -> None:
        """Keep the messages."""
        self.messages += [one.message for one in found]


def test_the_last_good_site_stays(
    make_site: MakeSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault is reported and leaves what was built before; mended, it is built again."""
    site = make_site({"content/papers/a.md": paper(draft=True)})
    reports = Reports()
    session = Session(site, tmp_path / "shown", Options(drafts=True), reports)
    page = tmp_path / "shown/papers/a/index.html"
    session.build(Event())
    before = page.read_text(encoding="utf-8")
    assert "rendered" in capsys.readouterr().out

    entry = site / "content/papers/a.md"
    entry.write_text(paper(date="soon"), encoding="utf-8")
    session.build(Event())
    assert [one.message for one in session.found] == reports.messages
    assert (len(reports.messages), page.read_text(encoding="utf-8")) == (1, before)
    assert capsys.readouterr().out == ""

    entry.write_text(paper(abstract="Mended."), encoding="utf-8")
    session.build(Event())
    assert "Mended." in page.read_text(encoding="utf-8")
    assert session.found == ()


def test_search_is_indexed_apart(make_site: MakeSite, tmp_path: Path) -> None:
    """What is saved is shown first and indexed afterwards; the index stays when pages change."""
    site = make_site({"content/papers/a.md": paper()})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    entry = tmp_path / "shown" / FOLDER_OF_SEARCH / "pagefind-entry.json"

    session.build(Event())
    assert not entry.exists()
    session.index(Event())
    assert entry.is_file()
    (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
    session.build(Event())
    assert entry.is_file()


def test_only_what_is_told_of_is_looked_at(make_site: MakeSite, tmp_path: Path) -> None:
    """A save costs a look at what was saved; a moment later all is looked at, and made whole."""
    site = make_site({f"content/papers/{one}.md": paper(title=one * 3) for one in "ab"})
    a, b = (site / f"content/papers/{one}.md" for one in "ab")
    shown_a, shown_b = (tmp_path / f"shown/papers/{one}/index.html" for one in "ab")
    session = Session(site, tmp_path / "shown", Options(), Reports())
    session.build(Event())
    a.write_text(paper(title="Edited, and told of"), encoding="utf-8")
    b.write_text(paper(title="Edited, and not told of"), encoding="utf-8")
    (tmp_path / "shown/papers/b/b.ris").unlink()

    session.build(Event(), {str(a)})
    assert "Edited, and told of" in shown_a.read_text(encoding="utf-8")
    assert "bbb" in shown_b.read_text(encoding="utf-8")
    assert not (tmp_path / "shown/papers/b/b.ris").exists()

    session.index(Event())
    assert "Edited, and not told of" in shown_b.read_text(encoding="utf-8")
    assert (tmp_path / "shown/papers/b/b.ris").is_file()


def test_all_that_shows_what_was_saved(make_site: MakeSite, tmp_path: Path) -> None:
    """A word more in an abstract is in all pages that show it, as it is in a clean build."""
    site = make_site({f"content/papers/{one}.md": paper(title=one * 3) for one in "abc"})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    session.build(Event())
    for slug in "aba":
        entry = site / f"content/papers/{slug}.md"
        entry.write_text(f"{entry.read_text(encoding='utf-8')}A sentence.\n", "utf-8")
        session.build(Event(), {str(entry)})
    build(site, tmp_path / "clean", Options())
    for page in ("index.html", "feed.xml", "papers/a/index.html", "papers/b/b.csl.json"):
        clean = (tmp_path / "clean" / page).read_bytes()
        assert (b"A sentence" in clean, (tmp_path / "shown" / page).read_bytes()) == (True, clean)


@pytest.mark.parametrize(
    ("url", "mount"),
    [
        ("https://publications.example/", "/"),
        ("https://publications.example/our/papers/", "/our/papers/"),
        (None, "/"),
    ],
)
def test_the_site_is_mounted_where_it_is_published(
    make_site: MakeSite, tmp_path: Path, url: str | None, mount: str
) -> None:
    """The path of the site's address is its path in the preview."""
    settings = "title: Ours\n" + (f"url: {url}\n" if url else "")
    session = Session(
        make_site({"content/site.yaml": settings}), tmp_path / "shown", Options(), Reports()
    )

    session.build(Event())

    assert session.host.mount == mount


def test_a_second_preview_builds_elsewhere(tmp_path: Path) -> None:
    """Previews of one site have a folder each; the second one's is gone in the end."""
    with folder_for(tmp_path) as first:
        with folder_for(tmp_path) as second:
            second.mkdir()
        with folder_for(tmp_path) as third:
            pass
    with folder_for(tmp_path) as fourth:
        pass

    home = tmp_path / FOLDER / "site"
    assert (first, fourth) == (home, home)
    assert len({first, second, third}) == 3
    assert not second.parent.exists()


def test_without_content_nothing_is_made(run: Run, tmp_path: Path) -> None:
    """The preview of a folder without content says so, and leaves the folder as it was."""
    result = run("serve", cwd=tmp_path)

    assert (result.status, result.out) == (1, "")
    assert "There is no folder 'content' here." in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "names", "others"),
    [
        (
            "127.0.0.1",
            ["localhost", "127.0.0.1", "[::1]"],
            ["192.0.2.1", "127x0x0x1"],
        ),
        ("Our.example", ["our.example", "localhost"], ["ourxexample", "harm.our.example"]),
        ("fe80::1", ["[fe80::1]"], ["fe80::1", "[fe80::2]"]),
        ("::", ["192.0.2.1", "[fe80::1]"], ["harm.example", "192.0.2.1.harm.example"]),
    ],
)
def test_the_names_of_a_preview(host: str, names: list[str], others: list[str]) -> None:
    """A preview is called by its host, and by any number where it listens at all addresses."""
    own = re.compile(own_names(host))

    assert [name for name in (*names, *others) if own.match(name)] == names


def test_an_address_that_is_not_ours(make_site: MakeSite, run: Run) -> None:
    """An address of another machine is said on standard error, and nothing is built."""
    site = make_site()

    result = run("serve", "--host", "192.0.2.1", cwd=site)

    assert (result.status, result.out) == (1, "")
    assert "192.0.2.1:8000 cannot be used" in result.err
    assert not (site / ".offprint").exists()


def test_style_sheets_are_shown_before_the_pages_are_built(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """A page is shown at once with the style sheet that the build is about to give it."""
    site = make_site({"content/papers/a.md": paper(), "static/custom.css": "p { color: red }"})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    session.build(Event())

    def shown() -> bytes:
        return session.page(session.find("/papers/a/"))

    before = shown()
    (site / "static/custom.css").write_text("p { color: blue }", encoding="utf-8")
    assert not session.restyle({str(site / "content/papers/a.md")})
    assert session.restyle({str(site / "static/custom.css")})
    early = shown()
    name = next(name for name in Version.of(early).styles if "custom" in name).split('"')[3]
    sheet = session.find("/" + name.removeprefix("../../"))
    assert (before == early, sheet.data) == (False, b"p{color:blue}")
    assert Version.of(before).content == Version.of(early).content

    session.build(Event())
    session.settle()

    assert shown() == early == (tmp_path / "shown/papers/a/index.html").read_bytes()
    assert session.find("/" + name.removeprefix("../../")) == Answer(200, sheet.file)


def test_a_style_sheet_with_faults_is_not_shown(make_site: MakeSite, tmp_path: Path) -> None:
    """A style sheet that a build would refuse leaves those that are shown."""
    site = make_site({"content/papers/a.md": paper()})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    session.build(Event())
    before = session.styles
    (site / "static").mkdir()
    (site / "static/custom.css").write_bytes(b"\xff")

    assert styles.read(site) is None
    assert session.restyle({str(site / "static/custom.css")})
    assert session.styles is before


def test_style_sheets_stay_while_the_content_has_faults(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """A fault elsewhere does not take the new style from the last good site."""
    site = make_site({"content/papers/a.md": paper(), "static/custom.css": "p { color: red }"})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    session.build(Event())
    (site / "static/custom.css").write_text("p { color: blue }", encoding="utf-8")
    (site / "content/papers/a.md").write_text(paper(date="soon"), encoding="utf-8")
    session.restyle({str(site / "static/custom.css")})
    early = session.page(session.find("/papers/a/"))

    session.build(Event())
    session.settle()

    assert session.page(session.find("/papers/a/")) == early


@pytest.mark.parametrize("work", [Session.build, Session.index])
def test_work_that_is_told_to_end(
    make_site: MakeSite, tmp_path: Path, work: Callable[[Session, Event], None]
) -> None:
    """What is told to end leaves the site as it was, tells nothing, and is done again later."""
    site = make_site({"content/papers/a.md": paper()})
    reports = Reports()
    session = Session(site, tmp_path / "shown", Options(), reports)
    told = Event()
    told.set()

    work(session, told)
    assert not (tmp_path / "shown").exists()
    session.build(Event())
    before = contents(tmp_path / "shown")
    (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
    work(session, told)
    assert contents(tmp_path / "shown") == before
    assert (session.found, reports.messages) == ((), [])

    session.build(Event())
    assert b"Edited" in session.page(session.find("/papers/a/"))


class Stages(Progress):
    """What was told of a build's progress."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.done = 0

    def begin(self, stage: str, count: int = 0) -> None:
        """Keep the stage."""
        self.told.append(f"{stage}: {count}" if count else stage)

    def advance(self, count: int) -> None:
        """Add up what is done."""
        self.done += count

    def end(self) -> None:
        """Keep that all is done."""
        self.told.append("end")


def test_a_long_build_is_told_of_on_a_terminal(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the preview shows the progress of a build, as `build` does; in a log none."""
    site = make_site({"content/papers/a.md": paper()})
    session = Session(site, tmp_path / "shown", Options(), Reports())
    stages = Stages()
    monkeypatch.setattr(progress, "shown", lambda _: stages)
    session.build(Event())
    assert stages.told == []

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    (site / "content/papers/a.md").write_text(paper(title="Edited"), encoding="utf-8")
    session.build(Event())

    assert stages.told[0].startswith("Reading papers: 1")
    assert stages.told[-2:] == ["Putting files in place", "end"]
    assert stages.done > 1


# when it is built


@pytest.fixture
def loop() -> Iterator[IOLoop]:
    """Give an event loop."""
    asyncio.set_event_loop(asyncio.new_event_loop())
    made = IOLoop.current()
    yield made
    made.close(all_fds=True)
    asyncio.set_event_loop(None)


class Recorded(Session):
    """A session that takes notes instead of building, and goes on until let or told to end."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, root / "shown", Options(), Reports())
        self.done: list[str] = []
        self.begun = Event()
        self.may_end = Event()

    def build(self, end: Event, changed: Collection[str] | None = None) -> None:
        """Note a build."""
        self._note(" ".join(["build", *sorted(changed or ())]), end)

    def index(self, end: Event) -> None:
        """Note an index."""
        self._note("index", end)

    def _note(self, what: str, end: Event) -> None:
        self.begun.set()
        while not self.may_end.is_set() and not end.wait(0.01):
            pass
        self.done.append(f"{what} told to end" if end.is_set() else what)


@pytest.fixture
def at_work(
    make_site: MakeSite,
    loop: IOLoop,  # noqa: ARG001 - the builder's
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Recorded, Builder, asyncio.Queue[None]]]:
    """Give a session, its builder, which waits for nothing, and what tells of things to show."""
    monkeypatch.setattr(builder, "_LEISURE", 0)
    shown: asyncio.Queue[None] = asyncio.Queue()
    session = Recorded(make_site())
    with Builder(session, lambda: shown.put_nowait(None)) as made:
        yield session, made, shown
        session.may_end.set()


def test_one_thing_is_done_at_a_time(
    loop: IOLoop, at_work: tuple[Recorded, Builder, asyncio.Queue[None]]
) -> None:
    """Whatever changes during a build makes one more, and what can wait comes last."""
    session, made, shown = at_work
    made.change({"a"})

    async def work() -> None:
        await loop.run_in_executor(None, session.begun.wait)
        made.change({"b"})
        made.change({"c"})
        assert session.done == []
        session.may_end.set()
        for _ in range(3):
            await shown.get()

    loop.run_sync(work, PATIENCE)

    assert session.done == ["build a", "build b c", "index"]


def test_what_can_wait_makes_way(
    loop: IOLoop, at_work: tuple[Recorded, Builder, asyncio.Queue[None]]
) -> None:
    """An index that is being made ends when something changes, and is made after that."""
    session, made, shown = at_work

    async def work() -> None:
        await loop.run_in_executor(None, session.begun.wait)
        made.change({"a"})
        await shown.get()
        session.may_end.set()
        for _ in range(2):
            await shown.get()

    loop.run_sync(work, PATIENCE)

    assert session.done == ["index told to end", "build a", "index"]


def test_in_the_end_nothing_is_at_work(make_site: MakeSite, loop: IOLoop) -> None:
    """What is at work when the preview is stopped is told to end, and has ended."""
    session = Recorded(make_site())

    async def begin() -> None:
        made.change({"a"})
        await loop.run_in_executor(None, session.begun.wait)

    with Builder(session, lambda: None) as made:
        loop.run_sync(begin, PATIENCE)

    assert session.done == ["build a told to end"]


def test_a_failure_of_the_program_does_not_end_the_preview(
    loop: IOLoop,
    at_work: tuple[Recorded, Builder, asyncio.Queue[None]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Should a build fail for a reason that is not the content's, the next one goes on."""
    session, made, shown = at_work
    session.may_end.set()

    def fail(_: Event, changed: Collection[str]) -> None:  # noqa: ARG001 - as it is called
        monkeypatch.delattr(session, "build")
        message = "unforeseen"
        raise RuntimeError(message)

    monkeypatch.setattr(session, "build", fail)
    made.change({"a"})
    made.change({"b"})

    async def work() -> None:
        await shown.get()

    loop.run_sync(work, PATIENCE)

    assert session.done[0] == "build b"
    assert "unforeseen" in caplog.text


def test_a_signal_is_not_lost(loop: IOLoop) -> None:
    """A signal ends the preview, also where it comes amid what catches all that is raised."""
    noted = []

    def greedy() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except BaseException:  # noqa: BLE001 - as livereload does when it sends a message
            noted.append("caught")
        noted.append("done")

    with stopped_by_signals():
        loop.add_callback(greedy)
        loop.start()
        noted.append("not ended")

    assert noted == ["done"]


# what is watched


class Watch:
    """A watcher of a site's folders, and how often it ran its task."""

    def __init__(self, root: Path, loop: IOLoop, *, poll: bool) -> None:
        folders = [root / "content", root / "static"]
        self.watcher = Watcher(folders, self._task, poll=poll)
        self.loop = loop
        self.runs = 0
        self.told: set[str] = set()
        self.meanwhile: Callable[[], object] | None = None

    def _task(self, told: set[str]) -> None:
        self.runs += 1
        self.told = told
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        else:
            self.loop.stop()

    def wait(self) -> None:
        """Wait until the task has run."""
        late = self.loop.call_later(PATIENCE, pytest.fail, "the watcher noticed nothing")
        self.loop.start()
        self.loop.remove_timeout(late)


@pytest.fixture(params=[False, True], ids=["told", "polling"])
def watch(
    make_site: MakeSite, loop: IOLoop, request: pytest.FixtureRequest
) -> Iterator[tuple[Path, Watch]]:
    """Give a site that is being watched, in both ways, and its watch."""
    root = make_site({"content/papers/a.md": "before", "content/papers/old/b.md": "b"})
    made = Watch(root, loop, poll=request.param)
    with made.watcher:
        made.watcher.start(made.watcher.examine)
        yield root, made


# How editors save: most write beside the file and rename, and leave files of their own meanwhile.


def _vim(root: Path) -> None:
    folder = root / "content/papers"
    (folder / ".a.md.swp").write_text("swap", encoding="utf-8")
    (folder / "4913").touch()  # may it write here?
    (folder / "4913").unlink()
    (folder / "a.md").rename(folder / "a.md~")
    (folder / "a.md").write_text("saved", encoding="utf-8")
    (folder / "a.md~").unlink()


def _emacs(root: Path) -> None:
    folder = root / "content/papers"
    (folder / ".#a.md").symlink_to("ada@machine.1:2")
    (folder / "#a.md#").write_text("on its way", encoding="utf-8")
    (folder / "a.md~").write_text("before", encoding="utf-8")
    (folder / "a.md").write_text("saved", encoding="utf-8")
    (folder / "#a.md#").unlink()
    (folder / ".#a.md").unlink()


def _vs_code(root: Path) -> None:
    folder = root / "content/papers"
    (folder / ".a.md.vsctmp").write_text("saved", encoding="utf-8")
    (folder / ".a.md.vsctmp").replace(folder / "a.md")


def _jetbrains(root: Path) -> None:
    folder = root / "content/papers"
    (folder / "a.md~").write_text("saved", encoding="utf-8")
    (folder / "a.md").rename(folder / "a.md___jb_old___")
    (folder / "a.md~").rename(folder / "a.md")
    (folder / "a.md___jb_old___").unlink()


def _into_a_new_folder(root: Path) -> None:
    (root / "content/papers/2024/may").mkdir(parents=True)
    (root / "content/papers/2024/may/c.md").write_text("c", encoding="utf-8")


def _first_static_file(root: Path) -> None:
    (root / "static").mkdir()
    (root / "static/custom.css").write_text("p {}", encoding="utf-8")


def _replace_the_content(root: Path) -> None:
    (root / "content").rename(root / "aside")
    shutil.copytree(root / "aside", root / "content")


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: (root / "content/papers/a.md").write_text("saved", encoding="utf-8"),
        _vim,
        _emacs,
        _vs_code,
        _jetbrains,
        lambda root: (root / "content/papers/a.md").unlink(),
        lambda root: (root / "content/papers/a.md").rename(root / "content/papers/z.md"),
        lambda root: shutil.rmtree(root / "content/papers/old"),
        _into_a_new_folder,
        _first_static_file,
        lambda root: shutil.rmtree(root / "content"),
        _replace_the_content,
    ],
    ids=[
        "edited",
        "saved by vim",
        "saved by Emacs",
        "saved by VS Code",
        "saved by JetBrains",
        "deleted",
        "renamed",
        "folder deleted",
        "new folder",
        "first static file",
        "content deleted",
        "content replaced",
    ],
)
def test_every_change_is_noticed(watch: tuple[Path, Watch], edit: Callable[[Path], object]) -> None:
    """Whatever happens to a file is noticed, and so is what happens to it afterwards."""
    root, watched = watch

    edit(root)
    watched.wait()
    (root / "content/papers").mkdir(parents=True, exist_ok=True)
    (root / "content/papers/later.md").write_text("later", encoding="utf-8")
    watched.wait()


def _burst(root: Path) -> None:
    for number in range(100):
        (root / f"content/papers/{number}.md").write_text(str(number), encoding="utf-8")


def test_a_burst_is_one_run(watch: tuple[Path, Watch]) -> None:
    """A hundred files that are saved together make the task run once."""
    root, watched = watch

    _burst(root)
    watched.wait()
    assert watched.runs == 1

    (root / "content/papers/a.md").write_text("saved", encoding="utf-8")
    watched.wait()
    assert watched.runs == 2


def test_what_changes_during_a_run_makes_one_more(watch: tuple[Path, Watch]) -> None:
    """Changes while the task runs are not lost, and do not make it run once for each."""
    root, watched = watch
    watched.meanwhile = lambda: _burst(root)

    (root / "content/papers/a.md").write_text("saved", encoding="utf-8")
    watched.wait()
    assert watched.runs == 2

    (root / "content/papers/a.md").write_text("saved again", encoding="utf-8")
    watched.wait()
    assert watched.runs == 3


def test_git_is_let_finish(
    make_site: MakeSite, loop: IOLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While git says that it changes the files nothing is run, however long its pauses are."""
    root = make_site({".git/index": ""})
    lock = root / ".git" / "index.lock"
    watched = Watch(root, loop, poll=False)
    looks: list[bool] = []

    def look(path: Path) -> bool:
        looks.append(path.exists())
        if len(looks) == 3:
            assert watched.runs == 0
            (root / "content/b.md").write_text("b", encoding="utf-8")
            path.unlink()
        return looks[-1]

    monkeypatch.setattr(watcher, "is_held", look)
    with watched.watcher:
        watched.watcher.start(watched.watcher.examine)
        lock.touch()
        (root / "content/a.md").write_text("a", encoding="utf-8")
        watched.wait()

    assert looks[:3] == [True, True, True]
    assert (looks[-1], watched.runs) == (False, 1)


def test_a_lock_that_git_left_does_not_stop_the_preview(make_site: MakeSite, loop: IOLoop) -> None:
    """The lock of a git that was killed is passed over."""
    root = make_site({".git/index.lock": ""})
    os.utime(root / ".git/index.lock", (1, 1))
    watched = Watch(root, loop, poll=False)
    with watched.watcher:
        watched.watcher.start(watched.watcher.examine)
        (root / "content/a.md").write_text("a", encoding="utf-8")
        watched.wait()
        assert watched.runs == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("content/papers/a.md", True),
        ("content/papers/.a.md.swp", False),
        ("content/papers/a.md~", False),
        ("content/.git/index", False),
        ("content/pages/.well-known/security.txt", True),
        ("content", True),
    ],
)
def test_what_editors_leave_is_no_change(tmp_path: Path, name: str, *, expected: bool) -> None:
    """What a build does not read is not watched either."""
    folders = [tmp_path / "content", tmp_path / "static"]

    assert changes.concerns(folders, tmp_path / name) is expected


def test_where_the_system_cannot_tell_it_is_polled(
    make_site: MakeSite, loop: IOLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system watches no more folders, one looks again and again."""

    def limited(*_folders: Path, **_options: object) -> object:
        message = "OS file watch limit reached"
        raise OSError(message)

    monkeypatch.setattr(watchfiles, "watch", limited)
    root = make_site()
    watched = Watch(root, loop, poll=False)
    with watched.watcher:
        watched.watcher.start(watched.watcher.examine)
        (root / "content/site.yaml").write_text("title: Ours", encoding="utf-8")
        watched.wait()
