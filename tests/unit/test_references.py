"""What people paste when they mean a paper: each form is the number that a service knows."""

from __future__ import annotations

import pytest

from generator.importers.references import recognize

ARXIV = """
    2212.03827 arXiv:2212.03827v2 arxiv:2212.03827 <https://arxiv.org/abs/2212.03827>
    https://arxiv.org/abs/2212.03827v2 http://www.arxiv.org/pdf/2212.03827v1.pdf
    https://arxiv.org/pdf/2212.03827 https://arxiv.org/html/2212.03827v1#S1
    https://export.arxiv.org/abs/2212.03827?context=cs arXiv:2212.03827.
    https://doi.org/10.48550/arXiv.2212.03827 10.48550/ARXIV.2212.03827
    doi:10.48550/arXiv.2212.03827
    https://huggingface.co/papers/2212.03827 https://ar5iv.labs.arxiv.org/html/2212.03827
    https://www.alphaxiv.org/abs/2212.03827
"""


@pytest.mark.parametrize("text", [*ARXIV.split(), "arXiv: 2212.03827", " 2212.03827 "])
def test_arxiv(text: str) -> None:
    """Every form of an arXiv number and address, of any version, is the number."""
    assert str(recognize(text)) == "arxiv:2212.03827"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cs/0601001", "cs/0601001"),
        ("arXiv:math.GT/0309136v1", "math.GT/0309136"),
        ("https://arxiv.org/pdf/cs/0601001.pdf", "cs/0601001"),
        ("0706.1234", "0706.1234"),
    ],
)
def test_old_numbers(text: str, number: str) -> None:
    """Numbers from before 2007 hold the archive; those until 2014 have four digits."""
    assert str(recognize(text)) == f"arxiv:{number}"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182.", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("http://dx.doi.org/10.1016/S0893-6080(05)80056-5", "10.1016/S0893-6080(05)80056-5"),
        ("(https://doi.org/10.1000/182)", None),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500?download=true", "10.1145/3292500"),
        ("https://link.springer.com/content/pdf/10.1007/s10994-021-1.pdf", "10.1007/s10994-021-1"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693",
            "10.1371/journal.pone.0033693",
        ),
        ("https://onlinelibrary.wiley.com/doi/10.1002/abc.123/full", "10.1002/abc.123"),
        ("https://www.nature.com/articles/s41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("https://aclanthology.org/2020.acl-main.1/", "10.18653/v1/2020.acl-main.1"),
        ("https://aclanthology.org/P19-1001.pdf", "10.18653/v1/P19-1001"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.1v2.full.pdf", "10.1101/2020.01.01.1"),
    ],
)
def test_doi(text: str, doi: str | None) -> None:
    """Every form of a DOI, and every publisher's address that holds one, is the DOI."""
    found = recognize(text)
    assert (found and str(found)) == (f"doi:{doi}" if doi else None)


@pytest.mark.parametrize(
    "text",
    ["", "foo", "https://example.org/", "10.1000", "https://openreview.net/forum?id=ETKGuby0hcs"],
)
def test_what_names_no_paper(text: str) -> None:
    """What no service knows is none."""
    assert recognize(text) is None
