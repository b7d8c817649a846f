"""IEEE style (IEEE Reference Guide, 2023)."""

from __future__ import annotations

from generator.formats.styles.wording import (
    Citation,
    given,
    italic,
    join,
    link,
    listed,
    quoted,
    stopped,
    words,
)
from generator.formats.styles.work import (
    Work,
    direct_initials,
    month_and_year,
    month_first,
    page_mark,
)

_MOST = 6  # of more authors, the first
_DEGREES = {"doctor": "Ph.D. dissertation", "master": "M.S. thesis", "": "thesis"}
_FORMS = {"dataset": "data set", "software": "software"}


def ieee(work: Work) -> Citation:
    """Return the entry of a reference list, without its number."""
    authors = _authors(work)
    if work.kind == "book":
        start = join([authors, italic(work.title), _volume(work)])
        text = join([stopped(start), _imprint(work)], " ")
    else:
        title = quoted(work.title, ",")
        text = join([join([authors, title]), join(_DETAILS[work.kind](work))], " ")
    if work.doi:
        return stopped(join([text, words(f"doi: {work.doi}")]))
    # Nothing follows an address, which a full stop would seem to be part of.
    return join([stopped(text), given("[Online]. Available: ", link(work.address))], " ")


def _authors(work: Work) -> Citation:
    names = [direct_initials(name) for name in work.authors]
    others = italic(words("et al."))
    if len(names) > _MOST:
        return join([words(names[0]), others], " ")
    if work.et_al:
        return join([words(", ".join(names)), others], " " if len(names) == 1 else ", ")
    return words(listed(names, "and"))


def _article(work: Work) -> list[Citation]:
    date = _day(work) if work.kind == "article-magazine" else _month(work)
    issue = given("no. ", work.issue)
    return [italic(work.source), _volume(work), issue, _pages(work), date]


def _paper(work: Work) -> list[Citation]:
    source = [given("in ", italic(work.source)), words(_editors(work)), words(work.series)]
    return [*source, _volume(work), words(work.place), work.house, _month(work), _pages(work)]


def _chapter(work: Work) -> list[Citation]:
    source = [given("in ", italic(work.source)), _volume(work), words(_editors(work))]
    return [*source, _imprint(work), _pages(work)]


def _thesis(work: Work) -> list[Citation]:
    return [words(_DEGREES[work.degree]), work.house, words(work.place), words(work.year)]


def _report(work: Work) -> list[Citation]:
    details = [work.house, words(work.place), given("Rep. ", work.number)]
    return [*details, _volume(work), _month(work), _pages(work)]


def _data(work: Work) -> list[Citation]:
    return [words(_FORMS[work.kind]), work.house, _month(work)]


def _preprint(work: Work) -> list[Citation]:
    return [italic(given("arXiv:", work.arxiv) or work.source), _month(work)]


def _speech(work: Work) -> list[Citation]:
    return [given("presented at ", work.source), words(work.place), _day(work)]


def _post(work: Work) -> list[Citation]:
    return [italic(work.source), _day(work)]


_DETAILS = {
    "article": _preprint,
    "article-journal": _article,
    "article-magazine": _article,
    "chapter": _chapter,
    "dataset": _data,
    "paper-conference": _paper,
    "post-weblog": _post,
    "report": _report,
    "software": _data,
    "speech": _speech,
    "thesis": _thesis,
}


def _volume(work: Work) -> Citation:
    return given("vol. ", work.volume)


def _pages(work: Work) -> Citation:
    return words(page_mark(work.pages))


def _month(work: Work) -> Citation:
    return words(month_and_year(work.date))


def _day(work: Work) -> Citation:
    return words(month_first(work.date, short=True))


def _editors(work: Work) -> str:
    if not work.editors:
        return ""
    names = [direct_initials(name) for name in work.editors]
    return f"{listed(names, 'and')}, {'Eds.' if len(names) > 1 else 'Ed.'}"


def _imprint(work: Work) -> Citation:
    """Return `Place: Publisher, 2022`."""
    return join([join([words(work.place), work.house], ": "), words(work.year)])
