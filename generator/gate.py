"""The gate: from an entry, which is what a file says, to a valid model. All checking is here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from generator.diagnostics import nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from generator.diagnostics import Diagnostics
    from generator.entry import Entry, Path
    from generator.fields import Model
    from generator.markup import Problem, Reader, Text

M = TypeVar("M", bound="Model")


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


def admit(
    model: type[M], entry: Entry, reader: Reader, found: Diagnostics, *, body: str | None = None
) -> M | None:
    """Return the entry as a valid model, or None with a diagnostic for each of its faults.

    With `body`, the text below the front matter is the field of that name.
    """
    data = entry.data
    if body and body not in data:
        data = {**data, body: entry.body}
    gate = Gate(reader)
    try:
        made = model.model_validate(data, context=gate)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            _explain(model, entry, one, found)
        return None
    for name, source, problem in gate.problems:
        path: Path = () if name == body and name not in entry.data else _path(entry, name)
        found.warning(
            entry.text_location(path, source, problem.offset), problem.message, problem.help
        )
    return made


def _path(entry: Entry, name: str) -> Path:
    """Return a field's path by its name: the field itself, or the first so named inside another."""
    if name in entry.data:
        return (name,)
    return next((path for path in entry.marks if path and path[-1] == name), (name,))


def _explain(model: type[Model], entry: Entry, one: ErrorDetails, found: Diagnostics) -> None:
    """Turn one of pydantic's errors into a diagnostic at the value's place."""
    path = _real_path(entry, one["loc"])
    name = ".".join(str(part) for part in path if isinstance(part, str)) or "entry"
    owner = _owner(model, path)
    if one["type"] == "extra_forbidden":
        close = nearest(str(path[-1]), owner.model_fields)
        known = ", ".join(owner.model_fields)
        found.error(
            entry.key_location(*path),
            f"The field '{path[-1]}' is not known.",
            f"Did you mean '{close}'?" if close else f"The known fields are: {known}.",
        )
    elif one["type"] == "missing":
        found.error(
            entry.location(*path[:-1]),
            f"The required field '{path[-1]}' is missing.",
            f"Add a line such as: {path[-1]}: {_example(owner, str(path[-1]))}",
        )
    elif one["type"] == "fault":
        found.error(
            entry.location(*path), f"'{name}' {one['ctx']['text']}", str(one["ctx"]["help"])
        )
    else:
        example = _example(owner, str(path[-1])) if path else "…"
        found.error(
            entry.location(*path),
            f"'{name}' is not written in a way that can be read.",
            f"Write it like this: {example}",
        )


def _real_path(entry: Entry, loc: tuple[int | str, ...]) -> Path:
    """Return where in the entry an error is, without the names that pydantic adds for unions."""
    path: list[int | str] = []
    value: Any = entry.data
    for i, part in enumerate(loc):
        if (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int) and part < len(value)
        ):
            value = value[part]
        elif i != len(loc) - 1:
            continue
        path.append(part)
    return tuple(path)


def _owner(model: type[Model], path: Path) -> type[Model]:
    """Return the model that a path leads into."""
    for part in path[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[Model] | None:  # noqa: ANN401 - any type annotation
    if isinstance(annotation, type):
        return annotation if hasattr(annotation, "model_fields") else None
    return next(filter(None, map(_inner, getattr(annotation, "__args__", ()))), None)


def _example(model: type[Model], name: str) -> str:
    examples = model.model_fields[name].examples if name in model.model_fields else None
    return str(examples[0]) if examples else "…"
