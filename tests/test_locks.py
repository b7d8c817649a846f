"""The locks: what is installed is the file that was locked, from wherever it comes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / ".ci/locks").glob("*.txt"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(*paths: Path) -> dict[str, str]:
    """Return the version of every library that some locks, or the constraints, name."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    lines = re.findall(r"^([^\s#].*?)(?: \\)?$", text, re.MULTILINE)
    found = [Requirement(line) for line in lines]
    return {one.name: str(one.specifier) for one in found}


def asked(name: str) -> list[Requirement]:
    """Return what a group of `pyproject.toml` asks for, the groups within it too."""
    found = []
    for one in PROJECT["dependency-groups"][name]:
        found += [Requirement(one)] if isinstance(one, str) else asked(one["include-group"])
    return found


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_file_has_its_digest(path: Path) -> None:
    """A lock holds versions with their digests, and no host: pip refuses what is another file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()

    digests = [
        line for line in lines if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert len(digests) + len(locked(path)) == len(lines)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line.endswith(" \\") == following.startswith("    "), line
    assert "://" not in text


def test_the_locks_are_the_constraints() -> None:
    """Whoever installs with the locks or with the constraints has the same versions."""
    assert locked(*LOCKS) == locked(ROOT / ".ci/constraints.txt")


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("", ("runtime",)),
        ("install", ("runtime",)),
        ("test", ("runtime", "test")),
        ("lint", ("runtime", "test", "lint")),
        ("fuzz", ("runtime", "test", "fuzz")),
        ("bench", ("bench",)),
        ("upkeep", ("upkeep",)),
    ],
)
def test_what_is_asked_for_is_locked(group: str, names: tuple[str, ...]) -> None:
    """Every library that `pyproject.toml` asks for is in its lock, in a version that it takes."""
    project = PROJECT["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["cards"]]
    known = locked(*(ROOT / f".ci/locks/{name}.txt" for name in names))

    for one in asked(group) if group else map(Requirement, direct):
        version = known[canonicalize_name(one.name)].removeprefix("==")
        assert one.specifier.contains(version), one
