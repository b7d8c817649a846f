"""The citation files: one of each format beside every paper, for every term, and for all papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.formats.files import FORMATS
from generator.pages.kinds import CitationFile, Export

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.pages.kinds import Cited, Page
    from generator.pages.stock import Stock
    from generator.paper import Paper


# Every paper and every list has these; the one in ASCII, for old toolchains, is of all papers.
_FORMATS = ("bibtex", "ris", "csl")
_FORMATS_OF_ALL = (*_FORMATS, "bibtex-ascii")


def paper_files(stock: Stock) -> Iterator[Page]:
    """Yield the files that lie beside each paper's page, named as the paper is."""
    for paper in (*stock.site.papers, *stock.site.unlisted):
        yield from _files(of_paper(paper), [stock.cited(paper, abstract=True)])


def list_files(stock: Stock, base: str, papers: Sequence[Paper]) -> Iterator[Page]:
    """Yield the files of a list's papers; an empty list has none."""
    cited = [stock.cited(paper, abstract=False) for paper in papers]
    yield from _files(of_list(base, papers), cited)


def of_paper(paper: Paper) -> tuple[Export, ...]:
    """Return the files that lie beside a paper's page."""
    return _exports(f"{paper.path}{paper.slug}", _FORMATS)


def of_list(base: str, papers: Sequence[Paper]) -> tuple[Export, ...]:
    """Return the files of the list at an address."""
    names = _FORMATS if base else _FORMATS_OF_ALL
    return _exports(f"{base}papers", names) if papers else ()


def _exports(base: str, names: Sequence[str]) -> tuple[Export, ...]:
    return tuple(
        Export(
            name, FORMATS[name].label, f"{base}.{FORMATS[name].ending}", FORMATS[name].media_type
        )
        for name in names
    )


def _files(files: Sequence[Export], cited: Sequence[Cited]) -> Iterator[Page]:
    for file in files:
        yield CitationFile(file.path, file.format, tuple(cited))
