"""YAML as plain values with their places: dicts, lists and texts, and nothing of another type.

Every scalar is kept as text, since YAML 1.1 would read `2401.12340` as a number, `12:30` as 750 and
`no` as false. The C loader is used: it is twelve times as fast as the other.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import yaml

from generator import yamlfaults
from generator.diagnostics import Note
from generator.source import CONTROL

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.source import Source

Path = tuple[str | int, ...]
KEY = "\0key"  # no YAML key can hold NUL: a control character is refused when the file is read
_MAX_DEPTH = 16
_MAX_NODES = 250_000
_SAFE_DEPTH = 1000


def compose(
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


class Values:
    """Turns YAML nodes into plain values and their marks; faults become diagnostics."""

    def __init__(
        self,
        source: Source,
        offset: int,
        found: Diagnostics,
        seen: set[int],
        *,
        prose: bool = False,
    ) -> None:
        """Take a text whose YAML begins after so many lines, and the nodes that were read of it.

        With `prose` the values at the top are texts for readers, whatever they are called.
        """
        self.source = source
        self.offset = offset
        self.found = found
        self.marks: dict[Path, tuple[int, int]] = {}
        self.refused: set[Path] = set()
        self.seen = seen
        self.is_full = False
        self.is_prose = prose

    def place(self, node: yaml.Node) -> tuple[int, int]:
        """Return the line and the column where a node begins."""
        return node.start_mark.line + 1 + self.offset, node.start_mark.column + 1

    def written(self, node: yaml.Node) -> str:
        """Return what stands in the file from a node's start to the end of its line."""
        line, column = self.place(node)
        return self.source.location(line).excerpt[column - 1 :]

    def error(self, node: yaml.Node, message: str, help: str, *notes: Note) -> None:  # noqa: A002 - the word users see
        """Report a fault where a node begins."""
        self.found.error(self.source.location(*self.place(node)), message, help, *notes)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        """Read fields; a name that stands twice, or is none, is reported and left out."""
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
        """Read what stands at a path; what is refused is an empty text."""
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
        """Report a control character, which an escape in double quotes makes."""
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
