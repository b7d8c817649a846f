"""Lock what is installed: one version of every library, and each of its files by its digest.

`make lock` runs it after a change of `pyproject.toml`, and `make lock UPGRADE=--upgrade` to take
the newest versions. `constraints.txt` names the versions for all systems and Pythons; a file in
`locks` holds what a step of the Makefile installs beyond the steps before it, with its digests, by
which pip knows a file wherever it comes from. pip takes no digests in constraints.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CONSTRAINTS = HERE / "constraints.txt"
PROJECT = "pyproject.toml"
# Of each lock what it is for, as the resolver is told, and the lock that is installed before it.
LOCKS = {
    "runtime": ((PROJECT, "--extra", "cards", "--group", "install"), ""),
    "test": ((PROJECT, "--group", "test"), "runtime"),
    "lint": ((PROJECT, "--group", "lint"), "test"),
    "fuzz": ((PROJECT, "--group", "fuzz"), "test"),
    "bench": (("--group", f"{PROJECT}:bench"), ""),
    "upkeep": (("--group", f"{PROJECT}:upkeep"), ""),
}
_REQUIREMENT = re.compile(r"^\S.*\n(?: .*\n)*", re.MULTILINE)


def compiled(target: Path, *options: str) -> dict[str, str]:
    """Resolve for every system and Python into a file; return its requirements by name."""
    fixed = ("--universal", "--python-version", "3.11", "--no-header", "--no-annotate", "--quiet")
    command = (sys.executable, "-m", "uv", "pip", "compile", *fixed, *options, "-o", str(target))
    subprocess.run(command, check=True, cwd=HERE.parent)  # noqa: S603 - what is written above
    found = _REQUIREMENT.findall(target.read_text(encoding="utf-8"))
    return {one.partition("==")[0]: one for one in found}


def main(*options: str) -> None:
    """Write the constraints, and then a lock for each step."""
    groups = [f"--group={name}" for name in ("install", "lint", "fuzz", "bench", "upkeep")]
    compiled(CONSTRAINTS, PROJECT, "--all-extras", *groups, *options)
    wholes: dict[str, dict[str, str]] = {}
    for name, (wanted, before) in LOCKS.items():
        with tempfile.TemporaryDirectory() as folder:
            pinned = ("--constraint", str(CONSTRAINTS), "--generate-hashes")
            wholes[name] = compiled(Path(folder, "lock.txt"), *wanted, *pinned)
        there = wholes.get(before, {})
        lines = [text for one, text in wholes[name].items() if one not in there]
        (HERE / "locks" / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
