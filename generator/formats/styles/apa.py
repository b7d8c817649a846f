"""APA style (Publication Manual, 7th edition, chapters 9 and 10).

Titles keep their capitals: which words are names, and keep theirs in sentence case, nobody says.
"""

from __future__ import annotations

from generator.dates import MONTHS
from generator.formats.styles.wording import (
    Citation,
    given,
    italic,
    join,
    link,
    listed,
    sentences,
    words,
)
from generator.formats.styles.work import (
    Work,
    direct_initials,
    inverted_initials,
    page_mark,
)

_MOST = 20  # 9.8: of more authors, the first nineteen and the last
# 10.9, 10.10, 10.5: what is said in brackets of works that are not texts, or were not published.
_FORMS = {"dataset": "[Data set]", "software": "[Computer software]", "speech": "[Presentation]"}
_DEGREES = {"doctor": "Doctoral dissertation", "master": "Master’s thesis", "": "Thesis"}
_DATED = frozenset({"article-magazine", "post-weblog", "speech"})  # 9.14: with month and day
_IN_VOLUME = frozenset({"article-journal", "article-magazine"})
_IN_BOOK = frozenset({"chapter", "paper-conference"})


def apa(work: Work) -> Citation:
    """Return the entry of a reference list."""
    text = sentences([words(_authors(work)), words(_date(work)), *_body(work)])
    return join([text, link(work.address)], " ")


def _authors(work: Work) -> str:
    names = [inverted_initials(name) for name in work.authors]
    if work.et_al:
        return ", ".join([*names[:_MOST], "et al."])
    if len(names) > _MOST:
        return ", ".join([*names[: _MOST - 1], f". . . {names[-1]}"])
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _date(work: Work) -> str:
    date = work.date
    if work.kind not in _DATED or not date.month:
        return f"({date.year})"
    day = f" {date.day}" if date.day else ""
    return f"({date.year}, {MONTHS[date.month - 1]}{day})"


def _body(work: Work) -> list[Citation]:
    if work.kind in _IN_VOLUME:
        number = given("(", work.issue, ")")
        return [
            work.title,
            join([italic(work.source), italic(words(work.volume)) + number, words(work.pages)]),
        ]
    if work.kind in _IN_BOOK:
        return [work.title, _book(work), work.house]
    if work.kind == "post-weblog":
        return [work.title, italic(work.source)]
    if work.kind == "thesis":
        kind = join([words(_DEGREES[work.degree]), work.house])
        return [italic(work.title) + given(" [", kind, "]")]
    number = given("No. ", work.number) if work.kind == "report" else given("arXiv:", work.arxiv)
    details = given(" (", join([number, given("Vol. ", work.volume)]), ")")
    title = italic(work.title) + details + given(" ", _FORMS.get(work.kind))
    place = words(work.place if work.kind == "speech" else "")
    return [title, join([work.source, work.house, place])]


def _book(work: Work) -> Citation:
    """Return `In A. Editor (Ed.), Title (Vol. 2, pp. 1-9)`."""
    editors = words(_editors(work))
    details = join([given("Vol. ", work.volume), words(page_mark(work.pages))])
    if not work.source:
        return details
    return given("In ", join([editors, italic(work.source)])) + given(" (", details, ")")


def _editors(work: Work) -> str:
    if not work.editors:
        return ""
    names = [direct_initials(name) for name in work.editors]
    return f"{listed(names, '&')} ({'Eds.' if len(names) > 1 else 'Ed.'})"
