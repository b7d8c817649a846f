"""What goes wrong in a template, as a maintainer is told of it: where, why, and what to do."""

from __future__ import annotations

import re
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

import jinja2

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.templates import Template, Templates


class MissingFileError(LookupError):
    """A template asks for a static file that is not there."""


@contextmanager
def explaining(templates: Templates, at: Location, context: str = "") -> Iterator[None]:
    """Turn whatever goes wrong in a template into a diagnostic, with its own place if known.

    It is told of `at` otherwise; the `context` follows what went wrong.
    """
    try:
        yield
    except BuildError:
        raise
    except jinja2.TemplateSyntaxError as error:
        at = line_of(templates, error.filename, error.lineno) if error.filename else at
        raise failure(at, f"{_reason(error.message or '')}{context}", _SYNTAX_HELP) from error
    except jinja2.TemplateNotFound as error:
        message = f"There is no template '{error.name}'.{context}"
        way_out = "Correct the name, or add the file to 'templates'."
        raise failure(at, message, way_out) from error
    except Exception as error:
        # A template is the maintainer's program: it may raise anything.
        frames = traceback.extract_tb(error.__traceback__)
        own = next((one for one in reversed(frames) if _file(templates, one.filename)), None)
        if own is None:
            raise
        at = line_of(templates, own.filename, own.lineno or 0)
        reason = _reason(str(error) or type(error).__name__)
        way_out = _STATIC_HELP if isinstance(error, MissingFileError) else _FIELDS_HELP
        if isinstance(error, RecursionError):
            reason, way_out = "The template is within itself.", _WITHIN_HELP
        raise failure(at, f"{reason}{context}", way_out) from error


def line_of(templates: Templates, path: str, line: int) -> Location:
    """Return the place of a line of a template, given by its file."""
    file = _file(templates, path)
    return Location(path, line, 0, file.line(line) if file else "")


def _file(templates: Templates, path: str) -> Template | None:
    return next((one for one in templates.values() if one.path == path), None)


_SYNTAX_HELP = (
    "Correct the template; https://jinja.palletsprojects.com/templates/ tells the syntax."
)
_WITHIN_HELP = (
    "A template that changes a built-in one names it 'builtin/…', such as builtin/page.html."
)
_FIELDS_HELP = "The README lists what a template may read; compare with the built-in template."


_STATIC_HELP = "Correct the name, or add the file to 'static'."
# Jinja names the class of a page; where it lies, and that it is made when it is looked at, is a
# program's affair.
_CLASS = re.compile(r"'generator\.[\w.]*?(?:_Later)?(\w+) object' has no attribute '([^']*)'")


def _reason(text: str) -> str:
    """Return what went wrong as a sentence."""
    text = _CLASS.sub(r"There is no field '\2' in a \1", text).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def failure(at: Location, message: str, help: str) -> BuildError:  # noqa: A002 - the word users see
    """Return what is wrong with a template as an error to be raised."""
    return BuildError([Diagnostic(at, Severity.ERROR, message, help)])
