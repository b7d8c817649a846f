"""The metadata of a paper from Crossref, or else from whoever registered its DOI, as CSL-JSON.

Both say nearly the same in the same words (Crossref's REST API, works; CSL 1.0.2, appendix IV).
"""

from __future__ import annotations

import json
import os
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from generator import names
from generator.importers import jats, web
from generator.importers.metadata import Metadata
from generator.importers.web import ServiceError
from generator.paper import TYPES

_API = "https://api.crossref.org/works"
_RESOLVER = "https://doi.org"
_CSL = "application/vnd.citationstyles.csl+json"

# Crossref's types; CSL's own are as they are.
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "reference-entry": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "dissertation": "thesis",
}
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")
# Crossref's kinds of update, gravest first.
_STATUSES = {
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "removal": "withdrawn",
    "correction": "corrected",
    "erratum": "corrected",
    "corrigendum": "corrected",
}
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


def fetch(doi: str, user_agent: str) -> Metadata:
    """Return what is known of the paper with a DOI.

    Raises ServiceError where nobody can be asked, or nobody knows it.
    """
    api = os.environ.get("OFFPRINT_CROSSREF", _API)
    path = quote(doi, safe="/:;()")
    answer = web.get(f"{api}/{path}", accept="application/json", user_agent=user_agent)
    if answer.status == HTTPStatus.NOT_FOUND:  # others than Crossref register DOIs, too
        resolver = os.environ.get("OFFPRINT_DOI", _RESOLVER)
        answer = web.get(f"{resolver}/{path}", accept=_CSL, user_agent=user_agent)
        if answer.status == HTTPStatus.NOT_FOUND:
            raise ServiceError(
                f"There is no DOI {doi}.", "Compare it with the paper's page, letter by letter."
            )
    try:
        work = json.loads(answer.data)
        work = work.get("message", work)
        return Metadata(_fields(work, doi))
    except (ValueError, AttributeError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise ServiceError(
            f"The DOI {doi} has no metadata that can be read (HTTP status {answer.status}).",
            "Write the entry by hand: offprint new TITLE",
        ) from error


def _fields(work: dict[str, Any], doi: str) -> dict[str, Any]:
    if not isinstance(work, dict):
        raise TypeError("the metadata are no fields")
    kind = _TYPES.get(work.get("type", ""), work.get("type", ""))
    preprint = next(
        (
            match[1]
            for one in (work.get("relation") or {}).get("has-preprint", [])
            if (match := _ARXIV_DOI.fullmatch(str(one.get("id"))))
        ),
        None,
    )
    fields = {
        "title": _title(work),
        "authors": [author for one in work.get("author") or [] if (author := _person(one))],
        "date": _date(work),
        "venue": jats.line(_first(work.get("container-title")) or _server(work)),
        "type": kind if kind in TYPES else "",
        "status": _status(work),
        "doi": doi,
        "arxiv": preprint,
        "isbn": _first(work.get("ISBN")),
        "issn": _first(work.get("ISSN")),
        "volume": work.get("volume"),
        "issue": work.get("issue"),
        "pages": work.get("page"),
        "publisher": work.get("publisher"),
        "editors": [editor for one in work.get("editor") or [] if (editor := _person(one))]
        if kind in {"book", "chapter", "paper-conference"}
        else [],
        "abstract": jats.paragraphs(work.get("abstract") or ""),
    }
    return {name: value for name, value in fields.items() if value}


def _first(value: object) -> str:
    """Return a text, or the first of a list of texts: Crossref has lists where CSL has texts."""
    given = value[0] if isinstance(value, list) and value else value
    return given if isinstance(given, str) else ""


def _title(work: dict[str, Any]) -> str:
    title, subtitle = (jats.line(_first(work.get(name))) for name in ("title", "subtitle"))
    is_new = subtitle and names.fold(subtitle) not in names.fold(title)
    return f"{title}{'' if title.endswith('?') else ':'} {subtitle}" if is_new else title


def _server(work: dict[str, Any]) -> str:
    """Return the name of a preprint server."""
    institution: dict[str, Any] = next(iter(work.get("institution") or []), {})
    return _first(institution.get("name")) or _first(work.get("group-title"))


def _date(work: dict[str, Any]) -> str:
    """Return the first date that is known, in as many parts as are."""
    for name in _DATES:
        parts = [
            int(part)
            for part in next(iter((work.get(name) or {}).get("date-parts") or []), None) or []
            if part
        ]
        if parts:
            return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:3])])
    return ""


def _status(work: dict[str, Any]) -> str:
    """Return what became of a paper, by the notices that say so."""
    notices = {str(one.get("type")) for one in work.get("updated-by") or []}
    return next((status for kind, status in _STATUSES.items() if kind in notices), "")


def _person(one: dict[str, Any]) -> str | dict[str, str]:
    """Return a name as an entry gives it; "" for none."""
    orcid = str(one.get("ORCID") or "").rstrip("/").rpartition("/")[2]
    if group := one.get("name") or one.get("literal"):
        return {"literal": jats.line(str(group))}
    keys = ("family", "given", "non-dropping-particle", "suffix")
    family, given, particle, suffix = (jats.line(str(one.get(key) or "")) for key in keys)
    inverted = [f"{particle} {family}", suffix, given]
    whole = names.parse(", ".join(part for part in inverted if part.strip()))
    for written in (whole.display, whole.inverted):
        if names.parse(written) == whole:
            return {"name": written, "orcid": orcid} if orcid else written
    parts = {"family": whole.family, "given": whole.given, "particle": whole.particle}
    parts |= {"suffix": whole.suffix, "literal": whole.literal, "orcid": orcid}
    return {name: text for name, text in parts.items() if text}
