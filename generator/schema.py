"""The JSON Schema of an entry, with a site's own categories, tags and people, for editors.

JSON Schema draft 7, which is what the editors' YAML language servers read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.site import Site

_DRAFT = "http://json-schema.org/draft-07/schema#"
# Whatever YAML makes of a value, it is read as text: a year, a volume, an arXiv number.
_TEXT = ["string", "number"]
_DATE = {
    "anyOf": [
        {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ]
}
_DATES = ("date", "modified")
_NAMES_ONLY = {"default", "title"}  # pydantic's own, which say nothing to an author


def entry(site: Site) -> dict[str, Any]:
    """Return the schema of a paper's entry on a site, or of a list of entries in one file."""
    made = _plain(Paper.model_json_schema())
    definitions = made.pop("$defs")
    one = made
    one["required"] = [name for name in one["required"] if name != "slug"]
    fields = one["properties"]
    for name in _DATES:
        fields[name] |= _DATE
    fields["category"] |= _category(site)
    fields["tags"]["items"] = _tag(site)
    fields["organizations"]["items"] = _suggested(_labels(site, "organizations"))
    fields["venue"] |= _suggested(_labels(site, "venues"))
    for name in ("authors", "editors"):
        fields[name]["items"] = {
            "anyOf": [*_suggested(_people(site))["anyOf"], {"$ref": "#/definitions/Author"}]
        }
    definitions["Version"]["properties"]["date"] |= _DATE
    return {
        "$schema": _DRAFT,
        "title": f"A paper of {site.config.title}",
        "definitions": {**definitions, "Paper": one},
        "if": {"type": "array"},
        "then": {"items": {"$ref": "#/definitions/Paper"}},
        "else": {"$ref": "#/definitions/Paper"},
    }


def _plain(value: Any, *, named: bool = False) -> Any:  # noqa: ANN401 - a tree of JSON values
    """Return a schema as a YAML file is to be held against it: no nulls, and numbers are texts.

    What is `named` are the properties, whose names are an author's and not the schema's.
    """
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value.replace("#/$defs/", "#/definitions/") if isinstance(value, str) else value
    if named:
        return {name: _plain(one) for name, one in value.items()}
    made = {
        name: _plain(one, named=name in {"properties", "$defs"})
        for name, one in value.items()
        if name not in _NAMES_ONLY
    }
    if {"type": "null"} in made.get("anyOf", ()):
        given, *others = [one for one in made.pop("anyOf") if one != {"type": "null"}]
        made |= {"anyOf": [given, *others]} if others else given
    if made.get("type") == "string" and "format" not in made:
        made["type"] = _TEXT
    return made


def _category(site: Site) -> Mapping[str, object]:
    known = site.config.categories
    if not known:
        return {}
    return {"enum": list(known), "enumDescriptions": list(known.values())}


def _tag(site: Site) -> Mapping[str, object]:
    """Return what a tag may be: one of the registry, or where there is none any text."""
    tags = site.settings.tags
    if tags is None:
        return _suggested(_labels(site, "tags"))
    about = {label: tag.description.plain if tag.description else "" for label, tag in tags.items()}
    about |= {alias: f"stands for {label}" for label, tag in tags.items() for alias in tag.aliases}
    return {"enum": list(about), "enumDescriptions": list(about.values())}


def _people(site: Site) -> Iterable[str]:
    return dict.fromkeys([*site.settings.people, *_labels(site, "authors")])


def _labels(site: Site, taxonomy: str) -> list[str]:
    return [term.label for term in site.indexes[taxonomy].terms]


def _suggested(labels: Iterable[str]) -> dict[str, Any]:
    """Return a text that may be any, and for which those that the site knows are offered."""
    known = list(labels)
    return {"anyOf": [*([{"enum": known}] if known else []), {"type": _TEXT}]}
