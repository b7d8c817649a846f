"""Workshop: of what it is told it looks at no more, and at everything where that may not be all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import workshop
from generator.workshop import Workshop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Give the workshop of a site that was looked at, called `../site` from where it is."""
    (tmp_path / "site" / "content").mkdir(parents=True)
    for name in ("one.md", "two.md"):
        _write(tmp_path / "site" / "content" / name, "before")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    made = Workshop(Path("../site"))
    made.begin()
    return made


def _write(path: Path, text: str) -> None:
    """Write a file so long ago that its times tell it from a later one."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000 + len(text)))


def _watched(shop: Workshop, name: str) -> str:
    """Return a file as watchers call it, who know no relative paths."""
    return f"{shop.root.absolute()}/content/{name}"


def _held(shop: Workshop, name: str) -> str:
    return shop.inputs.digest(f"{shop.root}/content/{name}")


def test_what_is_told_is_looked_at_and_nothing_else(shop: Workshop) -> None:
    """A file that changed untold is believed to be as it was; the told one is read."""
    known = _held(shop, "one.md"), _held(shop, "two.md")
    for name in ("one.md", "two.md"):
        _write(Path("../site/content", name), "after it")
    shop.begin([_watched(shop, "one.md")])
    assert shop.is_told
    assert _held(shop, "one.md") != known[0]
    assert _held(shop, "two.md") == known[1]


def test_the_digest_follows_what_is_told(shop: Workshop) -> None:
    """It is another one after a change, and the same after none."""
    first = shop.begin()
    assert shop.begin([_watched(shop, "one.md")]) == first
    _write(Path("../site/content/one.md"), "after it")
    assert shop.begin([_watched(shop, "one.md")]) != first


@pytest.mark.parametrize("change", ["came", "went", "is a folder"])
def test_where_files_come_and_go_all_are_looked_at(shop: Workshop, change: str) -> None:
    """The folder is walked again, and finds what is there now."""
    name = "three.md" if change == "came" else "one.md"
    path = Path("../site/content", name)
    if change == "came":
        _write(path, "new")
    else:
        path.unlink()
    if change == "is a folder":
        path.mkdir()
    _write(Path("../site/content/two.md"), "after it")
    known = _held(shop, "two.md")
    shop.begin([_watched(shop, name)])
    there = {"came": ["one.md", "three.md", "two.md"]}.get(change, ["two.md"])
    assert shop.files("../site/content")[0] == there
    assert _held(shop, "two.md") != known


def test_of_very_many_changes_not_all_may_be_told(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where so many are told that others may be missing, everything is looked at."""
    monkeypatch.setattr(workshop, "_MANY", 1)
    known = _held(shop, "two.md")
    _write(Path("../site/content/two.md"), "after it")
    shop.begin([_watched(shop, "one.md")])
    assert _held(shop, "two.md") != known


def test_the_first_look_is_at_everything(shop: Workshop) -> None:
    """A workshop that has not looked yet cannot be told."""
    other = Workshop(shop.root)
    other.begin([_watched(shop, "one.md")])
    assert not other.is_told
    assert _held(other, "two.md") == _held(shop, "two.md")
