"""Entries: what a file says, as text with positions, before anything is checked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from generator.yamlvalues import KEY, Path, Values, compose

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.source import Location, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one paper, page or settings file: dicts, lists and texts, with their places.

    `marks` gives the (line, column) of each value by its path, such as `("authors", 2, "name")`; a
    path that ends in KEY gives the place of the field's name instead. `refused` are the paths of
    values that could not be read and are already reported: nothing more is to be said about them.
    """

    source: Source
    data: dict[str, Any]
    marks: dict[Path, tuple[int, int]]
    body: str = ""
    body_line: int = 0
    start_line: int = 1
    refused: frozenset[Path] = frozenset()

    def location(self, *path: str | int) -> Location:
        """Return the place of a value, or of the nearest thing around it that has one."""
        for length in range(len(path), -1, -1):
            if mark := self.marks.get(path[:length]):
                return self.source.location(*mark)
        return self.source.location(self.start_line)

    def key_location(self, *path: str | int) -> Location:
        """Return the place of a field's name."""
        mark = self.marks.get((*path, KEY))
        return self.source.location(*mark) if mark else self.location(*path)

    def text_location(self, path: Path, value: str, offset: int) -> Location:
        """Return the place of a character inside a value; where that is not known, the value's."""
        if not path:  # the body
            return self._below(self.body_line, "", value, offset)
        line, column = self.marks.get(path, (self.start_line, 0))
        written = self.source.location(line).excerpt[max(column - 1, 0) :]
        if written[:1] == "|":
            below = self.source.location(line + 1).excerpt
            return self._below(line + 1, below[: len(below) - len(below.lstrip())], value, offset)
        quoted = 1 if written[:1] in {"'", '"'} else 0
        if column == 1 and not quoted and "\n" in value:  # notes, which stand below the fields
            return self._below(line, "", value, offset)
        if written[quoted:].startswith(value):
            return self.source.location(line, column + quoted + offset)
        return self.source.location(line, column)

    def _below(self, first: int, margin: str, value: str, offset: int) -> Location:
        """Return the place of a character of a text that begins at a line, with a margin."""
        before = value[:offset]
        column = len(margin) + offset - (before.rfind("\n") + 1) + 1
        return self.source.location(first + before.count("\n"), column)

    def children(self) -> dict[str, Entry]:
        """Return what stands under each key as an entry of its own, with the same places."""
        marks: dict[str | int, dict[Path, tuple[int, int]]] = defaultdict(dict)
        refused: dict[str | int, set[Path]] = defaultdict(set)
        for path, mark in self.marks.items():
            marks[path[0] if path else ""][path[1:]] = mark
        for path in self.refused:
            refused[path[0] if path else ""].add(path[1:])
        return {
            key: Entry(
                self.source,
                value if isinstance(value, dict) else {},
                marks[key],
                start_line=self.start_line,
                refused=frozenset(refused[key]),
            )
            for key, value in self.data.items()
        }


def read(source: Source, found: Diagnostics) -> Entry | None:
    """Read a file of YAML front matter and a body; None, with a diagnostic, where that fails."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        found.error(
            source.location(1, 1),
            "The file must begin with front matter, and its first line is not '---'.",
            "Put a line '---' first, then the fields, then a second line '---', then the abstract.",
        )
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        found.error(
            source.location(1, 1),
            "The front matter that begins here is never closed.",
            "Put a line '---' between the last field and the abstract.",
        )
        return None
    tree = compose(source, "\n".join(lines[1:end]) + "\n", 1, found)
    if tree is None:
        return None
    if not isinstance(tree, yaml.MappingNode):
        found.error(
            source.location(2, 1),
            "The front matter must be fields, such as 'title: A Paper'.",
            "Write one field a line: its name, a colon, a space, its value.",
        )
        return None
    entry = _entry(Values(source, 1, found, set()), tree, 1)
    # What is missing has no place of its own: it is shown where the front matter begins.
    entry.marks[()] = (1, 1)
    return replace(entry, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def read_many(source: Source, found: Diagnostics) -> list[Entry]:
    """Read a YAML file that is a list of entries, each a mapping of fields."""
    tree = compose(source, source.text, 0, found)
    if tree is None:
        return []
    if not isinstance(tree, yaml.SequenceNode):
        found.error(
            source.location(1, 1),
            "A .yaml file of papers must be a list of entries.",
            "Begin each entry with '- title: …' and indent its other fields by two spaces.",
        )
        return []
    entries = []
    seen: set[int] = set()
    for node in tree.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            found.error(
                source.location(line, node.start_mark.column + 1),
                "Each item of the list must be an entry with fields.",
                "Write '- title: …' and indent the entry's other fields by two spaces.",
            )
            continue
        entries.append(_entry(Values(source, 0, found, seen), node, line))
    return entries


def read_settings(
    source: Source, found: Diagnostics, example: str, *, prose: bool = False
) -> Entry | None:
    """Read a YAML file that is one mapping, such as `site.yaml`; an empty file has no fields.

    With `prose` the values at the top are texts for readers, whatever their fields are called.
    """
    before = len(found.found)
    tree = compose(source, source.text, 0, found, empty_is_error=False)
    if tree is None:
        return Entry(source, {}, {}) if len(found.found) == before else None
    if not isinstance(tree, yaml.MappingNode):
        found.error(
            source.location(1, 1),
            f"The file '{source.path}' must be fields, such as '{example}'.",
            "Write one field a line: its name, a colon, a space, its value.",
        )
        return None
    return _entry(Values(source, 0, found, set(), prose=prose), tree, 1)


def _entry(values: Values, node: yaml.MappingNode, start_line: int) -> Entry:
    data = values.mapping(node, ())
    refused = frozenset(values.refused)
    return Entry(values.source, data, values.marks, start_line=start_line, refused=refused)
