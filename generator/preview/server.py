"""The server of the preview: livereload's, which serves the built site as a host would."""

from __future__ import annotations

import errno
import gc
import ipaddress
import logging
import re
import signal
import socket
import sys
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from livereload import Server as LiveReloadServer
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.platform.asyncio import BaseAsyncIOLoop
from tornado.web import Application, RequestHandler, StaticFileHandler

from generator.folder import require
from generator.preview.builder import Builder
from generator.preview.host import media_type
from generator.preview.page import OWN, with_script
from generator.preview.session import Session, folder_for
from generator.preview.tab import Tab, refresh_all
from generator.preview.watcher import Watcher
from generator.program import builtin
from generator.workshop import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.options import Options
    from generator.preview.session import Report

_PORTS = 100  # how many ports are tried, beginning with the one that was asked for


def serve(  # noqa: PLR0913 - the options of the command
    source: Path,
    options: Options,
    *,
    host: str,
    port: int,
    open_browser: bool,
    poll: bool,
    report: Report,
) -> int:
    """Serve the site until Ctrl-C, and return the exit status.

    Raises BuildError where there is no content to serve.
    """
    require(source)
    try:
        listening = _listen(host, port)
    except OSError as error:
        message = f"offprint: {host}:{port} cannot be used: {error.strerror}. Try another --port."
        print(message, file=sys.stderr)  # noqa: T201 - for the writer
        return 1
    found = listening.getsockname()[1]
    if found != port:
        print(f"Port {port} is taken; {found} is used instead.", flush=True)  # noqa: T201 - for the writer
    with listening, stopped_by_signals(), folder_for(source) as folder:
        session = Session(source, folder, options, report)
        builder = Builder(session, refresh_all)
        with builder, Watcher(_read_folders(source), builder.change, poll=poll) as watcher:
            # What builds make is kept; what they drop is looked for when nobody waits.
            gc.disable()
            session.build(Event())
            gc.freeze()
            address = f"http://{_in_address(host)}:{found}{session.host.mount}"
            print(f"The site is at {address} until you press Ctrl-C.", flush=True)  # noqa: T201 - for the writer
            if open_browser:
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            Server(session, listening, watcher).serve(port=found, host=host)
    return 0


def _read_folders(source: Path) -> Iterator[Path]:
    """Yield the folders that a build reads, where they are not one."""
    for name in FOLDERS:
        yield source / name
    for name in ("templates", "static"):
        if builtin(name).resolve() != (source / name).resolve():
            yield builtin(name)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a port, or at the next one that is free. Raises OSError."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    last = min(port + _PORTS, 1 << 16) - 1
    while True:
        try:
            made = socket.create_server((host, port), family=family, backlog=128)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port == last:
                raise
            port += 1
        else:
            made.settimeout(0)  # never to wait, as tornado needs it
            return made


def _in_address(host: str) -> str:
    """Return a host as it is written in an address (RFC 3986, section 3.2.2)."""
    return f"[{host}]" if ":" in host else host


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end what runs here, in good order."""
    running = IOLoop.current()
    assert isinstance(running, BaseAsyncIOLoop)
    loop = running.asyncio_loop

    def stop(_number: int, _frame: object) -> None:
        for one in before:
            signal.signal(one, signal.SIG_IGN)  # once is enough: what is left is to tidy up
        if not loop.is_running():
            end()
        # Between two callbacks; livereload catches within one whatever is raised.
        loop.call_soon_threadsafe(end)

    def end() -> NoReturn:
        raise KeyboardInterrupt

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class Server(LiveReloadServer):  # type: ignore[misc]  # livereload comes without types
    """Serves a session's site, and says nothing of its own: the session tells what there is."""

    def __init__(self, session: Session, listening: socket.socket, watcher: Watcher) -> None:
        super().__init__(watcher=watcher)
        self._session = session
        self._listening = listening

    def _setup_logging(self) -> None:
        logging.getLogger("livereload").setLevel(logging.WARNING)

    def application(self, _port: int, host: str, **_options: object) -> None:
        """Listen, at the port that was found."""
        LiveReloadHandler.watcher = self.watcher
        own = OWN.replace(".", r"\.")
        shared: dict[str, Any] = {"session": self._session}
        handlers: list[tuple[str, Any, dict[str, Any]]] = [
            (rf"{own}livereload", Tab, shared),
            (rf"{own}(preview\.(?:css|js))", Own, {"path": str(Path(__file__).parent)}),
            (r"(.*)", Site, {"path": str(self._session.host.folder), **shared}),
        ]
        application = Application(
            default_handler_class=Misdirected, log_function=lambda _handler: None
        )
        application.add_handlers(own_names(host), handlers)
        HTTPServer(application).add_socket(self._listening)


def own_names(host: str) -> str:
    """Return, as a pattern, the names by which browsers may call a preview that listens at a host.

    A page of another site can give its own name this machine's address, and would then be taken for
    a part of this one ("DNS rebinding"); an address that is written in numbers is nobody's to give.
    """
    names = "|".join(map(re.escape, ("localhost", "127.0.0.1", "[::1]", _in_address(host).lower())))
    numbers = r"|[\d.]+|\[[\da-f:.]+\]" if _is_every_address(host) else ""
    return f"(?:{names}{numbers})$"


def _is_every_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


class Misdirected(RequestHandler):
    """What is asked of another host than this one (RFC 9110, section 15.5.20)."""

    def prepare(self) -> None:
        """Refuse, whatever it is."""
        self.set_status(421)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(
            f"This is a preview of Offprint, and not {self.request.host_name}.\n"
            "Call it localhost, or start it with the name that it is to have as --host.\n"
        )


class _Fresh(StaticFileHandler):
    """Files of which no copy is kept, since they may change at any time."""

    def set_default_headers(self) -> None:
        """Let nobody keep a copy."""
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """Give a file no mark by which a copy is known."""

    def should_return_304(self) -> bool:
        """Send every file whole."""
        return False


class Own(_Fresh):
    """The script and the style sheet of the preview itself."""


class Site(_Fresh):
    """The files of the built site; its pages with the script of the preview."""

    def initialize(self, path: str, session: Session) -> None:  # type: ignore[override]  # one more
        """Take what tornado hands to every handler."""
        super().initialize(path)
        self._session = session

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002 - tornado's
        """Answer with what stands at an address."""
        answer = self._session.find(path)
        if answer.location:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(quote(answer.location) + query, status=answer.status)
        elif media_type(answer.file).startswith("text/html"):
            self.set_status(answer.status)
            self.set_header("Content-Type", media_type(answer.file))
            self.finish(with_script(self._session.page(answer)))
        elif answer.data is not None:
            self.set_header("Content-Type", media_type(answer.file))
            self.finish(answer.data)
        else:
            within = answer.file.relative_to(self._session.host.folder).as_posix()
            await super().get(within, include_body)

    def get_content_type(self) -> str:
        """Return the type of the file that is sent."""
        assert self.absolute_path is not None
        return media_type(Path(self.absolute_path))
