"""The templates of a site as values: its own over the built-in ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import overlay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostics

    Templates = Mapping[str, "Template"]


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its file as a maintainer would name it, and its bytes, which should be UTF-8."""

    path: str
    data: bytes

    def line(self, number: int) -> str:
        """Return a line of it, counted from 1; empty where there is none."""
        lines = self.data.decode("utf-8", "replace").splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def read(root: Path, found: Diagnostics) -> Templates:
    """Read all templates by name; with `builtin/` before it a name is always the built-in one's."""
    builtin, own = overlay.read(root, "templates", found)
    files = {name: Template(f"builtin/{name}", data) for name, data in builtin.items()}
    return {
        **{f"builtin/{name}": one for name, one in files.items()},
        **files,
        **{name: Template(f"templates/{name}", data) for name, data in own.items()},
    }
