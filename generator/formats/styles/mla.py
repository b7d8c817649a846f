"""MLA style (MLA Handbook, 9th edition, chapter 5): the core elements, in their containers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.formats.styles.wording import (
    Citation,
    begun,
    given,
    italic,
    join,
    link,
    quoted,
    sentences,
    words,
)
from generator.formats.styles.work import Work, day_first, page_mark

if TYPE_CHECKING:
    from generator.names import Name

_DEGREES = {"doctor": "PhD dissertation", "master": "Master’s thesis", "": "Thesis"}
_WHOLE = frozenset({"book", "dataset", "report", "software", "thesis"})
# Of these the day matters; of what has a volume, or a publisher, the year says it.
_DATED = frozenset({"article", "article-magazine", "dataset", "post-weblog", "software", "speech"})
_RANGE = re.compile(r"(\d+)–(\d+)")
_TWO_DIGITS = 100


def mla(work: Work) -> Citation:
    """Return the entry of a list of works cited."""
    is_whole = work.kind in _WHOLE
    title = italic(work.title) if is_whole else quoted(work.title)
    if work.kind == "thesis":
        institution = join([work.house, words(_DEGREES[work.degree]), link(work.address)])
        return sentences([words(_authors(work)), title, words(work.year), institution])
    return sentences([words(_authors(work)), title, begun(_container(work))])


def _authors(work: Work) -> str:
    """Return the authors: of three or more, the first (5.8)."""
    first = work.authors[0].inverted
    if work.et_al or len(work.authors) > 2:  # noqa: PLR2004 - two are named
        return f"{first}, et al."
    return f"{first}, and {work.authors[1].display}" if len(work.authors) > 1 else first


def _container(work: Work) -> Citation:
    """Return the elements of a container in their order (5.31)."""
    date = day_first(work.date) if work.kind in _DATED else work.year
    return join(
        [
            work.source if work.kind == "speech" else italic(work.source),
            words(_edited_by(work.editors)),
            given("vol. ", work.volume),
            given("no. ", work.issue or (work.number if work.kind == "report" else "")),
            work.house,
            words(date),
            words(work.place if work.kind == "speech" else ""),
            words(page_mark(_RANGE.sub(_shortened, work.pages))),
            link(work.address),
        ]
    )


def _edited_by(editors: tuple[Name, ...]) -> str:
    if not editors:
        return ""
    first, *others = [name.display for name in editors]
    if len(others) > 1:
        return f"edited by {first} et al."
    return f"edited by {' and '.join([first, *others])}"


def _shortened(pages: re.Match[str]) -> str:
    """Return a range with no more than two digits of its end, where that is enough (6.60)."""
    first, last = pages[1], pages[2]
    is_same = len(first) == len(last) and first[:-2] == last[:-2]
    return f"{first}–{last[-2:]}" if is_same and int(first) >= _TWO_DIGITS else pages[0]
