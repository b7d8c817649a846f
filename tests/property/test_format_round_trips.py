"""Whatever paper the gate accepts: written, and read by another program, it is the same."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, unquote

import fastjsonschema
import html5lib
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person, parse_string
from pydantic import ValidationError

from generator import keys
from generator.formats import bibtex, citation, coins, csl, facts, ris
from generator.formats.files import FORMATS
from generator.gate import Gate
from generator.markup import Reader
from generator.names import Name
from generator.outline import outline
from generator.paper import STATUSES, TYPES, Paper
from generator.taxonomy import Vocabulary

pytestmark = pytest.mark.property

SCHEMA = Path(__file__).parents[1] / "unit" / "csl-items.schema.json"
URL = "https://publications.example/papers/a/"
KEY = "lovelace-2024-paper"

READER = Reader()
is_csl = fastjsonschema.compile(json.loads(SCHEMA.read_bytes()))

# What has a meaning to TeX, Markdown, BibTeX, RIS or HTML, and scripts of every kind.
SIGNS = r"""
    { } {} \{ \} % \% & \& $ \$ # _ ~ ^ \ \\ " ' ` `` '' “ ” ‘ ’ „ « » – — - -- --- * ** | < > @ , ;
    = + $$ $5 TY ER and others others} <script> &amp; ``Q'' “Q” (a) [b](c) http://x.y .
"""
MARKED = r"""
    $R^2$ $\{$ $\left\{x\right.$ \(X\) \[Y\] {B}ayes {BERT} {Whole} {a{B}c} \emph{Deep} \textbf{ \'e
    {\"o} \ss \alpha \unknown{x} *em* `code` \url{https://example.org/a_b%20c} $\text{a~$x$~B}$
"""
SPOKEN = """
    A I B. GPT-4 LLMs CLIP's O'Neil mRNA 3D Über Γιώργος αβ Ω Иванов 张伟 深度学习 محمد שלום ไทย ế x̂
    ß ı 😀 👩\u200d🔬 … ² ½ ≤ ﬁ Ⅷ
"""
ODD = ["TY  - JOUR", "ER  - ", "\nTY  - BOOK", "\r\nER  - ", "\u2028AU  - X", "a\u00a0b", "\n\n"]
FRAGMENTS = st.sampled_from([*SIGNS.split(), *MARKED.split(), *SPOKEN.split(), *ODD])
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
PIECES = st.one_of(FRAGMENTS, st.text(LETTERS, min_size=1, max_size=6))
TEXTS = st.builds(
    lambda pieces, glue: glue.join(pieces),
    st.lists(PIECES, min_size=1, max_size=8),
    st.sampled_from([" ", "", " "]),
).filter(str.strip)
WORDS = st.one_of(
    TEXTS,
    st.sampled_from(["Springer", "AT&T", "MIT Press", "Cambridge, MA", "12", "α", "x" * 700]),
)
TITLES = st.one_of(TEXTS, st.just("word " * 500))

NAMES = st.sampled_from(
    [
        *("Ada Lovelace", "Ludwig van Beethoven", "Martin Luther King Jr.", "bell hooks", "Plato"),
        *("Jean-Stanislas Denain", "de la Cruz, María", "张伟", "King, Jr., Martin Luther"),
        *("Gerard 't Hooft", "Jean Le Rond d'Alembert", "Vincent Van Gogh", "محمد بن موسى"),
    ]
)
PEOPLE = st.one_of(
    NAMES,
    st.builds(lambda literal: {"literal": literal}, WORDS),
    st.fixed_dictionaries(
        {"family": WORDS},
        optional={
            "given": WORDS,
            "particle": st.sampled_from(["van", "de la", "'t", "Van der", "De", "von und zu"]),
            "suffix": st.sampled_from(["Jr.", "III", "PhD, MD"]),
        },
    ),
)
ENTRIES = st.fixed_dictionaries(
    {
        "title": TITLES,
        "authors": st.lists(PEOPLE, min_size=1, max_size=7),
        "category": st.just("CL"),
        "date": st.sampled_from(["2024-05-06", "2024-12", "1987", "2000-02-29"]),
        "slug": st.just("a"),
    },
    optional={
        "et_al": st.sampled_from(["true", "false"]),
        "venue": TEXTS,
        "type": st.sampled_from(TYPES),
        "status": st.sampled_from(STATUSES),
        "language": st.sampled_from(["en", "pt-BR"]),
        "volume": WORDS,
        "issue": WORDS,
        "number": WORDS,
        "pages": st.sampled_from(
            ["101-118", "5", "e12–e20", "3-1--3-12", "1-5, 7-9", "xii", "-", "a-b-c"]
        ),
        "publisher": WORDS,
        "place": WORDS,
        "series": WORDS,
        "editors": st.lists(PEOPLE, max_size=3),
        "doi": st.sampled_from(
            ["10.1000/182", "10.1002/(SICI)1<1::AID-X>3.0.CO;2-#", "10.1000/{x%_"]
        ),
        "arxiv": st.sampled_from(["2401.12340", "cs/0601001"]),
        "pmid": st.just("33782455"),
        "isbn": st.just("978-0-262-03384-8"),
        "issn": st.just("2150-8097"),
        "tags": st.lists(WORDS, max_size=3),
        "abstract": st.lists(TEXTS, min_size=1, max_size=3).map("\n\n".join),
    },
)
# A title of nothing but braces is no title.


def admitted(fields: dict[str, object]) -> Paper | None:
    """Return the paper that the gate makes of fields; None where it refuses them."""
    try:
        return Paper.model_validate(fields, context=Gate(READER))
    except ValidationError:
        return None


PAPERS = (
    ENTRIES.map(admitted)
    .filter(lambda paper: paper is not None and bool(visible(paper.title.plain)))
    .map(lambda paper: cast("Paper", paper))
)


def one_line(text: str) -> str:
    """Return a text with its spaces drawn together."""
    return " ".join(text.split())


def visible(text: str) -> str:
    """Return a text in one line, without the hyphens that only a line break shows."""
    return one_line(text.replace("\N{SOFT HYPHEN}", ""))


def read(latex: str) -> str:
    """Return LaTeX as plain words, by the reader of this site."""
    text, _ = READER.inline(latex)
    return straight(text.plain)


def straight(text: str) -> str:
    """Return a text with straight quotes, of which BibTeX makes others where they are in pairs."""
    return re.sub("[“”]", '"', text)


def abstract_of(paper: Paper) -> str:
    """Return the abstract in one line; "" where there is none, or one that says nothing."""
    return one_line(paper.abstract.plain) if paper.abstract else ""


def depth(text: str) -> int:
    """Return how many braces are open at the end, or -1 where more were closed than opened."""
    level = 0
    for brace in re.findall(r"[{}]", text):
        level += 1 if brace == "{" else -1
        if level < 0:
            return -1
    return level


@given(PAPERS)
def test_bibtex_is_read_again(paper: Paper) -> None:
    """Pybtex, in strict mode, and then our reader, give the fields of the paper."""
    kind = facts.kind(paper)
    written = bibtex.entry(paper, KEY, URL, primary_class="cs.CL")

    entries = parse_string(written, "bibtex").entries
    assert list(entries) == [KEY]
    entry = entries[KEY]
    fields = dict(entry.fields)

    assert depth(written) == 0
    assert written.endswith("}\n")
    assert "\r" not in written
    assert all(fields.values())
    assert read(fields["title"]) == straight(paper.title.plain)
    assert fields["year"] == str(paper.year)
    assert ("month" in fields) == bool(paper.date.month)
    assert fields["url"] == URL
    assert unquote(fields.get("doi", "")) == unquote(paper.doi or "")
    assert read(fields.get("pages", "")).replace("–", "-") == facts.pages(paper, "-")
    assert fields.get("isbn") == paper.isbn
    assert fields.get("issn") == paper.issn
    assert fields.get("pmid") == paper.pmid
    assert fields.get("eprint") == paper.arxiv
    assert fields.get("primaryClass") == ("cs.CL" if paper.arxiv else None)
    for name, value in {
        "volume": paper.volume,
        "number": paper.issue or paper.number,
        "series": paper.series,
        "address": paper.place,
    }.items():
        assert read(fields.get(name, "")) == straight(visible(value or "")), name
    venues = {read(value) for value in fields.values()}
    expected = {paper.venue.plain if paper.venue else "", visible(paper.publisher or "")}
    assert set(map(straight, expected)) <= venues | {""}
    assert read(fields.get("abstract", "")) == straight(abstract_of(paper))
    assert kind != "thesis" or entry.type in {"phdthesis", "mastersthesis"}


@given(PAPERS)
def test_bibtex_names_are_read_again(paper: Paper) -> None:
    """Pybtex divides each name as the paper has it, and knows where there are more authors."""
    entry = parse_string(bibtex.entry(paper, KEY), "bibtex").entries[KEY]

    more = [("others", "", "")] if paper.et_al else []
    authors = [expected_name(author.parts) for author in paper.authors]
    assert [name_of(person) for person in entry.persons["author"]] == authors + more
    editors = [expected_name(editor.parts) for editor in paper.editors]
    assert [name_of(person) for person in entry.persons.get("editor", [])] == editors


def name_of(person: Person) -> tuple[str, str, str]:
    """Return the last name with its particle, the first names and the suffix."""
    last = [*person.prelast_names, *person.last_names]
    first = [*person.first_names, *person.middle_names]
    return bare(last), bare(first), bare(person.lineage_names)


def bare(words: list[str]) -> str:
    """Return a part of a name as plain words, without the braces that keep it whole."""
    part = " ".join(words)
    braced = re.fullmatch(r"((?:.* )?)\{(.*)\}", part)
    return read(braced[1] + braced[2] if braced and not depth(braced[2]) else part)


def expected_name(name: Name) -> tuple[str, str, str]:
    """Return what BibTeX can carry of a name: it knows no suffix without first names."""
    if name.literal:
        return straight(visible(name.literal)), "", ""
    last, first, suffix = (
        straight(visible(part))
        for part in (f"{name.particle} {name.family}", name.given, name.suffix)
    )
    return (last, first, suffix) if name.given else (f"{last} {suffix}".strip(), "", "")


@given(PAPERS)
def test_ascii_bibtex_is_the_same_entry(paper: Paper) -> None:
    """The variant for old programs is ASCII, and has the same fields."""
    written = bibtex.entry(paper, KEY, URL)
    plain = bibtex.ascii(written)

    assert plain.isascii()
    assert depth(plain) == 0
    entry = parse_string(plain, "bibtex").entries[KEY]
    original = parse_string(written, "bibtex").entries[KEY]
    assert list(entry.fields) == list(original.fields)
    assert len(entry.persons["author"]) == len(original.persons["author"])


@given(PAPERS)
def test_ris_is_read_again(paper: Paper) -> None:
    """Rispy gives one record with the fields of the paper, and nothing that is not in it."""
    written = ris.entry(paper, KEY, URL)

    records = rispy.loads(written)
    assert len(records) == 1
    record = records[0]

    assert written.endswith("ER  - \r\n")
    assert written.count("\r\n") == written.count("\n") == len(written.splitlines())
    assert "unknown_tag" not in record
    assert all(record.values())
    assert record["title"] == paper.title.plain
    assert record["id"] == KEY
    assert record["year"] == str(paper.year)
    assert record["date"].rstrip("/").replace("/", "-") == paper.date.iso
    assert len(record["authors"]) == len(paper.authors)
    assert [name.replace(", , ", ", ") for name in record["authors"]] == [
        author.parts.inverted for author in paper.authors
    ]
    assert record.get("doi") == paper.doi
    assert record.get("volume") == paper.volume
    assert record.get("keywords", []) == list(paper.tags)
    assert record["urls"] == [URL]
    assert record.get("abstract", "") == abstract_of(paper)
    venue, house = facts.venue_and_house(paper)
    for name, value in {
        "secondary_title": venue,
        "publisher": house,
        "tertiary_title": paper.series,
        "place_published": paper.place,
        "language": paper.language,
        "accession_number": paper.arxiv and f"arXiv:{paper.arxiv}",
    }.items():
        assert record.get(name, "") == one_line(value or ""), name
    editors = [name.replace(", , ", ", ") for name in record.get("secondary_authors", [])]
    assert editors == [editor.parts.inverted for editor in paper.editors]
    ends = [end for end in (record.get("start_page"), record.get("end_page")) if end]
    assert "-".join(ends) == facts.pages(paper, "-")


@given(PAPERS)
def test_csl_is_valid_and_read_again(paper: Paper) -> None:
    """A CSL item satisfies the schema, and has the fields of the paper."""
    item = csl.item(paper, KEY, URL)
    record = FORMATS["csl"].record(paper, KEY, URL, "")
    written = FORMATS["csl"].join([record, record])

    read_again: list[dict[str, Any]] = json.loads(written)
    is_csl(read_again)
    assert read_again == [item, item]
    assert item["title"] == paper.title.plain
    assert [person(author) for author in item["author"]] == [one.parts for one in paper.authors]
    assert [person(editor) for editor in item.get("editor", [])] == [
        one.parts for one in paper.editors
    ]
    assert "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0]) == paper.date.iso
    for name in ("volume", "issue", "language"):
        assert item.get(name) == getattr(paper, name)
    assert item.get("DOI") == paper.doi
    for variable, value in {
        "collection-title": paper.series,
        "page": facts.pages(paper, "-"),
        "PMID": paper.pmid,
        "ISBN": paper.isbn,
        "ISSN": paper.issn,
        "URL": URL,
        "keyword": ", ".join(paper.tags),
    }.items():
        assert item.get(variable, "") == (value or ""), variable
    venue, house = facts.venue_and_house(paper)
    assert {venue, house} <= {"", *(text for text in item.values() if isinstance(text, str))}
    assert one_line(item.get("abstract", "")) == abstract_of(paper)


def person(name: dict[str, str]) -> Name:
    """Return the name that a CSL name variable says."""
    parts = ("family", "given", "non-dropping-particle", "suffix", "literal")
    return Name(*(name.get(part, "") for part in parts))


@given(PAPERS)
def test_coins_is_read_again(paper: Paper) -> None:
    """An OpenURL resolver gives the title, the authors and the date of the paper."""
    fields = parse_qs(coins.span_title(paper, URL), strict_parsing=True)

    titles = [fields[name] for name in ("rft.atitle", "rft.btitle", "rft.title") if name in fields]
    assert titles[0] == [paper.title.plain]
    assert (fields.get("rft.au") or fields["rft.creator"]) == [
        author.parts.display for author in paper.authors
    ]
    assert fields["rft.date"] == [paper.date.iso]
    assert URL in fields["rft_id"]


@given(PAPERS, st.sampled_from(list(citation.STYLES)))
def test_citations_say_the_same_in_html_and_plain(paper: Paper, style: str) -> None:
    """The HTML is well-formed, and without its marks it is the plain citation."""
    cited = citation.STYLES[style].cite(citation.read(paper, URL))

    html5lib.HTMLParser(strict=True).parseFragment(cited.html)
    title = re.sub(r"[“”‘’.]", "", paper.title.plain)
    assert title in re.sub(r"[“”‘’.]", "", cited.plain)
    assert str(paper.year) in cited.plain
    assert cited.plain == one_line(cited.plain)
    if "<math" not in cited.html:
        assert visible(unescape(re.sub(r"<[^>]*>", "", cited.html))) == visible(cited.plain)


@given(st.lists(PAPERS, min_size=1, max_size=8), st.data())
def test_keys_are_unique_and_safe(papers: list[Paper], data: st.DataObject) -> None:
    """Keys are made of what every BibTeX reads, and no two differ in case alone."""
    given_keys = st.sampled_from([None, None, "X", "lovelace-2024-a", "Lovelace-2024-B"])
    keyed = [
        outline(paper.model_copy(update={"slug": f"paper-{number}", "key": key}), Vocabulary(), {})
        for number, paper in enumerate(papers)
        if (key := data.draw(given_keys)) is None or number < 1
    ]

    made = keys.assign(keyed)

    assert set(made) == {paper.slug for paper in keyed}
    assert all(re.fullmatch(r"[A-Za-z0-9:_./+-]+", key) for key in made.values())
    assert len({key.lower() for key in made.values()}) == len(keyed)
    assert all(made[paper.slug] == paper.key for paper in keyed if paper.key)
    assert keys.assign(reversed(keyed)) == made
