"""A build that is stopped at any moment, by a kill or a failing disk, breaks nothing.

A forked process builds, and is stopped at one of its moments: a moment is anything it does to a
file. The counts are those of a small site; `make property` tries many more.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import tempfile
import traceback
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import build as building
from generator import workers
from generator.build import build
from generator.diagnostics import BuildError
from generator.options import Options
from generator.stamp import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.property

# Python says that it is about to do these things (the table of audit events in its documentation).
WRITES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "os.link"})
MOMENTS = 400  # more than a build of these sites has, so that the last ones stop nothing
FAULTS = {
    errno.ENOSPC: "Free some space",
    errno.EDQUOT: "Free some space",
    errno.EACCES: "Change the permissions",
    errno.EROFS: "Name a folder",
    errno.EIO: "Build again",
}
# Each example is two builds: 8 where the other laws have 40, and 200 with `make property`.
FEWER = settings(max_examples=settings().max_examples // 5)
STARTS = ("empty", "old", "half")


def entry(title: str, year: int, tags: str = "[x]", more: str = "") -> str:
    """Return the text of an entry."""
    return (
        f"---\ntitle: {title}\nauthors: [Ada Lovelace]\ncategory: CL\ndate: {year}\ntags: {tags}\n"
        f"{more}---\nAbout {title}.\n"
    )


OLD = {
    "content/site.yaml": "title: Ours\nurl: https://publications.example/\npaginate: 2\n",
    "content/pages/about.md": "---\ntitle: About\n---\nOld.\n",
    "static/custom.css": "a { color: red }\n",
    **{f"content/papers/p{n}.md": entry(f"Paper {n}", 2010 + n) for n in range(5)},
}
NEW = {
    **OLD,
    "content/site.yaml": "title: Yours\nurl: https://publications.example/\npaginate: 2\n",
    "static/custom.css": "a { color: blue }\n",
    "content/papers/p1.md": entry("Paper 1", 2011, "[y]"),
    "content/papers/p9.md": entry("Paper 9", 2020, "[x, y]", "aliases: [/papers/p3/]\n"),
}
del NEW["content/papers/p3.md"], NEW["content/pages/about.md"]


def write(root: Path, files: dict[str, str]) -> None:
    """Write the files of a site."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@cache
def clean(which: str) -> dict[str, bytes]:
    """Return what a clean build makes of one of the sites."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "site", {"old": OLD, "new": NEW}[which])
        build(root / "site", root / "public", Options())
        return tree(root / "public")


def in_a_child(work: Callable[[], object]) -> int:
    """Do some work in a forked process; return its exit status, negative for a signal."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        except BuildError:
            status = 1
        except BaseException:  # noqa: BLE001 - whatever it is, it is told, and no test goes on here
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def stop_at(moment: int, folder: Path, stop: Callable[[str], None]) -> None:
    """Stop at one of the moments at which this process writes below a folder."""
    left = moment

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        path = str(arguments[0]) if arguments else ""
        is_write = event in WRITES or (event == "open" and str(arguments[1]) not in {"r", "rb"})
        if is_write and path.startswith(str(folder)):
            left -= 1
            if left < 0:
                left = sys.maxsize
                stop(path)

    sys.addaudithook(watch)


def begin(root: Path, start: str, moment: int) -> Path:
    """Lay out a new site over an output that is empty, old, or half written by a killed build."""
    public = root / "public"
    write(root / "site", NEW)
    if start != "empty":
        for file, data in clean("old").items():
            (public / file).parent.mkdir(parents=True, exist_ok=True)
            (public / file).write_bytes(data)
    if start == "half":

        def killed() -> None:
            stop_at(moment // 2, public, lambda _: os.kill(os.getpid(), signal.SIGKILL))
            build(root / "site", public, Options())

        in_a_child(killed)
    return public


class Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the address of a link, style sheet or script."""
        wanted = {"a": "href", "link": "href", "script": "src", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


def dangling(public: Path, page: str) -> list[str]:
    """Return the links of a page that lead to no file of the output."""
    links = Links()
    links.feed((public / page).read_text(encoding="utf-8"))
    missing = []
    for link in links.found:
        target = unquote(urldefrag(link)[0])
        if target and "//" not in target and not target.startswith(("mailto:", "data:")):
            # The page for what does not exist names all from the root, where these sites lie.
            path = public / target.removeprefix("/")
            if not target.startswith("/"):
                path = (public / page).parent / target
            if not (path.is_file() or (path / "index.html").is_file()):
                missing.append(f"{page}: {link}")
    return missing


def assert_whole(public: Path, start: str) -> None:
    """Hold that every file is the old or the new one, and no page that stays leads nowhere."""
    old, new = clean("old"), clean("new")
    found = {
        file: data
        for file, data in tree(public).items()
        if not file.startswith((MANIFEST, ".offprint-"))
    }
    for file, data in found.items():
        assert data in (old.get(file), new.get(file)), f"{file} is torn"
    if start == "old":
        # When a page that goes loses its own files, no page leads to it any more.
        for page in sorted(found.keys() & old.keys() & new.keys()):
            if page.endswith(".html"):
                assert dangling(public, page) == []


def assert_healed(root: Path, public: Path) -> None:
    """Hold that the next build makes the output what a clean one makes."""
    build(root / "site", public, Options())
    assert tree(public) == clean("new")


@FEWER
@given(st.integers(0, MOMENTS), st.sampled_from(STARTS))
def test_a_killed_build(moment: int, start: str) -> None:
    """A build that is killed while it writes leaves old or new files, and the next one heals it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        public = begin(root, start, moment)

        def killed() -> None:
            stop_at(moment, public, lambda _: os.kill(os.getpid(), signal.SIGKILL))
            build(root / "site", public, Options())

        assert in_a_child(killed) in {0, -signal.SIGKILL}
        assert_whole(public, start)
        assert_healed(root, public)


@FEWER
@given(st.integers(0, MOMENTS), st.sampled_from(STARTS), st.sampled_from(sorted(FAULTS)))
def test_a_failing_disk(moment: int, start: str, code: int) -> None:
    """A disk that fails is told with the file and a way out, and the next build heals the rest."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        public = begin(root, start, moment)

        def fail(path: str) -> None:
            raise OSError(code, os.strerror(code), path)

        def failing() -> None:
            stop_at(moment, public, fail)
            try:
                build(root / "site", public, Options())
            except BuildError as error:
                (one,) = (each for each in error.diagnostics if each.severity == "error")
                assert os.strerror(code) in one.message
                assert str(public) in one.message
                assert ".offprint-staging" not in one.message
                assert one.help.startswith(FAULTS[code])
                raise

        assert in_a_child(failing) in {0, 1}
        assert_whole(public, start)
        assert_healed(root, public)


@FEWER
@given(st.integers(0, 60_000), st.sampled_from(STARTS))
def test_a_full_quota(limit: int, start: str) -> None:
    """A file that can be written only in part is never put in place."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        public = begin(root, start, 30)
        largest = max(map(len, clean("new").values()))

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            build(root / "site", public, Options())

        assert in_a_child(limited) in ({0} if limit > largest else {0, 1})
        assert_whole(public, start)
        assert_healed(root, public)


def test_moments_are_met() -> None:
    """A build of these sites has so many moments, and each of the tests above does stop at some."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        public = begin(root, "old", 0)

        def counted(moment: int) -> int:
            def killed() -> None:
                stop_at(moment, public, lambda _: os._exit(9))
                building.build(root / "site", public, Options())

            return in_a_child(killed)

        assert counted(100) == 9
        assert counted(MOMENTS) == 0


def test_workers_end_with_a_killed_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes of a killed build are gone before the next one begins, and hold no lock."""
    monkeypatch.setattr(workers, "POOL_FROM", 1)
    write(tmp_path / "site", NEW)
    ready, started = os.pipe()

    def stuck(*_: object) -> None:
        os.write(started, b"x")
        signal.pause()

    def killed() -> None:
        monkeypatch.setattr("generator.theme.Theme.render", stuck)
        build(tmp_path / "site", tmp_path / "public", Options(), jobs=2)

    child = os.fork()
    if child == 0:
        in_a_child(killed)
        os._exit(0)
    assert os.read(ready, 1) == b"x"
    grandchild = int(Path(f"/proc/{child}/task/{child}/children").read_text().split()[0])
    os.kill(grandchild, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(started)
    while os.read(ready, 1):  # until no process is left that could write into the pipe
        pass
    build(tmp_path / "site", tmp_path / "public", Options())
    assert tree(tmp_path / "public") == clean("new")
