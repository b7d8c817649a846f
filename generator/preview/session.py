"""A preview at work: the site as it was last built, and what is wrong with what was saved since."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import output, workshop
from generator.build import build
from generator.diagnostics import BuildError, plural
from generator.preview.host import Host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.diagnostics import Diagnostic
    from generator.options import Options

    Report = Callable[[Iterable[Diagnostic]], None]

# Beside the content, so that a preview never touches the site that is published.
FOLDER = Path(".offprint", "preview")


class Session:
    """A site that is built again when its files change; after a fault the last good one stays."""

    def __init__(self, source: Path, target: Path, options: Options, report: Report) -> None:
        self.source = source
        self.shop = workshop.opened(source)
        self.options = options
        self.report = report
        self.host = Host(target)
        self.found: tuple[Diagnostic, ...] = ()

    def build(self) -> None:
        """Build all but the index of search, and report what is found; a fault ends nothing."""
        start = time.perf_counter()
        try:
            result = build(self.source, self.host.folder, self.options, shop=self.shop)
        except BuildError as error:
            self.found = error.diagnostics
            self.report(self.found)
        else:
            self.found = result.warnings
            self.report(self.found)
            self.host = Host(self.host.folder, urlsplit(result.url).path or "/")
            pages = plural(len(result.rendered), "page")
            print(f"Built: {pages} rendered in {time.perf_counter() - start:.2f} s.", flush=True)  # noqa: T201 - for the writer

    def index(self) -> None:
        """Bring the index of search up to date, which no reader of a page waits for."""
        # A fault that was saved just now is told by the build that follows from it.
        with suppress(BuildError):
            target = self.host.folder
            result = build(self.source, target, self.options, search=True, shop=self.shop)
            if result.warnings != self.found:
                self.found = result.warnings
                self.report(self.found)


@contextmanager
def folder_for(source: Path) -> Iterator[Path]:
    """Give a folder to build into: beside the content, where the next preview finds it again.

    While another preview has that one, or where it cannot be written, it is a temporary one.
    """
    home = source / FOLDER
    with ExitStack() as stack:
        try:
            stack.enter_context(output.locked(home))
        except (BuildError, OSError):
            yield Path(stack.enter_context(TemporaryDirectory(prefix="offprint-")), "site")
        else:
            yield home / "site"
