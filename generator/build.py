"""Building a site: load, plan, compare, render, publish."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from generator import output, rendering
from generator.assets import digest
from generator.edition import Edition, prepare
from generator.output import Output, Record

if TYPE_CHECKING:
    from generator.content import Options
    from generator.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did, as paths of files in the output, and the warnings it found."""

    papers: int
    rendered: tuple[str, ...]
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def build(  # noqa: PLR0913 - the options of the command
    root: Path,
    target: Path,
    options: Options,
    *,
    strict: bool = False,
    force: bool = False,
    jobs: int | None = None,
) -> BuildResult:
    """Build the site in a folder into an output folder.

    Raises BuildError, and leaves the published site as it was, where anything is wrong.
    """
    output.refuse_inside(target, [root / name for name in ("content", "templates", "static")])
    edition = prepare(root, options, strict=strict)
    try:
        with output.opened(target, program()) as folder:
            return _publish(edition, folder, force=force, jobs=jobs or os.cpu_count() or 1)
    except OSError as error:
        raise output.explain(error, target) from error


def _publish(edition: Edition, folder: Output, *, force: bool, jobs: int) -> BuildResult:
    fingerprints = {page.file: edition.theme.fingerprint(page) for page in edition.pages}
    stale = [
        page
        for page in edition.pages
        if force or not folder.is_current(page.file, fingerprints[page.file])
    ]
    others = {asset.path: asset.data for asset in edition.assets}
    copies = {file.path: edition.theme.root / file.source for file in edition.files}
    output.refuse_foreign(folder, (*fingerprints, *others, *copies))

    sizes, staged = rendering.render(edition.theme, stale, folder, jobs)
    records = {
        file: Record(fingerprint, sizes.get(file, _size(folder, file)))
        for file, fingerprint in fingerprints.items()
    }
    for path, data in others.items():
        records[path] = Record(digest(data), len(data))
        if not folder.is_current(path, records[path].fingerprint) and folder.differs(path, data):
            folder.stage(path, data)
            staged.append(path)
    for path, source in copies.items():
        records[path] = output.record(source)
        if not folder.is_current(path, records[path].fingerprint) and not folder.has(
            path, records[path]
        ):
            records[path] = folder.stage_copy(path, source)
            staged.append(path)
    removed = folder.publish(records, staged)
    return BuildResult(
        papers=edition.papers,
        rendered=tuple(page.file for page in stale),
        written=tuple(sorted(staged)),
        unchanged=len(records) - len(staged),
        removed=removed,
        warnings=edition.warnings,
    )


def _size(folder: Output, file: str) -> int:
    record = folder.records.get(file)
    return record.size if record else 0


@lru_cache(maxsize=1)
def program() -> str:
    """Return the fingerprint of the program itself: another version renders everything anew."""
    folder = Path(__file__).parent
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.py"))]
    return digest(b"\0".join([jinja2.__version__.encode(), *texts]))
