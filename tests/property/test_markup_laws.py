"""Laws that every reading of a text keeps, whatever its author pasted."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import Reader
from tests.markup import laws

pytestmark = pytest.mark.property

OTHER = Reader(laws.MACROS)
TEXTS = st.lists(st.sampled_from(laws.PIECES), max_size=25).map("".join) | st.text(max_size=60)
MODES = st.sampled_from(laws.MODES)


@given(TEXTS, MODES)
def test_any_input_gives_safe_readings(source: str, mode: str) -> None:
    """The HTML is well-formed and within the allow-list, the plain text clean, the LaTeX whole."""
    laws.check(source, mode)


@given(TEXTS, MODES)
def test_readings_are_values(source: str, mode: str) -> None:
    """The same source gives equal readings, from any reader, which survive pickling."""
    text, problems = laws.read(source, mode)
    assert getattr(OTHER, mode)(source) == (text, problems)
    assert pickle.loads(pickle.dumps(text)) == text  # noqa: S301 - made one line above
    assert text.source == source


WORDS = r"""
    word 93\% 5 $5 A* x^2 a_b R&D <MASK> -- --flag 2--5 a---b ~5 Section~3 3~h 1~2 {C}LIP 18{,}000
    {0,1} {text} it's ``q'' `q' ''q'' "q" 5*3 model\'s \'e {\mu} \b{eta} https://a.org/x_y. #1 *em*
    (https://a.org/(x)) $x_i$ $\to$ $93\%$ $\foo$ $\textit{words}$ $\text{a$x$}$ $D_{0}$ \& \\
    \ours \R \alpha \cite{a} \footnote{x} [a](https://b.org) \url{https://c.org/a\_b} `code_x`
    \href{https://d.org/50\%}{x} \textbackslash{} \^{} \~{} α→β [x](y) a|b `it''s` i.e.\ **s** _e_
    \"q\" \"uber 1. - + [r]:
"""
SENTENCES = st.recursive(
    st.sampled_from(WORDS.split()),
    lambda inner: st.builds(
        "{}{}{}".format,
        st.sampled_from(
            [r"\textbf{", r"\emph{", r"\texttt{", r"\textsc{", r"\underline{", r"{\em "]
        ),
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.just("}"),
    ),
    max_leaves=12,
)
ABSTRACTS = st.lists(SENTENCES, min_size=1, max_size=8).map(" ".join)


@given(ABSTRACTS, st.sampled_from(["inline", "abstract"]))
def test_latex_read_again_gives_the_same_html(source: str, mode: str) -> None:
    """The LaTeX reading of a text says the same as the text."""
    text, _ = laws.read(source, mode)
    assert laws.read(text.latex, mode)[0].html == text.html


@given(st.lists(ABSTRACTS.map("word {}".format), min_size=1, max_size=3).map("\n\n".join))
def test_latex_of_paragraphs_read_again_gives_the_same_html(source: str) -> None:
    """The LaTeX reading of a document that has paragraphs alone says the same as the document."""
    text, _ = laws.read(source, "document")
    assert laws.read(text.latex, "document")[0].html == text.html


@given(st.sampled_from(laws.PIECES), MODES)
def test_long_input_takes_linear_time(piece: str, mode: str) -> None:
    """A piece repeated to many kilobytes is read without the stack or the clock running out."""
    laws.check_cost(piece, mode, 20_000)
