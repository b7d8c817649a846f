"""Reading a built site by all rules: each page by itself, then all of them together."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING

from generator import config, workers
from generator.diagnostics import Diagnostics
from generator.linter import assets, body, feeds, head, links, reach, scholar, sitemaps
from generator.linter.document import Document
from generator.linter.folder import opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.linter.folder import Folder
    from generator.linter.links import Outline


def lint(root: Path, base_url: str = "", jobs: int | None = None) -> tuple[int, Diagnostics]:
    """Read a built site, and return how many pages it has and what was found.

    Its address is, where none is given, what its home page says. Raises BuildError where a file
    cannot be read.
    """
    folder = opened(root, base_url)
    folder = opened(root, base_url or _address(folder))
    found = Diagnostics()
    pages: dict[str, Outline] = {}
    jobs = jobs or os.cpu_count() or 1
    runs = workers.run(_pages, folder, folder.pages, jobs)
    for outline, diagnostics in chain.from_iterable(runs):
        pages[outline.file] = outline
        found.found += diagnostics
    reach.check(pages, folder, found)
    sitemaps.check(pages, folder, found)
    named = sorted({file for page in pages.values() for file in page.feeds})
    feeds.check(named, folder, found, jobs)
    assets.check(folder, found)
    return len(pages), found


def _address(folder: Folder) -> str:
    """Return the site's address as its home page says it; "" where it does not."""
    if reach.HOME not in folder.sizes:
        return ""
    home = Document(reach.HOME, reach.HOME, folder.read(reach.HOME))
    named = [one.get("href") or "" for one in home.links("canonical")]
    return config.base_url(named[0].removesuffix(reach.HOME)) or "" if named else ""


def _pages(folder: Folder, files: Sequence[str]) -> list[tuple[Outline, list[Diagnostic]]]:
    """Return what each page is by itself, and what is wrong with it."""
    return [_page(file, folder) for file in files]


def _page(file: str, folder: Folder) -> tuple[Outline, list[Diagnostic]]:
    found = Diagnostics()
    page = Document(file, folder.shown(file), folder.read(file))
    head.check(page, folder, found)
    body.check(page, folder, found)
    scholar.check(page, folder, found)
    return links.check(page, folder, found), found.found
