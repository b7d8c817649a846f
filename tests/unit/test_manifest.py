"""The manifest: what is believed of one, by whomever it was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.manifest import GroupRecord, Manifest, Record, load
from generator.stamp import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "this program"
MARK = "0123456789abcdef" * 2
SINGLES = {"robots.txt": Record("r", 1)}
GROUPS = {
    "papers/a/index.html": GroupRecord(
        MARK, {"papers/a/index.html": Record("i", 2), "papers/a/a.bib": Record("b", 3)}
    ),
    'o"ne\\/ü/index.html': GroupRecord(MARK[::-1], {'o"ne/ü/index.html': Record("o", 4)}),
}
ALL = SINGLES | {file: one for group in GROUPS.values() for file, one in group.files.items()}


def saved(root: Path, manifest: Manifest) -> Manifest:
    """Save a manifest, and return what it is when it is loaded again."""
    (root / MANIFEST).write_text(manifest.text(PROGRAM), encoding="utf-8")
    loaded = load(root, PROGRAM)
    assert loaded is not None
    return loaded


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """A manifest tells of its files and its groups what it was told, whatever they are called."""
    name = "papers/a/index.html"
    for groups in ({}, {name: GROUPS[name]}, {**GROUPS, "one/index.html": GROUPS[name]}):
        loaded = saved(tmp_path, Manifest().updated(SINGLES, (), groups))
        every = {file: one for group in groups.values() for file, one in group.files.items()}
        assert dict(loaded.records) == SINGLES | every
        assert not loaded.damaged
        for group, record in groups.items():
            assert loaded.fingerprint(group) == record.fingerprint
            assert loaded.files(group) == record.files
        assert (loaded.fingerprint("other"), loaded.files("other")) == (None, {})


def test_what_is_kept_is_as_it_was(tmp_path: Path) -> None:
    """Of the groups of a manifest those are in the next one that are kept, and those made."""
    first = saved(tmp_path, Manifest().updated(SINGLES, (), GROUPS))
    kept, gone = GROUPS
    made = {"new/index.html": GroupRecord(MARK, {"new/index.html": Record("n", 5)})}
    second = saved(tmp_path, first.updated({}, [kept], made))
    assert second.lines.keys() == {kept, "new/index.html"}
    assert second.lines[kept] == first.lines[kept]
    assert gone not in second.lines
    assert dict(second.records) == {**GROUPS[kept].files, "new/index.html": Record("n", 5)}


def test_what_somebody_changed_is_read(tmp_path: Path) -> None:
    """A manifest that is laid out otherwise, or changed by hand, says what stands there."""
    name = "papers/a/index.html"
    saved(tmp_path, Manifest().updated(SINGLES, (), {name: GROUPS[name]}))
    said = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    said["groups"][0][2]["papers/a/a.bib"] = ["changed", 7]
    (tmp_path / MANIFEST).write_text(json.dumps(said, indent=1), encoding="utf-8")
    loaded = load(tmp_path, PROGRAM)
    assert loaded is not None
    assert loaded.files(name)["papers/a/a.bib"] == Record("changed", 7)


def test_a_group_that_leads_outside(tmp_path: Path) -> None:
    """No path of a group leaves the output, also where the digest of the lines is right."""
    files = {"a/../../b": Record("x", 1), "c": Record("y", 2)}
    loaded = saved(tmp_path, Manifest().updated({}, (), {"g": GroupRecord(MARK, files)}))
    assert dict(loaded.records) == {"c": Record("", 2)}
    assert loaded.damaged


def test_an_earlier_format(tmp_path: Path) -> None:
    """Of a manifest of the format before this one the files are known, in groups too."""
    groups = {"a": ["f", {"papers/a/index.html": ["i", 2]}]}
    text = json.dumps({"format": 2, "program": PROGRAM, "files": {"b": ["f", 1]}, "groups": groups})
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    loaded = load(tmp_path, PROGRAM)
    assert loaded is not None
    assert dict(loaded.records) == {"b": Record("", 1), "papers/a/index.html": Record("", 2)}


def test_files_in_flux() -> None:
    """Files that are unknown are so in their groups too, which are no groups any more."""
    name, other = GROUPS
    found = Manifest().updated(SINGLES, (), GROUPS).without({"papers/a/a.bib", "new"})
    assert found.lines.keys() == {other}
    unknown = {"papers/a/a.bib": Record("", 0), "new": Record("", 0)}
    assert dict(found.records) == ALL | unknown
    assert found.files(name) == {}
