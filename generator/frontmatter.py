"""Writing an entry: its fields as YAML front matter, and the abstract below, as people write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from generator.authors import Author
from generator.paper import Links, Paper, Version
from generator.source import CONTROL
from generator.yamlfaults import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.fields import Model

_BODY = ("abstract", "notes")
_WIDEST = 100  # columns of a list that is written in one line
_HEADING = re.compile(r"^(?=## )", re.MULTILINE)


def write(fields: Mapping[str, object], remarks: Iterable[str] = ()) -> str:
    """Return the text of a file with these fields, in the order of the schema.

    `remarks` are lines for whoever edits the file, as comments below the fields.
    """
    names = [name for name in Paper.model_fields if name not in _BODY and fields.get(name)]
    lines = [line for name in names for line in _field(name, fields[name])]
    lines += [f"# {_one_line(remark)}" for remark in remarks]
    abstract = _clean(str(fields.get("abstract", ""))).strip()
    # A heading would begin the notes.
    body = _HEADING.sub(r"\\", abstract) + "\n" if abstract else ""
    return "\n".join(["---", *lines, "---", body])


def form(title: str, category: str, codes: Iterable[str], date: str) -> str:
    """Return an entry to be filled in: the fields that it needs, and behind `#` all others.

    `category` is empty where it is not known.
    """
    shown = {
        "title": scalar(title),
        "authors": "[]",
        "category": scalar(category) if category else "",
        "date": date,
    }
    person = ", ".join(Author.model_fields)
    known = [*codes]
    remarks = {
        "title": "",
        "authors": f"such as {_example(Paper, 'authors')}; or of one the fields {person}",
        "category": f"one of {', '.join(known)}" if known else "a word or two",
        "date": "a day, a month (2022-12) or a year",
    }
    lines = [_explained(f"{name}: {value}", remarks[name]) for name, value in shown.items()]
    lines += ["", "# More fields: delete the '# ' before a line to use it."]
    for name in Paper.model_fields:
        if name not in shown and name not in _BODY:
            lines += [f"# {line}" for line in _explained_field(name)]
    return "\n".join(["---", *lines, "---", ""])


def _explained_field(name: str) -> list[str]:
    """Return a field with an example and what it says; one with fields of its own with each."""
    described = str(Paper.model_fields[name].description).removesuffix(", see below")
    with_fields: dict[str, type[Model]] = {"links": Links, "versions": Version}
    inner = with_fields.get(name)
    if inner is None:
        return [_explained(f"{name}: {_example(Paper, name)}", described)]
    lines = [
        _explained(f"{one}: {_example(inner, one)}", str(inner.model_fields[one].description))
        for one in inner.model_fields
    ]
    first, margin = ("  - ", "    ") if name == "versions" else ("  ", "  ")
    margins = [first, *[margin] * (len(lines) - 1)]
    return [
        f"{name}:  # {described}",
        *(start + line for start, line in zip(margins, lines, strict=True)),
    ]


def _explained(line: str, remark: str) -> str:
    return f"{line}  # {remark.replace('`', '')}" if remark else line


def _example(model: type[Model], name: str) -> str:
    """Return an example of a field, in quotes where a remark behind it would be taken for text."""
    example = str((model.model_fields[name].examples or ["true"])[0])
    return example if re.match(r"[\[{\d]|true$", example) else quoted(example)


def _field(name: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [f"{name}:", *(f"  {key}: {scalar(one)}" for key, one in value.items())]
    if not isinstance(value, list):
        return [f"{name}: {scalar(value)}"]
    items = [_item(one) for one in value]
    line = f"{name}: [{', '.join(items)}]"
    if len(line) <= _WIDEST and all(isinstance(one, str) for one in value):
        return [line]
    return [f"{name}:", *(f"  - {item}" for item in items)]


def _item(value: object) -> str:
    if not isinstance(value, dict):
        return scalar(value, within="[]")
    fields = (f"{key}: {scalar(one, within='{}')}" for key, one in value.items())
    return f"{{{', '.join(fields)}}}"


def scalar(value: object, within: str = "") -> str:
    """Return a text as a YAML scalar in one line, without quotes where it needs none.

    `within` are the brackets that it stands in.
    """
    text = _one_line(str(value))
    return text if _is_plain(text, within) else quoted(text)


def _is_plain(text: str, within: str) -> bool:
    """Tell whether YAML reads a text as itself."""
    if not text or text[0] in "#&*!|>%@`'\"-?:" or " #" in text:
        return False
    written = f"{{a: {text}}}" if within == "{}" else f"[{text}]" if within else f"a: {text}"
    try:
        node = yaml.compose(written, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    assert node is not None
    if len(node.value) != 1:
        return False  # the text ends the list or goes on with it: `]#`, `a, b`
    inner = node.value[0] if within == "[]" else node.value[0][1]
    return isinstance(inner, yaml.ScalarNode) and inner.value == text


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    return "".join(one for one in text if one not in CONTROL)
