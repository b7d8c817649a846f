"""The numbers by which papers and people are known, in any way in which people paste them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from generator import fields

_ARXIV = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?"
Doi = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "a DOI",
            r"10\.[0-9]{4,9}/\S+",
            r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)",
            "10.1000/182",
            r"10\.[0-9]{4,9}/[^\s?#]+",
        )
    ),
]
Arxiv = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "an arXiv number",
            _ARXIV,
            r"^(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)|\.pdf$",
            "2212.03827",
            r"(?<![0-9])[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?(?![0-9])",
        )
    ),
]
OpenReview = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "an OpenReview number",
            r"[\w-]{6,}",
            r"^https?://openreview\.net/(?:forum|pdf)\?id=",
            "ETKGuby0hcs",
        )
    ),
]
Pmid = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "a PubMed number",
            r"[0-9]{1,8}",
            r"^(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:\s*)|/$",
            "33782455",
        )
    ),
]
Pmcid = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "a PubMed Central number", r"PMC[0-9]+", r"^https?://\S+/articles/|/$", "PMC8371605"
        )
    ),
]
Isbn = Annotated[
    str,
    BeforeValidator(
        fields.pattern(
            "an ISBN of 10 or 13 digits",
            r"(?:97[89]-?)?(?:[0-9]-?){9}[0-9X]",
            r"^isbn:?\s*",
            "978-0-262-03384-8",
        )
    ),
]
Issn = Annotated[
    str,
    BeforeValidator(
        fields.pattern("an ISSN", r"[0-9]{4}-[0-9]{3}[0-9X]", r"^issn:?\s*", "2150-8097")
    ),
]


def _orcid(value: object) -> str:
    text = fields.filled(value).rstrip("/").rsplit("/", 1)[-1].upper()
    if not re.fullmatch(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", text) or _orcid_check(text) != text[-1]:
        fields.fault(
            f"is not an ORCID: '{text}'.", "Copy it from orcid.org, such as 0000-0002-1825-0097."
        )
    return text


def _orcid_check(orcid: str) -> str:
    """Return the last character that an ORCID must have (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "0123456789X"[result]


Orcid = Annotated[str, BeforeValidator(_orcid), WithJsonSchema({"type": "string"})]
