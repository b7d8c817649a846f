"""The local preview: livereload around the build."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from livereload import Server

from generator.build import build
from generator.content import Options
from generator.diagnostics import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from generator.diagnostics import Diagnostic

    Report = Callable[[Iterable[Diagnostic]], None]

# Beside the content, so that a preview never touches the site that is published.
FOLDER = ".offprint/preview"
WATCHED = ("content", "templates", "static")


class Preview:
    """A site that is built again when its files change; after a fault the last good one stays."""

    def __init__(self, source: Path, options: Options, report: Report) -> None:
        self.source = source
        self.output = source / FOLDER
        self.options = options
        self.report = report

    def build(self) -> None:
        """Build, and report what is found; a fault never ends the preview."""
        try:
            result = build(self.source, self.output, self.options)
        except BuildError as error:
            self.report(error.diagnostics)
        else:
            self.report(result.warnings)
            print(f"Built: {len(result.rendered)} pages rendered.", flush=True)  # noqa: T201 - for the writer


def serve(  # noqa: PLR0913 - the options of the command
    source: Path, base_url: str | None, *, host: str, port: int, open_browser: bool, report: Report
) -> int:
    """Serve the site until Ctrl-C, drafts too, and return the exit status."""
    preview = Preview(source, Options(drafts=True, base_url=base_url), report)
    preview.output.mkdir(parents=True, exist_ok=True)
    preview.build()
    server = Server()
    for folder in WATCHED:
        server.watch(str(source / folder), preview.build)
    logging.getLogger("livereload").setLevel(logging.ERROR)
    print(f"The site is at http://{host}:{port}/ until you press Ctrl-C.", flush=True)  # noqa: T201 - the same
    try:
        server.serve(
            port=port,
            host=host,
            root=str(preview.output),
            open_url_delay=0.5 if open_browser else None,
        )
    except OSError as error:
        print(f"offprint: {host}:{port} cannot be used: {error.strerror}. Try --port.")  # noqa: T201 - the same
        return 1
    return 0
