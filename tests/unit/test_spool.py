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
        held.put("kurt", b"child " * 1000)
        found = (held.get("ada"), held.get("kurt"), held.get("emmy"))
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
    assert full.get("ada") is None


def test_what_cannot_be_read_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk loses no more than the bytes."""

    def fail(_: object) -> bytes:
        raise OSError

    held = Spool(tmp_path)
    held.put("ada", b"one")
    monkeypatch.setattr(spool, "_read", fail)
    assert held.get("ada") is None
