"""What pages show of a paper, ready made: texts by what they are made of, kept between builds.

A row of them belongs together: all that is made of one paper. Of very many only those last asked
for are held in memory; the others wait in a file, also for the processes of the build.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND = "pieces"
_HELD = 1000  # rows, those of five hundred papers

# Texts by their names, as UTF-8: one with a letter of a formula in it takes four times the memory.
_Row = dict[str, bytes]


class Pieces:
    """Texts by the mark of what they show, and by their names."""

    def __init__(self, cache: Cache | None = None, version: str = "") -> None:
        self._cache = cache or Cache()
        self._version = version
        # In order, so that the oldest is found at once: a dict looks for its first item among all
        # that were deleted.
        self._rows: OrderedDict[str, _Row] = OrderedDict()
        self._spool = Spool(self._cache.folder)
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
        self._spool.forget(mark)

    def _row(self, mark: str) -> _Row:
        row = self._rows.get(mark)
        if row is None:
            row = self._read(mark)
            if len(self._rows) >= _HELD:
                self._set_aside(*self._rows.popitem(last=False))
            self._rows[mark] = row
        else:
            self._rows.move_to_end(mark)
        return row

    def _read(self, mark: str) -> _Row:
        kept = self._spool.get(mark) or self._cache.pickled(KIND, f"{self._version} {mark}")
        row: _Row = pickle.loads(kept) if kept else {}  # noqa: S301 - our own, or signed
        return row

    def _set_aside(self, mark: str, row: _Row) -> None:
        """Put a row that leaves the memory where it is found sooner than in the cache."""
        if mark not in self._spool:
            self._spool.put(mark, pickle.dumps(row, pickle.HIGHEST_PROTOCOL))

    def news(self) -> list[tuple[str, bytes]]:
        """Hand over the rows that are new since this was last asked, pickled."""
        rows = [
            (mark, pickle.dumps(self._row(mark), pickle.HIGHEST_PROTOCOL)) for mark in self._new
        ]
        self._new.clear()
        return rows

    def keep_only(self, marks: Iterable[str]) -> None:
        """Forget the rows of other marks than these."""
        known = set(marks)
        self._spool.keep_only(known)
        self._cache.keep_only(KIND, {f"{self._version} {mark}" for mark in known})

    def keep(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep rows that another process made."""
        for mark, row in rows:
            self._rows.pop(mark, None)
            self._spool.put(mark, row)
            self._cache.put_pickled(KIND, f"{self._version} {mark}", row)
