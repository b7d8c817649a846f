"""How long the preview takes from a save to the browser's request for the page: in Chromium."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.bench.sites import Offprint
from tests.browser import chromium
from tests.serving import ROOT, Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

_CONNECTED = "script[data-connected]"
_PATIENCE = 120_000  # milliseconds


def main() -> None:
    """Print a line for the demonstration site, and one for each number of papers asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[10_000])
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=("--headless", "--no-sandbox")
        )
        for count in (0, *options.counts):
            with tempfile.TemporaryDirectory() as folder:
                site = _varied(Path(folder), count) if count else _demonstration(Path(folder))
                saves = list(_measure(browser, site, options.rounds))
                taken = [whole for whole, _ in saves]
                papers = len(list((site / "content" / "papers").rglob("*.md")))
                print(  # noqa: T201 - the answer
                    f"{papers:,} papers: median {statistics.median(taken):.0f} ms of "
                    f"{len(saves)} saves, from {min(taken):.0f} to {max(taken):.0f} ms; "
                    f"builds {statistics.median(build for _, build in saves):.0f} ms; "
                    f"load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )
        browser.close()


def _demonstration(folder: Path) -> Path:
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


def _varied(folder: Path, count: int) -> Path:
    made = Offprint(folder, count)
    made.write()
    return made.site


class _Patient(Serving):
    patience = 3_600


def _measure(browser: Browser, site: Path, rounds: int) -> Iterator[tuple[float, float]]:
    """Yield how many milliseconds pass between a save of an abstract and the browser's request.

    The second number is how many of them the build takes.
    """
    papers = sorted((site / "content" / "papers").rglob("*.md"))
    edited = papers[len(papers) // 2]
    with _Patient(site) as preview, browser.new_page() as tab:
        tab.set_default_timeout(_PATIENCE)
        tab.goto(f"{preview.address}papers/{edited.stem}/")
        tab.wait_for_selector(_CONNECTED, state="attached")
        for number in range(rounds):
            whole = _save(tab, edited, number)
            preview.says("Built")
            build = re.findall(r"rendered in ([\d.]+) s", preview.heard)[-1]
            yield whole, 1_000 * float(build)


def _save(tab: Page, edited: Path, number: int) -> float:
    text = edited.read_text(encoding="utf-8")
    with tab.expect_navigation() as navigation:
        edited.write_text(f"{text.rstrip()} Sentence {number} is new.\n", encoding="utf-8")
        saved = time.time() * 1_000
    tab.wait_for_selector(_CONNECTED, state="attached")
    answer = navigation.value
    assert answer is not None
    return float(answer.request.timing["startTime"]) - saved


if __name__ == "__main__":
    main()
