"""An entry in the making out of BibTeX: its fields, each put with the place of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.importers import bibnames
from generator.yamlvalues import KEY, Path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.diagnostics import Diagnostics
    from generator.importers.bibfile import Field
    from generator.source import Source


@dataclass(slots=True)
class Draft:
    """An entry in the making: its fields, their places, and what is reported already."""

    source: Source
    found: Diagnostics
    data: dict[str, Any]
    marks: dict[Path, tuple[int, int]]
    refused: set[Path] = field(default_factory=set)

    def put(self, name: str, value: object, one: Field) -> None:
        """Set a field, with its place."""
        self.data[name] = value
        self.marks[(name,)] = one.mark
        self.marks[(name, KEY)] = one.name_mark

    def put_names(self, ours: str, one: Field, plain: Callable[[str], str]) -> None:
        """Read a list of people, each with its place."""
        written, more = bibnames.split(one.text)
        self.put(ours, [bibnames.author(name, plain) for name in written], one)
        for i, (name, mark) in enumerate(_placed(one, written)):
            self.marks[(ours, i)] = mark
            if bibnames.are_several(name):
                self.refused.add((ours, i))
                parts = (part.strip() for part in name.split(";" if ";" in name else ","))
                parted = " and ".join(filter(None, parts))
                self.found.error(
                    self.source.location(*mark),
                    f"The names in '{one.name}' must be told apart by the word 'and'.",
                    f"Write it so: {parted}",
                )
        if more and ours == "authors":
            self.put("et_al", "true", one)

    def put_terms(
        self, ours: str, one: Field, written: Iterable[str], plain: Callable[[str], str]
    ) -> None:
        """Read a list of terms, each with its place; an empty one is none."""
        self.put(ours, [], one)
        for term, mark in _placed(one, written):
            if label := plain(term):
                self.marks[(ours, len(self.data[ours]))] = mark
                self.data[ours].append(label)


def _placed(one: Field, parts: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the parts of a field's text, which stand in it in this order, each with its place."""
    position = 0
    for part in parts:
        pattern = re.compile(r"\s+".join(map(re.escape, part.split())))
        match = pattern.search(one.text, position)
        yield part, one.place(match.start() if match else position)
        position = match.end() if match else position
