"""Who may build into an output folder: one build at a time, and none over others' files."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cache import Cache
from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.manifest import Manifest, in_flux, load
from generator.output import Output
from generator.source import Location
from generator.stamp import FLUX, LEFT, MANIFEST, STAGING, marks

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.stamp import Marks


@contextmanager
def opened(
    root: Path,
    program: str,
    known: Mapping[str, Marks] | None = None,
    cache: Cache | None = None,
    *,
    look: bool = True,
) -> Iterator[Output]:
    """Give an output folder ready to be built into, and keep other builds out of it meanwhile.

    `known` are the marks of its files after the last build; unless told to `look` at each, all are
    believed to have them still. The cache holds the manifest. Raises BuildError where another build
    is at work there, and where the folder holds files that Offprint did not write and no manifest.
    What is staged is deleted in the end.
    """
    if root.exists() and not root.is_dir():
        raise _refusal(root, "is a file, not a folder", "Name another folder with --output.")
    is_new = not root.exists()
    with locked(root):
        folder = open_output(root, program, known, cache, look=look)
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


def open_output(
    root: Path,
    program: str,
    known: Mapping[str, Marks] | None = None,
    cache: Cache | None = None,
    *,
    look: bool = True,
) -> Output:
    """Return an output folder with what its manifest says, and the marks that its files had."""
    cache, in_place = cache or Cache(), marks(f"{root}/{MANIFEST}")
    kept = cache.recall(f"manifest of {root}", f"{in_place}", lambda: load(root, program))
    unsure = in_flux(root)
    if kept is None and unsure is None:
        found = {path.name for path in root.iterdir()} if root.is_dir() else set()
        foreign = sorted(found - {*LEFT})
        if foreign:
            raise _refusal(
                root,
                f"holds files that Offprint did not write, such as '{foreign[0]}'",
                "Name an empty folder with --output, or empty this one yourself.",
            )
    shutil.rmtree(root / STAGING, ignore_errors=True)
    for name in (MANIFEST, FLUX):
        (root / f"{name}.new").unlink(missing_ok=True)
    altered: frozenset[str] | None = None
    if known is not None and known.get(MANIFEST) == in_place:
        looked_at = known if look else {}
        altered = frozenset(
            file for file, one in looked_at.items() if marks(f"{root}/{file}") != one
        )
    manifest = kept or Manifest()
    return Output(
        root, program, manifest.without(unsure) if unsure else manifest, known, altered, cache
    )


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
        if os.path.lexists(f"{output.root}/{file}") and output.record(file) is None:
            # A folder of ours that becomes a file is emptied first, and is not foreign.
            if any(known.startswith(f"{file}/") for known in output.records):
                continue
            raise _refusal(
                output.root / file,
                "is in the way, and Offprint did not write it",
                "Move it elsewhere; Offprint never overwrites a file that it did not write.",
            )


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
