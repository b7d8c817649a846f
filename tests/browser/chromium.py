"""Finding a Chromium for the browser tests; `python tests/browser/chromium.py` installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


def find() -> Path | None:
    """Return the browser named by CHROME_PATH, or one of this system, or Playwright's own."""
    if named := os.environ.get("CHROME_PATH"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in (*APPLICATIONS, _own()) if path.is_file()), None)


def _own() -> Path:
    """Return where Playwright's own browser is, or would be."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - rarely needed, and slow

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def install() -> None:
    """Install a browser: Debian's, where we may, and else Playwright's own."""
    if _is_debian() and os.geteuid() == 0:
        _call("apt-get", "update", "--quiet")
        _call("apt-get", "install", "--quiet", "--yes", "chromium")
        return
    # As root on another Linux, the libraries that it needs come with it.
    libraries = ["--with-deps"] if sys.platform == "linux" and os.geteuid() == 0 else []
    _call(sys.executable, "-m", "playwright", "install", *libraries, "chromium")


def _is_debian() -> bool:
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return "ID=debian" in release.splitlines()


def _call(*command: str) -> None:
    print(" ".join(command), flush=True)  # noqa: T201 - shows what is being installed
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL)


if __name__ == "__main__" and not find():
    install()
