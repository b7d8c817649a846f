"""The metadata of a paper from arXiv (its API's user manual, section 3)."""

from __future__ import annotations

import os
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from generator.importers import web
from generator.importers.metadata import Metadata
from generator.importers.web import ServiceError

_API = "https://export.arxiv.org/api/query"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_PARAGRAPH = re.compile(r"\n\s*\n|\n[ \t]+")


def fetch(number: str, user_agent: str) -> Metadata:
    """Return what arXiv knows of a paper in its newest version.

    Raises ServiceError where it cannot be asked, or does not know the number.
    """
    address = os.environ.get("OFFPRINT_ARXIV", _API)
    query = urlencode({"id_list": number, "max_results": 1}, safe="/")
    answer = web.get(f"{address}?{query}", accept="application/atom+xml", user_agent=user_agent)
    unknown = ServiceError(
        f"arXiv knows no paper with the number {number}.", "Compare it with the paper's page."
    )
    if answer.status == HTTPStatus.BAD_REQUEST:  # a number that is none
        raise unknown
    try:
        # Expat, which reads it, limits how much an entity may grow (since 2.4.1).
        feed = ET.fromstring(answer.data)  # noqa: S314 - expat limits it, and web its size
    except ET.ParseError as error:
        raise ServiceError(
            f"arXiv did not answer as it should (HTTP status {answer.status}).", "Try again later."
        ) from error
    entry = feed.find(f"{_ATOM}entry")
    if entry is None or "/api/errors" in _text(entry, f"{_ATOM}id"):
        raise unknown
    return _found(entry, number)


def _found(entry: ET.Element, number: str) -> Metadata:
    primary = entry.find(f"{_ARXIV}primary_category")
    summary = entry.findtext(f"{_ATOM}summary") or ""
    fields: dict[str, Any] = {
        "title": _text(entry, f"{_ATOM}title"),
        "authors": [
            name for one in entry.iter(f"{_ATOM}author") if (name := _text(one, f"{_ATOM}name"))
        ],
        "date": _text(entry, f"{_ATOM}published")[:10],
        "arxiv": number,
        "doi": _text(entry, f"{_ARXIV}doi"),
        "abstract": "\n\n".join(
            " ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(summary.strip())
        ),
    }
    said = {"published in": "journal_ref", "comment": "comment"}
    remarks = [
        f"arXiv, {name}: {text}"
        for name, tag in said.items()
        if (text := _text(entry, f"{_ARXIV}{tag}"))
    ]
    archive_class = primary.get("term", "") if primary is not None else ""
    return Metadata(
        {name: value for name, value in fields.items() if value}, archive_class, remarks
    )


def _text(element: ET.Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())
