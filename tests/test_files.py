"""Whatever lies in the folders of a site, or is named there, is read in bounds or is told of.

Nothing outside is read, nothing is written beside the output, and nothing is waited for.
"""

from __future__ import annotations

import os
import socket
import threading
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import rendering, source
from generator.build import build
from generator.diagnostics import BuildError
from generator.edition import prepare
from generator.options import Options
from generator.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.diagnostics import Diagnostic
    from tests.conftest import MakeSite, Paper

SECRET = "%PDF-1.4 of the house"  # noqa: S105 - that is the point
PLACES = (
    "content/papers/x.md",
    "content/papers/x.yaml",
    "content/papers/x.bib",
    "content/papers/x.pdf",
    "content/pages/x.md",
    "content/pages/x.txt",
    "content/site.yaml",
    "content/people.yaml",
    "content/tags.yaml",
    "content/addresses.txt",
    "templates/card.html",
    "static/x.css",
    "static/x.png",
)
FOLDERS = ("content/papers/x", "content/pages/x", "templates/x", "static/x", "templates", "static")


def faults(root: Path) -> list[str]:
    """Build a site; return its errors as texts, and hold that each comes with a way out."""
    outcome: list[tuple[Diagnostic, ...]] = []

    def work() -> None:
        try:
            build(root, root / "public", Options())
        except BuildError as error:
            outcome.append(error.diagnostics)
        else:
            outcome.append(())

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(timeout=30)
    assert outcome, "the build waits for something, or failed otherwise"
    errors = [one for one in outcome[0] if one.severity == "error"]
    assert all(one.help for one in errors)
    if errors:
        assert not (root / "public").exists()
    return [f"{one.location}: {one.message}" for one in errors]


def make_fifo(path: Path) -> None:
    """Make a FIFO, into which nobody writes."""
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    """Make the file of a socket, behind which nobody listens; such a name must be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_device(path: Path) -> None:
    """Make a link to a device that never ends."""
    path.symlink_to("/dev/zero")


SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "fifo": (make_fifo, "The file cannot be read: it is a FIFO, a socket or a device."),
    "socket": (make_socket, "The file cannot be read: it is a FIFO, a socket or a device."),
    "device": (make_device, "This link leads out of the site, or nowhere, and is not followed."),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", SPECIAL)
def test_no_files(make_site: MakeSite, paper: Paper, kind: str, place: str) -> None:
    """A FIFO, a socket and a device are told of wherever a file is read, and not waited for."""
    root = make_site({"content/papers/a.md": paper()})
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).unlink(missing_ok=True)
    make, expected = SPECIAL[kind]
    make(root / place)
    found = faults(root)
    assert f"{place}: {expected}" in found
    assert len(found) == len({*found})


def test_a_fifo_that_came_later(tmp_path: Path) -> None:
    """What was a file when it was looked for, and is none when it is opened, is not waited for."""
    make_fifo(tmp_path / "a.md")
    with pytest.raises(source.UnreadableError):
        source.load(tmp_path, "a.md")


@pytest.mark.parametrize("place", PLACES)
def test_a_link_to_a_file_outside(
    make_site: MakeSite, paper: Paper, tmp_path: Path, place: str
) -> None:
    """No file outside of the site is read, published, or shown in a message."""
    root = make_site({"content/papers/a.md": paper()})
    (tmp_path / "secret").write_text(f"{SECRET}: [", encoding="utf-8")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).unlink(missing_ok=True)
    (root / place).symlink_to(tmp_path / "secret")
    with pytest.raises(BuildError) as caught:
        build(root, root / "public", Options())
    assert any(one.location.path == place for one in caught.value.diagnostics)
    assert SECRET not in repr(caught.value.diagnostics)


@pytest.mark.parametrize("place", FOLDERS)
def test_a_link_to_a_folder_outside(
    make_site: MakeSite, paper: Paper, tmp_path: Path, place: str
) -> None:
    """No folder outside of the site is gone into, be it in the place of one that is read."""
    root = make_site({"content/papers/a.md": paper()})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(SECRET, encoding="utf-8")
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(outside)
    expected = f"{place}: This link leads out of the site, or nowhere, and is not followed."
    assert faults(root) == [expected]


@pytest.mark.parametrize(
    "pdf",
    [
        "../../../secret.pdf",
        "../../secret.pdf",
        "/etc/secret.pdf",
        "..\\..\\secret.pdf",
        "C:\\secret.pdf",
        "file:///etc/secret.pdf",
        ".hidden/secret.pdf",
        "folder.pdf",
        "fifo.pdf",
        "x" * 300 + ".pdf",
        "./../papers/../../../secret.pdf",
    ],
)
def test_a_pdf_elsewhere(make_site: MakeSite, paper: Paper, tmp_path: Path, pdf: str) -> None:
    """A PDF is a file beside the entry: no path, link or folder makes another one of it."""
    root = make_site({"content/papers/a.md": paper(links={"pdf": pdf})})
    (tmp_path / "secret.pdf").write_text(SECRET, encoding="utf-8")
    (root / "content/secret.pdf").write_text(SECRET, encoding="utf-8")
    (root / "content/papers/.hidden").mkdir()
    (root / "content/papers/.hidden/secret.pdf").symlink_to(tmp_path / "secret.pdf")
    (root / "content/papers/folder.pdf").mkdir()
    make_fifo(root / "content/papers/fifo.pdf")
    found = faults(root)
    assert any("a.md" in one or ".hidden" in one for one in found), found


@pytest.mark.parametrize("name", ["slug", "aliases", "key"])
@pytest.mark.parametrize(
    "value",
    [
        "..",
        "../../x",
        "/../../x/",
        "//x.example/",
        "/etc/passwd",
        "/a/../../b/",
        "/%2e%2e/%2e%2e/b/",
        "a\\..\\..\\b",
        "/.git/hooks/",
        "/.offprint-manifest",
        "/.offprint-staging/x/",
        "C:/x",
        "/C:/x/",
        ".",
        "a/b",
        "CON",
        "/con/",
        "/NUL.txt/",
        "/aux.d/x/",
        "/x./",
        "/x /",
        "nul",
        "x" * 300,
        f"/{'x' * 300}/",
        f"/{'y/' * 2_000}",
        "é" * 130,
    ],
)
def test_names(make_site: MakeSite, paper: Paper, name: str, value: str) -> None:
    """Whatever name an entry asks for, it is refused or lies in the output, on every system."""
    given: object = [value] if name == "aliases" else value
    root = make_site({"content/papers/a.md": paper(abstract="About.", **{name: given})})
    with suppress(BuildError):
        _assert_portable(page.file for page in prepare(Workshop(root), Options()).pages)


DEVICES = {"CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1"}


def _assert_portable(files: Iterable[str]) -> None:
    """Hold that files lie in the output, under names that every system can store."""
    for file in files:
        assert not file.startswith("/")
        assert len(file) < 1_100
        for part in file.split("/"):
            assert part not in {"", ".", ".."}, file
            assert len(part.encode()) <= 255, file
            assert part.rstrip(". ") == part, file
            assert part.partition(".")[0].upper() not in DEVICES, file
            assert not part.startswith("."), file
            assert not set(part) & {*'\\:*?"<>|'}, file


E_NFC, E_NFD = (unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content/papers/a.md", "content/papers/A.md"),
        ("content/papers/a.md", "content/papers/deeper/a.md"),
        ("content/papers/a.md", "content/papers/a.MD"),
        (f"content/papers/{E_NFC}.md", f"content/papers/{E_NFD}.md"),
        ("content/papers/straße.md", "content/papers/STRASSE.md"),
        ("content/pages/a.md", "content/pages/A.md"),
        ("content/pages/a.md", "content/pages/a/index.md"),
        ("content/pages/a.md", "content/pages/a"),
        ("content/pages/a.txt", "content/pages/A.TXT"),
        (f"content/pages/{E_NFC}.txt", f"content/pages/{E_NFD}.txt"),
        (f"content/pages/{E_NFC}.md", f"content/pages/{E_NFD}.md"),
        ("content/pages/tags/index.html", "content/papers/b.md"),
        ("content/pages/papers/b/b.bib", "content/papers/b.md"),
        ("content/pages/papers", "content/papers/b.md"),
    ],
)
def test_collisions(make_site: MakeSite, paper: Paper, one: str, other: str) -> None:
    """Two files for one address are told of, also where only case or composition differs."""

    def text(path: str) -> str:
        return paper() if path.startswith("content/papers/") else "---\ntitle: A\n---\nB\n"

    root = make_site({one: text(one), other: text(other)})
    with pytest.raises(BuildError) as caught:
        prepare(Workshop(root), Options())
    (found,) = caught.value.diagnostics
    assert "address" in found.message
    assert found.help


def test_long_names(make_site: MakeSite, paper: Paper) -> None:
    """Names of 255 bytes and deep folders are read, and give addresses that every disk takes."""
    deep = "/".join(["d" * 60] * 20)
    root = make_site(
        {
            f"content/papers/{'a' * 252}.md": paper(),
            f"content/papers/{'é' * 126}.md": paper(title="Another"),
            f"content/papers/{deep}/b.md": paper(title="Deep"),
        }
    )
    assert faults(root) == []
    assert len(list((root / "public/papers").glob("*/index.html"))) == 3


def test_a_page_of_a_long_name(make_site: MakeSite) -> None:
    """A page whose address no disk takes is told of with its place, before anything is written."""
    root = make_site({f"content/pages/{'a' * 252}.md": "---\ntitle: A\n---\nB\n"})
    assert faults(root) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [PermissionError(13, "No right"), FileNotFoundError(2, "Gone")])
def test_unreadable(
    make_site: MakeSite,
    paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    error: OSError,
) -> None:
    """A file that cannot be read, or vanishes before it is, is named with the system's reason."""
    links = {"pdf": "x.pdf"} if place.endswith(".pdf") else None
    root = make_site({"content/papers/a.md": paper(links=links), place: "%PDF"})
    opened = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path) == str(root / place):
            raise error
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    reported = [one for one in faults(root) if str(error.strerror) in one]
    assert reported
    assert all("x.pdf" in one or place in one for one in reported)


def test_a_copy_that_vanishes(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone when it is to be copied is named, and nothing is published."""
    root = make_site({"content/pages/x.txt": "x"})

    render = rendering.render

    def vanish(*arguments: Any) -> rendering.Made:  # noqa: ANN401 - whatever it is given
        (root / "content/pages/x.txt").unlink()
        return render(*arguments)

    monkeypatch.setattr("generator.rendering.render", vanish)
    (found,) = faults(root)
    assert "content/pages/x.txt" in found


@pytest.mark.parametrize(
    "place", ["content/papers/a.md", "content/site.yaml", "static/site.css", "templates/base.html"]
)
def test_a_folder_named_like_a_file(make_site: MakeSite, paper: Paper, place: str) -> None:
    """A folder where a file is meant is told of, or is only a folder."""
    root = make_site({"content/papers/b.md": paper()})
    (root / place).unlink(missing_ok=True)
    (root / place).mkdir(parents=True)
    found = faults(root)
    assert all(place in one for one in found)
    assert bool(found) == (place == "content/site.yaml")
