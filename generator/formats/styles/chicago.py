"""Chicago style, as in the bibliography of the notes and bibliography system (CMOS 17, chapter 14).

Page ranges are given in full, which 9.63 allows.
"""

from __future__ import annotations

from generator.formats.styles.wording import (
    Citation,
    begun,
    given,
    italic,
    join,
    link,
    listed,
    quoted,
    sentences,
    words,
)
from generator.formats.styles.work import Work, month_first

_MOST, _SHOWN = 10, 7  # 14.76: of more than ten authors, the first seven
_DEGREES = {"doctor": "PhD diss.", "master": "Master’s thesis", "": "Thesis"}
_FORMS = {"dataset": "Data set", "software": "Software"}


def chicago(work: Work) -> Citation:
    """Return the entry of a bibliography."""
    return sentences([words(_authors(work)), *_body(work), link(work.address)])


def _authors(work: Work) -> str:
    """Return the authors, the first one inverted and no other."""
    first, *others = work.authors
    names = [first.inverted, *(name.display for name in others)]
    if len(names) > _MOST:
        return ", ".join([*names[:_SHOWN], "et al."])
    if work.et_al:
        return ", ".join([*names, "et al."])
    # A comma stands before the "and" of two, too: the first of them is inverted.
    return ", and ".join(names) if len(others) == 1 else listed(names, "and")


def _body(work: Work) -> list[Citation]:
    """Return the title and what follows it, up to the address."""
    write = _BODIES.get(work.kind)
    if write:
        return write(work)
    source = italic(work.source) if work.kind == "article-magazine" else work.source
    return [quoted(work.title), join([source, words(month_first(work.date))])]


def _article(work: Work) -> list[Citation]:
    """Return `“Title.” Journal 12, no. 3 (2022): 1-9` (14.171)."""
    volume = join([italic(work.source), words(work.volume)], " ")
    issue = join([volume, given("no. ", work.issue)])
    where = join([issue, words(f"({work.year})")], " ") + given(": ", work.pages)
    return [quoted(work.title), begun(where)]


def _part(work: Work) -> list[Citation]:
    """Return `“Title.” In Book, edited by A. Editor, 1-9. Place: Publisher, 2022` (14.106)."""
    editors = listed([name.display for name in work.editors], "and")
    where = [
        given("In ", italic(work.source)),
        given("vol. ", work.volume),
        given("edited by ", editors),
        words(work.pages),
    ]
    if not (work.series or work.place or work.house):
        return [quoted(work.title), begun(join([*where, words(work.year)]))]
    return [quoted(work.title), begun(join(where)), words(work.series), _imprint(work)]


def _whole(work: Work) -> list[Citation]:
    number = given("No. ", work.number) if work.kind == "report" else Citation()
    details = [given("Vol. ", work.volume), words(work.series), number]
    return [italic(work.title), *details, _imprint(work)]


def _thesis(work: Work) -> list[Citation]:
    details = [words(_DEGREES[work.degree]), work.house, words(work.year)]
    return [quoted(work.title), join(details)]


def _data(work: Work) -> list[Citation]:
    issued = join([work.house, words(month_first(work.date))])
    return [italic(work.title), words(_FORMS[work.kind]), issued]


def _speech(work: Work) -> list[Citation]:
    details = [given("Presented at ", work.source), words(work.place)]
    return [quoted(work.title), join([*details, words(month_first(work.date))])]


def _post(work: Work) -> list[Citation]:
    source = italic(work.source) + words(" (blog)") if work.source else Citation()
    return [quoted(work.title), join([source, words(month_first(work.date))])]


def _imprint(work: Work) -> Citation:
    """Return `Place: Publisher, 2022`."""
    return join([join([words(work.place), work.house], ": "), words(work.year)])


_BODIES = {
    "article-journal": _article,
    "book": _whole,
    "chapter": _part,
    "dataset": _data,
    "paper-conference": _part,
    "post-weblog": _post,
    "report": _whole,
    "software": _data,
    "speech": _speech,
    "thesis": _thesis,
}
