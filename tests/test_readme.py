"""The README names every field, command, option, block and token, as the program has them."""

from __future__ import annotations

import argparse
import ast
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import arguments, authors, config, paper
from generator.program import builtin

if TYPE_CHECKING:
    from generator.fields import Model

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
MODELS: dict[str, type[Model]] = {
    model.__name__: model
    for model in (
        paper.Paper,
        authors.Author,
        paper.Links,
        paper.Version,
        config.Config,
        config.Tag,
        config.Person,
        config.TextPageFields,
    )
}
BODY = {"abstract", "notes", "body"}  # given below the fields, though a .yaml entry may name them


def fields_table(model: type[Model]) -> str:
    """Return a model's fields as a Markdown table."""
    rows = ["| field | what it says | for example |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        if name in BODY:
            continue
        needed = " **(required)**" if field.is_required() and name != "slug" else ""
        example = f"`{field.examples[0]}`" if field.examples else "`true`"
        rows.append(f"| `{field.alias or name}` | {field.description}{needed} | {example} |")
    return "\n".join(rows)


def tokens_list() -> str:
    """Return the custom properties that the built-in style sheet defines first."""
    css = (builtin("static") / "site.css").read_text(encoding="utf-8")
    root = re.search(r":root\s*{(.*?)}", css, re.DOTALL)
    assert root is not None
    names = dict.fromkeys(re.findall(r"--([a-z][a-z0-9-]*)\s*:", root[1]))
    return "The properties are " + ", ".join(f"`{name}`" for name in names) + "."


def blocks_table() -> str:
    """Return the blocks of each built-in template as a Markdown table."""
    rows = ["| template | blocks |", "|---|---|"]
    for path in sorted(builtin("templates").glob("*.html")):
        text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        blocks = dict.fromkeys(re.findall(r"{%-?\s*block\s+(\w+)", text))
        if blocks:
            rows.append(f"| `{path.name}` | {', '.join(f'`{name}`' for name in blocks)} |")
    return "\n".join(rows)


def ladder_table() -> str:
    """Return the rows of the layers test, lowest first, with what each says that it is."""
    text = (ROOT / "tests/test_layers.py").read_text(encoding="utf-8")
    listed = re.search(r"LAYERS[^=]*=\s*\((.*?)\)", text, re.DOTALL)
    assert listed is not None
    rows = ["| module | what it is |", "|---|---|"]
    for name in re.findall(r'"(\w+)"', listed[1]):
        path = ROOT / "generator" / f"{name}.py"
        path = path if path.is_file() else path.with_suffix("") / "__init__.py"
        about = (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n\n")[0]
        rows.append(f"| `{name}` | {' '.join(about.split())} |")
    return "\n".join(rows)


# Each library that a build needs, and why it is not written here instead.
REASONS = {
    "jinja2": "templates that people know, with escaping by default",
    "livereload": "shows a page again in the preview when it has changed",
    "markdown-it-py": "reads Markdown as CommonMark says",
    "math-core": "turns TeX into MathML",
    "pagefind": "makes the index of search, and searches it in the browser",
    "pybtex": "reads BibTeX as BibTeX does",
    "pydantic": "holds entries and settings to their schemas",
    "python-slugify": "writes any script in the letters of an address",
    "pyyaml": "reads YAML, by a parser in C",
    "watchfiles": "tells the preview of a saved file at once",
    "tqdm": "shows how far a long build is",
    "pillow": "draws social cards (`cards`)",
    "distributed": "renders on a cluster (`cluster`)",
    "lxml": "looks at a built site (`lint`)",
}


def dependencies_table() -> str:
    """Return the libraries that the program needs when it runs, each with its reason."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    given = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    rows = ["| library | what for |", "|---|---|"]
    for one in given:
        name, versions = re.findall(r"^([\w-]+)(?:\[\w+\])?([^;]*)", one)[0]
        rows.append(f"| `{name}` {versions.strip()} | {REASONS[name.lower()]} |")
    return "\n".join(rows)


def test_every_library_has_a_reason() -> None:
    """No reason is left of a library that is needed no more."""
    table = dependencies_table()
    assert [name for name in REASONS if f"`{name}`" not in table] == []


def test_promises_name_their_tests() -> None:
    """Each promise of the README names tests that there are."""
    text = README.read_text(encoding="utf-8")
    promises = re.findall(r"^\| \*\*.*\|(.*)\|$", text, re.MULTILINE)
    assert len(promises) >= 8
    for named in promises:
        paths = re.findall(r"`(tests/[\w/.]+)`", named)
        assert paths
        assert all((ROOT / path).exists() for path in paths), named


def generated(name: str, argument: str) -> str:
    """Return what belongs between a marker of the README and its end."""
    if name == "fields":
        return fields_table(MODELS[argument])
    return {
        "tokens": tokens_list,
        "blocks": blocks_table,
        "ladder": ladder_table,
        "dependencies": dependencies_table,
    }[name]()


def current(text: str) -> str:
    """Return the README with every generated part as it should be."""
    marker = re.compile(r"(<!-- (\w+)(?:: (\w+))? -->\n).*?(<!-- end -->)", re.DOTALL)
    return marker.sub(lambda m: f"{m[1]}\n{generated(m[2], m[3])}\n\n{m[4]}", text)


@pytest.mark.parametrize("path", [README, CONTRIBUTING], ids=lambda path: path.stem)
def test_generated_parts_are_current(path: Path, *, update_golden: bool) -> None:
    """The tables of fields, tokens, blocks and modules are what the program itself says."""
    actual = path.read_text(encoding="utf-8")
    if update_golden:
        path.write_text(current(actual), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == current(actual)


def test_every_model_has_a_table() -> None:
    """Each schema of the content has its table of fields."""
    text = README.read_text(encoding="utf-8")
    assert [name for name in MODELS if f"<!-- fields: {name} -->" not in text] == []


def commands() -> dict[str, list[str]]:
    """Return the options of each command."""
    parser = arguments.parser()
    actions = next(
        one
        for one in parser._actions  # noqa: SLF001 - argparse tells its commands in no other way
        if isinstance(one, argparse._SubParsersAction)  # noqa: SLF001 - argparse, again
    )
    return {
        name: [
            option
            for action in command._actions  # noqa: SLF001 - argparse, again
            for option in action.option_strings
            if option.startswith("--") and option != "--help"
        ]
        for name, command in actions.choices.items()
    }


@pytest.mark.parametrize(("command", "options"), commands().items())
def test_every_option_is_named(command: str, options: list[str]) -> None:
    """Under "Commands", the line of each command names each of its options."""
    text = README.read_text(encoding="utf-8").partition("\n## Commands\n")[2]
    line = next(line for line in text.splitlines() if line.startswith(f"offprint {command} "))
    assert [option for option in options if option not in line] == []
