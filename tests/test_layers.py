"""The rooms of the house: a module imports only from rows below its own."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "generator"

# Lowest first. A folder is one row: what its modules import from each other is its own affair.
LAYERS = (
    "__init__",
    "pickling",
    "source",
    "options",
    "inputs",
    "cache",
    "spool",
    "pieces",
    "program",
    "github",
    "workers",
    "progress",
    "workshop",
    "dates",
    "names",
    "identifiers",
    "markup",
    "diagnostics",
    "stamp",
    "yamlfaults",
    "yamlvalues",
    "entry",
    "gate",
    "fields",
    "numbers",
    "authors",
    "paper",
    "frontmatter",
    "keys",
    "published",
    "repository",
    "config",
    "taxonomy",
    "outline",
    "terms",
    "site",
    "links",
    "duplicates",
    "folder",
    "settings",
    "importers",
    "reading",
    "holdings",
    "accession",
    "content",
    "schema",
    "related",
    "formats",
    "pages",
    "machines",
    "addresses",
    "dropped",
    "overlay",
    "assets",
    "cards",
    "compiled",
    "templates",
    "templatefaults",
    "closures",
    "theme",
    "fingerprints",
    "manifest",
    "output",
    "occupancy",
    "search",
    "comparison",
    "survey",
    "edition",
    "cluster",
    "reasons",
    "rendering",
    "publishing",
    "build",
    "preview",
    "linter",
    "scaffold",
    "arguments",
    "cli",
    "__main__",
)

MODULES = sorted(PACKAGE.rglob("*.py"))

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def layer_of(module: Path) -> str:
    """Return the row of a module: its own name, or that of its folder."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the row of each import from the package, wherever it stands."""
    for node in ast.walk(ast.parse(module.read_bytes(), module)):
        for name in _names(node, module):
            parts = name.split(".")
            if parts[0] == PACKAGE.name:
                # `from generator import __version__` names no module: it is the package's own.
                row = parts[1] if len(parts) > 1 and _is_module(parts[1]) else "__init__"
                yield getattr(node, "lineno", 0), row


def _is_module(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def _names(node: ast.AST, module: Path) -> list[str]:
    """Return what a node imports, as dotted names from the top."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    start = [node.module] if node.module else []
    if node.level:
        folders = module.relative_to(PACKAGE.parent).parts[: -node.level]
        start = [*folders, *start]
    return [".".join([*start, alias.name]) for alias in node.names]


def _title(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def test_every_module_has_its_row() -> None:
    """Every module stands in the list of layers, and every row of the list is a module."""
    assert {layer_of(module) for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES, ids=_title)
def test_a_module_imports_only_from_rows_below(module: Path) -> None:
    """No module imports one that stands above it, not even in a function or for type checking."""
    own = LAYERS.index(layer_of(module))

    upward = [
        f"{_title(module)}:{line}: {row} stands above {LAYERS[own]}"
        for line, row in imports(module)
        if LAYERS.index(row) > own
    ]

    assert upward == []


FOLDERS = [row for row in LAYERS if (PACKAGE / row).is_dir()]


@pytest.mark.parametrize("row", FOLDERS)
def test_no_circle_within_a_folder(row: str) -> None:
    """The modules of one folder do not import each other in a circle."""
    inside = {_dotted(module): module for module in MODULES if layer_of(module) == row}
    edges = {
        name: {
            imported if imported in inside else imported.rpartition(".")[0]
            for node in ast.walk(ast.parse(module.read_bytes(), module))
            for imported in _names(node, module)
        }
        for name, module in inside.items()
    }

    while leaves := [name for name, targets in edges.items() if not targets & edges.keys()]:
        for name in leaves:
            del edges[name]

    assert sorted(edges) == []


def _dotted(module: Path) -> str:
    """Return the name by which a module is imported."""
    path = module.relative_to(PACKAGE.parent).with_suffix("")
    return ".".join(path.parts).removesuffix(".__init__")


@pytest.mark.parametrize("module", MODULES, ids=_title)
def test_a_module_is_named_after_what_it_is(module: Path) -> None:
    """No module or folder has a name that anything could hide behind."""
    assert not EMPTY_NAMES & set(module.relative_to(PACKAGE).with_suffix("").parts)
