"""The kinds of value that a field may hold: what each reads, and what it refuses."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BeforeValidator, TypeAdapter, ValidationError

from generator import fields, numbers
from generator.dates import PartialDate
from generator.gate import Gate
from generator.markup import Reader

CHOICE = Annotated[str, BeforeValidator(fields.choice(("book", "chapter")))]


def read(kind: Any, value: object) -> Any:  # noqa: ANN401 - a value of any field
    """Read a value as a field of a kind."""
    return TypeAdapter(kind).validate_python(value, context=Gate(Reader()))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (fields.Words, " two \n words ", "two words"),
        (fields.Flag, "true", True),
        (fields.Flag, "false", False),
        (fields.Date, "2022-12", PartialDate(2022, 12)),
        (fields.Number, "0120", 120),
        (fields.Url, "https://example.org", "https://example.org"),
        (fields.Url, "HTTP://example.org:80/a_(b)?c=d#e", "HTTP://example.org:80/a_(b)?c=d#e"),
        (fields.Slug, "a-1", "a-1"),
        (fields.Key, "ada:2024_x/y.z+w-v", "ada:2024_x/y.z+w-v"),
        (fields.Language, "pt-BR", "pt-BR"),
        (fields.Language, "zh-Hant-TW", "zh-Hant-TW"),
        (fields.Alias, "/old/address/", "/old/address/"),
        (fields.Alias, "/old.html", "/old.html"),
        (fields.Alias, "/~ada/papers", "/~ada/papers/"),
        (fields.Code, "true", True),
        (fields.Code, "false", False),
        (fields.Code, "https://example.org/code", "https://example.org/code"),
        (fields.Featured, "true", 1),
        (fields.Featured, "false", 0),
        (fields.Featured, "3", 3),
        (fields.PdfOrUrl, "paper.pdf", "paper.pdf"),
        (fields.PdfOrUrl, "Paper.PDF", "Paper.PDF"),
        (fields.PdfOrUrl, "https://example.org/a", "https://example.org/a"),
        (numbers.Orcid, "0000-0002-1825-0097", "0000-0002-1825-0097"),
        (numbers.Orcid, "https://orcid.org/0000-0002-1694-233x/", "0000-0002-1694-233X"),
        (CHOICE, "book", "book"),
    ],
)
def test_reads(kind: object, value: str, expected: object) -> None:
    """A value is read in every way in which people write it."""
    made = read(kind, value)
    assert made == expected
    assert type(made) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value", "message", "way_out"),
    [
        (fields.Words, ["a"], "must be one text, not a list.", "one line"),
        (fields.Words, {"a": "b"}, "must be one text, not a set of fields.", "one line"),
        (fields.Flag, "yes", "must be true or false, not 'yes'.", "true"),
        (fields.Flag, "True", "must be true or false, not 'True'.", "true"),
        (fields.Date, "MMXX", "is 'MMXX', which is no year", "2022-12-07"),
        (fields.Number, "-1", "must be a whole number, not '-1'.", "digits"),
        (fields.Number, "1234567890", "must be a whole number", "digits"),
        (fields.Url, "example.org", "must be an address that begins with https://", "browser"),
        (fields.Url, "javascript:alert(1)", "must be an address", "browser"),
        (fields.Url, "https://", "must be an address", "browser"),
        (fields.Url, "https://user@example.org/", "must be an address", "browser"),
        (fields.Url, 'https://example.org/"onclick=', "must be an address", "browser"),
        (fields.Url, "https://example.org/a b", "must be an address", "browser"),
        (fields.Slug, "My Paper", "must be small letters", "my-paper"),
        (fields.Slug, "a--b", "must be small letters", "a-b"),
        (fields.Slug, "../a", "must be small letters", "a"),
        (fields.Slug, "a" * 81, "must be small letters", "a" * 80),
        (fields.Key, "a b", "may hold only ASCII letters", "a-b"),
        (fields.Key, "gödel", "may hold only ASCII letters", "godel"),
        (fields.Language, "German", "must be a language tag", "BCP 47"),
        (fields.Language, "de_AT", "must be a language tag", "BCP 47"),
        (fields.Alias, "/", "must be an address on this site", "path alone"),
        (fields.Alias, "old", "must be an address on this site", "path alone"),
        (fields.Alias, "/a/../b/", "must be an address on this site", "path alone"),
        (fields.Alias, "/.hidden/", "must be an address on this site", "path alone"),
        (fields.Alias, "/a?b", "must be an address on this site", "path alone"),
        (fields.Alias, "//example.org/", "must be an address on this site", "path alone"),
        (fields.Code, "yes", "must be an address that begins with", "browser"),
        (fields.Featured, "first", "must be true, or a rank", "whole number"),
        (fields.PdfOrUrl, "paper", "must be an address, or the name of a .pdf file", "'.pdf'"),
        (fields.PdfOrUrl, "file:paper.pdf", "must be an address that begins with", "browser"),
        (numbers.Orcid, "0000-0002-1825-0098", "is not an ORCID: '0000", "orcid.org"),
        (numbers.Orcid, "0000-0002-1825", "is not an ORCID", "orcid.org"),
        (CHOICE, "boook", "is 'boook', which is not known.",
         "Did you mean 'book'? Known: book, chapter."),
        (CHOICE, "film", "is 'film'", "Known: book, chapter."),
        (fields.Paragraphs, ["a"], "must be one text.", "Write '|' after the colon"),
        (fields.Document, {"a": "b"}, "must be one text.", "Write '|' after the colon"),
    ],
)  # fmt: skip
def test_refuses(kind: object, value: object, message: str, way_out: str) -> None:
    """What cannot be meant is refused, with what is wrong and what to write instead."""
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    (one,) = caught.value.errors()
    assert one["type"] == "fault"
    assert one["ctx"]["text"].startswith(message)
    assert way_out in one["ctx"]["help"]


@pytest.mark.parametrize("kind", [fields.Words, fields.Marked, fields.Paragraphs])
def test_refuses_what_is_empty(kind: object) -> None:
    """An empty value is refused; whether the field may go instead is for its model to say."""
    with pytest.raises(ValidationError) as caught:
        read(kind, " ")
    (one,) = caught.value.errors()
    assert one["type"] == "empty"


def test_items() -> None:
    """A list stays what it is."""
    assert read(tuple[fields.Words, ...], ["a", "b"]) == ("a", "b")


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        ("a, b;c and d", "Write it in brackets: [a, b, c, d]"),
        ("", "Write it in brackets: […]"),
        ({"a": "b"}, "Put '- ' before the first line of each item."),
    ],
)
def test_items_refuses(value: object, way_out: str) -> None:
    """A list that was not written as one is refused, with the list that is meant."""
    with pytest.raises(ValidationError) as caught:
        read(Annotated[tuple[fields.Words, ...], fields.ItemList], value)
    (one,) = caught.value.errors()
    assert one["ctx"] == {"text": "must be a list, even of one.", "help": way_out}


@pytest.mark.parametrize(("value", "expected"), [("1", 1), ("100", 100)])
def test_positive(value: str, expected: int) -> None:
    """A number of at least 1 is read."""
    assert read(Annotated[int, BeforeValidator(fields.positive)], value) == expected


def test_positive_refuses() -> None:
    """Nothing is too little."""
    with pytest.raises(ValidationError, match="must be at least 1"):
        read(Annotated[int, BeforeValidator(fields.positive)], "0")


def test_marked_reads_text() -> None:
    """A text with markup is read in one line, a long one in paragraphs."""
    assert read(fields.Marked, "One\n *two*").plain == "One two"
    assert read(fields.Paragraphs, "One.\n\nTwo.\n").html == "<p>One.</p>\n<p>Two.</p>"
