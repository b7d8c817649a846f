"""The gate: from what a file says to a valid model, or to every one of its faults."""

# ruff: noqa: E501 - a message is read best in one line

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BeforeValidator, Field

from generator import entry as entries
from generator import fields, gate
from generator.diagnostics import Diagnostics
from generator.fields import Flag, ItemList, Marked, Model, Words
from generator.markup import Problem, Reader, Text
from generator.source import Source


class Doubting(Reader):
    """A reader to whom one word is odd, and who changes nothing."""

    def inline(self, source: str) -> tuple[Text, tuple[Problem, ...]]:
        """Find the word."""
        at = source.find("\\zzz")
        problems = (Problem(at, "Odd.", "Look."),) if at >= 0 else ()
        return Text(source, source, source, source), problems

    abstract = inline


class Inner(Model):
    """A part of the model."""

    name: Words = Field(examples=["N"])
    venue: Marked | None = Field(None)


class Outer(Model):
    """A model with every kind of field that the gate explains."""

    title: Words = Field(examples=["A Title"])
    venue: Marked | None = Field(None)
    flag: Flag = False
    inner: Inner | None = Field(None)
    several: tuple[Inner, ...] = Field((), examples=["[{name: N}]"])
    words: Annotated[tuple[Words, ...], ItemList] = ()
    some: Annotated[tuple[Words, ...], ItemList] = Field(("x",), min_length=1, examples=["[x]"])
    text: fields.Paragraphs | None = Field(None)
    positive: Annotated[int, BeforeValidator(fields.positive)] = 1


def admit(front: str, body: str = "", name: str | None = None) -> tuple[Outer | None, list[str]]:
    """Pass an entry through the gate; return the model and every diagnostic, with its help."""
    found = Diagnostics()
    entry = entries.read(Source("a.md", f"---\n{front}\n---\n{body}"), found)
    assert entry is not None
    made = gate.admit(Outer, entry, Doubting(), found, body=name)
    return made, [f"{str(one.location)[5:]}: {one.message} {one.help}" for one in found]


def test_admits() -> None:
    """A valid entry becomes a model, without a word."""
    made, found = admit("title: T\ninner: {name: N}\nseveral: [{name: M}]\nflag: true")
    assert found == []
    assert made is not None
    assert (made.title, made.flag) == ("T", True)
    assert (made.inner, made.several) == (Inner(name="N"), (Inner(name="M"),))


def test_body() -> None:
    """The text below the front matter is the field of the given name, unless the field is given."""
    made, _ = admit("title: T", "Below.", "text")
    assert made is not None
    assert made.text is not None
    assert made.text.plain == "Below."
    made, _ = admit("title: T\ntext: Above.", "Below.", "text")
    assert made is not None
    assert made.text is not None
    assert made.text.plain == "Above."


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("x: y", ["1:1: The required field 'title' is missing. Add a line such as: title: A Title",
                  "2:1: The field 'x' is not known. The known fields are: title, venue, flag, inner, several, words, some, text, positive."]),
        ("titel: y", ["2:1: The field 'titel' is not known. Did you mean 'title'?"]),
        ("title: T\ninner: {nme: N}", ["3:9: The field 'nme' is not known in 'inner'. Did you mean 'name'?"]),
        ("title: T\nseveral: [{}]", ["3:11: The required field 'name' is missing. Add a line such as: name: N"]),
        ("title: T\nflag: 1", ["3:7: 'flag' must be true or false, not '1'. Write true, or delete the field."]),
        ("title: T\nwords: [a, '']", ["3:12: Item 2 of 'words' is empty. Write a value, or delete the field."]),
        ("title: T\nsome: []", ["3:7: 'some' is an empty list. Write [x], for example."]),
        ("title: T\nsome: ['']", ["3:8: Item 1 of 'some' is empty. Write a value, or delete the field."]),
        ("title: T\ninner: text",
         ["3:8: 'inner' must be fields of its own, not a text. Indent them below it, one a line, such as: name: N"]),
        ("title: T\ninner: [a]",
         ["3:8: 'inner' must be fields of its own, not a list. Indent them below it, one a line, such as: name: N"]),
        ("title: T\nseveral: [a]",
         ["3:11: Item 1 of 'several' must be fields of its own, not a text. Indent them below it, one a line, such as: name: N"]),
        ("title: T\nseveral: a", ["3:10: 'several' must be a list, even of one, not a text. Write it like this: [{name: N}]"]),
        ("title: T\nseveral: {name: a}",
         ["3:10: 'several' must be a list, even of one, not fields. Write it like this: [{name: N}]"]),
        ("title: T\ninner: {name: [a]}",
         ["3:15: 'inner.name' must be one text, not a list. Write the value on one line, after the colon."]),
        ("title: ''\nflag: x", ["2:1: 'title' is empty. Write a value, such as: title: A Title",
                                "3:7: 'flag' must be true or false, not 'x'. Write true, or delete the field."]),
    ],
)  # fmt: skip
def test_refuses(front: str, expected: list[str]) -> None:
    """Each fault is one diagnostic, at its place, with a way out."""
    assert admit(front) == (None, expected)


def test_refused_values_are_not_explained_again() -> None:
    """A value that could not even be read has one diagnostic, the reader's."""
    made, found = admit("title: !!int 1\ninner: {name: &a b}\nflag: x")
    assert made is None
    assert [line.partition(" ")[0] for line in found] == ["2:8:", "3:15:", "4:7:"]


@pytest.mark.parametrize(
    ("front", "body", "place"),
    [
        ("title: T\nvenue: a \\zzz", "", "3:10"),
        ("title: T\nvenue: fine\ninner: {name: N, venue: a \\zzz}", "", "4:27"),
        ("title: T\nseveral:\n  - name: N\n    venue: 'a \\zzz'", "", "5:15"),
        ("title: T", "One.\n\nTwo \\zzz\n", "6:5"),
        ("title: T\ntext: |\n  One.\n\n  Two \\zzz", "", "6:7"),
    ],
)
def test_warns_where_the_problem_is(front: str, body: str, place: str) -> None:
    """What is odd in a text is a warning at its own place, wherever the text stands."""
    made, found = admit(front, body, "text" if body else None)
    assert made is not None
    assert [line.partition(": ")[0] for line in found] == [place]
