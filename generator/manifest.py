"""The manifest of an output: which files Offprint wrote there, and what each followed from.

Files that are made together are a group, which has a line of the manifest to itself. A line that
says the same as before is kept as it is, and is read only where the group is looked into: reading
and writing them is what the manifest of a large site costs.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.inputs import digest, new_digest
from generator.source import Location
from generator.stamp import FLUX, MANIFEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

_FORMAT = 3
_GROUPS = '\n"groups": [\n'
_END = "\n]}\n"
_OUTSIDE = re.compile(r"(?:^|/)(?:\.\.)?(?:/|$)|\\")
# What a line never holds whose paths all stay in the output and need no escapes.
_UNUSUAL = ('"/', '/"', "//", "..", "\\", '""')
_NAME = 38  # where the group's name begins in its line, after a fingerprint of 32 characters


class Record(NamedTuple):
    """A file that Offprint wrote: its fingerprint, empty where unknown, and its size in bytes."""

    fingerprint: str
    size: int


IN_FLUX = Record("", 0)
_DAMAGES = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def record(path: Path) -> Record:
    """Return what is known of a file of any size: it is read in pieces, never whole."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, new_digest)
        return Record(found.hexdigest(), file.tell())


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """Files that were made together, and the digest of what all of them followed from."""

    fingerprint: str
    files: Mapping[str, Record]


@dataclass(slots=True)
class Manifest:
    """What a manifest says: the records of files by themselves, and a line for each group.

    It is `damaged` where another version wrote it: then only the names of the files are believed.
    """

    singles: dict[str, Record] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    damaged: bool = False
    _records: dict[str, Record] | None = field(default=None, compare=False)

    @property
    def records(self) -> Mapping[str, Record]:
        """The records of all files; to collect them every line is read."""
        if self._records is None:
            self._records = dict(self.singles)
            for name in self.lines:
                self._records |= self.files(name)
        return self._records

    def fingerprint(self, group: str) -> str | None:
        """Return the digest of what a group followed from; None where there is no such group."""
        line = self.lines.get(group)
        return None if line is None else line[2 : _NAME - 4]

    def files(self, group: str) -> dict[str, Record]:
        """Return the files of a group, none where there is no such group."""
        line = self.lines.get(group)
        files = json.loads(line)[2] if line else {}
        return {file: Record(*one) for file, one in files.items()}

    def updated(
        self,
        singles: Mapping[str, Record],
        kept: Iterable[str],
        made: Mapping[str, GroupRecord],
    ) -> Manifest:
        """Return the manifest of other files: some groups are as they were, and some are made."""
        lines = {name: self.lines[name] for name in kept}
        all_made = not lines
        lines.update((name, _line(name, one.fingerprint, one.files)) for name, one in made.items())
        done = Manifest(dict(singles), lines)
        if all_made:
            every = chain(singles.items(), *(one.files.items() for one in made.values()))
            done._records = dict(every)
        return done

    def without(self, files: Collection[str]) -> Manifest:
        """Return the manifest in which some files are unknown, and so the groups that have them."""
        singles = {**self.singles, **dict.fromkeys(files, IN_FLUX)}
        lines = {}
        for name, line in self.lines.items():
            own = self.files(name)
            if own.keys().isdisjoint(files):
                lines[name] = line
            else:
                singles |= {file: one for file, one in own.items() if file not in files}
        return Manifest(singles, lines, self.damaged)

    def text(self, program: str) -> str:
        """Return what stands in the file, a file or a group a line, for those who read it."""
        groups = ",\n".join(line for _, line in sorted(self.lines.items()))
        head = {"format": _FORMAT, "program": program, "digest": digest(groups.encode())}
        files = sorted(self.singles.items())
        singles = ",\n".join(f"{json.dumps(file)}: {json.dumps(one)}" for file, one in files)
        return f'{json.dumps(head)[:-1]},\n"files": {{\n{singles}\n}},{_GROUPS}{groups}{_END}'


def _line(name: str, fingerprint: str, files: Mapping[str, Record]) -> str:
    return json.dumps([fingerprint, name, files])


def load(root: Path, program: str) -> Manifest | None:
    """Return the manifest of an output, None where it has none. Raises BuildError if damaged."""
    try:
        text = (root / MANIFEST).read_text(encoding="utf-8")
        return _unread(text, program) or _read(text, program)
    except FileNotFoundError:
        return None
    except _DAMAGES as error:
        raise _damaged(root) from error


def in_flux(root: Path) -> frozenset[str] | None:
    """Return the files that a build was about to change when it was killed; None where none was.

    Raises BuildError where the list of them is damaged.
    """
    try:
        files = json.loads((root / FLUX).read_text(encoding="utf-8"))
        return frozenset(file for file in files if not _OUTSIDE.search(file))
    except FileNotFoundError:
        return None
    except _DAMAGES as error:
        raise _damaged(root) from error


def _unread(text: str, program: str) -> Manifest | None:
    """Return a manifest without reading what stands in the lines of its groups.

    That is enough where they are as this program wrote them, and their paths are of the usual kind.
    """
    head, _, rest = text.partition(_GROUPS)
    lines = rest.removesuffix(_END)
    said = json.loads(f"{head}{_GROUPS}]}}") if rest.endswith(_END) else {}
    if said.get("program") != program or said.get("digest") != digest(lines.encode()):
        return None
    if any(one in lines for one in _UNUSUAL) or any(map(_OUTSIDE.search, said["files"])):
        return None
    singles = {file: Record(str(mark), int(size)) for file, (mark, size) in said["files"].items()}
    parted = lines.split(",\n") if lines else []
    return Manifest(singles, {line[_NAME : line.index('"', _NAME)]: line for line in parted})


def _read(text: str, program: str) -> Manifest:
    """Return a manifest that another program may have written, or somebody changed."""
    loaded = json.loads(text)
    same = loaded["format"] == _FORMAT and loaded["program"] == program
    given = loaded["groups"] if loaded["format"] > 1 else ()
    if isinstance(given, dict):  # format 2
        given = [(fingerprint, name, files) for name, (fingerprint, files) in given.items()]
    singles, groups = _records(loaded["files"]), {}
    every = dict(singles)
    for fingerprint, name, files in given:
        groups[str(name)] = GroupRecord(str(fingerprint), _records(files))
        every |= groups[str(name)].files
    outside = {file for file in every if _OUTSIDE.search(file)}
    if not same or outside:
        safe = ((file, one) for file, one in every.items() if file not in outside)
        return Manifest({file: Record("", one.size) for file, one in safe}, damaged=True)
    return Manifest(singles).updated(singles, (), groups)


def _records(files: Mapping[str, tuple[str, int]]) -> dict[str, Record]:
    return {file: Record(str(mark), int(size)) for file, (mark, size) in files.items()}


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
