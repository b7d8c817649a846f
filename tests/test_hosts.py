"""What the README says for other hosts is valid, and its commands build the site."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.conftest import paper, start

if TYPE_CHECKING:
    from tests.conftest import MakeSite

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    """Return the one piece of the README in a language that holds a text."""
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    [one] = [text for text in found if holding in text]
    return str(one)


def builds(site: Path, commands: str) -> bool:
    """Run commands in a site's folder, with pip replaced, and tell whether they made its pages."""
    tools = site.parent / "tools"
    tools.mkdir()
    (tools / "pip").write_text("#!/bin/sh\n", encoding="utf-8")
    (tools / "pip").chmod(0o755)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    start("/bin/bash", "-e", "-c", commands, cwd=site, PATH=path, PYTHONPATH=str(ROOT))
    return (site / "public/papers/a/index.html").is_file()


def test_gitlab(make_site: MakeSite, tmp_path: Path) -> None:
    """GitLab's schema finds no fault in the pipeline, whose script builds into what it keeps."""
    text = block("yaml", "pages:")
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(text, encoding="utf-8")
    tool = Path(sys.executable).parent / "check-jsonschema"
    start(
        tool,
        "--builtin-schema",
        "vendor.gitlab-ci",
        "--data-transform",
        "gitlab-ci",
        file,
        cwd=tmp_path,
    )

    job = yaml.safe_load(text)["pages"]

    assert job["artifacts"]["paths"] == ["public"]
    assert builds(make_site({"content/papers/a.md": paper()}), "\n".join(job["script"]))


def test_netlify(make_site: MakeSite) -> None:
    """Netlify's command builds into the folder that it publishes."""
    settings = tomllib.loads(block("toml", "[build]"))["build"]

    assert settings["publish"] == "public"
    assert builds(make_site({"content/papers/a.md": paper()}), settings["command"])


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync(make_site: MakeSite, tmp_path: Path) -> None:
    """The command that copies the site copies all of it, and deletes what is no more."""
    command = re.search(r"`(rsync [^`]+)`", README)
    assert command is not None
    site = make_site({"content/papers/a.md": paper()})
    assert builds(site, "offprint build")
    target = tmp_path / "www"
    (target / "old").mkdir(parents=True)

    words = shlex.split(command[1])
    subprocess.run([*words[:-1], f"{target}/"], cwd=site, check=True)

    copied = {path.relative_to(target) for path in target.rglob("*")}
    assert copied == {path.relative_to(site / "public") for path in (site / "public").rglob("*")}
