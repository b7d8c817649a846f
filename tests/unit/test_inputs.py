"""What files hold, told from their sizes and times where these can be trusted."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from generator.inputs import Inputs, digest

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = 1_000_000_000_000_000_000  # nanoseconds


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file that was written long ago, by a clock that has gone on since."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    later = path.stat().st_ctime_ns + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    return path


def test_what_has_not_changed_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the same size and times is known by what it held."""
    first = Inputs({})
    assert first.digest(str(file)) == digest(b"old")
    assert first.is_news
    monkeypatch.setattr("builtins.open", None)
    second = Inputs(first.seen)
    assert second.digest(str(file)) == second.digest(str(file)) == digest(b"old")
    assert not second.is_news


def test_a_change_that_keeps_size_and_time_is_seen(file: Path) -> None:
    """Whoever sets the time of a file back cannot hide that it changed."""
    known = Inputs({})
    known.digest(str(file))
    file.write_bytes(b"new")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert Inputs(known.seen).digest(str(file)) == digest(b"new")


def test_another_file_in_its_place_is_seen(file: Path) -> None:
    """A file that is replaced by a rename is another one."""
    known = Inputs({})
    known.digest(str(file))
    (file.parent / "other").write_bytes(b"new")
    os.utime(file.parent / "other", ns=(LONG_AGO, LONG_AGO))
    (file.parent / "other").replace(file)
    assert Inputs(known.seen).digest(str(file)) == digest(b"new")


def test_a_recent_change_is_not_trusted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed a moment ago may change again within the same tick of the file's clock."""
    now = file.stat().st_ctime_ns + 1
    monkeypatch.setattr(time, "time_ns", lambda: now)
    known = Inputs({})
    assert known.digest(str(file)) == digest(b"old")
    assert known.seen == {}


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A file that is not there has an empty digest, and is not remembered."""
    known = Inputs({})
    assert known.digest(str(tmp_path / "none")) == ""
    assert known.seen == {}


def test_together(file: Path) -> None:
    """Several files have another digest when one changes its bytes or its name."""
    other = file.parent / "other"
    other.write_bytes(b"x")
    paths = [str(file), str(other)]
    before = Inputs({}).together(paths)
    assert Inputs({}).together(paths) == before
    assert Inputs({}).together(paths[:1]) != before
    other.write_bytes(b"y")
    assert Inputs({}).together(paths) != before
