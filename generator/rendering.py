"""Rendering pages into an output's staging folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import workers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.output import Output
    from generator.pages.kinds import Page
    from generator.theme import Theme

    Rendered = tuple[dict[str, int], list[str]]


def render(theme: Theme, pages: Sequence[Page], folder: Output, jobs: int) -> Rendered:
    """Render pages and stage those whose bytes are new: the size of each, and what was staged."""
    sizes: dict[str, int] = {}
    staged: list[str] = []
    # Pages that lie together share their cards, so each process takes a whole run of them.
    for some_sizes, some_staged in workers.run(_render, (theme, folder), pages, jobs):
        sizes |= some_sizes
        staged += some_staged
    return sizes, staged


def _render(state: tuple[Theme, Output], pages: Sequence[Page]) -> Rendered:
    theme, folder = state
    sizes: dict[str, int] = {}
    staged: list[str] = []
    for page in pages:
        data = theme.file(page)
        sizes[page.file] = len(data)
        if folder.differs(page.file, data):
            folder.stage(page.file, data)
            staged.append(page.file)
    return sizes, staged
