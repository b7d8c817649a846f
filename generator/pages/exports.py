"""The citation files: one of each format beside every paper, for every term, and for all papers.

A list whose file could be larger than 50 MB, from where on hosts and editors balk, has several:
`papers-1.bib` holds the oldest papers, and `papers.bib` the newest. They are cut by an estimate,
the same for every format, from the oldest paper on, so that a new one changes only the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.formats.files import FORMATS
from generator.inputs import digest
from generator.pages.kinds.parts import Export
from generator.pages.kinds.programs import CitationFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.outline import Outline
    from generator.pages.kinds.page import Page
    from generator.pages.kinds.parts import Cited
    from generator.pages.places import Place
    from generator.pages.stock import Stock

LARGEST = 50_000_000
"""The bytes that no citation file exceeds."""

# Every paper and every list has these; the one in ASCII, for old toolchains, is of all papers.
_FORMATS = ("bibtex", "ris", "csl")
_FORMATS_OF_ALL = (*_FORMATS, "bibtex-ascii")


def paper_files(stock: Stock, place: Place) -> Iterator[Page]:
    """Yield the files that lie beside a paper's page, named as the paper is."""
    yield from _files(of_paper(place.paper), [stock.cited_whole(place)])


def list_files(stock: Stock, files: Sequence[Export], papers: Sequence[Place]) -> Iterator[Page]:
    """Yield the files of a list's papers."""
    yield from _files(files, [stock.cited(place) for place in papers])


def of_shards(
    base: str, papers: Sequence[Outline]
) -> list[tuple[tuple[Export, ...], Sequence[Outline]]]:
    """Return the files of the list at an address, with their papers; an empty list has none."""
    return [(_exports_of_shard(base, number), some) for number, some in _shards(papers)]


def of_paper(paper: Outline) -> tuple[Export, ...]:
    """Return the files that lie beside a paper's page."""
    return _exports(f"{paper.path}{paper.slug}", _FORMATS)


def of_list(base: str, papers: Sequence[Outline]) -> tuple[Export, ...]:
    """Return the files of the list at an address, those of its newest papers first."""
    return tuple(file for number, _ in _shards(papers) for file in _exports_of_shard(base, number))


def _exports_of_shard(base: str, number: int) -> tuple[Export, ...]:
    names = _FORMATS if base else _FORMATS_OF_ALL
    return _exports(f"{base}papers-{number}" if number else f"{base}papers", names, number)


def _exports(base: str, names: Sequence[str], number: int = 0) -> tuple[Export, ...]:
    return tuple(
        Export(
            name,
            f"{FORMATS[name].label} {number}" if number else FORMATS[name].label,
            f"{base}.{FORMATS[name].ending}",
            FORMATS[name].media_type,
        )
        for name in names
    )


def _shards(papers: Sequence[Outline]) -> list[tuple[int, Sequence[Outline]]]:
    """Cut papers, newest first, into (number, papers): the newest, 0, then the older, down to 1.

    The oldest papers that fill half a file become one as soon as all are too many for one more.
    """
    sizes = [_size(paper) for paper in papers]
    left, end = sum(sizes), len(papers)
    older: list[tuple[int, Sequence[Outline]]] = []
    while left > LARGEST:
        start, size = end - 1, sizes[end - 1]
        while start and size + sizes[start - 1] <= LARGEST // 2:
            start -= 1
            size += sizes[start]
        older.append((len(older) + 1, papers[start:end]))
        left, end = left - size, start
    newest = [(0, papers[:end])] if end else []
    return [*newest, *reversed(older)]


def _size(paper: Outline) -> int:
    """Return more bytes than papers take on average in any format, without their abstracts."""
    return 1_000 + 150 * paper.people_count


def _files(files: Sequence[Export], cited: Sequence[Cited]) -> Iterator[Page]:
    mark = digest(" ".join(one.mark for one in cited).encode())
    for file in files:
        yield CitationFile(file.path, file.format, tuple(cited), mark=mark)
