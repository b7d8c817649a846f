"""The files of a theme: the built-in ones, and the site's own, which stand in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import program
from generator.source import UnreadableError, load, walk

if TYPE_CHECKING:
    from pathlib import Path

    from generator.diagnostics import Diagnostics


def read(root: Path, name: str, found: Diagnostics) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Read the folder `templates` or `static`: the built-in files, and the site's own."""
    return _read(program.builtin(name), found), _read(root / name, found)


def _read(folder: Path, found: Diagnostics) -> dict[str, bytes]:
    faults: list[UnreadableError] = []
    files: dict[str, bytes] = {}
    for name in walk(folder, faults):
        try:
            files[name] = load(folder.parent, f"{folder.name}/{name}")
        except UnreadableError as error:
            faults.append(error)
    for fault in faults:
        found.error(fault.location, fault.message, fault.help)
    return files
