"""The gate: from an entry, which is what a file says, to a valid model. All checking is here."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.diagnostics import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from generator.diagnostics import Diagnostics
    from generator.entry import Entry
    from generator.markup import Problem, Reader, Text
    from generator.yamlvalues import Path

M = TypeVar("M", bound="BaseModel")

_MOST = 1_000  # faults of one entry that are told of: each takes a search for what was meant


@dataclass(slots=True)
class Gate:
    """One entry's passage: what the fields need to be read, and what was found odd on the way."""

    reader: Reader
    problems: list[tuple[str, str, Problem]] = field(default_factory=list)

    def read_text(self, source: str, mode: str, name: str) -> Text:
        """Read marked-up text; the problems are kept with the field's name."""
        text, problems = getattr(self.reader, mode)(source)
        self.problems += [(name, source, problem) for problem in problems]
        return text  # type: ignore[no-any-return]  # the three modes all return a Text


def admit(  # noqa: PLR0913 - what is read, by what rules, and where faults go
    model: type[M],
    entry: Entry,
    reader: Reader,
    found: Diagnostics,
    *,
    body: str | None = None,
    examples: Mapping[str, str] = MappingProxyType({}),
) -> M | None:
    """Return the entry as a valid model, or None with a diagnostic for each of its faults.

    With `body`, the text below the front matter is the field of that name. `examples` are the
    site's own for some fields, in place of the model's.
    """
    data = entry.data
    if body and body not in data:
        data = {**data, body: entry.body}
    gate = Gate(reader)
    try:
        made = model.model_validate(data, context=gate)
    except ValidationError as error:
        errors = error.errors(include_url=False)[:_MOST]
        mistyped = _mistyped(model, errors)
        for one in errors:
            if one["type"] != "missing" or one["loc"] not in mistyped:
                _explain(model, entry, one, found, examples)
        if error.error_count() > _MOST:
            more = error.error_count() - _MOST
            found.error(
                entry.location(), f"There are {more:,} more faults here.", "Mend the others first."
            )
        return None
    for name, source, problem in gate.problems:
        path: Path = () if name == body and name not in entry.data else _path(entry, name, source)
        found.warning(
            entry.text_location(path, source, problem.offset), problem.message, problem.help
        )
    return made


def _path(entry: Entry, name: str, source: str) -> Path:
    """Return the path of the field of this name that holds a text: at the top, or further in."""
    same = (
        path
        for path in sorted(entry.marks, key=len)
        if path[-1:] == (name,) and str(_value(entry.data, path)).split() == source.split()
    )
    return next(same, (name,))


def _value(value: object, path: Path) -> object:
    """Return the value at a path, None where there is none."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = value[part] if isinstance(value, list) and isinstance(part, int) else None
    return value


def _explain(
    model: type[BaseModel],
    entry: Entry,
    one: ErrorDetails,
    found: Diagnostics,
    examples: Mapping[str, str],
) -> None:
    """Turn one of pydantic's errors into a diagnostic at the value's place."""
    path = one["loc"]
    if any(path[:length] in entry.refused for length in range(len(path) + 1)):
        return  # it could not even be read, and that is reported
    name = _shown(path)
    at = entry.location(*path)
    owner = _owner(model, path)
    last = str(path[-1]) if path else ""
    example = examples.get(last) if path[:-1] == () else None
    example = example or _example(owner, last)
    match one["type"]:
        case "extra_forbidden":
            _explain_unknown(entry, path, owner, found)
        case "missing":
            found.error(
                entry.location(*path[:-1]),
                f"The required field '{last}' is missing.",
                f"Add a line such as: {last}: {example}",
            )
        case "empty":
            found.error(at, f"{name} is empty.", _filling(owner, last, example))
        case "fault":
            found.error(at, f"{name} {one['ctx']['text']}", str(one["ctx"]["help"]))
        case "model_type":
            inner = _owner(model, (*path, ""))
            field = next(iter(inner.model_fields))
            found.error(
                at,
                f"{name} must be fields of its own, not {_kind(one['input'])}.",
                f"Indent them below it, one a line, such as: {field}: {_example(inner, field)}",
            )
        case "too_short":
            if not one["input"]:  # else each of its items has a fault, and is reported
                found.error(at, f"{name} is an empty list.", f"Write {example}, for example.")
        case _:
            found.error(
                at,
                f"{name} must be a list, even of one, not {_kind(one['input'])}.",
                f"Write it like this: {example}",
            )


def _filling(owner: type[BaseModel], field: str, example: str) -> str:
    """Return what to do about an empty field: one that is needed cannot be deleted."""
    if field in owner.model_fields and owner.model_fields[field].is_required():
        return f"Write a value, such as: {field}: {example}"
    return "Write a value, or delete the field."


def _shown(path: Path) -> str:
    """Return the name of a value in a message: `'authors'`, `Item 2 of 'authors'`."""
    name = ".".join(str(part) for part in path if isinstance(part, str)) or "entry"
    last = path[-1] if path else ""
    return f"Item {last + 1} of '{name}'" if isinstance(last, int) else f"'{name}'"


def _mistyped(model: type[BaseModel], errors: list[ErrorDetails]) -> set[Path]:
    """Return the places of fields that are not missing, but have a misspelt name."""
    unknown = [one["loc"] for one in errors if one["type"] == "extra_forbidden"]
    return {
        (*loc[:-1], close)
        for loc in unknown
        if (close := _meant(str(loc[-1]), _owner(model, loc)).partition(":")[0])
    }


def _meant(name: str, owner: type[BaseModel]) -> str:
    """Return what an unknown field stands for: the name of one here, or a line; "" if unknown."""
    elsewhere: Mapping[str, str] = getattr(owner, "elsewhere", {})
    return elsewhere.get(name.casefold()) or nearest(name, written(owner)) or ""


def _explain_unknown(entry: Entry, path: Path, owner: type[BaseModel], found: Diagnostics) -> None:
    name = str(path[-1])
    meant = _meant(name, owner)
    if ":" in meant:
        way_out = f"Write it so: {meant}"
    elif name.casefold() in getattr(owner, "elsewhere", {}):
        way_out = f"Here it is called '{meant}', such as: {meant}: {_example(owner, meant)}"
    elif meant:
        way_out = f"Did you mean '{meant}'?"
    else:
        way_out = f"The known fields are: {', '.join(written(owner))}."
    within = f" in '{path[-2]}'" if len(path) > 1 and isinstance(path[-2], str) else ""
    found.error(
        entry.key_location(*path),
        f"The field '{name}' is not known{within}.",
        way_out,
    )


def written(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields as a file has them: `not`, which Python cannot have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _kind(value: object) -> str:
    return (
        "a list" if isinstance(value, list) else "fields" if isinstance(value, dict) else "a text"
    )


def _owner(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Return the model that a path leads into."""
    for part in path[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type annotation
    if isinstance(annotation, type):
        return annotation if hasattr(annotation, "model_fields") else None
    return next(filter(None, map(_inner, getattr(annotation, "__args__", ()))), None)


def _example(model: type[BaseModel], name: str) -> str:
    examples = model.model_fields[name].examples if name in model.model_fields else None
    return str(examples[0]) if examples else "…"
