"""The output folder: what is written, what is left alone, and what survives a kill."""

from __future__ import annotations

import errno
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.diagnostics import BuildError
from generator.manifest import Record
from generator.occupancy import explain, open_output, opened, refuse_foreign, refuse_inside
from generator.output import Output, replace
from generator.stamp import MANIFEST, STAGING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PROGRAM = "this program"


def publish(root: Path, files: Mapping[str, str], changes: Path | None = None) -> set[str]:
    """Publish files as a build does, and return what was removed.

    What differs is staged, then everything is put in place.
    """
    folder = open_output(root, PROGRAM)
    staged = [file for file, text in files.items() if folder.differs(file, text.encode())]
    for file in staged:
        folder.stage(file, files[file].encode())
    folder.publish(
        {file: Record(f"of {text}", len(text)) for file, text in files.items()}, staged, changes
    )
    return folder.removed


def tree(root: Path) -> dict[str, str]:
    """Return every file of the output with its text, but for the manifest."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {file: path.read_text() for file, path in found.items() if file != MANIFEST}


def manifest(root: Path) -> dict[str, list[object]]:
    """Return what the manifest says of each file."""
    said = json.loads((root / MANIFEST).read_text())
    files: dict[str, list[object]] = said["files"]
    return files


def refusal(call: Callable[[], object]) -> tuple[str, str]:
    """Call what must be refused; return the message and the help."""
    with pytest.raises(BuildError) as caught:
        call()
    (one,) = caught.value.diagnostics
    return one.message, one.help


BEFORE = {"index.html": "home", "a/index.html": "A", "a/b/index.html": "B", "gone/index.html": "G"}
AFTER = {"index.html": "new home", "a/index.html": "A", "c/d/index.html": "D", "c/feed.xml": "F"}


def test_publish(tmp_path: Path) -> None:
    """What is planned is there, what is no longer planned is gone, with its empty folders."""
    assert publish(tmp_path, BEFORE) == set()
    assert tree(tmp_path) == BEFORE
    assert publish(tmp_path, AFTER) == {"a/b/index.html", "gone/index.html"}
    assert tree(tmp_path) == AFTER
    assert not (tmp_path / "gone").exists()
    assert not (tmp_path / "a" / "b").exists()
    assert manifest(tmp_path) == {file: [f"of {text}", len(text)] for file, text in AFTER.items()}
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a", "c", "index.html"]


def test_nothing_to_do(tmp_path: Path) -> None:
    """A build that changes nothing writes nothing, not even the manifest."""
    publish(tmp_path, BEFORE)
    before = (tmp_path / MANIFEST).stat()
    assert publish(tmp_path, BEFORE) == set()
    after = (tmp_path / MANIFEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_foreign_files_are_kept(tmp_path: Path) -> None:
    """A file that Offprint did not write stays, also in a folder that Offprint leaves."""
    publish(tmp_path, BEFORE)
    (tmp_path / "gone" / "mine.txt").write_text("mine")
    publish(tmp_path, AFTER)
    assert tree(tmp_path) == AFTER | {"gone/mine.txt": "mine"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "file"}, {"a/b": "in a folder"}),
        ({"a": "file"}, {"a/b/c/d": "in folders"}),
        ({"a/b": "in a folder", "a/c": "too"}, {"a": "file"}),
        ({"a/b/c": "in folders"}, {"a": "file"}),
        ({"a/b": "1", "c": "2"}, {"a": "3", "c/d": "4"}),
    ],
)
def test_files_and_folders_change_places(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    """A file may become a folder, and a folder a file."""
    publish(tmp_path, before)
    publish(tmp_path, after)
    assert tree(tmp_path) == after
    publish(tmp_path, before)
    assert tree(tmp_path) == before


@pytest.fixture
def killing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Give a function after which the n-th change of the disk ends the program."""
    left = [0]

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def changing(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
            return change(*arguments, **named)

        return changing

    monkeypatch.setattr(os, "replace", counted(os.replace))
    for name in ("unlink", "rmdir", "write_text", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))

    def kill_at(step: int) -> None:
        left[0] = step

    yield kill_at
    left[0] = 0


STEPS = range(1, 40)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, AFTER),
        (BEFORE, AFTER),
        (BEFORE, {}),
        ({"a": "file", "x": "x"}, {"a/b": "in a folder", "x": "y"}),
        ({"a/b": "in a folder", "x": "x"}, {"a": "file", "x": "y"}),
    ],
)
def test_killed(
    tmp_path: Path,
    killing: Callable[[int], None],
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    """Wherever a build was killed, the next one makes the same site as if it had not been."""
    for step in STEPS:
        root = tmp_path / str(step)
        publish(root, before)
        killing(step)
        killed = True
        try:
            publish(root, after)
            killed = False
        except KeyboardInterrupt:
            pass
        killing(0)
        publish(root, after)
        assert tree(root) == after
        assert manifest(root) == {file: [f"of {text}", len(text)] for file, text in after.items()}
        assert publish(root, after) == set()
        if not killed:
            break
    assert 4 < step < STEPS[-1]


def follow(changes: Path, root: Path, mirror: Path) -> None:
    """Do to a copy of the output what a list of changes says, as a sync tool would."""
    for line in changes.read_text().splitlines():
        sign, file = line[0], line.removeprefix("+ ").removeprefix("- ")
        if sign == "+":
            (mirror / file).parent.mkdir(parents=True, exist_ok=True)
            (mirror / file).write_bytes((root / file).read_bytes())
        else:
            (mirror / file).unlink(missing_ok=True)


def test_changes(tmp_path: Path) -> None:
    """The list tells what was written and removed, a file a line, and nothing of the rest."""
    changes = tmp_path / "changes"
    publish(tmp_path / "site", BEFORE, changes)
    assert changes.read_text() == "".join(f"+ {file}\n" for file in sorted(BEFORE))
    publish(tmp_path / "site", AFTER, changes)
    assert changes.read_text() == (
        "+ c/d/index.html\n+ c/feed.xml\n+ index.html\n- a/b/index.html\n- gone/index.html\n"
    )
    publish(tmp_path / "site", AFTER, changes)
    assert changes.read_text() == ""


def test_changes_after_a_kill(tmp_path: Path, killing: Callable[[int], None]) -> None:
    """Wherever a build was killed, a copy that follows every list there is has the whole site."""
    for step in STEPS:
        root, mirror, changes = (tmp_path / f"{step}{name}" for name in ("site", "copy", "list"))
        mirror.mkdir()
        publish(root, BEFORE, changes)
        follow(changes, root, mirror)
        changes.unlink()
        killing(step)
        killed = True
        with suppress(KeyboardInterrupt):
            publish(root, AFTER, changes)
            killed = False
        killing(0)
        if changes.exists():
            follow(changes, root, mirror)
        publish(root, AFTER, changes)
        follow(changes, root, mirror)
        assert tree(mirror) == AFTER
        if not killed:
            break
    assert 4 < step < STEPS[-1]


def test_killed_between_files(tmp_path: Path, killing: Callable[[int], None]) -> None:
    """Wherever a build was killed, what a page in place leads to is in place as well."""
    before = {"index.html": "to gone", "gone/index.html": "G"}
    after = {"index.html": "to new", "new/index.html": "N"}
    seen = set()
    for step in STEPS:
        root = tmp_path / str(step)
        publish(root, before)
        killing(step)
        with suppress(KeyboardInterrupt):
            publish(root, after)
        killing(0)
        there = tree(root)
        seen.add(there["index.html"])
        assert f"{there['index.html'].removeprefix('to ')}/index.html" in there
    assert seen == {"to gone", "to new"}


def test_killed_while_pages_are_replaced(tmp_path: Path, killing: Callable[[int], None]) -> None:
    """After a kill the files in flux are known as ours, and not known to be right."""
    publish(tmp_path, BEFORE)
    killing(6)  # two steps to begin, three to tell what is in flux; then the first file is moved
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, AFTER)
    killing(0)
    assert set(manifest(tmp_path)) == BEFORE.keys()
    folder = open_output(tmp_path, PROGRAM)
    assert folder.records.keys() == BEFORE.keys() | AFTER.keys()
    assert folder.is_current("a/index.html", "of A")
    assert not folder.is_current("index.html", "of home")
    assert not folder.is_current("index.html", "")


def test_is_current(tmp_path: Path) -> None:
    """A file is as it was when its fingerprint and its size are, and it is still there."""
    publish(tmp_path, BEFORE)
    folder = open_output(tmp_path, PROGRAM)
    assert folder.is_current("index.html", "of home")
    assert not folder.is_current("index.html", "of another")
    assert not folder.is_current("other.html", "of home")
    (tmp_path / "index.html").write_text("edited by hand")
    assert not folder.is_current("index.html", "of home")
    (tmp_path / "index.html").unlink()
    assert not folder.is_current("index.html", "of home")


def test_differs(tmp_path: Path) -> None:
    """A file differs when it has other bytes, or is not there."""
    publish(tmp_path, {"a": "x"})
    folder = open_output(tmp_path, PROGRAM)
    assert not folder.differs("a", b"x")
    assert folder.differs("a", b"y")
    assert folder.differs("b", b"x")


def test_another_version(tmp_path: Path) -> None:
    """Of a manifest by another version of the program only the files' names are believed."""
    publish(tmp_path, BEFORE)
    folder = open_output(tmp_path, "another program")
    assert folder.manifest.damaged
    assert folder.records == {file: Record("", len(text)) for file, text in BEFORE.items()}
    folder.publish({file: Record("f", len(text)) for file, text in BEFORE.items()}, [])
    assert json.loads((tmp_path / MANIFEST).read_text())["program"] == "another program"


@pytest.mark.parametrize("file", ["../outside", "/etc/passwd", "a/../../b", "a//b", "a\\b"])
def test_manifest_that_leads_outside(tmp_path: Path, file: str) -> None:
    """A path that leaves the output folder is not believed, so that nothing outside is deleted."""
    root = tmp_path / "public"
    publish(root, BEFORE)
    (tmp_path / "outside").write_text("not ours")
    loaded = json.loads((root / MANIFEST).read_text())
    loaded["files"][file] = ["", 0]
    (root / MANIFEST).write_text(json.dumps(loaded))
    assert file not in open_output(root, PROGRAM).records
    assert publish(root, {}) == set(BEFORE)
    assert (tmp_path / "outside").read_text() == "not ours"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '{"format": 1, "files": {"a": 1}}',
        '{"format": 1, "files": {"a": []}}',
        '{"format": 1, "files": []}',
        '{"format": 2, "files": {}}',
        '{"format": 2, "files": {}, "groups": [1]}',
        '{"format": 2, "files": {}, "groups": {"": 1}}',
        '{"format": 2, "files": {}, "groups": {"": ["", {"a": 1}]}}',
        '{"format": 3, "files": {}, "groups": []}',
        '{"format": 3, "program": "this program", "files": {}}',
        '{"format": 3, "program": "", "files": {}, "groups": [1]}',
        '{"format": 3, "program": "", "files": {}, "groups": [["", "", {"a": 1}]]}',
    ],
)
def test_damaged_manifest(tmp_path: Path, text: str) -> None:
    """A manifest that cannot be read stops the build, since nothing tells whose the files are."""
    (tmp_path / MANIFEST).write_text(text)
    message, way_out = refusal(lambda: open_output(tmp_path, PROGRAM))
    what = "is damaged, so it cannot tell which files Offprint wrote."
    assert message == f"The output '{tmp_path / MANIFEST}' {what}"
    assert way_out.startswith("Delete the output folder")


def test_foreign_folder(tmp_path: Path) -> None:
    """A folder with other files in it is not built into."""
    (tmp_path / "thesis.tex").touch()
    assert refusal(lambda: open_output(tmp_path, PROGRAM)) == (
        f"The output '{tmp_path}' holds files that Offprint did not write, such as 'thesis.tex'.",
        "Name an empty folder with --output, or empty this one yourself.",
    )


def test_output_is_a_file(tmp_path: Path) -> None:
    """The output must be a folder."""
    (tmp_path / "public").touch()
    assert refusal(lambda: enter(tmp_path / "public")) == (
        f"The output '{tmp_path / 'public'}' is a file, not a folder.",
        "Name another folder with --output.",
    )


def enter(root: Path) -> None:
    """Open an output folder as a build does, and do nothing in it."""
    with opened(root, PROGRAM):
        pass


def test_one_build_at_a_time(tmp_path: Path) -> None:
    """While a build is at work in a folder, another one is refused; a folder left empty is gone."""
    public = tmp_path / "public"
    with opened(public, PROGRAM):
        assert refusal(lambda: enter(public)) == (
            f"The output '{public}' is being written by another build.",
            "Wait until that one is done.",
        )
    assert not public.exists()
    enter(public)


@pytest.mark.parametrize("inside", ["content", "content/pages/x", "static/out", "templates"])
def test_output_among_what_is_read(tmp_path: Path, inside: str) -> None:
    """An output in a folder that is read would be read itself the next time."""
    inputs = [tmp_path / name for name in ("content", "static", "templates")]
    message, way_out = refusal(lambda: refuse_inside(tmp_path / inside, inputs))
    assert "from which the site is made" in message
    assert way_out == "Name a folder beside it with --output."
    refuse_inside(tmp_path / "public", inputs)


def test_left_over_staging(tmp_path: Path) -> None:
    """What a killed first build left behind is cleared away, and is not foreign."""
    (tmp_path / STAGING / "a").mkdir(parents=True)
    (tmp_path / f"{MANIFEST}.new").touch()
    assert open_output(tmp_path, PROGRAM).records == {}
    assert not (tmp_path / STAGING).exists()


def test_refuse_foreign(tmp_path: Path) -> None:
    """A file that Offprint did not write is never overwritten; its own files and folders are."""
    publish(tmp_path, {"index.html": "home", "a/b": "B"})
    (tmp_path / "about").mkdir()
    folder = open_output(tmp_path, PROGRAM)
    refuse_foreign(folder, ["index.html", "a", "new"])
    message, way_out = refusal(lambda: refuse_foreign(folder, ["index.html", "about"]))
    assert (
        message
        == f"The output '{tmp_path / 'about'}' is in the way, and Offprint did not write it."
    )
    assert way_out.startswith("Move it elsewhere")
    (tmp_path / "link").symlink_to("nowhere")
    assert "link" in refusal(lambda: refuse_foreign(folder, ["link"]))[0]


def test_discard(tmp_path: Path) -> None:
    """What was staged can be thrown away, and nothing else changes."""
    publish(tmp_path, BEFORE)
    folder = open_output(tmp_path, PROGRAM)
    folder.stage("x/y.html", b"x")
    assert folder.staging.is_dir()
    folder.discard()
    assert tree(tmp_path) == BEFORE


@pytest.mark.parametrize(
    ("number", "reason", "way_out"),
    [
        (errno.ENOSPC, "No space left on device", "Free some space on the disk"),
        (errno.EDQUOT, "Disk quota exceeded", "Free some space in your quota"),
        (errno.EACCES, "Permission denied", "Change the permissions"),
        (errno.EPERM, "Operation not permitted", "Change the permissions"),
        (errno.EROFS, "Read-only file system", "Name a folder that can be written"),
        (errno.EIO, "Input/output error", "Build again"),
    ],
)
def test_explain(number: int, reason: str, way_out: str) -> None:
    """What the system said is told of the file where it belongs, with what to do."""
    error = OSError(number, reason, f"public/{STAGING}/a/index.html")
    (one,) = explain(error, Path("public")).diagnostics
    assert one.message == f"The output 'public/a/index.html' cannot be written: {reason}."
    assert one.help.startswith(way_out)
    for error in (OSError(number, reason), OSError(number, reason, f"public/{STAGING}")):
        (one,) = explain(error, Path("public")).diagnostics
        assert one.message == f"The output 'public' cannot be written: {reason}."


def test_stage_makes_folders(tmp_path: Path) -> None:
    """Files are staged beside the site, in their folders."""
    folder = Output(tmp_path, PROGRAM)
    folder.stage("a/b/c.html", b"1")
    folder.stage("a/b/d.html", b"2")
    assert sorted(tree(tmp_path)) == [f"{STAGING}/a/b/c.html", f"{STAGING}/a/b/d.html"]


def test_a_text_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manifest of which only half can be written leaves the old one as it is."""
    file = tmp_path / MANIFEST
    file.write_text("old")

    def write_half(path: Path, text: str, **_: object) -> None:
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", write_half)
        with pytest.raises(OSError, match="No space left") as caught:
            replace(file, "new and longer")
    assert caught.value.filename == str(file)
    assert file.read_text() == "old"

    replace(file, "new")
    assert file.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]
