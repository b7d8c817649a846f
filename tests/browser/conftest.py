"""The demonstration site, served at two addresses, and a Chromium that opens it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
from playwright.sync_api import sync_playwright

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.pages.kinds.readers import IndexPage, RedirectPage, TermPage
from generator.workshop import Workshop
from tests.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, BrowserContext, Request, Route
    from playwright.sync_api import Page as Tab

    from generator.pages.kinds.page import Page

    NewReader = Callable[..., "Reader"]

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "test-output"
SUB_PATH = "/sub/path/"
MOUNTS = ("/", SUB_PATH)
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT = 20_000  # milliseconds, for a machine that is busy
POLL = 20  # milliseconds
FAILED = pytest.StashKey[bool]()

Scheme: TypeAlias = Literal["light", "dark"]


# the site


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The built demonstration site: its folder, its plan, its address, and a page of every kind."""

    folder: Path
    pages: tuple[Page, ...]
    url: str
    kinds: dict[str, Page]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build the demonstration site."""
    folder = tmp_path_factory.mktemp("published") / "public"
    assert not build(ROOT, folder, Options(), search=True).warnings
    prepared = prepare(Workshop(ROOT), Options())
    kinds: dict[str, Page] = {}
    for page in prepared.pages:
        if page.file.endswith(".html") and not isinstance(page, RedirectPage):
            kinds.setdefault(_kind(page), page)
    return Demonstration(folder, prepared.pages, prepared.theme.header.url, kinds)


@pytest.fixture(scope="session")
def site(demonstration: Demonstration) -> Demonstration:
    """Give the site that the tests of a file open; a file may build another in its place."""
    return demonstration


def _kind(page: Page) -> str:
    """Return what kind of page one is: those of different taxonomies are of different kinds."""
    of = f" of {page.taxonomy}" if isinstance(page, IndexPage | TermPage) else ""
    return type(page).__name__ + of


class _Handler(SimpleHTTPRequestHandler):
    """Serves one folder at `/` and at a sub-path, and shows its 404.html where there is nothing."""

    def translate_path(self, path: str) -> str:
        """Return the file at an address."""
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where there is nothing."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's word
        """Say nothing: the tests tell what was asked for."""


class _Server(ThreadingHTTPServer):
    """Serves without a word about readers who leave before a file is through."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Show an error unless the reader is gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on


@pytest.fixture(scope="module")
def server(site: Demonstration) -> Iterator[str]:
    """Serve the site on this machine alone, and return the address without a path."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=site.folder)) as made:
        thread = Thread(target=made.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


# the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a Chromium with a new profile.

    It is stopped after each file of tests: while Playwright runs, no other event loop can.
    """
    found = chromium.find()
    if found is None or not found.is_file():
        pytest.fail(
            f"There is no Chromium{f' at {found}' if found else ''}: install one with "
            "`python tests/browser/chromium.py`, or name one in CHROME_PATH."
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@dataclass
class Reader:
    """Someone who looks at the site, under one of its addresses, and what they stumbled over."""

    context: BrowserContext
    server: str
    mount: str
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.context.route(re.compile(f"^(?!{re.escape(self.server)}/)"), self._refuse)
        self.context.on("console", lambda message: self._note("console", message.text))
        self.context.on("weberror", lambda error: self._note("error", str(error.error)))
        self.context.on("requestfailed", self._note_failure)
        self.context.on("response", lambda answer: self._note_status(answer.status, answer.url))

    def open(self, path: str) -> Tab:
        """Go to a page of the site, in the tab that is open."""
        tab = self.context.pages[0] if self.context.pages else self.context.new_page()
        tab.goto(self.address(path))
        return tab

    def open_beside(self, path: str) -> Tab:
        """Open a page of the site in a new tab."""
        tab = self.context.new_page()
        tab.goto(self.address(path))
        return tab

    def address(self, path: str) -> str:
        """Return the whole address of a path in the site."""
        return f"{self.server}{self.mount}{path}"

    def _refuse(self, route: Route) -> None:
        self._note("other host", route.request.url)
        route.abort()

    def _note_failure(self, request: Request) -> None:
        # Who goes on to another page stops what was still on its way, such as the icon.
        if request.failure != "net::ERR_ABORTED":
            self._note("failed", request.url)

    def _note_status(self, status: int, url: str) -> None:
        if status >= 400:
            self._note(str(status), url)

    def _note(self, kind: str, what: str) -> None:
        self.faults[f"{kind}: {what}"] += 1


@pytest.fixture
def new_reader(
    browser: Browser, server: str, request: pytest.FixtureRequest
) -> Iterator[NewReader]:
    """Give a function that lets a reader in; if the test fails, what they see is kept as images."""
    contexts: list[BrowserContext] = []

    def make(
        mount: str = "/", *, scheme: Scheme = "light", width: int = 1280, script: bool = True
    ) -> Reader:
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return Reader(context, server, mount)

    yield make
    tabs = [tab for context in contexts for tab in context.pages]
    if request.node.stash.get(FAILED, False):
        name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
        for number, tab in enumerate(tabs, start=1):
            tab.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()


SCROLL = """
place => new Promise(done => {
  addEventListener('scrollend', () => done(), { once: true })
  if (scrollY === place) done()
  scrollTo(0, place)
})
"""


def scroll_to(tab: Tab, place: float) -> None:
    """Scroll a page to a place, until it is there."""
    tab.evaluate(SCROLL, place)


def wait_for_place(tab: Tab, place: float) -> None:
    """Wait until a page is scrolled to a place; its policy allows no expression to wait for."""
    found = -1.0
    for _ in range(TIMEOUT // POLL):
        found = tab.evaluate("window.scrollY")
        if abs(found - place) < 2:
            return
        tab.wait_for_timeout(POLL)
    pytest.fail(f"The page is scrolled to {found}, not to {place}.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, for what comes after it."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
