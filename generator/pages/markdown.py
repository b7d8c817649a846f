"""Pages for readers that are programs: a paper in Markdown, and what the site holds (llms.txt)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.formats import opengraph
from generator.identifiers import IDENTIFIERS, address
from generator.pages import exports, summary
from generator.pages.kinds.parts import ROOT, Link, Mention
from generator.pages.kinds.programs import LlmsPage, MarkdownPage
from generator.taxonomy import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.markup import Text
    from generator.outline import Outline
    from generator.pages.kinds.page import Page
    from generator.pages.places import Place
    from generator.pages.stock import Stock
    from generator.site import Site

MENTIONED = 500
"""The papers that llms.txt names: more would fill what its readers can hold."""

_SIGNS = re.compile(r"([\\`*_\[\]<>])")
# A link or an image that begins at the site's root.
_ROOTED = re.compile(r"(\]\(<?)/(?!/)")


def twin(stock: Stock, place: Place) -> Page:
    """Return a paper's page in Markdown, which lies beside it and is named as the paper is."""
    paper = stock.paper(place)
    return MarkdownPage(
        twin_path(place.paper),
        title=_written(paper.title).replace("\n", " "),
        facts=tuple((label, value) for label, value in _facts(stock, place) if value),
        abstract=_written(paper.abstract),
        notes=_written(paper.notes),
        cited=stock.cited_whole(place),
    )


def twin_path(paper: Outline) -> str:
    """Return where a paper's page in Markdown is."""
    return f"{paper.path}{paper.slug}.md"


def llms(site: Site) -> Page:
    """Return what the site holds, for language models: its newest papers, and where the rest is."""
    config = site.config
    mentions = [
        Mention(_plain(paper.title.plain), twin_path(paper), _plain(_about(paper)))
        for paper in site.papers[:MENTIONED]
    ]
    indexes = [Link(one.title, f"{one.name}/") for one in TAXONOMIES]
    files = [
        Link(f"All papers as {one.label}", one.path) for one in exports.of_list("", site.papers)
    ]
    return LlmsPage(
        "llms.txt",
        introduction=_written(config.introduction),
        papers=tuple(mentions),
        count=len(site.papers),
        links=(*indexes, *files, Link("Newest papers as a feed", "feed.xml")),
    )


def _written(text: Text | None) -> str:
    """Return a text as its author wrote it, in Markdown and TeX; links lead from where it is."""
    return _ROOTED.sub(rf"\g<1>{ROOT}", text.source.strip()) if text else ""


def _plain(text: str) -> str:
    """Return words in which no sign has a meaning to Markdown."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def _about(paper: Outline) -> str:
    return opengraph.said(paper.names, paper.venue, paper.year, et_al=paper.et_al)


def _facts(stock: Stock, place: Place) -> Iterator[tuple[str, str]]:
    """Yield what a paper's page shows beside its texts, each with its label; "" where not known."""
    paper, shown = stock.paper(place), stock.summary(place)
    authors = ", ".join(one.name for one in shown.authors) + (" et al." if shown.et_al else "")
    code = "available" if shown.code and not shown.code_url else ""
    yield "Authors", _plain(authors)
    yield "Organizations", _plain(", ".join(one.label for one in shown.organizations))
    yield "Published", shown.date.iso
    yield "Venue", _plain(shown.venue.label)
    yield "Category", _plain(shown.category_name)
    yield "Tags", _plain(", ".join(one.label for one in shown.tags))
    yield "Status", shown.status
    yield "Award", _plain(paper.award.plain) if paper.award else ""
    for label, value in summary.details(paper):
        yield label, _plain(value)
    url = stock.cited_whole(place).url
    yield "Page", f"<{url}>" if url else ""
    for one in shown.resources:
        known = one.kind in IDENTIFIERS
        url = address(one.kind, getattr(paper, one.kind)) if known else one.url
        yield one.label, f"<{ROOT if one.local else ''}{url}>"
    yield "Code", code
