"""Writing an entry: what is written is read again as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import entry, frontmatter
from generator.diagnostics import Diagnostics
from generator.source import CONTROL, Source


def read(text: str) -> tuple[dict[str, object], str]:
    """Return the fields and the body of an entry."""
    found = Diagnostics()
    made = entry.read(Source("a.md", text), found)
    assert found.found == []
    assert made is not None
    return made.data, made.body


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A Paper", "A Paper"),
        ("BERT: Pre-training", '"BERT: Pre-training"'),
        ("[RETRACTED] A study", '"[RETRACTED] A study"'),
        ("C # and F", '"C # and F"'),
        ("C# and F", "C# and F"),
        ('He said: "no"', "'He said: \"no\"'"),
        (r"a: \alpha's", r"'a: \alpha''s'"),
        ("two\nlines", "two lines"),
        ("2401.12340", "2401.12340"),
        ("-1", '"-1"'),
        ("", '""'),
    ],
)
def test_scalar(value: str, expected: str) -> None:
    """A text has quotes only where YAML needs them."""
    assert frontmatter.scalar(value) == expected


def test_an_entry() -> None:
    """Fields stand in the order of the schema, long lists one item a line, the abstract below."""
    fields = {
        "abstract": "What it is about.\n## Not a heading",
        "date": "2024",
        "title": "A Paper",
        "authors": ["Ng, A.", {"name": "Ada: L", "orcid": "0000-0002-1825-0097"}],
        "tags": ["a", "b, c"],
        "links": {"pdf": "https://example.org/a.pdf"},
        "venue": "",
    }
    assert frontmatter.write(fields, ["see\nthere"]) == (
        "---\n"
        "title: A Paper\n"
        "authors:\n"
        '  - "Ng, A."\n'
        '  - {name: "Ada: L", orcid: 0000-0002-1825-0097}\n'
        "date: 2024\n"
        'tags: [a, "b, c"]\n'
        "links:\n"
        "  pdf: https://example.org/a.pdf\n"
        "# see there\n"
        "---\n"
        "What it is about.\n"
        "\\## Not a heading\n"
    )


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))).map(
    lambda text: " ".join("".join(one for one in text if one not in CONTROL).split())
)
SIGNS = st.sampled_from(["- ", "# ", " #", ": ", *":'\"[]{},&*!|\\%?"])
TEXTS = (
    st.lists(st.one_of(WORDS, SIGNS), min_size=1, max_size=6)
    .map(lambda parts: " ".join("".join(parts).split()))
    .filter(bool)
)


@given(
    TEXTS,
    st.lists(st.one_of(TEXTS, st.fixed_dictionaries({"name": TEXTS, "url": TEXTS})), min_size=1),
    st.dictionaries(st.sampled_from(["pdf", "code"]), TEXTS, min_size=1),
)
def test_what_is_written_is_read(title: str, authors: list[object], links: object) -> None:
    """Whatever the texts are, an entry that is written is read as the same fields."""
    fields = {"title": title, "authors": authors, "links": links}
    data, _ = read(frontmatter.write(fields))
    assert data == fields
