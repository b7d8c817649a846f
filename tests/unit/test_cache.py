"""The cache: what was put is there again, and nothing is believed that somebody else wrote."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import cache
from generator.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = b"s" * 32


class Bomb:
    """A value that makes a file when it is taken out of its pickle."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Tell pickle to run code."""
        return Path.touch, (self.path,)


def kept(file: Path, secret: bytes = SECRET) -> object:
    """Return what a cache in a file has under one key."""
    opened = Cache(file, secret)
    try:
        return opened.get("kind", "key")
    finally:
        opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the file of a cache that holds one value."""
    made = Cache(tmp_path / "cache", SECRET)
    made.put("kind", "key", ["a", "value"])
    made.save()
    made.close()
    return tmp_path / "cache"


def test_values_are_there_again(file: Path) -> None:
    """A value that was saved is there for the next build; what was not saved is not."""
    assert kept(file) == ["a", "value"]
    other = Cache(file, SECRET)
    other.put("kind", "other", 1)
    assert other.get("kind", "other") == 1
    other.close()
    again = Cache(file, SECRET)
    assert again.get("kind", "other") is None
    assert again.get("other", "key") is None
    again.close()


def test_without_a_file() -> None:
    """A cache without a file holds its values for its own life."""
    made = Cache()
    made.put("kind", "key", 1)
    made.save()
    assert made.get("kind", "key") == 1
    assert made.get("kind", "other") is None


def test_keep_only(file: Path) -> None:
    """What is no longer wanted of a kind is gone after the next save, and other kinds are kept."""
    made = Cache(file, SECRET)
    for kind, key in (("kind", "new"), ("kind", "newer"), ("other", "key")):
        made.put(kind, key, key)
    made.keep_only("kind", {"new"})
    assert made.get("kind", "newer") is None
    made.save()
    found = {place: made.get(*place) for place in (("kind", "new"), ("other", "key"))}
    made.close()
    assert found == {("kind", "new"): "new", ("other", "key"): "key"}
    assert kept(file) is None


def test_a_strangers_value_is_not_believed(tmp_path: Path) -> None:
    """A value that was signed with another secret, or not at all, is not even taken apart."""
    stranger = Cache(tmp_path / "cache", b"x" * 32)
    stranger.put("kind", "key", Bomb(tmp_path / "harm"))
    stranger.save()
    stranger.close()
    assert kept(tmp_path / "cache") is None
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET value = CAST(x'00' || substr(value, 2) AS BLOB)",
        "UPDATE kept SET value = substr(value, 1, length(value) - 1)",
        "UPDATE kept SET value = CAST(value || x'00' AS BLOB)",
        "UPDATE kept SET value = x''",
        "UPDATE kept SET value = 'text'",
        "UPDATE kept SET value = NULL",
        "DELETE FROM kept",
        "DROP TABLE kept",
    ],
)
def test_a_changed_value_is_not_believed(file: Path, change: str) -> None:
    """A value is believed only if every byte is as it was signed."""
    with sqlite3.connect(file) as database:
        database.execute(change)
    database.close()
    assert kept(file) is None


def test_a_value_belongs_to_its_key(file: Path) -> None:
    """A signed value that is moved to another key is not believed there."""
    with sqlite3.connect(file) as database:
        database.execute("INSERT INTO kept SELECT kind, 'other', value FROM kept")
    database.close()
    made = Cache(file, SECRET)
    assert made.get("kind", "other") is None
    assert made.get("kind", "key") == ["a", "value"]
    made.close()


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 500])
def test_a_damaged_file_is_made_anew(file: Path, data: bytes) -> None:
    """A file that is no database, or no longer one, is as good as none."""
    file.write_bytes(data)
    made = Cache(file, SECRET)
    assert made.get("kind", "key") is None
    made.put("kind", "key", 1)
    made.save()
    made.close()
    assert kept(file) == 1


def test_a_cut_file(file: Path) -> None:
    """A file that lost its end gives what is whole of it, or nothing."""
    whole = file.read_bytes()
    for length in range(0, len(whole), 997):
        file.write_bytes(whole[:length])
        assert kept(file) in (None, ["a", "value"])


def test_another_build_is_writing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another build holds the file, this one goes on without keeping anything."""
    monkeypatch.setattr(cache, "_PATIENCE", 0.01)
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    made = Cache(file, SECRET)
    assert made.get("kind", "key") is None
    made.put("kind", "key", 2)
    made.save()
    made.close()
    other.rollback()
    other.close()
    assert kept(file) == ["a", "value"]


def test_opened(tmp_path: Path) -> None:
    """A site's cache lies in its folder, where git does not see it, and is believed again."""
    for expected in (None, 1):
        made = cache.opened(tmp_path)
        assert made.get("kind", "key") == expected
        made.put("kind", "key", 1)
        made.save()
        made.close()
    assert (tmp_path / ".offprint" / ".gitignore").read_text() == "*\n"


def test_the_secret_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret is made once, can be read by its user alone, and another user has another."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = cache.opened(tmp_path)
    made.put("kind", "key", 1)
    made.save()
    made.close()
    secret = tmp_path / "state" / "offprint" / "secret"
    assert len(secret.read_bytes()) == 32
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    secret.write_bytes(b"short")
    other = cache.opened(tmp_path)
    assert other.get("kind", "key") is None
    other.close()
    assert len(secret.read_bytes()) == 32


def test_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place for the secret or the file, a cache is for this build alone."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    made = cache.opened(tmp_path)
    made.put("kind", "key", 1)
    made.save()
    assert made.get("kind", "key") == 1
    assert not (tmp_path / ".offprint").exists()


def test_home_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting the secret lies below the home folder."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    cache.opened(tmp_path).close()
    assert (tmp_path / ".local" / "state" / "offprint" / "secret").is_file()


def test_a_killed_build_leaves_no_false_value(tmp_path: Path) -> None:
    """A build that is killed while it saves leaves the old values or the new ones."""
    file = tmp_path / "cache"
    program = f"""
import os, signal, sys, threading
from pathlib import Path
from generator.cache import Cache
made = Cache(Path({str(file)!r}), {SECRET!r})
for number in range(300):
    made.put("kind", str(number), [int(sys.argv[1]), "x" * 5000])
threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL)).start()
made.save()
"""
    for number, delay in enumerate((5, 0.0, 0.001, 0.002, 0.004, 0.008, 0.016), 1):
        arguments = [sys.executable, "-c", program, str(number), str(delay)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        if number == 1:
            arguments[2] = program.rpartition("\nthreading")[0] + "\nmade.save()\n"
        subprocess.run(arguments, check=number == 1, env=environment)
        made = Cache(file, SECRET)
        found = {str(made.get("kind", str(each))) for each in range(300)}
        made.close()
        assert len(found) == 1
        assert found != {"None"}


def test_pickles_are_what_they_were() -> None:
    """The bomb of these tests does go off where a pickle is believed."""
    assert b"touch" in pickle.dumps(Bomb(Path("x")))


def test_what_waits_is_written_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Little is left to wait for the end of the build; much is written at once."""
    monkeypatch.setattr(cache, "_WAITING", 10)
    file = tmp_path / "cache"
    writing = Cache(file, SECRET)
    writing.put_pickled("kind", "key", pickle.dumps("a"))
    writing.relieve()
    assert kept(file) == "a"
    monkeypatch.setattr(cache, "_WAITING", 1000)
    writing.put_pickled("kind", "key", pickle.dumps("b"))
    writing.relieve()
    assert kept(file) == "a"
    assert writing.pickled("kind", "key") == pickle.dumps("b")


def test_threads_take_turns(tmp_path: Path) -> None:
    """What one thread opened another reads and writes, as the preview does."""
    file = tmp_path / "cache"
    opened = Cache(file, SECRET)
    opened.put("kind", "key", "main")
    opened.save()
    found = []

    def work() -> None:
        found.append(opened.pickled("kind", "key"))
        opened.put("kind", "key", "other")
        opened.save()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [pickle.dumps("main", pickle.HIGHEST_PROTOCOL)]
    assert kept(file) == "other"


def test_a_forked_process_does_without_the_file(tmp_path: Path) -> None:
    """Where the folder is deleted meanwhile, nothing is kept, and nothing fails."""
    file = tmp_path / "folder" / "cache"
    file.parent.mkdir()
    opened = Cache(file, SECRET)
    opened.put("kind", "key", "value")
    opened.save()
    shutil.rmtree(file.parent)
    opened._process = 0  # noqa: SLF001 - as in a process that was forked
    assert opened.pickled("kind", "key") is None
