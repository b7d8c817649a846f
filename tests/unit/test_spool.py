"""Spool: bytes are found again by their key, also after a fork, and never those of another."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from generator import spool
from generator.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


class _FullDisk(io.BytesIO):
    """A file for which there is room for two bytes more."""

    def write(self, data: object) -> int:
        """Write the beginning."""
        return super().write(bytes(data)[:2])  # type: ignore[call-overload]  # of bytes only


def test_bytes_are_found_by_their_key(tmp_path: Path) -> None:
    """What is put last under a key is there, until it is forgotten; the folder shows no file."""
    held = Spool(tmp_path)
    held.put("ada", b"one")
    held.put("kurt", b"")
    held.put("ada", b"another")
    assert (held.get("ada"), held.get("kurt"), held.get("emmy")) == (b"another", b"", None)
    if sys.platform != "win32":
        assert list(tmp_path.iterdir()) == []
    held.forget("ada")
    held.forget("emmy")
    assert held.get("ada") is None
    assert "kurt" in held
    assert "ada" not in held


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_a_forked_process_reads_what_was_there_and_adds_its_own(tmp_path: Path) -> None:
    """Both go on writing, and neither finds what the other wrote."""
    held = Spool(tmp_path)
    held.put("ada", b"both")
    process = os.fork()
    if not process:
        found: object = None
        try:
            held.put("kurt", b"child " * 1000)
            found = (held.get("ada"), held.get("kurt"), held.get("emmy"))
        finally:
            os._exit(found != (b"both", b"child " * 1000, None))
    held.put("emmy", b"parent" * 1000)
    assert os.waitpid(process, 0)[1] == 0
    found = (held.get("ada"), held.get("kurt"), held.get("emmy"))
    assert found == (b"both", None, b"parent" * 1000)


def test_what_cannot_be_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder, on a full disk, or where half was written, there is nothing under a key."""
    nowhere = Spool(tmp_path / "none")
    nowhere.put("ada", b"one")
    assert nowhere.get("ada") is None
    full = Spool(tmp_path)
    monkeypatch.setattr(spool, "TemporaryFile", lambda **_: _FullDisk())
    full.put("ada", b"one")
    assert "ada" not in full


def test_what_cannot_be_read_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk loses no more than the bytes."""

    def fail(_: object) -> bytes:
        raise OSError

    held = Spool(tmp_path)
    held.put("ada", b"one")
    monkeypatch.setattr(spool, "_read", fail)
    assert held.get("ada") is None


def test_what_is_of_no_use_takes_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often bytes are put anew, the file stays about as large as those that count."""
    monkeypatch.setattr(spool, "_SPARE", 1000)
    held = Spool(tmp_path)
    held.put("ada", b"stays" * 20)
    for number in range(100):
        held.put("kurt", b"%d" % number * 50)
        held.put(f"{number}", b"goes" * 10)
        held.keep_only({"ada", "kurt"})
    assert (held.get("ada"), held.get("kurt")) == (b"stays" * 20, b"99" * 50)
    assert "98" not in held
    assert held._end < 2000  # noqa: SLF001 - of over ten thousand that were written
