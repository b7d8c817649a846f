"""The local preview: what it builds, and where it listens."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Any

import pytest

from generator import preview
from generator.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.diagnostics import Diagnostic

SITE = "title: Ours\nurl: https://publications.example/\n"
PAPER = (
    "---\ntitle: A\nauthors: [Ada Lovelace]\ncategory: CL\ndate: 2024\ndraft: true\n---\nAbout.\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site of one paper, which is a draft."""
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "content" / "papers" / "a.md").write_text(PAPER, encoding="utf-8")
    return tmp_path


class Reports:
    """What was reported, in order."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def __call__(self, found: Iterable[Diagnostic]) -> None:
        """Keep the messages."""
        self.messages += [one.message for one in found]


def test_last_good_site_stays(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault is reported and leaves what was built before; mended, it is built again."""
    reports = Reports()
    shown = preview.Preview(site, Options(drafts=True), reports)
    page = site / preview.FOLDER / "papers" / "a" / "index.html"
    shown.build()
    before = page.read_text(encoding="utf-8")
    assert "rendered" in capsys.readouterr().out

    paper = site / "content" / "papers" / "a.md"
    paper.write_text(PAPER.replace("2024", "soon"), encoding="utf-8")
    shown.build()
    assert (len(reports.messages), page.read_text(encoding="utf-8")) == (1, before)
    assert capsys.readouterr().out == ""

    paper.write_text(PAPER.replace("About.", "Mended."), encoding="utf-8")
    shown.build()
    assert "Mended." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("open_browser", "delay"), [(True, 0.5), (False, None)])
def test_serve(
    site: Path, monkeypatch: pytest.MonkeyPatch, *, open_browser: bool, delay: float | None
) -> None:
    """The server gets the built site, drafts included, and watches what it is made of."""
    started: dict[str, Any] = {}
    watched: list[str] = []

    def serve(server: preview.QuietServer, **options: object) -> None:
        server._setup_logging()  # noqa: SLF001 - the real one calls it first
        started.update(options)

    monkeypatch.setattr(preview.QuietServer, "serve", serve)
    monkeypatch.setattr(preview.QuietServer, "watch", lambda _, path, _build: watched.append(path))
    status = preview.serve(
        site, None, host="127.0.0.1", port=_free(), open_browser=open_browser, report=Reports()
    )
    assert status == 0
    assert (started["host"], started["open_url_delay"]) == ("127.0.0.1", delay)
    assert (site / preview.FOLDER / "papers" / "a" / "index.html").is_file()
    assert started["root"] == str(site / preview.FOLDER)
    assert watched == [str(site / name) for name in ("content", "templates", "static")]
    assert logging.getLogger("livereload").level == logging.WARNING


def test_taken_port(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use is said on standard error, and nothing is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status = preview.serve(
            site, None, host="127.0.0.1", port=port, open_browser=False, report=Reports()
        )
    assert status == 1
    assert f"127.0.0.1:{port} cannot be used" in capsys.readouterr().err
    assert not (site / preview.FOLDER).exists()


def _free() -> int:
    """Return a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
