"""Rendering pages into an output's staging folder."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from generator import cluster, program, workers
from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.inputs import Inputs, digest
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.output import Output
    from generator.pages.kinds import Page
    from generator.theme import Theme
    from generator.workshop import Workshop

    Rendered = tuple[dict[str, int], list[str]]


def render(shop: Workshop, theme: Theme, pages: Sequence[Page], folder: Output) -> Rendered:
    """Render pages and stage those whose bytes are new: the size of each, and what was staged."""
    sizes: dict[str, int] = {}
    staged: list[str] = []
    shop.progress.begin("Rendering pages", len(pages))
    # Pages that lie together share their cards, so each process takes a whole run of them.
    for some_sizes, some_staged in _runs(shop, theme, pages, folder):
        shop.progress.advance(len(some_sizes))
        sizes |= some_sizes
        staged += some_staged
    return sizes, staged


def _runs(
    shop: Workshop, theme: Theme, pages: Sequence[Page], folder: Output
) -> Iterator[Rendered]:
    if shop.cluster and len(pages) >= workers.POOL_FROM:
        with cluster.joined(shop.cluster) as (executor, width):
            for files in workers.send(_render_there, (theme, shop.version), pages, executor, width):
                yield _stage(folder, files)
    else:
        yield from workers.run(_render_here, (theme, folder), pages, shop.jobs)


def _render_here(state: tuple[Theme, Output], pages: Sequence[Page]) -> Rendered:
    theme, folder = state
    return _stage(folder, _render(theme, pages))


def _render_there(state: tuple[Theme, str], pages: Sequence[Page]) -> list[tuple[str, bytes]]:
    """Render pages on another machine, which must have the same program."""
    theme, version = state
    if version != _version():
        message = "A worker of the cluster has another version of Offprint, or of its libraries."
        way_out = "Install the same ones everywhere."
        raise BuildError([Diagnostic(Location("cluster"), Severity.ERROR, message, way_out)])
    return list(_render(theme, pages))


@lru_cache(maxsize=1)
def _version() -> str:
    return digest(program.version(Inputs({})).encode())


def _render(theme: Theme, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield page.file, theme.file(page)


def _stage(folder: Output, files: Iterable[tuple[str, bytes]]) -> Rendered:
    sizes: dict[str, int] = {}
    staged: list[str] = []
    for file, data in files:
        sizes[file] = len(data)
        if folder.differs(file, data):
            folder.stage(file, data)
            staged.append(file)
    return sizes, staged
