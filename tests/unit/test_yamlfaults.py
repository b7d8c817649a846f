"""What YAML errors mean: the place, the message and the way out of each."""

from __future__ import annotations

import pytest

from generator import entry as entries
from generator.diagnostics import Diagnostics
from generator.source import Source
from generator.yamlfaults import quoted

CASES = [
    ("a: b: c", "2:5", "The value of 'a' holds a colon", 'a: "b: c"'),
    ("a: b:", "2:5", "The value of 'a' holds a colon", 'a: "b:"'),
    ("b c: d: e", "2:7", "The value of 'b c' holds a colon", 'b c: "d: e"'),
    ("a\n b: c", "3:3", "This is not valid YAML: mapping values", "Check the quotes"),
    ("- a: b: c", "2:7", "The value of 'a' holds a colon", 'a: "b: c"'),
    ("a: [b] c", "2:4", "The value of 'a' begins with '['", 'a: "[b] c"'),
    ("a: {b} c", "2:4", "The value of 'a' begins with '{'", 'a: "{b} c"'),
    ("a: *b* c", "2:4", "The value of 'a' begins with '*'", 'a: "*b* c"'),
    ("a: @b", "2:4", "The value of 'a' begins with '@'", 'a: "@b"'),
    ("a: `b`", "2:4", "The value of 'a' begins with '`'", 'a: "`b`"'),
    ("a: %b", "2:4", "The value of 'a' begins with '%'", 'a: "%b"'),
    ("a: > b", "2:4", "The value of 'a' begins with '>'", 'a: "> b"'),
    ("a: |b| c", "2:4", "The value of 'a' begins with '|'", 'a: "|b| c"'),
    ("a: , b", "2:4", "The value of 'a' begins with ','", 'a: ", b"'),
    ("a: ? b", "2:4", "The value of 'a' begins with '?'", 'a: "? b"'),
    ("a: - b", "2:4", "The value of 'a' begins with '-'", 'a: "- b"'),
    ("a: [*b]", "2:5", "A value begins with '*' here", "quotes"),
    ("a: [b]]", "2:7", "There is one ']' too many", "Delete"),
    ("a: [b, c\nd: e", "2:4", "The '[' that opens here is never closed", "Close it"),
    ("a: [", "2:4", "The '[' that opens here is never closed", "Close it"),
    ("a: [b, , c]", "2:8", "What stands between the brackets", "comma"),
    ('a: "b" &c', "2:8", "The quoted text ends before", "a: "),
    ("a: b\n- c", "3:1", "This line begins in another column", "same column"),
    ("a: {b: c\nd: e", "2:4", "The '{' that opens here is never closed", "Close it"),
    ('a: ["b" "c"]', "2:9", "What stands between the brackets", "comma"),
    ('a: "b', "2:4", "The quotation mark that opens here", "Close it"),
    ('a: "b" c', "2:8", "The quoted text ends before", "a: '\"b\" c'"),
    ('a: "b\n  "c" d"', "3:4", "The quoted text ends before", "'name: |'"),
    ('a: "\\phi"', "2:5", "A backslash in double quotes", "single quotes"),
    ('a: "\\xzz"', "2:5", "A backslash in double quotes", "single quotes"),
    ("a: b\n\tc: d", "3:1", "There is a tab here", "spaces"),
    ("a:\n\tb: c", "3:1", "There is a tab here", "spaces"),
    ("a: b\n c: d", "3:3", "This line is indented, so it belongs to the text of 'a'", "If 'c'"),
    ("a: b\nc:d\ne: f", "3:2", "There is no space after the colon", "Write: c: d"),
    ("a: b\nc d\ne: f", "3:1", "This line is no field", "indent it"),
    (" a: b\nc: d", "3:1", "This line begins in another column", "same column"),
    ("a:\n  - b\n - c", "4:2", "This line begins in another column", "same column"),
    ("a: b # c\n  d", "2:6", "The text is cut off here", "double quotes"),
]


@pytest.mark.parametrize(("fields", "place", "message", "way_out"), CASES)
def test_meaning(fields: str, place: str, message: str, way_out: str) -> None:
    """A slip is shown where it was made, and the help says how to mend it."""
    found = Diagnostics()
    entries.read(Source("a.md", f"---\n{fields}\n---\n"), found)
    assert len(found.found) == 1
    (one,) = found
    assert str(one.location) == f"a.md:{place}"
    assert one.message.startswith(message)
    assert way_out in one.help


def test_second_document() -> None:
    """A file is one document."""
    found = Diagnostics()
    assert entries.read_settings(Source("a.yaml", "a: b\n---\nc: d\n"), found, "") is None
    assert [str(one.location) for one in found] == ["a.yaml:2:1"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a: b", '"a: b"'),
        ("it's", '"it\'s"'),
        ('a "b"', "'a \"b\"'"),
        ('it\'s "b"', "'it''s \"b\"'"),
        ("$\\phi$", "'$\\phi$'"),
    ],
)
def test_quoted(value: str, expected: str) -> None:
    """A text in quotes reads as it was."""
    assert quoted(value) == expected
    found = Diagnostics()
    made = entries.read_settings(Source("a.yaml", f"a: {expected}\n"), found, "")
    assert made is not None
    assert made.data == {"a": value}
