"""Pieces: what was made of a paper is there again, in this process, in the next and in the file."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from generator import pieces
from generator.cache import Cache
from generator.pieces import Pieces

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"s" * 32


def test_a_text_is_found_by_its_mark_and_its_name() -> None:
    """Another mark, or another name, has no such text."""
    held = Pieces()
    held.put("ada", "card.html 1", "<article>")
    assert held.get("ada", "card.html 1") == "<article>"
    assert held.get("ada", "coins") is None
    assert held.get("kurt", "card.html 1") is None


def test_a_text_takes_the_place_of_what_an_earlier_template_made() -> None:
    """Of a name, whatever digest follows it, the last one stays; other names are left alone."""
    held = Pieces()
    held.put("ada", "card.html 1", "old")
    held.put("ada", "coins", "ctx")
    held.put("ada", "card.html 2", "new")
    assert held.get("ada", "card.html 1") is None
    assert held.get("ada", "card.html 2") == "new"
    assert held.get("ada", "coins") == "ctx"


def test_news_are_told_once() -> None:
    """What a process made is handed over once, and not what it was given; it may take it back."""
    held = Pieces()
    held.put("ada", "coins", "ctx·")
    news = held.news()
    assert [mark for mark, _ in news] == ["ada"]
    assert held.news() == []
    held.keep(news)
    assert held.get("ada", "coins") == "ctx·"
    assert held.news() == []


def test_another_build_finds_what_was_kept(tmp_path: Path) -> None:
    """Rows that a process made are in the file for the next build of the same version alone."""
    file = tmp_path / "cache"
    made = Pieces()
    made.put("ada", "coins", "ctx")
    first = Cache(file, SECRET)
    Pieces(first, "1").keep(made.news())
    first.save()
    first.close()
    assert Pieces(Cache(file, SECRET), "1").get("ada", "coins") == "ctx"
    assert Pieces(Cache(file, SECRET), "2").get("ada", "coins") is None
    assert Pieces(Cache(file, b"t" * 32), "1").get("ada", "coins") is None


def test_what_no_paper_has_any_more_is_forgotten(tmp_path: Path) -> None:
    """Only rows of the marks that are named stay in the file."""
    file = tmp_path / "cache"
    made = Pieces()
    made.put("ada", "coins", "one")
    made.put("kurt", "coins", "two")
    first = Cache(file, SECRET)
    held = Pieces(first, "1")
    held.keep(made.news())
    held.keep_only(["kurt"])
    assert (held.get("ada", "coins"), held.get("kurt", "coins")) == (None, "two")
    first.save()
    first.close()
    again = Pieces(Cache(file, SECRET), "1")
    assert (again.get("ada", "coins"), again.get("kurt", "coins")) == (None, "two")


def test_no_more_rows_are_in_memory_than_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row that was asked for longest ago goes first, and is read again where it is kept."""
    monkeypatch.setattr(pieces, "_HELD", 2)
    cache = Cache(tmp_path / "cache", SECRET)
    held = Pieces(cache, "1")
    for mark in ("ada", "kurt", "emmy"):
        held.put(mark, "coins", mark)
        held.keep(held.news())
    assert [held.get(mark, "coins") for mark in ("ada", "kurt", "emmy")] == ["ada", "kurt", "emmy"]
    assert held.get("kurt", "coins") == "kurt"
    assert held.get("ada", "coins") == "ada"
    assert list(held._rows) == ["kurt", "ada"]  # noqa: SLF001 - what is in memory is what is asked


@pytest.mark.parametrize("name", ["card.html 1 2", "coins"])
def test_a_name_of_several_words_is_one_name(name: str) -> None:
    """A name may hold the digests of what made the text."""
    held = Pieces()
    held.put("ada", name, "text")
    assert held.get("ada", name) == "text"


def test_a_new_row_that_left_the_memory_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made is told whole, also what was added to it since, without any cache."""
    monkeypatch.setattr(pieces, "_HELD", 1)
    held = Pieces()
    held.put("ada", "coins", "one")
    held.put("kurt", "coins", "two")
    held.put("ada", "snippet", "three")
    held.put("emmy", "coins", "four")
    assert (held.get("ada", "coins"), held.get("ada", "snippet")) == ("one", "three")
    rows = {mark: pickle.loads(row) for mark, row in held.news()}  # noqa: S301 - made above
    ada = {"coins": b"one", "snippet": b"three"}
    assert rows == {"ada": ada, "kurt": {"coins": b"two"}, "emmy": {"coins": b"four"}}


def test_rows_that_another_process_made_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take the place of those in memory, and are there although nothing can be kept."""
    monkeypatch.setattr(pieces, "_HELD", 2)
    monkeypatch.setattr(Cache, "pickled", lambda *_: None)
    held, other = Pieces(), Pieces()
    held.put("ada", "card.html 1", "old")
    held.news()
    other.put("ada", "card.html 2", "new")
    for mark in ("kurt", "emmy"):
        other.put(mark, "coins", mark)
    held.keep(other.news())
    assert (held.get("ada", "card.html 1"), held.get("ada", "card.html 2")) == (None, "new")
    assert [held.get(mark, "coins") for mark in ("kurt", "emmy")] == ["kurt", "emmy"]
    assert held.get("ada", "card.html 2") == "new"


def test_rows_wait_beside_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file for what memory does not hold is on the disk that has room for the site."""
    folders: list[Path | None] = []
    monkeypatch.setattr(pieces, "Spool", folders.append)
    Pieces(Cache(tmp_path / "cache", SECRET))
    Pieces()
    assert folders == [tmp_path, None]
