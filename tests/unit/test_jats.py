"""Titles and abstracts as publishers give them: read as Markdown and TeX."""

from __future__ import annotations

import pytest

from generator.importers import jats


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\n\nTwo."),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p>", "One."),
        (
            "<jats:sec><jats:title>Methods</jats:title><jats:p>We did.</jats:p></jats:sec>",
            "**Methods**\n\nWe did.",
        ),
        ("<jats:p>The <jats:italic> E. coli </jats:italic>x</jats:p>", "The *E. coli* x"),
        ("CO<jats:sub>2</jats:sub>", "CO\\textsubscript{2}"),
        ("a*b `c` &amp; &lt;d&gt;", "a\\*b \\`c\\` & <d>"),
        ("never <jats:bold>closed </p> at all", "never **closed at all**"),
        ("a<br/>b<break>c", "abc"),
        (
            "<alternatives><tex-math>$$\\alpha$$</tex-math><math><mi>a</mi></math></alternatives>",
            "$\\alpha$",
        ),
        (
            "<tex-math>\\documentclass{x} \\begin{document} $x^2$ \\end{document}</tex-math>",
            "$x^2$",
        ),
        (
            "<mml:math><mml:msup><mml:mi>R</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>",
            "${R}^{2}$",
        ),
        ("<math><mfrac><mn>1</mn><mi>max</mi></mfrac></math>", "$\\frac{1}{\\text{max}}$"),
        ("<math><mover><mi>x</mi><mo>~</mo></mover></math>", "$\\overset{~}{x}$"),
        ("<math></math>", ""),
        ("<alternatives><graphic/></alternatives>", ""),
    ],
)
def test_paragraphs(source: str, expected: str) -> None:
    """Each element is what it means here, and text is only text."""
    assert jats.paragraphs(source) == expected


def test_deep_nesting() -> None:
    """Elements in elements without end are read all the same."""
    assert jats.line("<i>" * 5000 + "x") == "*" * 59 + "x" + "*" * 59
