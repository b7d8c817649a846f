"""What pages show of a paper, ready made: texts by what they are made of, kept between builds.

A row of them belongs together: all that is made of one paper. Of very many only those last asked
for are held in memory.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from generator.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND = "pieces"
_HELD = 20_000  # rows, those of ten thousand papers


class Pieces:
    """Texts by the mark of what they show, and by their names."""

    def __init__(self, cache: Cache | None = None, version: str = "") -> None:
        self._cache = cache or Cache()
        self._version = version
        # As UTF-8: a text with one letter of a formula in it takes four times as much memory.
        self._rows: dict[str, dict[str, bytes]] = {}
        self._new: set[str] = set()

    def get(self, mark: str, name: str) -> str | None:
        """Return a text, None where it is not made yet."""
        data = self._row(mark).get(name)
        return None if data is None else data.decode()

    def put(self, mark: str, name: str, text: str) -> None:
        """Keep a text, and no other of its name, such as one that an earlier template made."""
        row, kind = self._row(mark), name.partition(" ")[0]
        self._rows[mark] = {
            key: one for key, one in row.items() if key.partition(" ")[0] != kind
        } | {name: text.encode()}
        self._new.add(mark)

    def _row(self, mark: str) -> dict[str, bytes]:
        row = self._rows.get(mark)
        if row is None:
            kept = self._cache.pickled(KIND, f"{self._version} {mark}")
            row = pickle.loads(kept) if kept else {}  # noqa: S301 - the cache saw its signature
            if len(self._rows) >= _HELD:
                del self._rows[next(iter(self._rows))]
            self._rows[mark] = row
        return row

    def news(self) -> list[tuple[str, bytes]]:
        """Hand over the rows that are new since this was last asked, pickled."""
        rows = [
            (mark, pickle.dumps(self._rows.pop(mark), pickle.HIGHEST_PROTOCOL))
            for mark in self._new
            if mark in self._rows
        ]
        self._new.clear()
        return rows

    def keep_only(self, marks: Iterable[str]) -> None:
        """Forget the rows of other marks than these."""
        self._cache.keep_only(KIND, {f"{self._version} {mark}" for mark in marks})

    def keep(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep rows that another process made."""
        for mark, row in rows:
            self._cache.put_pickled(KIND, f"{self._version} {mark}", row)
