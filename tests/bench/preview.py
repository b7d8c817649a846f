"""How long the preview takes from a save to the browser's request for the page: in Chromium."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.bench.sites import Offprint
from tests.browser import chromium
from tests.serving import Serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PATIENCE = 120_000  # milliseconds


def main() -> None:
    """Print a line for each number of papers that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[50, 10_000])
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=("--headless", "--no-sandbox")
        )
        for count in options.counts:
            with tempfile.TemporaryDirectory() as folder:
                site = Offprint(Path(folder), count)
                site.write()
                with Serving(site.site) as preview, browser.new_page() as tab:
                    tab.set_default_timeout(_PATIENCE)
                    with tab.expect_websocket() as opening:
                        tab.goto(f"{preview.address}papers/{site.edited}/")
                    opening.value.wait_for_event("framereceived")
                    taken = sorted(_save(site, tab, number) for number in range(options.rounds))
                    print(  # noqa: T201 - the answer
                        f"{count:,} papers: median {statistics.median(taken):.0f} ms of "
                        f"{len(taken)} saves, from {taken[0]:.0f} to {taken[-1]:.0f} ms",
                        flush=True,
                    )
        browser.close()


def _save(site: Offprint, tab: Page, number: int) -> float:
    """Change an abstract, and return how many milliseconds later the browser asks for its page."""
    path = next((site.site / "content" / "papers").rglob(f"{site.edited}.md"))
    text = path.read_text(encoding="utf-8")
    with (
        tab.expect_websocket() as connecting,
        tab.expect_request(lambda request: request.is_navigation_request()) as asking,
    ):
        path.write_text(f"{text.rstrip()} Sentence {number} is new.\n", encoding="utf-8")
        saved = time.time() * 1_000
    connecting.value.wait_for_event("framereceived")
    return float(asking.value.timing["startTime"]) - saved


if __name__ == "__main__":
    main()
