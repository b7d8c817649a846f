"""A preview at work: the site as it was last built, and what is wrong with what was saved since."""

from __future__ import annotations

import gc
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import occupancy, progress, workshop
from generator.build import build
from generator.diagnostics import BuildError, Severity, plural
from generator.preview import styles
from generator.preview.host import Answer, Host
from generator.preview.styles import Styles
from generator.program import builtin
from generator.progress import Progress
from generator.search import FOLDER as FOLDER_OF_SEARCH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from threading import Event

    from generator.diagnostics import Diagnostic
    from generator.options import Options

    Report = Callable[[Iterable[Diagnostic]], None]

# Beside the content, so that a preview never touches the site that is published.
FOLDER = Path(".offprint", "preview")


class Session:
    """A site that is built again when its files change; after a fault the last good one stays.

    Building may go on in another thread while the site is shown.
    """

    def __init__(self, source: Path, target: Path, options: Options, report: Report) -> None:
        self.source = source
        self.shop = workshop.opened(source)
        self.options = options
        self.report = report
        self.host = Host(target)
        self.styles = Styles()
        self.found: tuple[Diagnostic, ...] = ()

    def build(self, end: Event, changed: Collection[str] | None = None) -> None:
        """Build all but the index of search, and report what is found; a fault ends nothing.

        Where it is known what changed since the last build, only that is looked at.
        """
        try:
            self._build(end, search=False, changed=changed)
        except Ended:
            return
        except BuildError as error:
            self.found = error.diagnostics
        self.report(self.found)

    def index(self, end: Event) -> None:
        """Bring the index of search up to date, which no reader of a page waits for.

        What kept a build from the output may be over by now. All files are looked at once more, so
        that what nobody told of is shown too, and what was learned is kept.
        """
        before = self.found
        # A fault that was saved just now is told by the build that follows from it.
        with suppress(BuildError, Ended):
            self._build(end, search=True)
        if self.found != before:
            self.report(self.found)
        gc.collect()

    def _build(self, end: Event, *, search: bool, changed: Collection[str] | None = None) -> None:
        start = time.perf_counter()
        shown = progress.shown(sys.stderr) if sys.stderr.isatty() else Progress()
        self.shop.progress = _Interruptible(shown, end)
        result = build(
            self.source,
            self.host.folder,
            self.options,
            search=search,
            shop=self.shop,
            changed=changed,
        )
        self.found = result.warnings
        self.host = Host(self.host.folder, urlsplit(result.url).path or "/")
        took = f"{time.perf_counter() - start:.2f} s"
        if not search or result.rendered:
            print(f"Built: {plural(len(result.rendered), 'page')} rendered in {took}.", flush=True)  # noqa: T201 - for the writer
        if any(file.startswith(FOLDER_OF_SEARCH) for file in result.written):
            print(f"Indexed for search in {took}.", flush=True)  # noqa: T201 - for the writer

    @property
    def is_hindered(self) -> bool:
        """Whether the output cannot be written: another build is at work there, a disk is full."""
        return any(one.location.path.startswith(str(self.host.folder)) for one in self._errors)

    @property
    def _errors(self) -> list[Diagnostic]:
        return [one for one in self.found if one.severity is Severity.ERROR]

    def restyle(self, paths: Collection[str]) -> bool:
        """Show style sheets as they were saved, should they be among some paths.

        The pages that name them are built later.
        """
        folders = ((self.source / "static").absolute(), builtin("static"))
        if not any(Path(path).is_relative_to(folder) for folder in folders for path in paths):
            return False
        self.styles = styles.read(self.source) or self.styles
        return True

    def settle(self) -> None:
        """Show style sheets as they were built, now that the pages name them."""
        if not self._errors:
            self.styles = Styles()

    def find(self, path: str) -> Answer:
        """Return what stands at the decoded path of an address."""
        answer = self.host.find(path)
        name = path.removeprefix(self.host.mount)
        early = self.styles.files.get(name) if answer.status == HTTPStatus.NOT_FOUND else None
        return answer if early is None else Answer(200, self.host.folder / name, data=early)

    def page(self, answer: Answer) -> bytes:
        """Return the page that an answer leads to, in its newest style."""
        return self.styles.put_on(answer.file.read_bytes())


class Ended(Exception):  # noqa: N818 - it is nobody's fault
    """A build was told to end, and left the site as it was."""


class _Interruptible(Progress):
    """Shows the progress of a build, and ends it at its next step once an event is set."""

    def __init__(self, shown: Progress, end: Event) -> None:
        self._shown = shown
        self._end = end

    def begin(self, stage: str, count: int = 0) -> None:
        """Go on or end."""
        self._shown.begin(stage, count)
        self.advance(0)

    def advance(self, count: int) -> None:
        """Go on or end."""
        if self._end.is_set():
            raise Ended
        self._shown.advance(count)

    def end(self) -> None:
        """Leave no trace on the terminal."""
        self._shown.end()


@contextmanager
def folder_for(source: Path) -> Iterator[Path]:
    """Give a folder to build into: beside the content, where the next preview finds it again.

    While another preview has that one, or where it cannot be written, it is a temporary one.
    """
    home = source / FOLDER
    with ExitStack() as stack:
        try:
            stack.enter_context(occupancy.locked(home))
        except (BuildError, OSError):
            yield Path(stack.enter_context(TemporaryDirectory(prefix="offprint-")), "site")
        else:
            yield home / "site"
