"""Laws that every reading of a text keeps, whatever its author pasted."""

from __future__ import annotations

import pickle
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup import Problem, Reader, Text

pytestmark = pytest.mark.property

MACROS = {
    "ours": "MyMethod",
    "both": "**#1** and #2",
    "loop": r"\loop\loop",
    "R": r"\mathbb{R}",
}
READER = Reader(MACROS)
OTHER = Reader(MACROS)

LINE_TAGS = {"a", "strong", "em", "code", "u", "sup", "sub", "span", "br"}
DOCUMENT_TAGS = {
    *(f"h{level}" for level in range(1, 7)),
    *("ul", "ol", "li", "blockquote", "pre", "hr", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
MATH_TAGS = {
    *("math", "mi", "mn", "mo", "ms", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"),
    *("mtable", "mtr", "mtd", "mphantom", "mpadded", "menclose", "mstyle", "merror"),
}
MATH_ATTRIBUTES = {
    *("accent", "accentunder", "columnspan", "depth", "display", "displaystyle", "form", "height"),
    *("largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits"),
    *("notation", "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric"),
    *("voffset", "width"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "span": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    "mtd": {"class", *MATH_ATTRIBUTES},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}

PIECES = [
    *(
        "{",
        "}",
        "{}",
        "$",
        "$$",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "*",
        "**",
        "_",
        "`",
        "``",
        "'",
        "''",
    ),
    *(
        '"',
        "\\",
        "\\\\",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "~",
        "-",
        "--",
        "---",
        "^",
        "&",
        "<",
        ">",
        "#",
    ),
    *("%", "|", ":", "://", "@", "!", "=", "\n", "\n\n", "\n  ", "\n- ", "\n> ", "\n# ", "\n1. "),
    *("\n| a |\n|--|\n", "\n```\n", "\n    ", "  \n", " ", "a", "Ab", "5", "word", "é", "中", "𝒪"),
    *(
        "\x00",
        "\x01",
        "\v",
        "&#12;",
        '[x](/y "&#12;")',
        "\x85",
        "\u2028",
        "\ufffe",
        "\ufeff",
        "\u202e",
        "\u0301",
        "\r",
        "\r\n",
        "\t",
    ),
    *("<script>", "</p>", "<b>", "<!--", "&lt;", "&#x3c;", "&colon;", "javascript:", "data:x"),
    *("https://a.org/x_y", "https://", "mailto:a@b.org", "<https://a.org>", "<a@b.org>", "//e.org"),
    *(
        "[x](https://a.org)",
        "[x](javascript:alert(1))",
        "[x](/y z)",
        "[x]( JaVaScRiPt:y)",
        "[r]: /u",
    ),
    *("\\textbf{", "\\texttt{", "\\emph{", "\\textsc{", "{\\bf ", "{\\tt ", "\\footnote{", "\\it "),
    *("\\href{", "\\url{", "\\href{javascript:x}{y}", "\\cite{a}", "~\\citep{b}", "\\ref", "\\'e"),
    *('\\"', "\\c{c}", "\\b{eta}", "\\ss ", "\\i", "\\alpha", "\\ours", "\\both{", "\\loop", "\\R"),
    *(
        "\\unknown{",
        "\\frac{1}{2}",
        "\\begin{equation}",
        "\\end{equation}",
        "\\begin{x}",
        "\\item ",
    ),
    *(
        "\\verb|x|",
        "\\text{",
        "$x_1$",
        "$\\text{<b>$y$}$",
        "$\\href{javascript:x}{y}$",
        "\\def\\x{",
    ),
    *("\\label{a}", "\\tag{1}", "\\unicode{x3c}", "\\color{red}", "\\eqref{a}", "\\class{a}{b}"),
    *("\\left(", "\\right)", "\\sqrt", "x^", "_{", "\\begin{align}x&=1\\\\[2ex]", "\\end{align}"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60)


def read(method: str, source: str) -> Text:
    """Return the readings of a source."""
    text: Text = getattr(READER, method)(source)[0]
    return text


def elements(html: str) -> list[ET.Element]:
    """Return the elements of a reading, which is XML but for its void elements."""
    well_formed = re.sub(r"<(br|hr|img)((?: [a-z]+=\"[^\"]*\")*)>", r"<\1\2/>", html)
    return list(ET.fromstring(f"<root>{well_formed}</root>").iter())[1:]  # noqa: S314 - our own


def is_allowed_target(target: str, *, in_document: bool) -> bool:
    """Say whether a link may lead there; browsers drop white space and control characters."""
    target = re.sub(r"[\x00-\x20]", "", target).lower()
    if re.match(r"https?://[^/]|mailto:", target):
        return True
    return in_document and not re.match(r"[^/?#]*:|//|/\\|\\", target)


@given(TEXTS, st.sampled_from(["inline", "abstract", "document"]))
def test_any_input_gives_well_formed_allowed_html(source: str, method: str) -> None:
    """Every reading parses, and holds no element, attribute or link beyond the allow-list."""
    tags = {
        "inline": LINE_TAGS,
        "abstract": {"p", *LINE_TAGS},
        "document": {"p", *LINE_TAGS, *DOCUMENT_TAGS},
    }[method]
    for element in elements(read(method, source).html):
        assert element.tag in tags | MATH_TAGS
        allowed = MATH_ATTRIBUTES if element.tag in MATH_TAGS else set()
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, allowed)
        for name in ("href", "src"):
            if name in element.attrib:
                assert is_allowed_target(element.attrib[name], in_document=method == "document")
        assert element.tag != "span" or element.attrib == {"class": "small-caps"}


@given(TEXTS, st.sampled_from(["inline", "abstract", "document"]))
def test_problems_lie_in_the_source(source: str, method: str) -> None:
    """A problem points into its source, and says in whole sentences what and what to do."""
    problems: tuple[Problem, ...] = getattr(READER, method)(source)[1]
    for problem in problems:
        assert 0 <= problem.offset <= len(source)
        assert problem.message.endswith(".")
        assert problem.help.endswith(".")


@given(TEXTS, st.sampled_from(["inline", "abstract"]))
def test_readings_are_values(source: str, method: str) -> None:
    """The same source gives equal readings, from any reader, which survive pickling."""
    text = read(method, source)
    again: Text = getattr(OTHER, method)(source)[0]
    assert again == text
    assert pickle.loads(pickle.dumps(text)) == text  # noqa: S301 - made one line above
    assert text.source == source


@given(TEXTS)
def test_plain_text_of_a_line_is_one_line(source: str) -> None:
    """A title's plain reading has no line break, no double space and no space at its ends."""
    plain = read("inline", source).plain
    assert plain == " ".join(plain.split())


@given(TEXTS, st.sampled_from(["inline", "abstract"]))
def test_latex_has_balanced_braces(source: str, method: str) -> None:
    """The LaTeX reading can stand in a BibTeX field, where every brace counts."""
    depth = 0
    for mark in re.findall(r"\\.|[{}]", read(method, source).latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
    assert depth == 0


WORDS = r"""
    word 93\% 5 $5 A* x^2 a_b R&D <MASK> -- --flag 2--5 a---b ~5 Section~3 3~h 1~2 {C}LIP 18{,}000
    {0,1} {text} it's ``q'' `q' ''q'' "q" 5*3 model\'s \'e {\mu} \b{eta} https://a.org/x_y. #1 *em*
    (https://a.org/(x)) $x_i$ $\to$ $93\%$ $\foo$ $\textit{words}$ $\text{a$x$}$ $D_{0}$ \& \\
    \ours \R \alpha \cite{a} \footnote{x} [a](https://b.org) \url{https://c.org/a\_b} `code_x`
    \href{https://d.org/50\%}{x} \textbackslash{} \^{} \~{} α→β [x](y) a|b `it''s` i.e.\ **s** _e_
"""
SENTENCES = st.recursive(
    st.sampled_from(WORDS.split()),
    lambda inner: st.builds(
        "{}{}{}".format,
        st.sampled_from(
            ["\\textbf{", "\\emph{", "\\texttt{", "\\textsc{", "{\\em ", "\\underline{"]
        ),
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.just("}"),
    ),
    max_leaves=12,
)
ABSTRACTS = st.lists(SENTENCES, min_size=1, max_size=8).map(" ".join)


@given(ABSTRACTS)
def test_latex_read_again_gives_the_same_html(source: str) -> None:
    """The LaTeX reading of a text says the same as the text."""
    text = read("abstract", source)
    assert read("abstract", text.latex).html == text.html


@given(st.sampled_from(PIECES), st.sampled_from(["inline", "abstract", "document"]))
@settings(max_examples=40, deadline=None)
def test_long_input_takes_linear_time(piece: str, method: str) -> None:
    """A piece repeated to many kilobytes is read without the stack or the clock running out."""
    assert read(method, piece * (20_000 // len(piece))).source
