"""Publishing an edition: what is out of date is rendered, staged, and put in place together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import occupancy, pieces, rendering
from generator import search as searching
from generator.diagnostics import BuildError
from generator.fingerprints import Fingerprints
from generator.inputs import digest
from generator.manifest import GroupRecord, Record, record
from generator.rendering import Press, Task
from generator.workshop import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.edition import Edition
    from generator.output import Output
    from generator.stamp import Marks
    from generator.workshop import Workshop


_PIECES = 4  # a paper; two are of use


@dataclass(frozen=True, slots=True)
class Published:
    """What was done to an output, as paths of files in it, and what could not be done.

    `files` are all of the output, the manifest too, with the marks by which they are known again.
    `rendered` tells of each page why.
    """

    files: Mapping[str, Marks]
    rendered: Mapping[str, str]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def publish(  # noqa: PLR0913 - the parts of a build
    shop: Workshop,
    edition: Edition,
    target: Path,
    known: Mapping[str, Marks] | None,
    *,
    strict: bool = False,
    force: bool = False,
    search: bool = False,
    changes: Path | None = None,
) -> Published:
    """Make an output folder hold an edition.

    `known` are the marks that the last build left on its files: one that has others since is made
    again, as all are when forced. With `search` its index is made where it is out of
    date. What is done is listed in `changes`. Raises BuildError where the output cannot be written,
    and with `strict` where search can have no index.
    """
    occupancy.refuse_inside(target, [shop.root / name for name in FOLDERS])
    try:
        with occupancy.opened(
            target, shop.version, known, shop.cache, look=not shop.is_told
        ) as folder:
            return _publish(
                shop, edition, folder, strict=strict, force=force, search=search, changes=changes
            )
    except OSError as error:
        raise occupancy.explain(error, target) from error


def _publish(  # noqa: PLR0913 - the parts of a build
    shop: Workshop,
    edition: Edition,
    folder: Output,
    *,
    strict: bool,
    force: bool,
    search: bool,
    changes: Path | None,
) -> Published:
    shop.progress.begin("Comparing with the last build")
    known = shop.cache.recall("fingerprints", "", Fingerprints)
    fingerprints = known.of(edition.groups, edition.site, edition.theme)
    copies = {file.path: shop.root / file.source for file in edition.files}
    assets = {asset.path: asset.data for asset in edition.assets}
    place = str(folder.root.resolve())
    makers: dict[str, str] = shop.cache.get("makers", place) or {}
    kept, tasks = _sorted_out(edition, folder, fingerprints, force=force)
    new = (file for task in tasks for file in task.group.files())
    occupancy.refuse_foreign(folder, (*new, *assets, *copies))
    press = Press(edition.theme, edition.site.settings, makers, force, shop.version)
    made = rendering.render(shop, press, tasks, edition.site.wholes, folder)
    groups = {name: GroupRecord(fingerprints[name], files) for name, files in made.records.items()}
    records: dict[str, Record] = {}
    staged = made.staged
    for path, data in assets.items():
        records[path] = Record(digest(data), len(data))
        if not folder.is_current(path, records[path].fingerprint) and folder.differs(path, data):
            folder.stage(path, data)
            staged.append(path)
    for path, source in copies.items():
        records[path] = record(source)
        if not folder.is_current(path, records[path].fingerprint) and not folder.has(
            path, records[path]
        ):
            records[path] = folder.stage_copy(path, source)
            staged.append(path)
    found = searching.kept(folder)
    if search:
        shown = edition.search
        index = searching.Index(edition.theme.fingerprint(shown), shown.files)
        if not index.is_current(folder):
            shop.progress.begin("Indexing for search")
            found = index.make(folder, shop.progress)
    if strict and found.warnings:
        raise BuildError(found.warnings)
    # To tell which are of no use any more takes as long as a small build.
    if made.makes_pieces and shop.cache.count(pieces.KIND) > _PIECES * edition.papers:
        edition.theme.pieces.keep_only(edition.marks())
    shop.progress.begin("Putting files in place")
    records |= found.records
    folder.publish(records, (*staged, *found.staged), changes, kept=kept, made=groups)
    if made.makers and {**makers, **made.makers} != makers:
        shop.cache.put("makers", place, {**makers, **made.makers})
    return Published(
        warnings=found.warnings,
        files=folder.marks(),
        rendered=made.reasons,
        written=tuple(sorted(folder.written)),
        removed=tuple(sorted(folder.removed)),
    )


def _sorted_out(
    edition: Edition, folder: Output, fingerprints: Mapping[str, str], *, force: bool
) -> tuple[frozenset[str], list[Task]]:
    """Return the groups whose files are all in place as they should be, and what is to be made."""
    kept: list[str] = []
    tasks: list[Task] = []
    known = folder.manifest.fingerprint
    for group in edition.groups:
        name = group.name
        if not force and known(name) == fingerprints[name] and folder.is_group_intact(name):
            kept.append(name)
            continue
        own = folder.open_group(name)
        there = {
            file: found
            for file in group.files()
            if (found := own.get(file) or folder.record(file)) is not None
        }
        tasks.append(Task(group, there, frozenset(filter(folder.is_intact, there))))
    return frozenset(kept), tasks
