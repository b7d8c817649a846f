"""The program itself, told apart from other versions of it, and the built-in theme beside it."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from os import scandir
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.inputs import Inputs

# The libraries whose version may change what is made, as their packages are called.
_LIBRARIES = frozenset(
    {
        "jinja2", "markdown-it-py", "markupsafe", "math-core", "pagefind", "pagefind-bin",
        "pillow", "pybtex", "pydantic", "pydantic-core", "python-slugify", "pyyaml",
        "text-unidecode",
    }
)  # fmt: skip


def builtin(name: str) -> Path:
    """Return the folder of the built-in `templates` or `static`: in the package, or beside it."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def version(inputs: Inputs) -> str:
    """Return the fingerprint of the program: its code, and the libraries it works with."""
    folder = Path(__file__).parent
    made_of = [*folder.rglob("*.py"), *folder.rglob("*.ttf")]
    code = sorted(path.relative_to(folder).as_posix() for path in made_of)
    lines = [f"{inputs.digest(f'{folder}/{path}')} {path}" for path in code]
    return "\n".join((*lines, *_libraries()))


def _libraries() -> list[str]:
    """Return names and versions; importlib.metadata would take longer than a build without news."""
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError), scandir(place or ".") as entries:
            for entry in entries:
                name, _, version = entry.name.removesuffix(".dist-info").partition("-")
                name = re.sub(r"[-_.]+", "-", name).lower()
                if entry.name.endswith(".dist-info") and name in _LIBRARIES:
                    found.setdefault(name, version)
    return [f"{name} {version}" for name, version in sorted(found.items())]
