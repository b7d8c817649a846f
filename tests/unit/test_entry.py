"""Entries: what a file says, with its places, and what is refused before any field is looked at."""

# ruff: noqa: E501 - a message is read best in one line

from __future__ import annotations

import pytest

from generator import entry as entries
from generator.diagnostics import Diagnostics
from generator.entry import Entry
from generator.source import Location, Source


def read(text: str) -> tuple[Entry | None, list[str]]:
    """Read front matter; return the entry and every diagnostic as one line."""
    found = Diagnostics()
    made = entries.read(Source("a.md", text), found)
    return made, [f"{one.location}: {one.message}" for one in found]


def good(text: str) -> Entry:
    """Read front matter in which nothing is wrong."""
    made, found = read(text)
    assert made is not None
    assert found == []
    return made


def test_read() -> None:
    """Front matter is fields, and what stands below it is the body, with its first line."""
    made = good("---\ntitle: A\ntags: [x, y]\nlinks:\n  pdf: z\n---\nOne.\n\nTwo.\n")
    assert made.data == {"title": "A", "tags": ["x", "y"], "links": {"pdf": "z"}}
    assert (made.body, made.body_line) == ("One.\n\nTwo.\n", 7)


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_read_end(end: str) -> None:
    """Front matter ends as YAML documents do; blanks at the end of the line do not matter."""
    made = good(f"--- \na: b\n{end}\nbody")
    assert (made.data, made.body) == ({"a": "b"}, "body")


@pytest.mark.parametrize(
    "written",
    ["2401.12340", "0706.1234", "10.1000", "1.10", "010", "1_000", "12:30", "1984", "no", "Null",
     "2024-05-01", "0x10", "1e3", ".inf", "~", "<<", "="],
)  # fmt: skip
def test_every_value_is_text(written: str) -> None:
    """No value becomes a number, a time, a flag or nothing on the way."""
    assert good(f"---\na: {written}\n---\n").data == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'a \\alpha b'", "a \\alpha b"),
        ('"a # b"', "a # b"),
        ("a#b", "a#b"),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">\n  one\n  two", "one two\n"),
        ("one\n  two", "one two"),
        ("", ""),
        ("true   # the source names only the first authors", "true"),
    ],
)
def test_ways_to_write(written: str, value: str) -> None:
    """A text may be written in every way that YAML knows."""
    assert good(f"---\net_al: {written}\n---\n").data == {"et_al": value}


def test_locations() -> None:
    """Each value, and each field's name, has its place; what has none has that around it."""
    made = good("---\ntitle: A\nauthors:\n  - {name: Ada}\nempty:\n---\n")
    assert made.location("title") == Location("a.md", 2, 8, "title: A")
    assert made.location("authors", 0, "name") == Location("a.md", 4, 12, "  - {name: Ada}")
    assert made.location("authors", 0, "orcid") == Location("a.md", 4, 5, "  - {name: Ada}")
    assert made.location("authors", 7) == Location("a.md", 4, 3, "  - {name: Ada}")
    assert made.location("empty") == Location("a.md", 5, 1, "empty:")
    assert made.location("date") == Location("a.md", 1, 1, "---")
    assert made.key_location("authors", 0, "name") == Location("a.md", 4, 6, "  - {name: Ada}")
    assert made.key_location("date") == Location("a.md", 1, 1, "---")
    assert Entry(made.source, {}, {}, start_line=3).location("x").line == 3


@pytest.mark.parametrize(
    ("written", "value", "offset", "place"),
    [
        ("a $x b", "a $x b", 2, (2, 6)),
        ("'a $x b'", "a $x b", 2, (2, 7)),
        ("|\n   one\n   two $x", "one\ntwo $x\n", 8, (4, 8)),
        (">\n  one\n  two $x", "one two $x\n", 8, (2, 4)),
        ("one\n  two $x", "one two $x", 8, (2, 4)),
        ('"a \\x41 $x"', "a A $x", 4, (2, 4)),
    ],
)
def test_text_location(written: str, value: str, offset: int, place: tuple[int, int]) -> None:
    """A place inside a text is exact where the text is written as it is, else it is the value's."""
    made = good(f"---\na: {written}\n---\n")
    assert made.data["a"] == value
    found = made.text_location(("a",), value, offset)
    assert (found.line, found.column) == place


def test_text_location_below() -> None:
    """A place in the body, and in the notes that were split from it, is exact."""
    made = good("---\na: b\n---\nOne\ntwo $x\n")
    assert made.text_location((), made.body, 8) == Location("a.md", 5, 5, "two $x")
    made.marks[("notes",)] = (4, 1)
    assert made.text_location(("notes",), "One\ntwo $x\n", 8) == Location("a.md", 5, 5, "two $x")


def test_text_location_nowhere() -> None:
    """A text without a place of its own is shown in the entry's first line."""
    made = good("---\na: b\n---\n")
    assert made.text_location(("c",), "text", 2) == Location("a.md", 1, 0, "---")


def test_child() -> None:
    """What stands under a field is an entry of its own, in the same places."""
    made = good("---\na:\n  b: &x 1\n  c: 2\nd: e\n---\n".replace("&x ", ""))
    child = made.children()["a"]
    assert child.data == {"b": "1", "c": "2"}
    assert child.location("c") == Location("a.md", 4, 6, "  c: 2")
    assert made.children()["d"].data == {}
    assert made.children()["d"].location() == Location("a.md", 5, 4, "d: e")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no\n", "a.md:1:1: The file must begin with front matter, and its first line is not '---'."),
        ("---\na: b\n", "a.md:1:1: The front matter that begins here is never closed."),
        ("---\n---\n", "a.md:1:1: There are no fields here."),
        ("---\n# only a comment\n---\n", "a.md:1:1: There are no fields here."),
        ("---\n- a\n---\n", "a.md:2:1: The front matter must be fields, such as 'title: A Paper'."),
    ],
)  # fmt: skip
def test_read_refuses(text: str, expected: str) -> None:
    """A file that is no entry is refused, once."""
    assert read(text) == (None, [expected])


@pytest.mark.parametrize(
    ("fields", "value", "expected"),
    [
        ("a: &x b\nc: *x", {"a": "", "c": ""}, "a.md:2:4: YAML anchors ('&x') and their aliases are not read here."),
        ("a: !!int 1", {"a": ""}, "a.md:2:4: YAML tags ('!!int') are not read here."),
        ("a: !x y", {"a": ""}, "a.md:2:4: YAML tags ('!x') are not read here."),
        ("a: 1\na: 2", {"a": "1"}, "a.md:3:1: The field 'a' stands here a second time."),
        ("? [a, b]\n: c", {}, "a.md:2:3: A field's name must be a plain word."),
        ('"a\\0b": c', {}, "a.md:2:3: A backslash in double quotes makes a control character here, U+0000."),
        ('a: "b \\alpha"', {"a": ""}, "a.md:2:7: A backslash in double quotes makes a control character here, U+0007."),
        ("title: a # b", {"title": ""}, "a.md:2:10: The text is cut off here: ' #' begins a comment in YAML."),
        ("title: a\n  b # c", {"title": ""}, "a.md:3:5: The text is cut off here: ' #' begins a comment in YAML."),
        ("authors:\n  - A  # c", {"authors": [""]}, "a.md:3:8: The text is cut off here: ' #' begins a comment in YAML."),
    ],
)  # fmt: skip
def test_values_refused(fields: str, value: dict[str, object], expected: str) -> None:
    """A value that YAML would change is refused where it stands, once, and nothing else is lost."""
    made, found = read(f"---\n{fields}\nz: kept\n---\n")
    assert found == [expected]
    assert made is not None
    assert made.data == value | {"z": "kept"}


def test_refused_paths() -> None:
    """An entry knows which of its values were refused, also further in."""
    made, _ = read("---\na: &x 1\nb: [*x, 2]\nc:\n  d: !!int 1\n---\n")
    assert made is not None
    assert made.refused == {("a",), ("b", 0), ("c", "d")}
    assert made.children()["c"].refused == {("d",)}


@pytest.mark.parametrize(
    "fields",
    [
        "a: " + "[" * 20 + "]" * 20,
        "a: " + "[" * 5000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "a:\n" + "- " * 100_000 + "b",
        "a:\n" + "".join(" " * n + "b:\n" for n in range(1, 1200)),
    ],
    ids=["20", "open", "flow", "block", "indented"],
)
def test_depth(fields: str) -> None:
    """Values nested without end are refused, and never end the program."""
    _, found = read(f"---\n{fields}\n---\n")
    assert len(found) == 1
    assert "nested too deeply" in found[0]


def test_many_brackets() -> None:
    """Many brackets that are not nested are no fault."""
    assert good("---\na: [" + "[x], " * 1200 + "]\n---\n").data == {"a": [["x"]] * 1200}


def test_broken_with_many_brackets() -> None:
    """A fault among many brackets is explained like any other."""
    _, found = read("---\na: [" + "[x], " * 1200 + "\nb: c\n---\n")
    assert found == ["a.md:2:4: The '[' that opens here is never closed."]


def test_read_many() -> None:
    """A list gives an entry for each item, with the line where it begins."""
    found = Diagnostics()
    text = "- title: A\n- text\n- title: B\n  x: &y 1\n- title: *y\n"
    made = entries.read_many(Source("a.yaml", text), found)
    assert [(one.data, one.start_line) for one in made] == [
        ({"title": "A"}, 1),
        ({"title": "B", "x": ""}, 3),
        ({"title": ""}, 5),
    ]
    assert [str(one.location) for one in found] == ["a.yaml:2:3", "a.yaml:4:6"]


def test_read_very_many() -> None:
    """A list may be as long as one likes; one entry may not have values without end."""
    found = Diagnostics()
    assert len(entries.read_many(Source("a.yaml", "- a: [b, c]\n" * 30_000), found)) == 30_000
    assert found.found == []
    entries.read_many(Source("a.yaml", "- a: [" + "b," * 250_001 + "]\n"), found)
    assert [one.message for one in found] == ["The values are nested too deeply or too many."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "There are no fields here."),
        ("title: A\n", "A .yaml file of papers must be a list of entries."),
        ("- a: [\n", "The '[' that opens here is never closed."),
    ],
)
def test_read_many_refuses(text: str, expected: str) -> None:
    """A file that is no list of entries is refused."""
    found = Diagnostics()
    assert entries.read_many(Source("a.yaml", text), found) == []
    assert [one.message for one in found] == [expected]


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("title: A\n", {"title": "A"}, []),
        ("", {}, []),
        ("# nothing yet\n", {}, []),
        ("- a\n", None, ["The file 'site.yaml' must be fields, such as 'title: X'."]),
        ("a: [\n", None, ["The '[' that opens here is never closed."]),
    ],
)
def test_read_settings(text: str, data: dict[str, str] | None, expected: list[str]) -> None:
    """A settings file is fields, of which there may be none."""
    found = Diagnostics()
    found.warning(Location("other"), "found before", "h")
    made = entries.read_settings(Source("site.yaml", text), found, "title: X")
    assert (made.data if made else None) == data
    assert [one.message for one in found if one.help != "h"] == expected
