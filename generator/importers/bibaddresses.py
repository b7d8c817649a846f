"""Where a paper of BibTeX is to be had: its numbers, and the links that its addresses become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator import identifiers
from generator.importers import bibfields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.bibdraft import Draft
    from generator.importers.bibfile import Field


def put_identifiers(fields: Mapping[str, Field], made: Draft) -> None:
    """Read the numbers of a paper; that of arXiv may stand in many a field."""
    if one := fields.get("doi"):
        made.put(
            "doi",
            re.sub("%(?:7B|7D|5C|20)", lambda it: unquote(it[0]), bibfields.exact(one.text)),
            one,
        )
    for name in ("isbn", "issn"):
        if one := fields.get(name):
            made.put(name, bibfields.standard_number(name, one.text), one)
    if one := fields.get("eprint"):
        archive = fields.get("archiveprefix") or fields.get("eprinttype")
        number = bibfields.ARXIV_ALONE.fullmatch(bibfields.exact(one.text))
        if number and (archive is None or archive.text.strip().lower() == "arxiv"):
            made.put("arxiv", number[1], one)
    for name in ("journal", "volume", "url", "doi", "howpublished", "note"):
        one = fields.get(name)
        number = bibfields.ARXIV_ANYWHERE.search(one.text) if one else None
        if one and number and "arxiv" not in made.data:
            made.put("arxiv", number[1], one)


def put_links(fields: Mapping[str, Field], made: Draft, own: str) -> None:
    """Read the addresses of a paper; its page on this site, which begins with `own`, is none."""
    links: dict[str, str] = {}
    for name, kind in bibfields.LINKS.items():
        if one := fields.get(name):
            links.setdefault(kind, bibfields.exact(one.text))
            made.marks[("links", kind)] = one.mark
    for name in ("url", "howpublished"):
        one = fields.get(name)
        address = bibfields.exact(one.text) if one else ""
        if bibfields.HOST.match(address):
            address = f"https://{address}"
        if one and bibfields.is_address(address):
            _put_address(address, one, links, made, own)
        elif one and name == "url":
            made.found.error(
                made.source.location(*one.mark),
                f"'url' must be an address that begins with https://, not '{address}'.",
                "Copy the whole address out of the browser; words belong in 'howpublished'.",
            )
    if links:
        made.data["links"] = links


def _put_address(address: str, one: Field, links: dict[str, str], made: Draft, own: str) -> None:
    """Read where a paper is: as an identifier where it is one, else by what it leads to."""
    if (own and address.startswith(own)) or bibfields.ARXIV_ANYWHERE.search(address):
        return
    for name, (_, form) in identifiers.IDENTIFIERS.items():
        start = re.sub(r"^https?://(?:dx\.|www\.)?", "https://", address)
        if start.startswith(form.split("{}", maxsplit=1)[0]):
            if name not in made.data:
                made.put(name, address, one)
            return
    issued = made.data.get("type") not in {None, "article", "software", "dataset"}
    kind = "pdf" if address.lower().endswith(".pdf") else "publisher" if issued else "html"
    links.setdefault(kind, address)
    made.marks.setdefault(("links", kind), one.mark)
