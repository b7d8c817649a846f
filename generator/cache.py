"""What is kept between builds: values by kind and key in one file, which is safe to delete.

The values are pickled, and whoever can write a pickle can run code and put words into the site. So
each is signed with a secret of the user's own, and one that this user's program did not sign, a
stranger's or a damaged one, is taken for absent. SQLite sees to the rest: a killed build leaves
either the old values or the new.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = ".offprint"
_FILE = "cache.sqlite"
_SIGNATURE = 16  # bytes
_SECRET = 32  # bytes
_PATIENCE = 1.0  # seconds to wait for another build's writing
_WAITING = 1 << 24  # bytes of new values that are held before they are written

# What comes of values that another version of the program kept.
_OTHERS = (AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError)

Place = tuple[str, str]
Value = TypeVar("Value")


class Cache:
    """Values by kind and key, of earlier builds and for later ones.

    Without a file, as where none can be written, it holds them for its own life only.
    """

    def __init__(self, file: Path | None = None, secret: bytes = b"") -> None:
        self._secret = secret
        self._values: dict[Place, Any] = {}
        self._loaded: dict[str, dict[str, object]] = {}
        self._new: dict[Place, bytes | None] = {}
        self._waiting = 0
        self._only: dict[str, set[str]] = {}
        self._database: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._forked: tuple[int, sqlite3.Connection] | None = None
        self._file = file
        if file is not None:
            self._open(file)

    @property
    def folder(self) -> Path | None:
        """Where its file is; None without one."""
        return self._file and self._file.parent

    def get(self, kind: str, key: str) -> Any:  # noqa: ANN401 - whatever was put there
        """Return a value; None where there is none that can be believed."""
        place = kind, key
        if place not in self._values and (value := self._read(place)) is not None:
            self._values[place] = value
        return self._values.get(place)

    def recall(
        self, kind: str, key: str, make: Callable[[], Value], *, kept: bool = False
    ) -> Value:
        """Return what `make` gives, made anew only where the key is not that of the last time.

        What is `kept` is so for later builds too, and not for the life of this cache only.
        """
        known: tuple[str, Value] | None = self.get(kind, "")
        if known is None or known[0] != key:
            known = key, make()
            if kept:
                self.put(kind, "", known)
            else:
                self._values[kind, ""] = known
        return known[1]

    def recalled(self, kind: str) -> Any:  # noqa: ANN401 - whatever was made
        """Return what was made last of this kind, whatever its key; None where nothing was."""
        known: tuple[str, object] | None = self.get(kind, "")
        return known and known[1]

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a value, which is not to change any more."""
        place = kind, key
        self._values[place] = value
        if self._database:
            self._new[place] = None  # to be pickled when it is saved

    def put_pickled(self, kind: str, key: str, data: bytes) -> None:
        """Keep a value that is pickled already, and seldom asked for."""
        self._new[kind, key] = data
        self._waiting += len(data)

    def pickled(self, kind: str, key: str) -> bytes | None:
        """Return a pickled value, read by itself, also in a process forked from this one."""
        place = kind, key
        if place in self._new:
            return self._pickled(place)
        query = "SELECT value FROM kept WHERE kind=? AND key=?"
        try:
            database = self._own_database()
            row = database and database.execute(query, place).fetchone()
        except sqlite3.Error:
            return None
        return self._verified(place, row[0]) if row else None

    def keep_only(self, kind: str, keys: set[str]) -> None:
        """Forget the values of a kind with other keys than these."""
        for place in [one for one in self._values if one[0] == kind and one[1] not in keys]:
            del self._values[place]
        for place in [one for one in self._new if one[0] == kind and one[1] not in keys]:
            del self._new[place]
        self._loaded[kind] = {}
        self._only[kind] = keys

    def count(self, kind: str) -> int:
        """Return how many values of a kind are in the file."""
        if not self._database:
            return 0
        query = "SELECT COUNT(*) FROM kept WHERE kind=?"
        try:
            return int(self._database.execute(query, (kind,)).fetchone()[0])
        except sqlite3.Error:
            return 0

    def relieve(self) -> None:
        """Write what is new where it would fill the memory."""
        if self._waiting > _WAITING:
            self.save()

    def save(self) -> None:
        """Write what is new and drop what is forgotten; nothing where that cannot be."""
        self._waiting = 0
        if self._database and self._new:
            rows = ((*place, self._signed(place, self._pickled(place))) for place in self._new)
            with suppress(sqlite3.Error):
                with self._database:
                    old = self._old()
                    self._database.executemany("DELETE FROM kept WHERE kind=? AND key=?", old)
                    self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
                # What could not be written may still be asked for.
                self._new.clear()
        self._only.clear()

    def _pickled(self, place: Place) -> bytes:
        """Return a new value, pickled."""
        data = self._new[place]
        return pickle.dumps(self._values[place], pickle.HIGHEST_PROTOCOL) if data is None else data

    def _old(self) -> list[Place]:
        assert self._database is not None
        places: list[Place] = []
        for kind, keys in self._only.items():
            found = self._database.execute("SELECT key FROM kept WHERE kind=?", (kind,))
            places += [(kind, key) for (key,) in found if key not in keys]
        return places

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            self._database.close()
            self._database = None

    def _open(self, file: Path) -> None:
        for _ in range(2):
            try:
                # The preview builds in one thread after the other, never in two at once.
                self._database = sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
                self._database.execute("PRAGMA synchronous = OFF")  # only a power cut could tell
                self._database.execute(
                    "CREATE TABLE IF NOT EXISTS kept "
                    "(kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))"
                )
            except sqlite3.OperationalError:  # locked, or not to be written
                self.close()
                return
            except sqlite3.DatabaseError:  # damaged, or no database at all
                self.close()
                with suppress(OSError):
                    file.unlink()
            else:
                return

    def _read(self, place: Place) -> object:
        kind, key = place
        if kind not in self._loaded:
            self._loaded[kind] = self._load(kind)
        data = self._verified(place, self._loaded[kind].pop(key, None))
        if data is None:
            return None
        try:
            value: object = pickle.loads(data)  # noqa: S301 - signed, so our own
        except _OTHERS:
            return None
        return value

    def _verified(self, place: Place, signed: object) -> bytes | None:
        """Return what was signed; None where this user's program did not sign it."""
        if not isinstance(signed, bytes):
            return None
        data = signed[_SIGNATURE:]
        signature = self._signature(place, data)
        return data if hmac.compare_digest(signed[:_SIGNATURE], signature) else None

    def _own_database(self) -> sqlite3.Connection | None:
        """Return this process's own connection: none may be used on both sides of a fork."""
        if self._database is None or self._process == os.getpid():
            return self._database
        if self._forked is None or self._forked[0] != os.getpid():
            assert self._file is not None
            self._forked = os.getpid(), sqlite3.connect(self._file, timeout=_PATIENCE)
        return self._forked[1]

    def _load(self, kind: str) -> dict[str, object]:
        """Return all values of a kind as they are in the file, which is much faster than each."""
        if not self._database:
            return {}
        try:
            return dict(self._database.execute("SELECT key, value FROM kept WHERE kind=?", (kind,)))
        except sqlite3.Error:
            return {}

    def _signed(self, place: Place, data: bytes) -> bytes:
        return self._signature(place, data) + data

    def _signature(self, place: Place, data: bytes) -> bytes:
        signature = hashlib.blake2b(
            "\0".join((*place, "")).encode(), key=self._secret, digest_size=_SIGNATURE
        )
        signature.update(data)
        return signature.digest()


def opened(root: Path) -> Cache:
    """Return the cache of the site in a folder; one without a file where that cannot be."""
    folder = root / FOLDER
    try:
        secret = _secret(_state_folder() / "offprint" / "secret")
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return Cache()
    return Cache(folder / _FILE, secret)


def _state_folder() -> Path:
    """Return where programs of this user keep what is not to be carried to another machine."""
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local)
    if given := os.environ.get("XDG_STATE_HOME"):  # XDG Base Directory Specification
        return Path(given)
    return Path(os.path.expanduser("~"), ".local", "state")  # noqa: PTH111 - never raises


def _secret(path: Path) -> bytes:
    """Return this user's secret, made when it is first asked for. Raises OSError."""
    with suppress(FileNotFoundError):
        secret = path.read_bytes()
        if len(secret) == _SECRET:
            return secret
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = os.urandom(_SECRET)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    beside.write_bytes(made)
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
    return path.read_bytes()
