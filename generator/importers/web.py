"""Asking a service on the web: politely, for a bounded time, and for a bounded answer."""

from __future__ import annotations

import email.utils
import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import __version__

if TYPE_CHECKING:
    from email.message import Message
    from typing import IO

_TRIES = 3
_TIMEOUT = 20.0  # seconds that a service may say nothing
_LONGEST = 60.0  # seconds for one answer, and the longest that we wait before asking again
_BUSY = frozenset({429, 503})  # RFC 6585, section 4; RFC 9110, section 15.6.4
_REDIRECTIONS = range(300, 400)  # RFC 9110, section 15.4
_PAUSE = 3.0  # seconds between two requests, as arXiv asks for
_MOST_BYTES = 8_000_000
_PIECE = 65536


class ServiceError(Exception):
    """A service gives no paper: why, and what to do."""

    def __init__(self, message: str, help: str) -> None:  # noqa: A002 - the word users see
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said: the HTTP status, and the bytes."""

    status: int
    data: bytes


def agent(contact: str | None) -> str:
    """Return how the program calls itself, with an address under which its user is found."""
    return f"Offprint/{__version__}" + (f" (+{contact})" if contact else "")


class _OnlyTheWeb(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to another web address."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - as the standard library calls it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in {"http", "https"}:
            raise urllib.error.URLError("it leads to an address that is not on the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens web addresses, and no others: no files, no FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _OnlyTheWeb(),
    ):
        opener.add_handler(handler)
    return opener


def get(address: str, *, accept: str, user_agent: str, timeout: float = _TIMEOUT) -> Answer:
    """Return what a service answers, also that it knows nothing.

    A service that is busy is asked again when it says so. Raises ServiceError where it cannot be
    reached, stays busy, or says more than any paper needs.
    """
    host = urlsplit(address).hostname or address
    headers = {"Accept": accept, "User-Agent": user_agent}
    for attempt in range(1, _TRIES + 1):
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - opened by an opener of web addresses alone
        try:
            status, head, data = _ask(request, timeout)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ServiceError(
                f"{host} cannot be reached: {_reason(error)}.",
                "Check the connection, or try again later.",
            ) from error
        if status in _REDIRECTIONS:  # one that is not followed
            raise ServiceError(
                f"{host} leads to an address that is not on the web, or in a circle.",
                "Try again later.",
            )
        if status not in _BUSY:
            return Answer(status, data)
        pause = _retry_after(head.get("Retry-After", ""))
        if pause > _LONGEST:
            raise ServiceError(f"{host} is busy.", f"It asks to come again in {pause:.0f} seconds.")
        if attempt < _TRIES:
            time.sleep(pause)
    raise ServiceError(f"{host} is busy.", "Try again later.")


def _ask(request: urllib.request.Request, timeout: float) -> tuple[int, Message, bytes]:
    end = time.monotonic() + _LONGEST
    try:
        response = _opener().open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        data = bytearray()
        while piece := response.read(_PIECE):
            data += piece
            if len(data) > _MOST_BYTES:
                raise ValueError("its answer is too long")
            if time.monotonic() > end:
                raise TimeoutError("its answer takes too long")
        return response.status, response.headers, bytes(data)


def _retry_after(value: str) -> float:
    """Return the seconds to wait (RFC 9110, section 10.2.3: seconds, or a date)."""
    if value.strip().isdecimal():
        return float(value)
    try:
        date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return _PAUSE
    return max(0.0, date.timestamp() - time.time())


def _reason(error: BaseException) -> str:
    """Return why a service cannot be reached, in a few words."""
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException):
        error = error.reason
    if isinstance(error, TimeoutError):
        return str(error) if "answer" in str(error) else "it does not answer"
    text = getattr(error, "strerror", None) or getattr(error, "reason", None) or str(error)
    return " ".join(str(text).split()).rstrip(".") or type(error).__name__
