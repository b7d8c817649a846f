"""What holds of every reading, whatever its author pasted; property tests and the fuzzer ask it."""

from __future__ import annotations

import gc
import re
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from generator.markup import Reader
from generator.markup.symbols import names

if TYPE_CHECKING:
    from generator.markup import Problem, Text

MODES: Final = ("inline", "abstract", "document")
MACROS = {
    "ours": "MyMethod",
    "both": "**#1** and #2",
    "loop": r"\loop\loop",
    "R": r"\mathbb{R}",
}
READER = Reader(MACROS)

_LINE_TAGS = names("a strong em code u sup sub span br")
_DOCUMENT_TAGS = names(
    "h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr img table thead tbody tr th td"
)
_MATH_TAGS = names("""
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd mphantom mpadded menclose mstyle
""")
_TAGS = {
    "inline": _LINE_TAGS | _MATH_TAGS,
    "abstract": {"p"} | _LINE_TAGS | _MATH_TAGS,
    "document": {"p"} | _LINE_TAGS | _MATH_TAGS | _DOCUMENT_TAGS,
}
_MATH_ATTRIBUTES = names("""
    accent accentunder columnspan depth display displaystyle form height largeop linethickness
    lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator
    stretchy symmetric voffset width
""")
_ATTRIBUTES = {
    "a": {"href", "title"},
    "span": {"class", "role", "aria-label", "tabindex"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"class"},
    "td": {"class"},
    "mtd": {"class", *_MATH_ATTRIBUTES},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_SCROLLER = {"class": "formula", "role": "group", "aria-label": "Formula", "tabindex": "0"}
_VOID = re.compile(r"<(br|hr|img)((?: [a-z]+=\"[^\"]*\")*)>")
_DROPPED_BY_BROWSERS = re.compile(r"[\x00-\x20]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

_WITHOUT_SPACES = r"""
    { } {} $ $$ [ ] ( ) ]( ![ * ** _ ` `` ' '' " \ \\ \( \) \[ \] ~ - -- --- ^ & < > # % | : :// @ !
    = a Ab 5 word é 中 𝒪 <script> </p> <b> <!-- &lt; &#x3c; &colon; &#12; javascript: data:x //e.org
    https://a.org/x_y https:// mailto:a@b.org <https://a.org> <a@b.org> [x](https://a.org) [x](//e)
    [x](javascript:alert(1)) [x](/y) \textbf{ \texttt{ \emph{ \textsc{ {\bf {\tt \footnote{ \href{
    \url{ \href{javascript:x}{y} \cite{a} ~\citep{b} \ref \'e \" \"a \c{c} \b{eta} \i \alpha \ours
    \both{ \loop \R \unknown{ \frac{1}{2} \begin{equation} \end{equation} \begin{x} \verb|x| \text{
    $x_1$ $\text{<b>$y$}$ $\href{javascript:x}{y}$ \def\x{ \label{a} \tag{1} \unicode{x3c} \eqref{a}
    \color{red} \class{a}{b} \left( \right) \middle| \bigl| \langle (((((( [[[[[[ $( \sqrt x^ _{
    \begin{align}x&=1\\[2ex] \end{align}
"""
PIECES = [
    *_WITHOUT_SPACES.split(),
    *(" ", "\n", "\n\n", "\n  ", "\n    ", "  \n", "\n- ", "\n> ", "\n# ", "\n1. ", "\n```\n"),
    *("\n| a |\n|--|\n", "\n[r]: /u\n", "[x](/y z)", '[x](/y "&#12;")', "[x]( JaVaScRiPt:y)"),
    *("{\\bf ", "{\\tt ", "\\it ", "\\ss ", "\\item ", "\x00", "\x01", "\v", "\x85", "\u2028"),
    *("\ufffe", "\ufeff", "\u202e", "\u0301", "\ud800", "\r", "\r\n", "\t"),
]
"""What an author's text is made of, and what would do harm."""


def check(source: str, mode: str) -> None:
    """Hold all readings of a text against the laws."""
    text, problems = read(source, mode)
    check_html(text.html, mode)
    check_plain(text.plain, mode)
    check_latex(text.latex)
    check_problems(problems, source)


def read(source: str, mode: str) -> tuple[Text, tuple[Problem, ...]]:
    """Return the readings of a text, as one of the modes, and the problems."""
    readings: tuple[Text, tuple[Problem, ...]] = getattr(READER, mode)(source)
    return readings


def check_html(html: str, mode: str) -> None:
    """Hold HTML against XML's rules and the allow-list of elements, attributes and links."""
    well_formed = _VOID.sub(r"<\1\2/>", html)
    root = ET.fromstring(f"<root>{well_formed}</root>")  # noqa: S314 - our own
    for element in list(root.iter())[1:]:
        assert element.tag in _TAGS[mode]
        usual = _MATH_ATTRIBUTES if element.tag in _MATH_TAGS else frozenset[str]()
        assert element.attrib.keys() <= _ATTRIBUTES.get(element.tag, usual)
        assert element.tag != "span" or element.attrib in ({"class": "small-caps"}, _SCROLLER)
        assert element.tag != "mtd" or element.get("class", "left") in {"left", "right"}
        for name in {"href", "src"} & element.attrib.keys():
            assert _is_allowed(element.attrib[name], in_document=mode == "document")


def _is_allowed(target: str, *, in_document: bool) -> bool:
    """Say whether a link may lead there; browsers drop white space and control characters."""
    target = _DROPPED_BY_BROWSERS.sub("", target).lower()
    if re.match(r"https?://[^/]|mailto:", target):
        return True
    return in_document and bool(target) and not re.match(r"[^/?#]*:|//|/\\|\\", target)


def check_plain(plain: str, mode: str) -> None:
    """Look for control characters, doubled spaces, and line breaks in a title."""
    lines = [plain] if mode == "inline" else plain.split("\n\n")
    assert all(line == " ".join(line.split()) for line in lines)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in "".join(lines))


def check_latex(latex: str) -> None:
    """See that LaTeX can stand in a BibTeX field, where every brace counts."""
    depth = 0
    for mark in _BRACE.findall(latex):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
    assert depth == 0


def check_problems(problems: tuple[Problem, ...], source: str) -> None:
    """See that problems point into the source, and say in whole sentences what and what to do."""
    for problem in problems:
        assert 0 <= problem.offset <= len(source)
        assert problem.message.endswith(".")
        assert problem.help.endswith(".")


def check_cost(piece: str, mode: str, length: int) -> None:
    """See that a piece repeated takes time in proportion to its length: no rule is quadratic."""
    long, short = seconds(piece, mode, length), seconds(piece, mode, length // 4)
    if long > 8 * short + 0.05:  # once more: other programs may have been in the way
        long, short = seconds(piece, mode, length), seconds(piece, mode, length // 4)
    assert long < 8 * short + 0.05, f"{piece!r}: {short:.3f} s, and {long:.3f} s for four times it"


def seconds(piece: str, mode: str, length: int) -> float:
    """Return the processor time for a piece repeated up to a length, with an end for each mark."""
    source = (piece * (length // len(piece) + 1))[:length] + "]}})'$`\"\\)\\]"
    # As timeit does: what other tests left behind is no cost of this one, nor is being watched.
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.disable()
    try:
        started = time.process_time()
        read(source, mode)
        return time.process_time() - started
    finally:
        gc.enable()
        sys.settrace(tracer)
