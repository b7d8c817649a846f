"""FAIR Signposting, level 1 (signposting.org/FAIR): typed links by which robots find a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator import identifiers
from generator.formats import facts, schemaorg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.paper import Paper


class Signpost(NamedTuple):
    """A link from a paper's page: its relation, where it leads, and the media type if known."""

    rel: str
    address: str
    media_type: str = ""


def signposts(paper: Paper, url: str) -> Iterator[Signpost]:
    """Yield the links of a paper whose page has this address, "" where it has none.

    The metadata files beside the page, `describedby`, are the page's own to tell.
    """
    if home := facts.home(paper, url):
        yield Signpost("cite-as", home)
    yield Signpost("type", "https://schema.org/AboutPage")
    yield Signpost("type", f"https://schema.org/{schemaorg.TYPES[facts.kind(paper)][0]}")
    people = (identifiers.orcid_address(one.orcid) or one.url for one in paper.authors)
    for address in dict.fromkeys(people):
        if address:
            yield Signpost("author", address)
    if pdf := facts.pdf(paper, url):
        yield Signpost("item", pdf, "application/pdf")
    if license_ := facts.license_address(paper):
        yield Signpost("license", license_)
