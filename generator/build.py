"""Building a site, or finding that nothing has changed.

What a build needs beyond that is imported only then, so that a build without news costs little more
than a look at the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import workshop
from generator.inputs import digest
from generator.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.options import Options
    from generator.workshop import Workshop


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did, as paths of files in the output, and the warnings it found.

    `rendered` tells of each page why; `url` is the address that the site is built for, or empty.
    """

    papers: int
    url: str
    rendered: Mapping[str, str]
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
    search: bool = False,
    shop: Workshop | None = None,
    changes: Path | None = None,
    changed: Collection[str] | None = None,
) -> BuildResult:
    """Build the site in a folder into an output folder.

    With `search`, the index of search is made where it is out of date; where that fails there is a
    warning. With a workshop, what it learns is there for the next build; where that is told which
    files have `changed` since, it looks at no others, and believes the output to be as it was left.
    In the file `changes` the files that were written and removed are listed. Raises BuildError, and
    leaves the published site as it was, where anything is wrong.
    """
    shop = shop or workshop.opened(root, jobs)
    origin = digest(f"{shop.begin(changed)} {options} {strict} {search}".encode())
    place = str(target.resolve())
    last: Stamp | None = shop.cache.get("build", place)
    try:
        if last and not force and last.holds(place, origin, look=not shop.is_told):
            if changes:
                changes.write_text("", encoding="utf-8")
            return BuildResult(last.papers, last.url, {}, (), last.made, (), last.warnings)
        from generator import edition as editions  # noqa: PLC0415 - only a build with news needs it
        from generator import publishing  # noqa: PLC0415 - only a build with news needs it

        edition = editions.prepare(shop, options, strict=strict)
        known = last.files if last else None
        done = publishing.publish(
            shop,
            edition,
            target,
            known,
            strict=strict,
            force=force,
            search=search,
            changes=changes,
        )
        warnings = (*edition.warnings, *done.warnings)
        url = edition.theme.header.url
        made = Stamp(origin, done.files, edition.papers, url, warnings)
        shop.cache.put("build", place, made)
    finally:
        shop.progress.end()
        shop.end()
    return BuildResult(
        papers=edition.papers,
        url=url,
        rendered=done.rendered,
        written=done.written,
        unchanged=made.made - len(done.written),
        removed=done.removed,
        warnings=warnings,
    )
