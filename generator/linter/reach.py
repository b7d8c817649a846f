"""What only all pages together show: the way to each, and what two of them claim alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator.diagnostics import Note
from generator.linter.links import refuse_anchor
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Diagnostics
    from generator.linter.folder import Folder
    from generator.linter.links import Outline

HOME = "index.html"
FARTHEST = 10
"""The links from home within which Google Scholar's robot finds a paper."""


def check(pages: Mapping[str, Outline], folder: Folder, found: Diagnostics) -> None:
    """Report what is wrong between the pages of a site, given by their files."""
    _check_anchors(pages, found)
    _check_way(pages, folder, found)
    _check_doubles(pages, folder, found)


def _check_anchors(pages: Mapping[str, Outline], found: Diagnostics) -> None:
    for page in pages.values():
        for file, anchor, at in page.anchors:
            if file in pages and anchor not in pages[file].ids:
                refuse_anchor(at, anchor, f"in '{file}'", found)


def _check_way(pages: Mapping[str, Outline], folder: Folder, found: Diagnostics) -> None:
    """Report papers that are too far from home, and pages to which no link leads."""
    if HOME not in pages:
        found.error(
            Location(folder.shown(HOME)),
            "The site has no home page.",
            "Name the folder that holds index.html.",
        )
        return
    steps = _steps(pages)
    for page in pages.values():
        at = Location(folder.shown(page.file))
        if not page.is_indexed or page.file == "404.html":
            continue
        if page.file not in steps:
            found.error(
                at,
                "No link leads from the home page to this page.",
                "Link to it, or forbid search engines to take it.",
            )
        elif page.is_paper and steps[page.file] > FARTHEST:
            found.error(
                at,
                f"The paper is {steps[page.file]} links away from the home page, and Google "
                f"Scholar follows {FARTHEST}.",
                "Link to it from an index, such as one by year.",
            )


def _steps(pages: Mapping[str, Outline]) -> dict[str, int]:
    """Return how many links each page that can be reached is away from home."""
    steps = {HOME: 0}
    reached = [HOME]
    while reached:
        following: list[str] = []
        for file in reached:
            for lead in pages[file].leads:
                if lead in pages and lead not in steps:
                    steps[lead] = steps[file] + 1
                    following.append(lead)
        reached = following
    return steps


def _check_doubles(pages: Mapping[str, Outline], folder: Folder, found: Diagnostics) -> None:
    """Report titles and descriptions that stand on several pages that search engines show."""
    indexed = [page for page in pages.values() if page.is_indexed]
    for what in ("title", "description"):
        having: defaultdict[str, list[str]] = defaultdict(list)
        for page in indexed:
            having[getattr(page, what)].append(page.file)
        for words, files in having.items():
            for file in files[1:] if words else ():
                found.warning(
                    Location(folder.shown(file)),
                    f"Another page has the same {what}, '{words}'.",
                    "Say what sets them apart: search engines show one of the two.",
                    Note(Location(folder.shown(files[0])), "The other one is here."),
                )
