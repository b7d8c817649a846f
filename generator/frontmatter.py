"""Writing an entry: its fields as YAML front matter, and the abstract below, as people write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from generator.paper import Paper
from generator.source import CONTROL
from generator.yamlfaults import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    inner = node.value[0]
    inner = inner if within == "[]" else inner[1]
    alone = len(node.value) == 1
    return alone and isinstance(inner, yaml.ScalarNode) and inner.value == text


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    return "".join(one for one in text if one not in CONTROL)
