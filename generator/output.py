"""The output folder, the one place where Offprint writes: what it wrote, how new files get there.

A file is first staged beside the site and then renamed into place, so a reader never meets half of
one. The manifest lists every file that Offprint wrote. Before anything changes it is saved with the
files in flux marked as unknown, and it is saved again when all is done: after a build that was
killed in between, the next one knows which files are its own and makes them anew.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.source import Location
from generator.stamp import MANIFEST, marks

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.stamp import Marks

STAGING = ".offprint-staging"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A file that Offprint wrote: its fingerprint, empty where unknown, and its size in bytes."""

    fingerprint: str
    size: int


_IN_FLUX = Record("", 0)


def record(path: Path) -> Record:
    """Return what is known of a file of any size: it is read in pieces, never whole."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
        return Record(found.hexdigest(), file.tell())


@dataclass(slots=True)
class Output:
    """An output folder and the manifest found in it.

    `known` are the marks of its files after the last build, where that is known; `written` and
    `removed` are the files that this one put in place and took away so far.
    """

    root: Path
    program: str
    records: dict[str, Record]
    damaged: bool = False
    known: Mapping[str, Marks] | None = None
    written: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    @property
    def staging(self) -> Path:
        """The folder in which new files wait until all of them are there."""
        return self.root / STAGING

    def is_current(self, file: str, fingerprint: str) -> bool:
        """Tell whether the file in place has this fingerprint, and nobody changed it since."""
        record = self.records.get(file)
        if record is None or record.fingerprint != fingerprint or not fingerprint:
            return False
        found = marks(f"{self.root}/{file}")
        if found is None or found[0] != record.size:
            return False
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
        return self.records.get(file) == _IN_FLUX

    def stage(self, file: str, data: bytes) -> None:
        """Write a file where it waits to be put in place."""
        path = f"{self.staging}/{file}"
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
                source = staged if staged.is_file() else self.root / file
                try:
                    there.hardlink_to(source)
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
        self, planned: Mapping[str, Record], staged: Iterable[str], changes: Path | None = None
    ) -> tuple[str, ...]:
        """Put the staged files in place and remove what is no longer planned, which is returned.

        What was done is listed in `changes` before the manifest says that it is done: after a kill
        in between, the next build does it again and lists it again.
        """
        staged = list(staged)
        stale = sorted(set(self.records) - set(planned))
        if staged or stale:
            self._save(self.records | dict.fromkeys((*staged, *stale), _IN_FLUX))
        # Only what goes may be in the way of what comes: what is foreign was refused.
        if stale and any(self._in_the_way(file) for file in staged):
            self._remove(stale)
        self._place()
        self._remove(stale)
        self.removed = (self.removed | {*stale}) - {*staged}
        self.written = (self.written | {*staged}) - {*stale}
        if changes:
            replace(changes, list_changes(self.written, self.removed))
        if dict(planned) != self.records or self.damaged or staged or stale:
            self._save(planned)
        self.records, self.damaged = dict(planned), False
        shutil.rmtree(self.staging, ignore_errors=True)
        return tuple(stale)

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

    def _save(self, records: Mapping[str, Record]) -> None:
        # One file a line, for those who read it; json's own indent takes fifty times as long.
        files = ",\n".join(
            f'{json.dumps(file)}: ["{one.fingerprint}", {one.size}]'
            for file, one in sorted(records.items())
        )
        head = json.dumps({"format": _FORMAT, "program": self.program})
        text = f'{head[:-1]},\n"files": {{\n{files}\n}}}}'
        self.root.mkdir(parents=True, exist_ok=True)
        replace(self.root / MANIFEST, text + "\n")


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
    records, damaged = _load(root, program)
    if records is None:
        records = {}
        found = {path.name for path in root.iterdir()} if root.is_dir() else set()
        foreign = sorted(found - {STAGING, f"{MANIFEST}.new"})
        if foreign:
            raise _refusal(
                root,
                f"holds files that Offprint did not write, such as '{foreign[0]}'",
                "Name an empty folder with --output, or empty this one yourself.",
            )
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return Output(root, program, records, damaged)


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


def _load(root: Path, program: str) -> tuple[dict[str, Record] | None, bool]:
    """Return the records of the manifest (None: there is none), and whether it is not believed.

    Of a manifest by another version only the names of the files are believed.
    """
    try:
        loaded = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        files = {
            str(file): Record(str(one[0]), int(one[1])) for file, one in loaded["files"].items()
        }
        same = loaded["format"] == _FORMAT and loaded["program"] == program
    except FileNotFoundError:
        return None, False
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _refusal(
            root / MANIFEST,
            "is damaged, so it cannot tell which files Offprint wrote",
            "Delete the output folder, or name an empty one with --output, and build again.",
        ) from error
    safe = {file: one for file, one in files.items() if _is_inside(file)}
    if same and len(safe) == len(files):
        return safe, False
    return {file: Record("", one.size) for file, one in safe.items()}, True


def alike(old: Path, new: Path) -> frozenset[str]:
    """Return the files that two outputs hold alike, as far as their manifests can tell.

    Fingerprints are only comparable where the same program made them. Raises BuildError as a build
    does where a manifest is damaged.
    """
    program = _program(old)
    before, _ = _load(old, program)
    after, is_other = _load(new, program)
    if not before or not after or is_other:
        return frozenset()
    return frozenset(
        file for file, one in before.items() if one.fingerprint and after.get(file) == one
    )


def _program(root: Path) -> str:
    """Return what made an output, as its manifest tells; "" where nothing does."""
    try:
        return str(json.loads((root / MANIFEST).read_text(encoding="utf-8"))["program"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_inside(file: str) -> bool:
    """Tell whether a path stays in the output folder."""
    parts = file.split("/")
    return not file.startswith("/") and ".." not in parts and "" not in parts and "\\" not in file


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
    name = str(error.filename or root).replace(f"{STAGING}/", "")
    message = f"The output '{name}' cannot be written: {error.strerror}."
    way_out = ways_out.get(
        error.errno or 0, "Build again; the site is as it was, or will be made whole."
    )
    return BuildError([Diagnostic(Location(name), Severity.ERROR, message, way_out)])
