"""A tab of the browser, which is told what to do when what it shows is no longer what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.escape import json_decode
from tornado.websocket import WebSocketHandler

from generator.diagnostics import count, excerpt
from generator.preview.page import Version

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.preview.session import Session


class Tab(LiveReloadHandler):  # type: ignore[misc]  # livereload comes without types
    """A page that is open, speaking LiveReload's protocol 7 and two commands beyond it.

    A page tells its address and its version. So whatever happened before it could tell, be it that
    the server was started anew, it is told to load itself again only if it is not what is there.
    """

    session: Session
    address: str
    version: str
    told: object

    def initialize(self, session: Session) -> None:
        """Take what tornado hands to every handler."""
        self.session = session
        self.address = self.version = ""
        self.told = ()

    def check_origin(self, origin: str) -> bool:
        """Refuse pages of other sites: what is being written is nobody else's affair."""
        return WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        """Shake hands; what a page tells of itself is compared with what is there."""
        super().on_message(message)
        told: dict[str, Any] = json_decode(message)
        if told["command"] == "info":
            self.address = unquote(urlsplit(told["url"]).path)
            self.version = told["version"]
            self.refresh()

    def refresh(self) -> None:
        """Tell the tab what is wrong, and to show what is new."""
        found = self.session.found
        if found != self.told:
            self.told = found
            self.send_message({"command": "diagnostics", **_as_message(found)})
        version = self._current()
        if str(version) == self.version:
            return
        content, _, looks = self.version.partition(".")
        self.version = str(version)
        if version.content == content and version.looks != looks:
            links = "".join(version.styles)
            self.send_message({"command": "styles", "links": links, "version": self.version})
        else:
            self.send_message({"command": "reload", "path": self.address, "liveCSS": True})

    def _current(self) -> Version:
        """Return the version of what stands at the tab's address now."""
        answer = self.session.find(self.address)
        if answer.location:
            # It would be led on, as when the whole site moves below another path.
            answer = self.session.find(answer.location)
        return Version.of(self.session.page(answer))


def refresh_all() -> None:
    """Bring every open tab up to date."""
    for tab in tuple(LiveReloadHandler.waiters):
        tab.refresh()


def _as_message(found: tuple[Diagnostic, ...]) -> dict[str, object]:
    return {
        "count": count(found),
        "found": [
            {
                "place": str(one.location),
                "severity": one.severity,
                "message": one.message,
                "excerpt": "\n".join(excerpt(one.location)),
                "notes": [f"{note.location}: {note.message}" for note in one.notes],
                "help": one.help,
            }
            for one in found
        ],
    }
