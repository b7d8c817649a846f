"""Rendering pages into an output's staging folder, by one process or several."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.output import Output
    from generator.pages.kinds import Page
    from generator.theme import Theme

_POOL_FROM = 400  # pages below which a second process costs more than it saves


def render(
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
