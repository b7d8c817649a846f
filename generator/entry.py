"""Entries: what a file says, as text with positions, before anything is checked.

Every scalar is kept as text, since YAML 1.1 would read `2401.12340` as a number, `12:30` as 750 and
`no` as false. The C loader is used: it is twelve times as fast as the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.source import Location, Source

Path = tuple[str | int, ...]
_MAX_DEPTH = 16
_MAX_NODES = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one paper, page or settings file: dicts, lists and texts, with their places.

    `marks` gives the (line, column) of each value by its path, such as `("authors", 2, "name")`; a
    path that ends in KEY gives the place of the field's name instead.
    """

    source: Source
    data: dict[str, Any]
    marks: dict[Path, tuple[int, int]]
    body: str = ""
    body_line: int = 0
    start_line: int = 1

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
        """Return the place of a character inside a value: exact on one line, else the line's."""
        if not path:  # the body
            before = value[:offset]
            column = offset - (before.rfind("\n") + 1) + 1
            return self.source.location(self.body_line + before.count("\n"), column)
        line, column = self.marks.get(path, (self.start_line, 0))
        written = self.source.location(line).excerpt[column - 1 :] if column else ""
        if written[:1] in {"|", ">"}:
            return self.source.location(line + 1 + value.count("\n", 0, offset))
        quoted = 1 if written[:1] in {"'", '"'} else 0
        if written[quoted:].startswith(value):
            return self.source.location(line, column + quoted + offset)
        return self.source.location(line, column)

    def child(self, key: str) -> Entry:
        """Return what stands under one key as an entry of its own, with the same places."""
        marks = {path[1:]: mark for path, mark in self.marks.items() if path[:1] == (key,)}
        value = self.data[key]
        data = value if isinstance(value, dict) else {}
        return Entry(self.source, data, marks, start_line=self.start_line)


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
    reader = _Reader(source, 1, found)
    data = reader.mapping(tree, ())
    return Entry(source, data, reader.marks, "\n".join(lines[end + 1 :]), end + 2)


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
    for node in tree.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            found.error(
                source.location(line, node.start_mark.column + 1),
                "Each item of the list must be an entry with fields.",
                "Write '- title: …' and indent the entry's other fields by two spaces.",
            )
            continue
        reader = _Reader(source, 0, found)
        entries.append(Entry(source, reader.mapping(node, ()), reader.marks, start_line=line))
    return entries


def read_settings(source: Source, found: Diagnostics) -> Entry | None:
    """Read a YAML file that is one mapping, such as `site.yaml`; an empty file has no fields."""
    tree = _compose(source, source.text, 0, found, empty_is_error=False)
    if tree is None:
        return Entry(source, {}, {}) if not found.found else None
    if not isinstance(tree, yaml.MappingNode):
        found.error(
            source.location(1, 1),
            f"'{source.path}' must be fields, such as 'title: Publications'.",
            "Write one field a line: its name, a colon, a space, its value.",
        )
        return None
    reader = _Reader(source, 0, found)
    return Entry(source, reader.mapping(tree, ()), reader.marks)


class _Reader:
    """Turns YAML nodes into plain values and their marks; faults become diagnostics."""

    def __init__(self, source: Source, offset: int, found: Diagnostics) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        self.offset = offset
        self.found = found
        self.marks: dict[Path, tuple[int, int]] = {}
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + 1 + self.offset, node.start_mark.column + 1

    def error(self, node: yaml.Node, message: str, help: str) -> None:  # noqa: A002 - the word users see
        self.found.error(self.source.location(*self.place(node)), message, help)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        self.marks[path] = self.place(node)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.error(key_node, "A field's name must be a plain word.", "Write 'name: value'.")
                continue
            key = str(key_node.value)
            if key in values:
                first = self.marks[(*path, key, KEY)]
                self.error(
                    key_node,
                    f"The field '{key}' stands here a second time (first in line {first[0]}).",
                    "Keep one of the two.",
                )
                continue
            self.marks[(*path, key, KEY)] = self.place(key_node)
            values[key] = self.value(value_node, (*path, key))
        return values

    def value(self, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401 - a tree of YAML values
        if self.refused(node, path):
            return ""
        self.marks[path] = self.place(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        self.check_comment(node, path)
        # An empty value stands nowhere: it is shown where its field is.
        if not node.value and (mark := self.marks.get((*path, KEY))):
            self.marks[path] = mark
        return str(node.value)

    def refused(self, node: yaml.Node, path: Path) -> bool:
        """Refuse what only makes sense to a program: aliases, tags, depth without end."""
        if id(node) in self.seen:
            self.error(node, "YAML aliases ('*name') are not read here.", "Write the value out.")
            return True
        self.seen.add(id(node))
        if len(path) > _MAX_DEPTH or len(self.seen) > _MAX_NODES:
            self.error(node, "The values are nested too deeply or too many.", "Simplify them.")
            return True
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag[18:] not in _KINDS:
            self.error(
                node,
                f"YAML tags ('{node.tag.removeprefix('tag:yaml.org,2002:')}') are not read here.",
                "Delete the tag; every value is read as text.",
            )
            return True
        return False

    def check_comment(self, node: yaml.ScalarNode, path: Path) -> None:
        """Report prose that ` #` cuts off: the rest of the line is a comment to YAML."""
        if node.style is not None or not _PROSE.intersection(map(str, path)):
            return
        end = node.end_mark
        line = (
            self.lines[end.line + self.offset] if end.line + self.offset < len(self.lines) else ""
        )
        cut = re.match(r"\s+#", line[end.column :])
        if cut:
            self.found.error(
                self.source.location(end.line + 1 + self.offset, end.column + cut.end()),
                "The text is cut off here: ' #' begins a comment in YAML.",
                "Put the whole value in double quotes; or move the comment to a line of its own.",
            )


_KINDS = {"str", "map", "seq"}
_PROSE = {
    "title",
    "abstract",
    "authors",
    "venue",
    "award",
    "description",
    "introduction",
    "publisher",
}


def _compose(
    source: Source, text: str, offset: int, found: Diagnostics, *, empty_is_error: bool = True
) -> yaml.Node | None:
    """Parse YAML into nodes with marks; on failure one diagnostic that says how to mend it."""
    try:
        tree: yaml.Node | None = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 + offset if mark else 1 + offset
        _explain(source, line, mark.column + 1 if mark else 0, str(error.problem), found)
        return None
    except RecursionError:
        found.error(source.location(1), "The values are nested too deeply.", "Simplify them.")
        return None
    if tree is None and empty_is_error:
        found.error(
            source.location(1, 1),
            "There are no fields here.",
            "A paper needs at least title, authors, category and date.",
        )
    return tree


_FIELD = re.compile(r"\s*(?:-\s+)?([A-Za-z_]\w*):\s+(\S.*?)\s*")
_MARKS = set("[]{}*&!|>%@`,?'\"")


def _explain(source: Source, line: int, column: int, problem: str, found: Diagnostics) -> None:
    """Turn a YAML error into what a maintainer did and how to mend it."""
    at = source.location(line, column)
    if "\t" in at.excerpt[: max(column, 1)]:
        found.error(
            source.location(line, at.excerpt.index("\t") + 1),
            "There is a tab here, and YAML does not allow tabs in the layout of fields.",
            "Use spaces instead.",
        )
        return
    for candidate in (line, line - 1):
        place = source.location(candidate)
        field = _FIELD.fullmatch(place.excerpt)
        value = field[2] if field else ""
        if not field or (value[0] not in _MARKS and ": " not in value and value[-1] != ":"):
            continue
        start = field.start(2)
        if value[0] in _MARKS:
            message = f"The value of '{field[1]}' begins with '{value[0]}', which means something to YAML."
            at = source.location(candidate, start + 1)
        else:
            colon = value.find(": ") if ": " in value else len(value) - 1
            message = f"The value of '{field[1]}' holds a colon, which begins a new field in YAML."
            at = source.location(candidate, start + colon + 1)
        found.error(at, message, f"Put it in quotes: {field[1]}: {_quoted(value)}")
        return
    found.error(
        at,
        f"This is not valid YAML: {problem}.",
        "Check the quotes, brackets and indentation on this line and the one before.",
    )


def _quoted(value: str) -> str:
    """Return a text as a YAML scalar in quotes, on one line."""
    value = value.strip("'\"") if value[0] in "'\"" else value
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
