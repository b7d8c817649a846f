"""The markup reader: one text, three readings; most cases stand in tests/markup/cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
import yaml

from generator.markup import Problem, Reader, Text
from tests.markup import laws

Case = TypedDict(
    "Case",
    {
        "name": str,
        "as": NotRequired[str],  # inline, abstract or document; inline when left out
        "source": str,
        "html": str,
        "plain": str,
        "latex": str,
        "problems": NotRequired[int],
    },
)


CASES_FILE = Path(__file__).parents[1] / "markup" / "cases.yaml"
CASES: list[Case] = yaml.safe_load(CASES_FILE.read_text(encoding="utf-8"))
READER = Reader({"ours": "MyMethod", "set": r"\mathbb{#1}"})


def method_of(case: Case) -> str:
    """Return the method that a case is for."""
    return case.get("as", "inline")


def read(method: str, source: str) -> tuple[Text, tuple[Problem, ...]]:
    """Read a source by the name of a method."""
    readings: tuple[Text, tuple[Problem, ...]] = getattr(READER, method)(source)
    return readings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: Case) -> None:
    """Each case of the data file reads as it says."""
    text, problems = read(method_of(case), case["source"])
    assert text.html == case["html"]
    assert text.plain == case["plain"]
    assert text.latex == case["latex"]
    assert len(problems) == case.get("problems", 0)


@pytest.mark.parametrize(
    "case", [case for case in CASES if method_of(case) != "document"], ids=lambda case: case["name"]
)
def test_latex_of_a_case_reads_the_same(case: Case) -> None:
    """The LaTeX reading of a case, read again, gives the same HTML."""
    assert read(method_of(case), case["latex"])[0].html == case["html"]


@pytest.mark.parametrize(
    "case",
    [
        case
        for case in CASES
        if method_of(case) == "inline"
        and "://" not in case["source"]
        and case["source"].count("{") == case["source"].count("}")
    ],
    ids=lambda case: case["name"],
)
def test_a_case_in_the_label_of_a_link(case: Case) -> None:
    """What a case reads as it reads as in a link too, whose label is first skipped and then read.

    An address would be a link in a link, and an open brace holds the label's end.
    """
    text, _ = read("inline", f"[{case['source']}](https://publications.example/)")
    assert text.plain == case["plain"]
    assert text.html.startswith('<a href="https://publications.example/">')


def test_case_names_are_unique() -> None:
    """A case can be told by its name."""
    names = [case["name"] for case in CASES]
    assert sorted(set(names)) == sorted(names)


PROBLEMS = {
    r"with \method{x} here": (
        5,
        r"The command '\method' is not known, and its argument is shown in its place.",
    ),
    r"in \cite{a}.": (
        3,
        (
            r"The command '\cite{a}' is left out, "
            "because it points to something that is not in this text."
        ),
    ),
    r"where $\undefined_x$": (
        6,
        (
            r"The formula '$\undefined_x$' is shown as plain text, because it could not be read:"
            r' Unknown command "\undefined".'
        ),
    ),
    r"see \href{javascript:x}{y}": (
        4,
        "The link to 'javascript:x' is shown as text, because its target is not a web address.",
    ),
    r"so \begin{itemize}": (
        3,
        r"The mark '\begin{itemize}' is left out, because text has no such block.",
    ),
}


@pytest.mark.parametrize("source", PROBLEMS)
def test_problem(source: str) -> None:
    """What could not be read is named, with its place and its reason."""
    (problem,) = READER.inline(source)[1]
    assert (problem.offset, problem.message) == PROBLEMS[source]


def test_problem_in_a_later_paragraph() -> None:
    """A problem's place counts from the beginning of the whole abstract."""
    source = "first\r\n\r\nsecond \\method{x}"
    (problem,) = READER.abstract(source)[1]
    assert source[problem.offset :] == r"\method{x}"


def test_problem_in_a_macro() -> None:
    """A problem inside a macro's meaning lies where the macro is used."""
    (problem,) = Reader({"outer": r"see \inner"}).inline(r"we \outer")[1]
    assert problem.offset == 3


@pytest.mark.parametrize(
    "block",
    [
        "text\n{}",
        "> quote\n> {}",
        "- item\n\n  {}",
        "| a |\n|---|\n| {} |",
        "![{}](x.png)",
        "## {}",
    ],
)
def test_problem_in_a_document_names_its_line(block: str) -> None:
    """A problem in any block points to its own place, for its line is what an author looks for."""
    source = "# Heading\r\n\r\nwords\n\n" + block.format(r"\method") + "\n\nmore \\other\n"
    first, last = READER.document(source)[1]
    assert source[first.offset :].startswith(r"\method")
    assert source[last.offset :].startswith(r"\other")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (r"\ours is", "MyMethod is"),
        (r"\ours{}'s", "MyMethod's"),
        (r"\pair{a}{*b*} c", "<strong>a</strong> and <em>b</em> c"),
        (r"$\ours_1$", "<math><msub><mtext>MyMethod</mtext><mn>1</mn></msub></math>"),
        (r"\R and $\R$", "<math><mi>ℝ</mi></math> and <math><mi>ℝ</mi></math>"),
    ],
)
def test_macros(source: str, html: str) -> None:
    """A macro of the site serves in text and in math, with its arguments."""
    reader = Reader({"ours": "MyMethod", r"\pair": "**#1** and #2", "R": r"\mathbb{R}"})
    text, problems = reader.inline(source)
    assert (text.html, problems) == (html, ())


@pytest.mark.parametrize("source", [r"\a", r"$\a$", r"\a\a\a", r"\textbf{\a}"])
def test_endless_macros_end(source: str) -> None:
    """Macros that call each other are shown somehow, and the reading ends."""
    assert Reader({"a": r"\b\b", "b": r"\a\a"}).abstract(source)[0].html.startswith("<p>")


def test_headings_have_unique_identifiers() -> None:
    """Headings are named by their words, without accents, and a second one is numbered."""
    html = READER.document("# Über uns\n\n# Über uns\n\n# $$")[0].html
    assert [part.split('"')[1] for part in html.split("<h1")[1:]] == [
        "uber-uns",
        "uber-uns-2",
        "section",
    ]


def test_document_blocks() -> None:
    """A document keeps code as it is, aligns table cells by class, and reads displayed formulas."""
    source = (
        "```py\na_b <x>\n```\n\n| a |\n|--:|\n| $x$ |\n\n$$\na\n- b\n$$\n\n    pre\n\n1. one\n\n---"
    )
    text = READER.document(source)[0]
    assert '<pre><code class="language-py">a_b &lt;x&gt;\n</code></pre>' in text.html
    assert '<td class="right"><math><mi>x</mi></math></td>' in text.html
    assert '<math display="block"><mi>a</mi><mo>−</mo><mi>b</mi></math>' in text.html
    assert text.html.endswith("<ol>\n<li>one</li>\n</ol>\n<hr>")
    assert text.plain == "a_b <x>\n\na\n\nx\n\na − b\n\npre\n\none"


FORBIDDEN = [
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:/x"),
    *("//evil.example", "java\tscript:x", "\x01javascript:x", "https:evil.example", "https://"),
]


@pytest.mark.parametrize("target", FORBIDDEN)
@pytest.mark.parametrize("method", ["inline", "abstract", "document"])
def test_forbidden_targets(method: str, target: str) -> None:
    """No disguise makes a link or an image of a target beyond the allow-list."""
    source = rf"[a]({target}) [b](<{target}>) ![c]({target}) \href{{{target}}}{{d}} <{target}>"
    html = read(method, source)[0].html
    assert "<a" not in html
    assert "<img" not in html


@pytest.mark.parametrize("target", ["java&#10;script:x", "javascript&colon;x", "&#x6a;avascript:x"])
def test_forbidden_targets_in_entities(target: str) -> None:
    """Markdown reads entities in a target before it is judged."""
    html = READER.document(f"[a]({target}) [b](<{target}>) ![c]({target})")[0].html
    assert "<a" not in html
    assert "<img" not in html


def test_backslash_is_no_slash() -> None:
    r"""Browsers take a backslash for a slash, so that `/\host` would leave the site."""
    html = READER.document(r"[a](/\evil.example) \href{/\evil.example}{b}")[0].html
    assert "\\evil" not in html
    assert "//evil" not in html


@pytest.mark.parametrize(
    "target", ["../x.html", "x/y.pdf", "/papers/", "#part", "?q=1", "a b.html"]
)
def test_relative_targets_in_documents(target: str) -> None:
    """A document's relative link stays as its author wrote it; in an abstract it is text."""
    assert f'<a href="{target}">a</a>' in READER.document(f"[a](<{target}>)")[0].html
    assert "<a" not in READER.abstract(f"[a](<{target}>)")[0].html


HEAVY = [
    *("{", "}", "$", "$a", "${", "[", "[a](", "![", "*", "*a ", "_a", "`", "` ", "``a", "'", "''a"),
    *('"', "\\textbf{", "\\bf ", "\\(", "\\[", "\\cite{", "\\href{", "\\", "\\'", "~", "-", "\n "),
    *("\\begin{equation}", "https://", "https://a)", "<a", "&a", "$\\text{", "\\sqrt", "\\v{"),
    *("> ", "[a]()", '\\"a ', 'a\\" '),
]


@pytest.mark.parametrize("piece", HEAVY)
def test_cost_grows_with_length(piece: str) -> None:
    """Four times as much of anything takes about four times as long: no rule is quadratic."""
    laws.check_cost(piece, "abstract", 20_000)


@pytest.mark.parametrize("piece", ["{", "$", "[", "*", "`", "\\textbf{"])
def test_long_input_is_read_quickly(piece: str) -> None:
    """100 kB of a mark that never ends is read in less than a second."""
    assert any(laws.seconds(piece, "abstract", 100_000) < 1 for _ in range(3))


FORMULAS = {
    r"\hat{y}_i^2": "ŷᵢ²",
    r"\binom{n}{k}": "(n choose k)",
    r"\sqrt[3]{x} + \sqrt{x+1}": "³√x + √(x + 1)",
    r"\frac12 \dfrac{a}{b+c}": "1/2a/(b + c)",
    r"\begin{pmatrix}a & b\\ c & d\end{pmatrix}": "a, b; c, d",
    r"\begin{array}{cc}a & b\end{array}": "a, b",
    r"\begin{aligned}a &= b\end{aligned}": "a = b",
    r"D_{\mathrm{KL}}(p\|q)": "D_KL(p‖q)",
    r"\operatorname*{arg\,max}_\theta J(\theta)": "arg max_θ J(θ)",
    r"n \bmod 2 \pmod{m}": "n mod 2 (mod m)",
    r"e^{i\pi}, x^{n+1}, x^*, f'": "e^(iπ), xⁿ⁺¹, x*, f′",
    r"\left\{x \middle| y\right.": "{x|y",
    r"a \not= b \not\in C": "a ≠ b ∉ C",
    r"\overset{a}{=} \textcolor{red}{z}": "=z",
    r"\mathbb{P}(X), \mathbb{E}_x, \bm{w}": "ℙ(X), Eₓ, w",
    r"\langle u, v\rangle \lfloor x\rfloor": "⟨u, v⟩⌊x⌋",
    r"f: X \to Y, \; 2:1": "f: X → Y, 2:1",
    r"\text{caf\'e \& co.~x} > 0": "café & co. x > 0",
    r"^2_3 x^ {2} \sqrt": "²₃x²√",
    r"x^10": "x¹0",
    r"\o \S \undefined{x} \{": "ø§ undefined x{",
    r"90^{\circ}\mathrm{C}\,\$5": "90°C $5",
}


@pytest.mark.parametrize("tex", FORMULAS)
def test_formula_as_plain_text(tex: str) -> None:
    """A formula's plain reading can be read aloud and searched, whether it is MathML or not."""
    assert READER.inline(rf"\({tex}\)")[0].plain == FORMULAS[tex]


LITERAL = {
    r"93\%": "93%",
    r"11.7\% \pm 1.0\%": "11.7% ± 1.0%",
    r"-5": "−5",
    r"1 - 5": "1 − 5",
    r"18{,}000": "18,000",
    r"(1, 2), 3:1, 10\,000": "(1, 2), 3:1, 10 000",
    r"90^\circ": "90°",
    r"5--10": "5–10",
    r"<": "&lt;",
    r"\geq 90\%": "≥90%",
}


@pytest.mark.parametrize("tex", LITERAL)
def test_formula_without_mathml(tex: str) -> None:
    """Numbers and signs alone are text, which wraps and can be copied."""
    assert READER.inline(rf"\({tex}\)")[0].html == LITERAL[tex]


@pytest.mark.parametrize(
    "formula",
    [
        *(
            r"\sqrt" * 5000,
            "{" * 5000 + "}" * 5000,
            r"\left(" * 500 + r"\right)" * 500,
            "x^{" * 900,
        ),
        *("[" * 40, r"\bigl|" * 40, r"\lfloor " * 40, "(" * 40 + r"\sqrt{)}" * 40),
        *("{" + "(" * 40 + "}" + ")" * 40, r"\sqrt[" + "(" * 40 + "]{x}" + ")" * 40),
        "(" * 40 + r"\left.\middle)\right)" * 40,
    ],
)
def test_formulas_that_would_take_for_ever_are_text(formula: str) -> None:
    """A formula too deep for the converter, or with too many open brackets, is shown as text."""
    text, problems = READER.inline(f"$x {formula}$")
    assert "<math" not in text.html
    assert len(problems) == 1


@pytest.mark.parametrize(
    "formula", [r"x \in [0, 1)" * 20, r"(((x", r"\left\{ (x] \right. \bigl( y \bigr)" * 20]
)
def test_brackets_may_be_closed_by_others(formula: str) -> None:
    """Intervals and single brackets are what authors write."""
    assert READER.inline(f"${formula}$")[1] == ()


def test_image_of_another_host() -> None:
    """A page asks nothing of another host: an image there is shown as a link, with a warning."""
    text, problems = READER.document("See ![a cat](https://example.org/p.png) and ![x](/y.png).")
    assert '<a href="https://example.org/p.png">a cat</a>' in text.html
    assert '<img src="/y.png" alt="x">' in text.html
    assert [problem.message for problem in problems] == [
        "The image 'https://example.org/p.png' lies on another host, so it is shown as a link."
    ]
