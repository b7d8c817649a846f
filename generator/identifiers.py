"""The identifiers a paper may have: what each is called, and where it leads."""

from __future__ import annotations

import re
from urllib.parse import quote

# The order is the order on the page.
IDENTIFIERS = {
    "doi": ("DOI", "https://doi.org/{}"),
    "arxiv": ("arXiv", "https://arxiv.org/abs/{}"),
    "openreview": ("OpenReview", "https://openreview.net/forum?id={}"),
    "pmid": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "pmcid": ("PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
}

# RFC 3986, section 3.3: what a path may hold as it is.
_PATH = "/:;()@!$&'*+,=~"


def address(name: str, value: str) -> str:
    """Return where an identifier leads, with what no address may hold percent-encoded."""
    return IDENTIFIERS[name][1].format(quote(value, safe=_PATH))


def orcid_address(number: str | None) -> str:
    """Return where an ORCID leads; "" where there is none."""
    return f"https://orcid.org/{number}" if number else ""


_ARCHIVE = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)\s*\Z")


def archive_class(category: str) -> str:
    """Return the arXiv category that a category's name ends in: `cs.CL` of `… (cs.CL)`."""
    found = _ARCHIVE.search(category)
    return found[1] if found else ""
