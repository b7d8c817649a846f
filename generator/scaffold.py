"""A new site: a folder with everything that a maintainer begins with."""

from __future__ import annotations

from pathlib import Path

from generator import github

_PACKAGE = Path(__file__).parent
_HIDDEN = {"gitignore": ".gitignore"}  # a name that would hide files of the package itself
# What a folder may have already, and then keeps.
_KEPT = (".gitignore", "README.md")


class OccupiedError(Exception):
    """A folder has a file that a new site would need; the message is the file's path."""


def files() -> dict[str, bytes]:
    """Return the files of a new site by their paths."""
    starter = _PACKAGE / "starter"
    paths = sorted(path for path in starter.rglob("*") if path.is_file())
    named = {path.relative_to(starter).as_posix(): path.read_bytes() for path in paths}
    made = {_HIDDEN.get(name, name): data for name, data in named.items()}
    return made | {name: text.encode() for name, text in github.files()}


def write(folder: Path) -> list[str]:
    """Write a new site into a folder, which need not exist, and return the paths of its files.

    A README and a `.gitignore` that are there stay as they are. Raises OccupiedError, and writes
    nothing, where the folder holds a site or another of the files.
    """
    made = files()
    for name in ("content", *made):
        if (folder / name).exists() and name not in _KEPT:
            raise OccupiedError(str(folder / name))
    made = {name: data for name, data in made.items() if not (folder / name).exists()}
    for name, data in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return sorted(made)
