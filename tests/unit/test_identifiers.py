"""Identifiers: what each leads to, and the category of arXiv that a name holds."""

from __future__ import annotations

import pytest

from generator import identifiers


@pytest.mark.parametrize(
    ("category", "archive"),
    [
        ("Computation and Language (cs.CL)", "cs.CL"),
        ("Quantum Physics (quant-ph)", "quant-ph"),
        ("Disordered Systems (cond-mat.dis-nn)", "cond-mat.dis-nn"),
        ("Machine Learning", ""),
        ("Learning (of machines) today", ""),
    ],
)
def test_archive_class(category: str, archive: str) -> None:
    """The arXiv category is what a category's name ends in, in parentheses."""
    assert identifiers.archive_class(category) == archive
