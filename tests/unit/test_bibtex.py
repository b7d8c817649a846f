"""BibTeX: what is written, to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pybtex.database import parse_string

from generator.formats import bibtex, tex
from generator.markup import Reader

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper


def fields(text: str) -> dict[str, str]:
    """Return the fields of one entry as pybtex reads them, strictly; names as one text."""
    (entry,) = parse_string(text, "bibtex").entries.values()
    people = {role: " and ".join(map(str, names)) for role, names in entry.persons.items()}
    return {**entry.fields, **people, "": entry.type}


def test_a_preprint(make_paper: MakePaper) -> None:
    """A preprint on arXiv is a @misc with its number, in the order of fields that people expect."""
    paper = make_paper(
        title="BERT: {B}ayesian *Thoughts* on $R^2$ & “Why”",
        authors=["Ada Lovelace", "Ludwig van Beethoven", "Martin Luther King Jr.", "Plato"],
        et_al="true",
        arxiv="2401.12340",
        doi="10.1000/a_b%c",
        tags=["language models", "R&D", "a, b"],
        status="retracted",
        abstract="One 50% $x_i$.\n\nTwo.",
    )

    written = bibtex.entry(
        paper, "lovelace-etal-2024-bert", "https://e.org/a_b/", primary_class="cs.CL"
    )

    assert written == (
        "@misc{lovelace-etal-2024-bert,\n"
        "  title = {{BERT}: {B}ayesian \\emph{Thoughts} on {$R^2$} \\& ``{W}hy''},\n"
        "  author = {Lovelace, Ada and van Beethoven, Ludwig and King, Jr., Martin Luther"
        " and {Plato} and others},\n"
        "  month = may,\n"
        "  year = {2024},\n"
        "  doi = {10.1000/a_b%c},\n"
        "  url = {https://e.org/a_b/},\n"
        "  eprint = {2401.12340},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  note = {Retracted},\n"
        "  keywords = {language models, R\\&D, {a, b}},\n"
        "  abstract = {One 50\\% $x_i$.\n\nTwo.},\n"
        "}\n"
    )


def test_an_article(make_paper: MakePaper) -> None:
    """A journal article has its journal, volume, number and pages; the abstract only if wanted."""
    paper = make_paper(
        venue="Journal of *Things*",
        volume="12",
        issue="3",
        pages="101-118",
        publisher="AT&T",
        issn="2150-8097",
        editors=["Kurt Gödel"],
        date="1987",
        abstract="None.",
    )

    assert bibtex.entry(paper, "k", abstract=False) == (
        "@article{k,\n"
        "  title = {A Paper},\n"
        "  author = {Lovelace, Ada},\n"
        "  editor = {Gödel, Kurt},\n"
        "  journal = {Journal of \\emph{Things}},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {101--118},\n"
        "  year = {1987},\n"
        "  publisher = {AT\\&T},\n"
        "  issn = {2150-8097},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"": "misc"}),
        ({"venue": "NeurIPS"}, {"": "inproceedings", "booktitle": "NeurIPS"}),
        ({"venue": "NeurIPS", "volume": "3"}, {"": "article", "journal": "NeurIPS", "volume": "3"}),
        ({"venue": "bioRxiv"}, {"": "misc", "howpublished": "bioRxiv"}),
        ({"type": "chapter", "venue": "B"}, {"": "incollection", "booktitle": "B"}),
        ({"type": "book", "publisher": "P"}, {"": "book", "publisher": "P"}),
        ({"type": "book", "venue": "P"}, {"": "book", "publisher": "P"}),
        ({"type": "book", "venue": "P", "publisher": "P"}, {"": "book", "publisher": "P"}),
        (
            {"type": "book", "venue": "V", "publisher": "P"},
            {"": "book", "publisher": "P", "howpublished": "V"},
        ),
        ({"type": "thesis", "venue": "MIT"}, {"": "phdthesis", "school": "MIT"}),
        (
            {"type": "thesis", "venue": "Master's thesis, MIT"},
            {"": "mastersthesis", "school": "MIT"},
        ),
        (
            {"type": "report", "publisher": "RAND", "number": "TR-1"},
            {"": "techreport", "institution": "RAND", "number": "TR-1"},
        ),
        ({"type": "dataset", "publisher": "Zenodo"}, {"": "misc", "publisher": "Zenodo"}),
        ({"type": "software"}, {"": "misc"}),
        ({"type": "speech", "venue": "ICML"}, {"": "misc", "howpublished": "ICML"}),
        ({"type": "post-weblog", "venue": "Blog"}, {"": "misc", "howpublished": "Blog"}),
        ({"type": "article-magazine", "venue": "Wired"}, {"": "article", "journal": "Wired"}),
        (
            {"place": "Vienna", "series": "LNCS"},
            {"address": "Vienna", "series": "LNCS", "": "misc"},
        ),
        ({"isbn": "978-0-262-03384-8"}, {"isbn": "978-0-262-03384-8", "": "misc"}),
        ({"pmid": "1", "pmcid": "PMC2"}, {"pmid": "1", "pmcid": "PMC2", "": "misc"}),
    ],
)
def test_types(make_paper: MakePaper, changes: dict[str, object], expected: dict[str, str]) -> None:
    """Each kind of paper has its entry type, and its venue the field of that type."""
    read = fields(bibtex.entry(make_paper(**changes), "k"))

    common = {"title": "A Paper", "author": "Lovelace, Ada", "year": "2024", "month": "May"}
    assert read == common | expected


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Guido van Rossum", "van Rossum, Guido"),
        ("Vincent Van Gogh", "Gogh, Vincent Van"),
        ("de la Cruz, María", "de la Cruz, María"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("Gerard 't Hooft", "'t Hooft, Gerard"),
        ("bell hooks", "hooks, bell"),
        ("张伟", "{张伟}"),
        ("Γιώργος Σεφέρης", "Σεφέρης, Γιώργος"),
        ({"literal": "Bee, Inc. and Sons {of}"}, "{Bee, Inc. and Sons of}"),
        ({"literal": "}{"}, r"{\textbraceright{}\textbraceleft{}}"),
        ({"family": "García", "given": "Ana"}, "García, Ana"),
        ({"family": "der Horst", "given": "Jan"}, "{der Horst}, Jan"),
        ({"family": "Horst", "given": "Jan", "particle": "Van"}, "Van Horst, Jan"),
        ({"family": "Young and Rich", "given": "J"}, "{Young and Rich}, J"),
        ({"family": "Bee", "given": "J", "suffix": "PhD, MD"}, "Bee, {PhD, MD}, J"),
        ({"family": "Plato"}, "{Plato}"),
        ({"family": "others"}, "{others}"),
        ({"family": "Beethoven", "particle": "van"}, "van Beethoven"),
        ({"family": "Horst", "particle": "Van der"}, "{Van der Horst}"),
        ({"family": "King", "suffix": "Jr."}, "{King Jr.}"),
    ],
)
def test_names(make_paper: MakePaper, author: object, written: str) -> None:
    """A name is written in parts, and in braces where BibTeX would divide it wrongly."""
    paper = make_paper(authors=[author])
    assert f"  author = {{{written}}},\n" in bibtex.entry(paper, "k")


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("Deep Learning", "Deep Learning"),
        ("Language Models: A Survey", "Language Models: A Survey"),
        ("A Study of A* Search and Vitamin A", "A Study of {A}{*} Search and Vitamin {A}"),
        ("“A Toy” and I", "``{A} Toy'' and {I}"),
        ("GPT-4 and LLMs", "{GPT}-4 and {LLMs}"),
        ("CLIP's T5, 3D mRNA", "{CLIP}'s {T5}, {3D} {mRNA}"),
        ("O'Neil’s Law", "{O'Neil}’s Law"),
        ("``Why Not?'' they ask", "``{W}hy Not?'' they ask"),
        ("{B}ayesian {Bayes Risk} {A}I", "{B}ayesian {Bayes Risk} {AI}"),
        ("{The Whole Title Is in Braces}", "The Whole Title Is in Braces"),
        ("THE WHOLE TITLE IS LOUD", "THE WHOLE TITLE IS LOUD"),
        ("BERT", "{BERT}"),
        (r"On $R^2$, $x$ and \(X\)", "On {$R^2$}, $x$ and {$X$}"),
        (r"On \[Y\]", "On {$$Y$$}"),
        (r"Half \{ a pair, $\{$", r"Half \textbraceleft{} a pair, $\lbrace $"),
        (r"A pair \{a\}", r"A pair \{a\}"),
        ("*BERT* in `CODE`", r"\emph{{BERT}} in \texttt{{CODE}}"),
        (r"{\"U}ber {\emph{X}}", r"Über \emph{{X}}"),
        ("α-divergence, Γιώργος", r"\ensuremath{\alpha}-divergence, Γιώργος"),
        ("1–2 — ‘x’ – y", "1--2 --- ‘x’ -- y"),
        ("“unpaired", "“unpaired"),
        ("“ ”", "“ ”"),
        ('The "Best" of ("Two")', "The ``{B}est'' of (``{T}wo'')"),
        ('"$x$" is it', "``$x$'' is it"),
        ('A 5" by 3" disk', 'A 5" by 3" disk'),
        ('"unpaired', '"unpaired'),
        ('“a "b" c”', "“a “b” c”"),
        ("ÉCOLE Über 深度", "{ÉCOLE} Über 深度"),
    ],
)
def test_titles(source: str, latex: str) -> None:
    """Those capitals, and only those, are in braces that a style must not lower."""
    title, _ = Reader().inline(source)
    assert tex.title(title) == latex


def test_formula_with_text() -> None:
    """A dollar inside the text of a formula does not end it, and one without a partner is odd."""
    title, _ = Reader().inline(r"$f \textit{w $x$ Y} z$")
    assert tex.title(title) == f"{{{title.latex}}}"
    assert list(tex._segments("a $x")) == [("words", "a "), ("other", "$"), ("words", "x")]  # noqa: SLF001 - no text that was read has such a dollar
    assert list(tex._segments("a\\")) == [("words", "a"), ("other", "\\")]  # noqa: SLF001 - nor one that is so


def test_hopeless_braces() -> None:
    """Where braces cannot be balanced, the words alone are written."""
    assert tex._balanced("}{", "a {b") == r"a \textbraceleft{}b"  # noqa: SLF001 - no text that was read is so
    assert tex._balanced("{" * 99 + "}" * 99, "deep") == "deep"  # noqa: SLF001 - nor so


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("é ế ø ß Å ı x\u0302", r"{\'e} {\'{\^e}} {\o} {\ss} {\AA} {\i} {\^x}"),
        ("Žižek Erdős", r"{\v Z}i{\v z}ek Erd{\H o}s"),
        ("“a” – b — c…", r"``a'' -- b --- c\ldots{}"),
        ("≤ ² ½ ﬁ Ⅷ", r"\ensuremath{\le} \texttwosuperior{} \textonehalf{} fi VIII"),
        ("Иванов, 张伟：α", r"Ivanov, {Zhang Wei}{:}\ensuremath{\alpha}"),
        ("Γιώργος", "Giorgos"),
        ("и", "{i}"),
        ("😀\u200d\u3000x\u20dd", r"\texttt{U+1F600} x"),
        ("x\u030f y\u030f\u0301", "x y"),
        ("\U00010380", r"\texttt{U+10380}"),
        ("₿", r"\texttt{U+20BF}"),
        ("  url = {https://e.org/é},\n", "  url = {https://e.org/%C3%A9},\n"),
        ("  doi = {10.1000/é},\n", "  doi = {10.1000/%C3%A9},\n"),
    ],
)
def test_ascii(text: str, plain: str) -> None:
    """What is not ASCII is a command, a transliteration, or at least named."""
    assert bibtex.ascii(text) == plain


def test_addresses_cannot_unbalance(make_paper: MakePaper) -> None:
    """A DOI is not escaped, but its braces are percent-encoded."""
    paper = make_paper(doi="10.1000/{x_y")
    assert fields(bibtex.entry(paper, "k", "https://e.org/}/"))["doi"] == "10.1000/%7Bx_y"
