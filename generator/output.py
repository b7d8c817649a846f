"""The output folder, the one place where Offprint writes: what it wrote, how new files get there.

A file is first staged beside the site and then renamed into place, so a reader never meets half of
one. The manifest lists every file that Offprint wrote. Before anything changes the files in flux
are listed beside it, and it is saved when all is done: after a build that was killed in between,
the next one knows which files are its own and makes them anew.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.manifest import IN_FLUX, Manifest, Record, record
from generator.stamp import FLUX, MANIFEST, STAGING, marks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from generator.manifest import GroupRecord
    from generator.stamp import Marks


@dataclass(slots=True)
class Output:
    """An output folder and the manifest found in it.

    `known` are the marks of its files after the last build, where that is known, and `altered` the
    files of it that have others now; it is None where that build did not leave this manifest.
    `written` and `removed` are the files that this build put in place and took away so far.
    """

    root: Path
    program: str
    manifest: Manifest = field(default_factory=Manifest)
    known: Mapping[str, Marks] | None = None
    altered: frozenset[str] | None = None
    cache: Cache = field(default_factory=Cache)
    written: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    _seen: dict[str, Marks] = field(default_factory=dict)
    _at_hand: dict[str, Record] = field(default_factory=dict)

    def marks(self) -> dict[str, Marks]:
        """Return what tells each file from one that is changed after this build.

        A file that was not written has the marks with which this build saw it.
        """
        if self.known is not None and self.altered is not None:
            found = dict(self.known)
            news = {*self.altered, *self.written, *self.removed, MANIFEST}
        else:
            found = {file: one for file, one in self._seen.items() if file in self.records}
            news = {*(self.records.keys() - found.keys()), *self.written, MANIFEST}
        for file in news:
            now = marks(f"{self.root}/{file}")
            if now and (file not in self.removed):
                found[file] = now
            else:
                found.pop(file, None)
        return found

    @property
    def records(self) -> Mapping[str, Record]:
        """What is known of each file in place; where there are many, it takes long to tell."""
        return self.manifest.records

    def open_group(self, name: str) -> dict[str, Record]:
        """Return the files in place that were made together; what is known of them is at hand."""
        files = self.manifest.files(name)
        self._at_hand |= files
        return files

    def record(self, file: str) -> Record | None:
        """Return what is known of a file in place; None where Offprint wrote no such file."""
        known = self.manifest.singles.get(file) or self._at_hand.get(file)
        if known is None and self.manifest.lines and os.path.lexists(f"{self.root}/{file}"):
            known = self.records.get(file)
        return known

    @property
    def staging(self) -> Path:
        """The folder in which new files wait until all of them are there."""
        return self.root / STAGING

    def is_current(self, file: str, fingerprint: str) -> bool:
        """Tell whether the file in place has this fingerprint, and nobody changed it since."""
        record = self.record(file)
        if record is None or record.fingerprint != fingerprint or not fingerprint:
            return False
        return self.is_intact(file)

    def is_intact(self, file: str) -> bool:
        """Tell whether a file is in place, and as it was left."""
        if self.known is not None and self.altered is not None:
            return file in self.known and file not in self.altered
        record = self.record(file)
        found = marks(f"{self.root}/{file}")
        if record is None or found is None or found[0] != record.size:
            return False
        self._seen[file] = found
        return self.known is None or self.known.get(file) == found

    def is_group_intact(self, name: str) -> bool:
        """Tell whether all files that were made together are in place, and as they were left."""
        if self.altered is not None and not self.altered:
            return True
        return all(map(self.is_intact, self.open_group(name)))

    def differs(self, file: str, data: bytes) -> bool:
        """Tell whether a file in place does not hold these bytes, or may have got them unseen."""
        if self.record(file) in {None, IN_FLUX}:
            return True
        try:
            return (self.root / file).read_bytes() != data
        except OSError:
            return True

    def has(self, file: str, wanted: Record) -> bool:
        """Tell whether the bytes of a file in place are those that a record tells of."""
        if self.record(file) == IN_FLUX:
            return False
        try:
            path = self.root / file
            return path.stat().st_size == wanted.size and record(path) == wanted
        except OSError:
            return False

    def stage(self, file: str, data: bytes) -> None:
        """Write a file where it waits to be put in place."""
        path = f"{self.root}/{STAGING}/{file}"
        try:
            target = open(path, "wb")  # noqa: PTH123, SIM115 - in the hot path of a cold build
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - in the hot path, too
            target = open(path, "wb")  # noqa: PTH123, SIM115 - in the hot path, too
        with target, naming(path):
            target.write(data)

    def stage_copy(self, file: str, source: Path) -> Record:
        """Copy a file of any size to where it waits to be put in place, and return its record."""
        path = self.staging / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(str(path)):
            shutil.copyfile(source, path)
        return record(path)

    @contextmanager
    def gathered(self, files: Iterable[str]) -> Iterator[Path]:
        """Give a folder that holds the files as they will be: the staged ones, others in place."""
        with TemporaryDirectory(dir=self.staging.resolve()) as name:
            for file in files:
                staged, there = self.staging / file, Path(name, file)
                there.parent.mkdir(parents=True, exist_ok=True)
                # A link of the other kind would change the marks of the file in place.
                source = staged if staged.is_file() else self.root / file
                try:
                    there.symlink_to(source.resolve())
                except OSError:  # not every file system has links
                    shutil.copyfile(source, there)
            yield Path(name)

    def news(self, staged: Iterable[str]) -> list[str]:
        """Return the staged files that differ from those in place, and delete the others."""
        found = []
        for file in staged:
            path = self.staging / file
            if self.differs(file, path.read_bytes()):
                found.append(file)
            else:
                path.unlink()
        return found

    def publish(
        self,
        singles: Mapping[str, Record],
        staged: Iterable[str],
        changes: Path | None = None,
        *,
        kept: Collection[str] = (),
        made: Mapping[str, GroupRecord] = MappingProxyType({}),
    ) -> None:
        """Put the staged files in place, and remove what is no longer planned.

        Planned are files by themselves, the groups of which all files are kept, and those that were
        made. What was done is listed in `changes` before the manifest says that it is done: after a
        kill in between, the next build does it again and lists it again.
        """
        staged = list(staged)
        before, done = self.manifest, self.manifest.updated(singles, kept, made)
        gone = {file for name in before.lines.keys() - kept for file in before.files(name)}
        planned = {file for group in made.values() for file in group.files}
        stale = sorted((before.singles.keys() | gone) - planned - singles.keys())
        if staged or stale:
            self.root.mkdir(parents=True, exist_ok=True)
            replace(self.root / FLUX, json.dumps([*staged, *stale]))
        # Only what goes may be in the way of what comes: what is foreign was refused.
        if stale and any(self._in_the_way(file) for file in staged):
            self._remove(stale)
        self._place()
        self._remove(stale)
        self.removed = (self.removed | {*stale}) - {*staged}
        self.written = (self.written | {*staged}) - {*stale}
        if changes:
            replace(changes, list_changes(self.written, self.removed))
        if staged or stale or before != done:
            self._save(done)
            in_place = marks(f"{self.root}/{MANIFEST}")
            self.cache.recall(f"manifest of {self.root}", f"{in_place}", lambda: done)
        self.manifest = done
        self._at_hand.clear()
        shutil.rmtree(self.staging, ignore_errors=True)
        if staged or stale:
            (self.root / FLUX).unlink()

    def discard(self) -> None:
        """Delete what was staged."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _place(self) -> None:
        """Rename what is staged into place: first what is new, so that no page leads nowhere."""
        if not self.staging.is_dir():
            return
        moves = sorted(_moves(str(self.staging), str(self.root)), key=lambda move: move.replaces)
        for move in moves:
            os.replace(move.source, move.target)  # noqa: PTH105 - the paths are texts

    def _in_the_way(self, file: str) -> bool:
        """Tell whether a file stands where a folder must be, or the other way round."""
        parents = list(Path(file).parents)[:-1]
        return (self.root / file).is_dir() or any((self.root / one).is_file() for one in parents)

    def _remove(self, files: Iterable[str]) -> None:
        """Delete files, and the folders that are empty without them."""
        for file in files:
            path = self.root / file
            if path.is_dir() and not path.is_symlink():
                continue  # the file became a folder, and is already gone
            with suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
            for folder in list(Path(file).parents)[:-1]:
                try:
                    (self.root / folder).rmdir()
                except OSError:
                    break

    def _save(self, manifest: Manifest) -> None:
        replace(self.root / MANIFEST, manifest.text(self.program))


def replace(file: Path, text: str) -> None:
    """Write a text file at once: a reader sees the old text or the new, and never half of one."""
    beside = file.with_name(f"{file.name}.new")
    with naming(str(file)):
        beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(file)


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Say which file an error is about that comes of writing into it, when the system does not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or path
        raise


def list_changes(written: Iterable[str], removed: Iterable[str]) -> str:
    """Return what was done to an output, a file a line: `+` was written, `-` was removed."""
    return "".join(
        [*(f"+ {file}\n" for file in sorted(written)), *(f"- {file}\n" for file in sorted(removed))]
    )


@dataclass(frozen=True, slots=True)
class _Move:
    source: str
    target: str
    replaces: bool


def _moves(source: str, target: str) -> Iterator[_Move]:
    """Yield how files get into another folder: a whole folder at once where it has none such."""
    with os.scandir(source) as found:
        entries = sorted(found, key=lambda one: one.name)
    for entry in entries:
        there = f"{target}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and os.path.isdir(there):  # noqa: PTH112 - a text
            yield from _moves(entry.path, there)
        else:
            yield _Move(entry.path, there, os.path.lexists(there))
