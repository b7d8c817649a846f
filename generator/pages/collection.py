"""The groups that follow from the papers of a site, and how they are kept for the next build."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.pages.groups import Group
    from generator.pages.places import Places


@dataclass(frozen=True, slots=True)
class Collection:
    """The groups that follow from the papers in order, and the addresses of those to be found."""

    groups: tuple[Group, ...]
    listed: tuple[str, ...]
    places: Places


class Shelf:
    """A collection as it is kept: of its papers, which are kept in any case, by their digests.

    One that another version of the program made may be of other values, and is none.
    """

    def __init__(
        self, version: str, collection: Collection | None = None, data: bytes = b""
    ) -> None:
        self._version = version
        self._collection = collection
        self._data = data

    def collection(self, version: str, papers: Iterable[Outline]) -> Collection | None:
        """Return the collection; it is of these papers where it is of such, and else of none."""
        if self._collection is None and self._version == version:
            reader = _Reader(io.BytesIO(self._data))
            reader.papers = {paper.digest: paper for paper in papers}
            self._collection = reader.load()
            self._data = b""
        return self._collection

    def __reduce__(self) -> tuple[Any, ...]:
        """Be kept as bytes, without the papers."""
        if self._collection is not None:
            file = io.BytesIO()
            _Writer(file, pickle.HIGHEST_PROTOCOL).dump(self._collection)
            return Shelf, (self._version, None, file.getvalue())
        return Shelf, (self._version, None, self._data)


class _Writer(pickle.Pickler):
    def persistent_id(self, value: object) -> str | None:
        return value.digest if isinstance(value, Outline) else None


class _Reader(pickle.Unpickler):
    papers: dict[str, Outline]

    def persistent_load(self, known: str) -> Outline | None:
        return self.papers.get(known)
