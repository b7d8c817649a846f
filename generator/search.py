"""Search: Pagefind's index of the built pages, made anew only when what search shows has changed.

Pagefind orders its filters by chance, so equal pages give no equal bytes: these files are known
by the digest of what search shows, and their sizes. The index is staged beside the pages that it
is made of, and put in place with them; a build that was killed meanwhile leaves one of unknown
digest, which the next one makes anew.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import occupancy
from generator.diagnostics import Diagnostic, Severity
from generator.manifest import Record
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.output import Output
    from generator.progress import Progress

FOLDER = "pagefind/"

# Pagefind's own interfaces, for which the theme has no use.
_INTERFACES = re.compile(r"pagefind-(?:component-ui|highlight|modular-ui|ui)\.")
_HELP = (
    "The site works without search. Install Pagefind with `pip install 'pagefind[bin]'` "
    "where it is missing, and build again."
)


_TOLD_EVERY = 0.05  # seconds


class PagefindError(Exception):
    """Pagefind cannot run, or made no index; tells what it said."""


@dataclass(frozen=True, slots=True)
class Made:
    """An index on its way: the records of its files, those staged, and why there is none."""

    records: Mapping[str, Record] = field(default_factory=dict)
    staged: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """What an index is to be made of: the files it finds, the digest of what it shows of them."""

    fingerprint: str
    files: tuple[str, ...]

    def is_current(self, folder: Output) -> bool:
        """Tell whether the index in place is this one, and whole."""
        own = _records(folder)
        return bool(own) == bool(self.files) and all(
            folder.is_current(file, self.fingerprint) for file in own
        )

    def make(self, folder: Output, progress: Progress) -> Made:
        """Stage the index of the pages, or give a warning where that failed.

        Then there is none: an old one would lead to pages that are gone. What the progress raises
        while Pagefind is at work ends Pagefind.
        """
        try:
            made = _staged(folder, self, progress) if self.files else {}
        except PagefindError as error:
            shutil.rmtree(folder.staging / FOLDER)
            at = Location(str(folder.root / FOLDER))
            message = f"Search has no index: {error}"
            return Made(warnings=(Diagnostic(at, Severity.WARNING, message, _HELP),))
        occupancy.refuse_foreign(folder, made)
        # Most parts of an index are as they were after an edit, and need no upload.
        return Made(made, tuple(folder.news(made)))


def kept(folder: Output) -> Made:
    """Return the index in place, which may be one of what the pages were before."""
    return Made(_records(folder))


def _records(folder: Output) -> dict[str, Record]:
    singles = folder.manifest.singles
    return {file: one for file, one in singles.items() if file.startswith(FOLDER)}


def _staged(folder: Output, index: Index, progress: Progress) -> dict[str, Record]:
    """Let Pagefind read the pages and stage its index: the records of its files."""
    made = folder.staging.resolve() / FOLDER
    made.mkdir(parents=True)
    with folder.gathered(index.files) as pages:
        _run(pages, made, progress)
    records = {}
    for path in sorted(made.rglob("*")):
        if _INTERFACES.match(path.name):
            path.unlink()
        elif path.is_file():
            file = FOLDER + path.relative_to(made).as_posix()
            records[file] = Record(index.fingerprint, path.stat().st_size)
    return records


def _run(pages: Path, made: Path, progress: Progress) -> None:
    command = (sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made))
    try:
        running = subprocess.Popen(  # noqa: S603 - a program that we name, with paths of ours
            command,
            cwd=made,  # where no settings of its own lie
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            process_group=0,  # Ctrl-C is for whoever waits for it, and ends it
        )
    except OSError as error:
        raise PagefindError(f"Pagefind cannot be started: {error.strerror}.") from error
    with running:
        try:
            said = _heard(running, progress)
        except BaseException:
            running.kill()
            raise
    if running.returncode or not (made / "pagefind-entry.json").is_file():
        lines = said.strip().splitlines() or ["it made none"]
        raise PagefindError(f"Pagefind said '{lines[-1].strip()}'.")


def _heard(running: subprocess.Popen[str], progress: Progress) -> str:
    """Return what a program says until it ends; meanwhile the progress is told that it goes on."""
    while True:
        try:
            said, complained = running.communicate(timeout=_TOLD_EVERY)
        except subprocess.TimeoutExpired:
            progress.advance(0)
        else:
            return complained or said
