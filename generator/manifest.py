"""The manifest of an output: which files Offprint wrote there, and what each followed from.

Files that are made together are a group, which has a line of the manifest to itself. A line that
says the same as before is kept as it is: reading and writing them is what the manifest of a large
site costs.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.source import Location
from generator.stamp import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FORMAT = 2
_GROUPS = '\n"groups": {\n'
_OUTSIDE = re.compile(r"(?:^|/)(?:\.\.)?(?:/|$)|\\")


class Record(NamedTuple):
    """A file that Offprint wrote: its fingerprint, empty where unknown, and its size in bytes."""

    fingerprint: str
    size: int


IN_FLUX = Record("", 0)


def record(path: Path) -> Record:
    """Return what is known of a file of any size: it is read in pieces, never whole."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
        return Record(found.hexdigest(), file.tell())


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """Files that were made together, and the digest of what all of them followed from."""

    fingerprint: str
    files: tuple[str, ...]


@dataclass(slots=True)
class Manifest:
    """What a manifest says: the records of all files, and the groups of those made together.

    It is `damaged` where another version wrote it: then only the names of the files are believed.
    """

    records: dict[str, Record] = field(default_factory=dict)
    groups: dict[str, GroupRecord] = field(default_factory=dict)
    damaged: bool = False
    _lines: dict[str, str] = field(default_factory=dict)

    def updated(self, records: Mapping[str, Record], groups: Mapping[str, GroupRecord]) -> Manifest:
        """Return the manifest of other records."""
        lines: dict[str, str] = {}
        for name, group in groups.items():
            line = self._lines.get(name)
            if line is None or not self._holds(name, group, records):
                files = {file: records[file] for file in group.files}
                line = _line(name, group.fingerprint, files)
            lines[name] = line
        return Manifest(dict(records), dict(groups), _lines=lines)

    def text(self, program: str) -> str:
        """Return what stands in the file, a file or a group a line, for those who read it."""
        head = json.dumps({"format": _FORMAT, "program": program})
        grouped = {file for group in self.groups.values() for file in group.files}
        files = sorted((file, one) for file, one in self.records.items() if file not in grouped)
        singles = ",\n".join(f"{json.dumps(file)}: {json.dumps(one)}" for file, one in files)
        lines = ",\n".join(line for _, line in sorted(self._lines.items()))
        return f'{head[:-1]},\n"files": {{\n{singles}\n}},{_GROUPS}{lines}\n}}}}\n'

    def _holds(self, name: str, group: GroupRecord, records: Mapping[str, Record]) -> bool:
        """Tell whether the line of a group says what is to be said."""
        known = self.records
        return self.groups.get(name) == group and all(
            records[file] == known[file] for file in group.files
        )


def _line(name: str, fingerprint: str, files: Mapping[str, Record]) -> str:
    return f"{json.dumps(name)}: {json.dumps([fingerprint, files])}"


def load(root: Path, program: str) -> Manifest | None:
    """Return the manifest of an output, None where it has none. Raises BuildError if damaged."""
    try:
        text = (root / MANIFEST).read_text(encoding="utf-8")
        loaded = json.loads(text)
        same = loaded["format"] == _FORMAT and loaded["program"] == program
        groups = loaded["groups"] if loaded["format"] == _FORMAT else {}
        found = Manifest(damaged=not same)
        for file, (mark, size) in loaded["files"].items():
            found.records[file] = Record(str(mark), int(size))
        for name, (fingerprint, files) in groups.items():
            for file, (mark, size) in files.items():
                found.records[file] = Record(str(mark), int(size))
            found.groups[name] = GroupRecord(str(fingerprint), tuple(files))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _damaged(root) from error
    outside = {file for file in found.records if _OUTSIDE.search(file)}
    if not same or outside:
        safe = ((file, one) for file, one in found.records.items() if file not in outside)
        return Manifest({file: Record("", one.size) for file, one in safe}, damaged=True)
    lines = text.partition(_GROUPS)[2].split("\n")
    for name, line in zip(groups, lines, strict=False):
        # Of a manifest that somebody laid out in another way no line is taken over.
        if line.startswith(f'"{name}": ["{groups[name][0]}", {{'):
            found._lines[name] = line.removesuffix(",")  # noqa: SLF001 - its own module
    return found


def _damaged(root: Path) -> BuildError:
    message = (
        f"The output '{root / MANIFEST}' is damaged, so it cannot tell which files Offprint wrote."
    )
    way_out = "Delete the output folder, or name an empty one with --output, and build again."
    return BuildError(
        [Diagnostic(Location(str(root / MANIFEST)), Severity.ERROR, message, way_out)]
    )


def alike(old: Path, new: Path) -> frozenset[str]:
    """Return the files that two outputs hold alike, as far as their manifests can tell.

    Fingerprints are only comparable where the same program made them. Raises BuildError as a build
    does where a manifest is damaged.
    """
    program = _program(old)
    before, after = load(old, program), load(new, program)
    if before is None or after is None or after.damaged:
        return frozenset()
    return frozenset(
        file
        for file, one in before.records.items()
        if one.fingerprint and after.records.get(file) == one
    )


def _program(root: Path) -> str:
    """Return what made an output, as its manifest tells; "" where nothing does."""
    try:
        return str(json.loads((root / MANIFEST).read_text(encoding="utf-8"))["program"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
