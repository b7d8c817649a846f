"""What people paste when they mean a paper: numbers and addresses, in the forms they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

ARXIV = r"(?P<arxiv>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
DOI = r"(?P<doi>10\.\d{4,9}/\S+)"


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as a service knows it: its arXiv number, or its DOI."""

    service: Literal["arxiv", "doi"]
    number: str

    def __str__(self) -> str:
        return f"{self.service}:{self.number}"


def _arxiv(match: re.Match[str]) -> Reference:
    return Reference("arxiv", match["arxiv"])


def _doi(match: re.Match[str]) -> Reference:
    doi = _TAIL.sub("", match["doi"])
    if doi.startswith("10.1101/"):
        doi = _PREPRINT_VERSION.sub("", doi)
    # An address ends in a bracket or a full stop only where a sentence goes on.
    while doi[-1:] in {".", ",", ";", ")", "]", ">", '"', "'"} and not _closes(doi):
        doi = doi[:-1]
    return Reference("doi", doi)


def _closes(doi: str) -> bool:
    """Tell whether the bracket at the end of a DOI opens in it, as in `10.1016/S0(01)`."""
    opening = {")": "(", "]": "[", ">": "<"}.get(doi[-1])
    return opening is not None and doi.count(doi[-1]) <= doi.count(opening)


def _nature(match: re.Match[str]) -> Reference:
    return Reference("doi", f"10.1038/{match[1]}")


def _anthology(match: re.Match[str]) -> Reference:
    return Reference("doi", f"10.18653/v1/{match[1]}")


# What publishers write after a DOI in the addresses of a paper's pages.
_TAIL = re.compile(
    r"(?:\.pdf|/(?:full|abstract|pdf|epdf|epub|meta|html|fulltext|summary|references|v\d+))+$"
)
# bioRxiv and medRxiv have one DOI for all versions.
_PREPRINT_VERSION = re.compile(r"v\d+(?:\.full(?:-text)?)?$")
_HOST = r"https?://(?:[\w-]+\.)*"
_MIRRORS = r"arxiv\.org|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|huggingface\.co"
_PAGES = "abs|pdf|html|format|ps|src|e-print|papers|overview"
_ACL = r"((?:\d{4}\.[\w-]+\.|[A-Z]\d\d-)\d+)"
_TABLE: tuple[tuple[str, Callable[[re.Match[str]], Reference]], ...] = (
    (rf"(?:arxiv\s*:\s*)?{ARXIV}", _arxiv),
    (rf"(?:{_HOST}doi\.org/|doi\s*:\s*)?10\.48550/arxiv\.{ARXIV}", _arxiv),
    (rf"{_HOST}(?:{_MIRRORS})/(?:{_PAGES})/{ARXIV}(?:\.pdf)?", _arxiv),
    (r"https?://(?:www\.)?nature\.com/articles/([a-z0-9-]+)(?:\.pdf)?", _nature),
    (
        r"https?://(?:www\.)?aclanthology\.org/((?:\d{4}\.[\w-]+|[A-Z]\d\d-)[.\d]+?)(?:\.pdf|/)?",
        _anthology,
    ),
    (rf"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:\s*)?{DOI}", _doi),
    (rf"{_HOST}[\w.-]+/\S*?{DOI}", _doi),
)
_RECOGNIZERS = tuple((re.compile(form, re.IGNORECASE), make) for form, make in _TABLE)


def recognize(text: str) -> Reference | None:
    """Return the paper that a text names; None where it names none that a service knows."""
    given = unquote(text.strip().strip("<>\"'").rstrip(".,;").strip())
    is_address = "://" in given
    without_query = re.split(r"[?#&]", given, maxsplit=1)[0].rstrip("/") if is_address else given
    for candidate in dict.fromkeys([without_query, re.split(r"[#&]", given, maxsplit=1)[0]]):
        for form, make in _RECOGNIZERS:
            if match := form.fullmatch(candidate):
                return make(match)
    return None
