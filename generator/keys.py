"""Citation keys: `last-last-year-word`, or `last-etal-year-word`, as the ACL Anthology makes them.

A key is ASCII, tells no case apart, and is made of the oldest papers first, so that a new paper
never changes the key of an older one. A key that an entry gives is taken as it is, and one that was
published stays: others cite it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from generator import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Words that say too little of a title to name it.
_STOP = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "do", "does"),
        *("for", "from", "had", "has", "have", "how", "if", "in", "into", "is", "it", "its", "of"),
        *("on", "onto", "or", "our", "over", "s", "should", "so", "than", "that", "the", "their"),
        *("them", "these", "this", "those", "through", "to", "toward", "towards", "under", "upon"),
        *("via", "was", "we", "were", "what", "when", "where", "whether", "which", "who", "whom"),
        *("whose", "why", "will", "with", "within", "without", "would", "you", "your"),
    ]
)
_APOSTROPHES = re.compile("['’‘ʼ]")
_LONGEST_NAME = 32
_MANY = 3  # from so many authors on, only the first is in the key


class Citable(Protocol):
    """A paper, as far as keys follow from it."""

    @property
    def slug(self) -> str:
        """Its address."""

    @property
    def order(self) -> tuple[Any, ...]:
        """What sorts papers from oldest to newest."""

    @property
    def key(self) -> str:
        """The key that its entry gives, or ""."""

    @property
    def candidates(self) -> Iterator[str]:
        """The keys that it may have, the shortest first."""


_NO_KEYS: Mapping[str, str] = MappingProxyType({})


def assign(
    papers: Iterable[Citable], kept: Mapping[str, str] = _NO_KEYS, used: Iterable[str] = ()
) -> dict[str, str]:
    """Return a citation key for the slug of each paper, all different whatever their case.

    `kept` are keys, by slug, that papers were published with; `used` are those, in lower case, that
    no other paper may have any more.
    """
    oldest_first = sorted(papers, key=lambda paper: paper.order)
    keys = {paper.slug: paper.key for paper in oldest_first if paper.key}
    taken = {key.lower() for key in keys.values()}
    for paper in oldest_first:
        key = kept.get(paper.slug, "")
        if key and paper.slug not in keys and key.lower() not in taken:
            keys[paper.slug] = key
            taken.add(key.lower())
    taken.update(used)
    numbers: defaultdict[str, int] = defaultdict(lambda: 2)
    for paper in oldest_first:
        if paper.slug not in keys:
            key = _free(paper, taken, numbers)
            taken.add(key)
            keys[paper.slug] = key
    return keys


def _free(paper: Citable, taken: set[str], numbers: defaultdict[str, int]) -> str:
    """Return the shortest key of a paper that none has yet: with more words, then with a number."""
    key = ""
    for key in paper.candidates:
        if key not in taken:
            return key
    while (numbered := f"{key}-{numbers[key]}") in taken:
        numbers[key] += 1
    return numbered


def chain(stem: str, words: Iterable[str]) -> Iterator[str]:
    """Yield the keys that a paper may have, with one word of the title, two, and so on."""
    key = stem
    for word in words:
        key = f"{key}-{word}"
        yield key


def stem(people: Sequence[names.Name], year: int, *, et_al: bool) -> str:
    """Return how the keys of a paper begin: with its authors and its year."""
    byline = _last_name(people[0])
    if et_al or len(people) >= _MANY:
        byline = f"{byline}-etal"
    else:
        byline = "-".join([byline, *map(_last_name, people[1:])])
    return f"{byline}-{year}"


def _last_name(name: names.Name) -> str:
    """Return a last name with its particle, as one says it; of a long one its first words."""
    slug = names.slug(name.literal or f"{name.particle} {name.family}")
    if len(slug) <= _LONGEST_NAME:
        return slug
    return slug[: _LONGEST_NAME + 1].rpartition("-")[0] or slug[:_LONGEST_NAME]


def words(title: str) -> list[str]:
    """Return the words of a title that say something; all of them where none does."""
    found = names.slug(_APOSTROPHES.sub("", title)).split("-")
    return [word for word in found if word not in _STOP] or found
