"""Building a site: load, plan, compare, render, publish. `check` and `serve` go the same way."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from generator import addresses, assets, content, output
from generator.assets import digest
from generator.diagnostics import Diagnostic, Diagnostics
from generator.output import Output, Record
from generator.pages import plan as planning
from generator.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.assets import Asset
    from generator.content import Options
    from generator.pages.kinds import Page
    from generator.site import File

_POOL_FROM = 400  # pages below which a second process costs more than it saves


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did, as paths of files in the output, and the warnings it found."""

    papers: int
    rendered: tuple[str, ...]
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site ready to be rendered: its pages, its other files, and the theme that renders it."""

    papers: int
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    files: tuple[File, ...]
    theme: Theme
    warnings: tuple[Diagnostic, ...]


def prepare(root: Path, options: Options, *, strict: bool = False) -> Prepared:
    """Read a site and plan it. Raises BuildError with every fault of its content."""
    found = Diagnostics()
    site = content.load(root, found, options)
    static = assets.read(root, site.config.theme, found)
    pages = planning.plan(site)
    addresses.check(pages, site, found)
    found.raise_errors(strict=strict)
    paths = {one.name: one.path for one in static}
    header = planning.header(site, assets.style_sheets(static), paths)
    sheets = {one.name: one.data.decode("utf-8") for one in static if one.name.endswith(".css")}
    return Prepared(
        papers=len(site.papers) + len(site.unlisted),
        pages=pages,
        assets=static,
        files=site.files,
        theme=Theme(root, header, sheets),
        warnings=tuple(found),
    )


def check(root: Path, options: Options, *, strict: bool = False) -> Prepared:
    """Do all that a build does but for writing. Raises BuildError as it does."""
    prepared = prepare(root, options, strict=strict)
    for page in prepared.pages:
        prepared.theme.fingerprint(page)
        prepared.theme.render(page)
    return prepared


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
    prepared = prepare(root, options, strict=strict)
    try:
        with output.opened(target, program()) as folder:
            return _publish(prepared, folder, force=force, jobs=jobs or os.cpu_count() or 1)
    except OSError as error:
        raise output.explain(error, target) from error


def _publish(prepared: Prepared, folder: Output, *, force: bool, jobs: int) -> BuildResult:
    fingerprints = {page.file: prepared.theme.fingerprint(page) for page in prepared.pages}
    stale = [
        page
        for page in prepared.pages
        if force or not folder.is_current(page.file, fingerprints[page.file])
    ]
    others = {asset.path: asset.data for asset in prepared.assets}
    copies = {file.path: prepared.theme.root / file.source for file in prepared.files}
    output.refuse_foreign(folder, (*fingerprints, *others, *copies))

    sizes, staged = _render(prepared.theme, stale, folder, jobs)
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
        papers=prepared.papers,
        rendered=tuple(page.file for page in stale),
        written=tuple(sorted(staged)),
        unchanged=len(records) - len(staged),
        removed=removed,
        warnings=prepared.warnings,
    )


def _size(folder: Output, file: str) -> int:
    record = folder.records.get(file)
    return record.size if record else 0


def _render(
    theme: Theme, pages: Sequence[Page], folder: Output, jobs: int
) -> tuple[dict[str, int], list[str]]:
    """Render pages and stage those whose bytes are new: the size of each page, and what was staged.

    With several jobs the pages are dealt out to forked processes, which share the plan as it is.
    """
    if jobs < 2 or len(pages) < _POOL_FROM or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        results = [_render_slice(theme, pages, folder)]
    else:
        with ProcessPoolExecutor(
            jobs, multiprocessing.get_context("fork"), _adopt, (theme, pages, folder)
        ) as pool:
            # Pages that lie together share their cards, so each process takes a whole run of them.
            step = -(-len(pages) // (jobs * 4))
            bounds = [(start, start + step) for start in range(0, len(pages), step)]
            results = list(pool.map(_render_adopted, bounds))
    sizes: dict[str, int] = {}
    staged: list[str] = []
    for some_sizes, some_staged in results:
        sizes |= some_sizes
        staged += some_staged
    return sizes, staged


def _render_slice(
    theme: Theme, pages: Sequence[Page], folder: Output
) -> tuple[dict[str, int], list[str]]:
    sizes: dict[str, int] = {}
    staged: list[str] = []
    for page in pages:
        data = theme.render(page).encode()
        sizes[page.file] = len(data)
        if folder.differs(page.file, data):
            folder.stage(page.file, data)
            staged.append(page.file)
    return sizes, staged


_adopted: tuple[Theme, Sequence[Page], Output] | None = None


def _adopt(theme: Theme, pages: Sequence[Page], folder: Output) -> None:
    """Keep, in a forked process, what it shares with the one it came from."""
    global _adopted  # noqa: PLW0603 - the pool's own way of giving its processes something to keep
    _adopted = (theme, pages, folder)


def _render_adopted(bounds: tuple[int, int]) -> tuple[dict[str, int], list[str]]:
    assert _adopted is not None
    theme, pages, folder = _adopted
    return _render_slice(theme, pages[slice(*bounds)], folder)


@lru_cache(maxsize=1)
def program() -> str:
    """Return the fingerprint of the program itself: another version renders everything anew."""
    folder = Path(__file__).parent
    texts = [path.read_bytes() for path in sorted(folder.rglob("*.py"))]
    return digest(b"\0".join([jinja2.__version__.encode(), *texts]))
