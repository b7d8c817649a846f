"""The output folder, the one place where Offprint writes: what it wrote, how new files get there.

A file is first staged beside the site and then renamed into place, so a reader never meets half of
one. The manifest lists every file that Offprint wrote. Before anything changes it is saved with the
files in flux marked as unknown, and it is saved again when all is done: after a build that was
killed in between, the next one knows which files are its own and makes them anew.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.manifest import IN_FLUX, GroupRecord, Manifest, Record, load, record
from generator.source import Location
from generator.stamp import MANIFEST, marks

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.stamp import Marks

STAGING = ".offprint-staging"


@dataclass(slots=True)
class Output:
    """An output folder and the manifest found in it.

    `known` are the marks of its files after the last build, where that is known, `seen` those with
    which this build saw them; `written` and `removed` are the files that it put in place and took
    away so far.
    """

    root: Path
    program: str
    manifest: Manifest = field(default_factory=Manifest)
    known: Mapping[str, Marks] | None = None
    written: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    seen: dict[str, Marks] = field(default_factory=dict)

    def marks(self) -> dict[str, Marks]:
        """Return what tells each file from one that is changed after this build.

        A file that was not written has the marks with which this build saw it.
        """
        place = str(self.root)
        found = {
            file: (file not in self.written and self.seen.get(file)) or marks(f"{place}/{file}")
            for file in (*self.records, MANIFEST)
        }
        return {file: one for file, one in found.items() if one}

    @property
    def records(self) -> Mapping[str, Record]:
        """What is known of each file in place."""
        return self.manifest.records

    @property
    def groups(self) -> Mapping[str, GroupRecord]:
        """The files in place that were made together."""
        return self.manifest.groups

    @property
    def staging(self) -> Path:
        """The folder in which new files wait until all of them are there."""
        return self.root / STAGING

    def is_current(self, file: str, fingerprint: str) -> bool:
        """Tell whether the file in place has this fingerprint, and nobody changed it since."""
        record = self.records.get(file)
        if record is None or record.fingerprint != fingerprint or not fingerprint:
            return False
        return self.is_intact(file)

    def is_intact(self, file: str) -> bool:
        """Tell whether a file is in place, and as it was left."""
        record = self.records.get(file)
        found = marks(f"{self.root}/{file}")
        if record is None or found is None or found[0] != record.size:
            return False
        self.seen[file] = found
        return self.known is None or self.known.get(file) == found

    def size(self, file: str) -> int:
        """Return the size that a file was given, 0 where it was never written."""
        return self.records[file].size if file in self.records else 0

    def differs(self, file: str, data: bytes) -> bool:
        """Tell whether a file in place does not hold these bytes, or may have got them unseen."""
        if file not in self.records or self._is_in_flux(file):
            return True
        try:
            return (self.root / file).read_bytes() != data
        except OSError:
            return True

    def has(self, file: str, wanted: Record) -> bool:
        """Tell whether the bytes of a file in place are those that a record tells of."""
        if self._is_in_flux(file):
            return False
        try:
            path = self.root / file
            return path.stat().st_size == wanted.size and record(path) == wanted
        except OSError:
            return False

    def _is_in_flux(self, file: str) -> bool:
        """Tell whether a build was killed that was about to put a file in place."""
        return self.records.get(file) == IN_FLUX

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
        planned: Mapping[str, Record],
        staged: Iterable[str],
        changes: Path | None = None,
        groups: Mapping[str, GroupRecord] | None = None,
    ) -> tuple[str, ...]:
        """Put the staged files in place and remove what is no longer planned, which is returned.

        What was done is listed in `changes` before the manifest says that it is done: after a kill
        in between, the next build does it again and lists it again. The `groups` are as they were
        where none are given.
        """
        staged = list(staged)
        stale = sorted(self.records.keys() - planned.keys())
        if staged or stale:
            self._save(self._in_flux({*staged, *stale}))
        # Only what goes may be in the way of what comes: what is foreign was refused.
        if stale and any(self._in_the_way(file) for file in staged):
            self._remove(stale)
        self._place()
        self._remove(stale)
        self.removed = (self.removed | {*stale}) - {*staged}
        self.written = (self.written | {*staged}) - {*stale}
        if changes:
            replace(changes, list_changes(self.written, self.removed))
        done = self.manifest.updated(planned, self.groups if groups is None else groups)
        if staged or stale or self.manifest != done:
            self._save(done)
        self.manifest = done
        shutil.rmtree(self.staging, ignore_errors=True)
        return tuple(stale)

    def _in_flux(self, files: set[str]) -> Manifest:
        """Return the manifest in which some files, and so their groups, are unknown."""
        groups = {
            name: group if files.isdisjoint(group.files) else GroupRecord("", group.files)
            for name, group in self.groups.items()
        }
        return self.manifest.updated({**self.records, **dict.fromkeys(files, IN_FLUX)}, groups)

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
        self.root.mkdir(parents=True, exist_ok=True)
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


@contextmanager
def opened(root: Path, program: str, known: Mapping[str, Marks] | None = None) -> Iterator[Output]:
    """Give an output folder ready to be built into, and keep other builds out of it meanwhile.

    Raises BuildError where another build is at work there, and where the folder holds files that
    Offprint did not write and no manifest. What is staged is deleted in the end.
    """
    if root.exists() and not root.is_dir():
        raise _refusal(root, "is a file, not a folder", "Name another folder with --output.")
    is_new = not root.exists()
    with locked(root):
        folder = open_output(root, program)
        folder.known = known
        try:
            yield folder
        finally:
            folder.discard()
            if is_new and not any(root.iterdir()):
                root.rmdir()


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep others out of a folder, which is made if need be, until the end, be that a kill.

    Raises BuildError where another process has it. Windows has no such lock.
    """
    root.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _refusal(
                root, "is being written by another build", "Wait until that one is done."
            ) from error
        yield
    finally:
        os.close(folder)


def open_output(root: Path, program: str) -> Output:
    """Return an output folder with what its manifest says."""
    manifest = load(root, program)
    if manifest is None:
        manifest = Manifest()
        found = {path.name for path in root.iterdir()} if root.is_dir() else set()
        foreign = sorted(found - {STAGING, f"{MANIFEST}.new"})
        if foreign:
            raise _refusal(
                root,
                f"holds files that Offprint did not write, such as '{foreign[0]}'",
                "Name an empty folder with --output, or empty this one yourself.",
            )
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return Output(root, program, manifest)


def refuse_inside(root: Path, inputs: Iterable[Path]) -> None:
    """Raise BuildError where an output lies in a folder that is read: it would be read in turn."""
    for folder in inputs:
        if root.resolve().is_relative_to(folder.resolve()):
            raise _refusal(
                root,
                f"lies in '{folder.name}', from which the site is made",
                "Name a folder beside it with --output.",
            )


def refuse_foreign(output: Output, files: Iterable[str]) -> None:
    """Raise BuildError where a planned file is already there and Offprint did not write it."""
    for file in files:
        if file not in output.records and os.path.lexists(f"{output.root}/{file}"):
            # A folder of ours that becomes a file is emptied first, and is not foreign.
            if any(known.startswith(f"{file}/") for known in output.records):
                continue
            raise _refusal(
                output.root / file,
                "is in the way, and Offprint did not write it",
                "Move it elsewhere; Offprint never overwrites a file that it did not write.",
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


def _refusal(path: Path, what: str, help: str) -> BuildError:  # noqa: A002 - the word users see
    message = f"The output '{path}' {what}."
    return BuildError([Diagnostic(Location(str(path)), Severity.ERROR, message, help)])


def explain(error: OSError, root: Path) -> BuildError:
    """Return what the system said when writing failed, as a diagnostic with a way out."""
    ways_out = {
        errno.ENOSPC: "Free some space on the disk, and build again.",
        errno.EDQUOT: "Free some space in your quota, and build again.",
        errno.EACCES: "Change the permissions, or name another folder with --output.",
        errno.EPERM: "Change the permissions, or name another folder with --output.",
        errno.EROFS: "Name a folder that can be written with --output.",
    }
    where = Path(error.filename or root)  # in the folder for what waits: where it belongs
    name = str(Path(*(part for part in where.parts if part != STAGING)))
    message = f"The output '{name}' cannot be written: {error.strerror}."
    way_out = ways_out.get(
        error.errno or 0, "Build again; the site is as it was, or will be made whole."
    )
    return BuildError([Diagnostic(Location(name), Severity.ERROR, message, way_out)])
