"""Publishing an edition: what is out of date is rendered, staged, and put in place together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import output, reasons, rendering
from generator import search as searching
from generator.diagnostics import BuildError
from generator.inputs import digest
from generator.output import Output, Record
from generator.workshop import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.edition import Edition
    from generator.stamp import Marks
    from generator.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Published:
    """What was done to an output, as paths of files in it, and what could not be done.

    `rendered` tells of each page why.
    """

    files: tuple[str, ...]
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
    output.refuse_inside(target, [shop.root / name for name in FOLDERS])
    try:
        with output.opened(target, shop.version, known) as folder:
            return _publish(
                shop, edition, folder, strict=strict, force=force, search=search, changes=changes
            )
    except OSError as error:
        raise output.explain(error, target) from error


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
    fingerprints = {page.file: edition.theme.fingerprint(page) for page in edition.pages}
    copies = {file.path: shop.root / file.source for file in edition.files}
    assets = {asset.path: asset.data for asset in edition.assets}
    output.refuse_foreign(folder, (*fingerprints, *assets, *copies))
    stale = [
        page
        for page in edition.pages
        if force or not folder.is_current(page.file, fingerprints[page.file])
    ]
    place = str(folder.root.resolve())
    makers: dict[str, str] = shop.cache.get("makers", place) or {}
    rendered = {
        page.file: reasons.reason(page, edition.theme, folder, makers, force=force)
        for page in stale
    }
    sizes, staged = rendering.render(shop, edition.theme, stale, folder)
    records = {
        file: Record(fingerprint, sizes.get(file, folder.size(file)))
        for file, fingerprint in fingerprints.items()
    }
    for path, data in assets.items():
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
    index = searching.Index(edition.theme.fingerprint(edition.search), edition.search.files)
    if search and not index.is_current(folder):
        shop.progress.begin("Indexing for search")
        found = index.make(folder, shop.progress)
    else:
        found = index.kept(folder)
    if strict and found.warnings:
        raise BuildError(found.warnings)
    shop.progress.begin("Putting files in place")
    folder.publish(records | dict(found.records), (*staged, *found.staged), changes)
    if edition.theme.makers() != makers:
        shop.cache.put("makers", place, edition.theme.makers())
    return Published(
        warnings=found.warnings,
        files=tuple(folder.records),
        rendered=rendered,
        written=tuple(sorted(folder.written)),
        removed=tuple(sorted(folder.removed)),
    )
