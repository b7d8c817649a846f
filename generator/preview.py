"""The local preview: livereload around the build."""

from __future__ import annotations

import logging
import socket
import sys
from typing import TYPE_CHECKING

import livereload.server
from livereload import Server
from livereload.server import LiveScriptInjector

from generator.build import build
from generator.diagnostics import BuildError, plural
from generator.options import Options

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
            print(f"Built: {plural(len(result.rendered), 'page')} rendered.", flush=True)  # noqa: T201 - for the writer


class QuietServer(Server):  # type: ignore[misc]  # livereload comes without types
    """A server that says nothing of its own: the preview tells the writer what there is to know."""

    def _setup_logging(self) -> None:
        logging.getLogger("livereload").setLevel(logging.WARNING)

    def application(self, *args: object, **options: object) -> None:
        """Give every page livereload's script by its address."""
        livereload.server.LiveScriptInjector = LinkedScript
        super().application(*args, **options)


class LinkedScript(LiveScriptInjector):  # type: ignore[misc]  # livereload comes without types
    """Names livereload's script where livereload would write one into the page.

    The policy of the pages allows files of their own origin and no script in the page itself; its
    `connect-src`, which is 'self', covers the socket on the same port.
    """

    def transform_first_chunk(self, *args: object) -> object:
        """Put the script into the head of a page."""
        self.script = b'<script src="/livereload.js" async></script>'
        return super().transform_first_chunk(*args)


def serve(  # noqa: PLR0913 - the options of the command
    source: Path, base_url: str | None, *, host: str, port: int, open_browser: bool, report: Report
) -> int:
    """Serve the site until Ctrl-C, drafts too, and return the exit status."""
    try:
        _try_port(host, port)
    except OSError as error:
        message = f"offprint: {host}:{port} cannot be used: {error.strerror}. Try another --port."
        print(message, file=sys.stderr)  # noqa: T201 - for the writer
        return 1
    preview = Preview(source, Options(drafts=True, base_url=base_url), report)
    preview.output.mkdir(parents=True, exist_ok=True)
    preview.build()
    server = QuietServer()
    for folder in WATCHED:
        server.watch(str(source / folder), preview.build)
    print(f"The site is at http://{host}:{port}/ until you press Ctrl-C.", flush=True)  # noqa: T201 - for the writer
    server.serve(
        port=port,
        host=host,
        root=str(preview.output),
        open_url_delay=0.5 if open_browser else None,
    )
    return 0


def _try_port(host: str, port: int) -> None:
    """Raise OSError where nothing can listen at an address, before anything is built for it."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
