"""Entries: what a file says, as text with positions, before anything is checked.

Every scalar is kept as text, since YAML 1.1 would read `2401.12340` as a number, `12:30` as 750 and
`no` as false. The C loader is used: it is twelve times as fast as the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from generator import yamlfaults
from generator.diagnostics import Note
from generator.source import CONTROL

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.source import Location, Source

Path = tuple[str | int, ...]
_MAX_DEPTH = 16
_MAX_NODES = 250_000
_SAFE_DEPTH = 1000


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


KEY = "\0key"  # no YAML key can hold NUL: a control character is refused when the file is read


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
    tree = _compose(source, "\n".join(lines[1:end]) + "\n", 1, found)
    if tree is None:
        return None
    if not isinstance(tree, yaml.MappingNode):
        found.error(
            source.location(2, 1),
            "The front matter must be fields, such as 'title: A Paper'.",
            "Write one field a line: its name, a colon, a space, its value.",
        )
        return None
    entry = _Reader(source, 1, found, set()).entry(tree, 1)
    # What is missing has no place of its own: it is shown where the front matter begins.
    entry.marks[()] = (1, 1)
    return replace(entry, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def read_many(source: Source, found: Diagnostics) -> list[Entry]:
    """Read a YAML file that is a list of entries, each a mapping of fields."""
    tree = _compose(source, source.text, 0, found)
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
        entries.append(_Reader(source, 0, found, seen).entry(node, line))
    return entries


def read_settings(
    source: Source, found: Diagnostics, example: str, *, prose: bool = False
) -> Entry | None:
    """Read a YAML file that is one mapping, such as `site.yaml`; an empty file has no fields.

    With `prose` the values at the top are texts for readers, whatever their fields are called.
    """
    before = len(found.found)
    tree = _compose(source, source.text, 0, found, empty_is_error=False)
    if tree is None:
        return Entry(source, {}, {}) if len(found.found) == before else None
    if not isinstance(tree, yaml.MappingNode):
        found.error(
            source.location(1, 1),
            f"The file '{source.path}' must be fields, such as '{example}'.",
            "Write one field a line: its name, a colon, a space, its value.",
        )
        return None
    reader = _Reader(source, 0, found, set())
    reader.is_prose = prose
    return reader.entry(tree, 1)


class _Reader:
    """Turns YAML nodes into plain values and their marks; faults become diagnostics."""

    def __init__(self, source: Source, offset: int, found: Diagnostics, seen: set[int]) -> None:
        self.source = source
        self.offset = offset
        self.found = found
        self.marks: dict[Path, tuple[int, int]] = {}
        self.refused: set[Path] = set()
        self.seen = seen
        self.is_full = False
        self.is_prose = False

    def entry(self, node: yaml.MappingNode, start_line: int) -> Entry:
        data = self.mapping(node, ())
        refused = frozenset(self.refused)
        return Entry(self.source, data, self.marks, start_line=start_line, refused=refused)

    def place(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + 1 + self.offset, node.start_mark.column + 1

    def written(self, node: yaml.Node) -> str:
        """Return what stands in the file from a node's start to the end of its line."""
        line, column = self.place(node)
        return self.source.location(line).excerpt[column - 1 :]

    def error(self, node: yaml.Node, message: str, help: str, *notes: Note) -> None:  # noqa: A002 - the word users see
        self.found.error(self.source.location(*self.place(node)), message, help, *notes)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        self.marks[path] = self.place(node)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.error(key_node, "A field's name must be a plain word.", "Write 'name: value'.")
                continue
            key = str(key_node.value)
            if not CONTROL.isdisjoint(key):
                self.refuse_control(key_node, key)
                continue
            if key in values:
                first = self.source.location(*self.marks[(*path, key, KEY)])
                self.error(
                    key_node,
                    f"The field '{key}' stands here a second time.",
                    "Keep one of the two.",
                    Note(first, "The first one is here."),
                )
                continue
            self.marks[(*path, key, KEY)] = self.place(key_node)
            values[key] = self.value(value_node, (*path, key))
        return values

    def value(self, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401 - a tree of YAML values
        self.marks[path] = self.place(node)
        if self.is_refused(node, path):
            self.refused.add(path)
            return ""
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        # An empty value stands nowhere: it is shown where its field is.
        if not node.value and (mark := self.marks.get((*path, KEY))):
            self.marks[path] = mark
        return str(node.value)

    def is_refused(self, node: yaml.Node, path: Path) -> bool:
        """Refuse what only makes sense to a program, and text that is not as it was meant."""
        if id(node) in self.seen:
            return True  # an alias: reported where its anchor stands
        self.seen.add(id(node))
        written = self.written(node)
        if written[:1] == "&":
            self.error(
                node,
                f"YAML anchors ('{written.split()[0]}') and their aliases are not read here.",
                "Write the value out wherever it is meant; where '&' belongs to a text, put the "
                "whole value in quotes.",
            )
            return True
        if len(path) > _MAX_DEPTH or len(self.marks) > _MAX_NODES:
            if not self.is_full:  # once is enough
                self.error(node, "The values are nested too deeply or too many.", "Simplify them.")
            self.is_full = True
            return True
        if written[:1] == "!":
            self.error(
                node,
                f"YAML tags ('{written.split()[0]}') are not read here.",
                "Delete it, since every value is read as text; where '!' belongs to a text, put "
                "the whole value in quotes.",
            )
            return True
        return isinstance(node, yaml.ScalarNode) and self.is_damaged(node, path)

    def is_damaged(self, node: yaml.ScalarNode, path: Path) -> bool:
        """Report a text of which YAML makes another one than its author meant."""
        value = str(node.value)
        if not CONTROL.isdisjoint(value):
            self.refuse_control(node, value)
            return True
        if node.style or not (
            _PROSE.intersection(map(str, path)) or (self.is_prose and len(path) == 1)
        ):
            return False
        line, column = node.end_mark.line + 1 + self.offset, node.end_mark.column
        cut = re.match(r"\s+#", self.source.location(line).excerpt[column:])
        if cut:
            self.found.error(
                self.source.location(line, column + cut.end()),
                "The text is cut off here: ' #' begins a comment in YAML.",
                "Put the whole value in double quotes; or move the comment to a line of its own.",
            )
        return bool(cut)

    def refuse_control(self, node: yaml.Node, value: str) -> None:
        code = ord(next(one for one in value if one in CONTROL))
        line, column = self.place(node)
        column += max(self.written(node).find("\\"), 0)
        self.found.error(
            self.source.location(line, column),
            f"A backslash in double quotes makes a control character here, U+{code:04X}.",
            "Use single quotes, in which a backslash is only a backslash.",
        )


_PROSE = {
    "title",
    "abstract",
    "authors",
    "venue",
    "award",
    "categories",
    "description",
    "footer",
    "introduction",
    "notes",
    "organizations",
    "publisher",
}


def _compose(
    source: Source, text: str, offset: int, found: Diagnostics, *, empty_is_error: bool = True
) -> yaml.Node | None:
    """Parse YAML into nodes with marks; on failure one diagnostic that says how to mend it."""
    if _is_deep(text):
        found.error(source.location(1), "The values are nested too deeply.", "Simplify them.")
        return None
    try:
        tree: yaml.Node | None = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        yamlfaults.explain(source, error, offset, found)
        return None
    if tree is None and empty_is_error:
        found.error(
            source.location(1, 1),
            "There are no fields here.",
            "A paper needs at least title, authors, category and date.",
        )
    return tree


def _is_deep(text: str) -> bool:
    """Tell whether YAML is nested so deeply that the C loader, which recurses, would fail on it."""
    openers = text.count("[") + text.count("{") + text.count("- ") + text.count("? ")
    if openers < _SAFE_DEPTH and " " * _SAFE_DEPTH not in text:
        return False
    depth = 0
    with suppress(yaml.YAMLError):  # which is explained when the text is composed
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _SAFE_DEPTH:
                return True
    return False
