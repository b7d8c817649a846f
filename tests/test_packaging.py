"""The wheel: what is in it, and that the command installed from it builds a site elsewhere."""

from __future__ import annotations

import os
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from generator import __version__, github
from tests.conftest import paper, start

if TYPE_CHECKING:
    from tests.conftest import MakeSite

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    start(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own, and return its command."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, symlinks=os.name != "nt")
    scheme = {"base": str(folder), "platbase": str(folder)}
    paths = {
        name: Path(sysconfig.get_path(name, "venv", scheme)) for name in ("scripts", "purelib")
    }
    pip = (sys.executable, "-m", "pip", "--python", folder)
    start(*pip, "install", "--no-index", "--no-deps", wheel, cwd=folder)
    # What Offprint needs is taken from the environment of the tests, after what the wheel brought.
    needed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (paths["purelib"] / "needed.pth").write_text("\n".join(sorted(needed)), encoding="utf-8")
    return paths["scripts"] / "offprint"


def test_the_wheel_holds_the_package_and_the_theme(wheel: Path) -> None:
    """The wheel holds the package, the theme and the files for GitHub, and nothing else."""
    with ZipFile(wheel) as archive:
        actual = {name for name in archive.namelist() if ".dist-info/" not in name}

    modules = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("generator/**/*")
        if path.is_file() and path.suffix != ".pyc"
    }
    theme = {
        f"generator/{path.relative_to(ROOT).as_posix()}"
        for name in ("templates", "static")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    actions = {f"generator/.github/{name}" for name in github.FILES}
    beginnings = (ROOT / "generator/starter").rglob("*")
    starter = {path.relative_to(ROOT).as_posix() for path in beginnings if path.is_file()}
    assert actual == modules | theme | actions | starter
    assert {"generator/templates/base.html", "generator/static/site.css"} <= actual


def test_the_wheel_names_its_command(wheel: Path) -> None:
    """The wheel has the version of the package, and the command `offprint`."""
    with ZipFile(wheel) as archive:
        points = archive.read(f"offprint-{__version__}.dist-info/entry_points.txt").decode()

    assert "offprint = generator.cli:main" in points


def build(command: Path, site: Path, cwd: Path) -> str:
    """Build a site with the installed command from another folder; return the page of `a`."""
    start(command, "build", "--source", site, "--output", site / "public", cwd=cwd)
    return (site / "public/papers/a/index.html").read_text(encoding="utf-8")


def test_the_installed_command_builds_a_site(
    installed: Path, make_site: MakeSite, tmp_path: Path
) -> None:
    """The command from the wheel builds a site in another folder, with the theme from the wheel."""
    site = make_site({"content/papers/a.md": paper(title="On Offprints")})

    page = build(installed, site, tmp_path)

    assert "On Offprints" in page
    assert list((site / "public/static").glob("site.*.css"))


def test_a_site_overrides_one_block(installed: Path, make_site: MakeSite, tmp_path: Path) -> None:
    """A template of the site changes one block of the built-in one, and nothing before it."""
    name = "The Royal Society of Offprints"
    files = {"content/papers/a.md": paper()}
    plain = build(installed, make_site(files, name="plain"), tmp_path)
    override = f'{{% extends "builtin/base.html" %}}{{% block footer %}}{name}{{% endblock %}}'

    changed = build(
        installed, make_site({**files, "templates/base.html": override}, name="own"), tmp_path
    )

    assert name in changed
    assert name not in plain
    assert changed[: changed.index(name)] == plain[: changed.index(name)]


def test_a_new_site(installed: Path, tmp_path: Path) -> None:
    """A site that the installed command makes builds without a warning, and can be restyled."""
    site = tmp_path / "site"
    start(installed, "init", site, cwd=tmp_path)
    (site / "templates").mkdir()
    override = '{% extends "builtin/base.html" %}{% block footer %}Made with care.{% endblock %}'
    (site / "templates/base.html").write_text(override, encoding="utf-8")

    start(installed, "build", "--strict", cwd=site)

    page = (site / "public/papers/your-first-paper/index.html").read_text(encoding="utf-8")
    assert "Made with care." in page
    assert (site / "public/papers/example2023/index.html").is_file()
    assert (site / ".github/workflows/publish.yml").is_file()
