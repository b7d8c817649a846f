"""Compiled templates: kept between builds, and made anew with their texts and with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
import pytest

from generator.cache import Cache
from generator.compiled import Compiled

if TYPE_CHECKING:
    from generator.compiled import References


def rendered(compiled: Compiled, text: str) -> str:
    """Return what a template of a new environment gives."""
    loader = jinja2.DictLoader({"a.html": text})
    environment = jinja2.Environment(loader=loader, bytecode_cache=compiled, autoescape=True)
    return environment.get_template("a.html").render()


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another environment takes the code that is kept, and compiles only what is new."""
    cache = Cache()
    rendered(Compiled(cache), "{{ 1 + 1 }}")

    def refuse(*_arguments: object, **_options: object) -> None:
        pytest.fail("compiled")

    with monkeypatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", refuse)
        assert rendered(Compiled(cache), "{{ 1 + 1 }}") == "2"
        with pytest.raises(pytest.fail.Exception):
            rendered(Compiled(cache), "{{ 1 + 2 }}")
        with pytest.raises(pytest.fail.Exception):
            rendered(Compiled(cache, "another program"), "{{ 1 + 1 }}")
    assert rendered(Compiled(cache), "{{ 1 + 2 }}") == "3"


def test_references_are_read_once() -> None:
    """What a template refers to is read again with another text, or by another program."""
    cache = Cache()
    reads: list[str] = []

    def ask(compiled: Compiled, text: str) -> References:
        def read() -> References:
            reads.append(text)
            return [(text, 1)]

        return compiled.references("a.html", text, read)

    assert [ask(Compiled(cache), text) for text in ("x", "x", "y")] == [
        [("x", 1)],
        [("x", 1)],
        [("y", 1)],
    ]
    ask(Compiled(cache, "another program"), "y")
    assert reads == ["x", "y", "y"]
