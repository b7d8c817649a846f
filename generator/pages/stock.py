"""What several kinds of page show of the papers: summaries, cards, feed entries, citations.

What lists show of a paper is known by a mark, and made only where no text of that mark is kept.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from generator.outline import as_listed, without_texts
from generator.pages import summary
from generator.pages.kinds.parts import AtomEntry, Card, Cited, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.outline import Digests, Whole
    from generator.pages.kinds.parts import FeedEntry, Summary
    from generator.pages.places import Place
    from generator.paper import Paper
    from generator.site import Settings

Value = TypeVar("Value")

_HELD = 256  # papers that are kept at hand, for the pages that lie together


class Stock:
    """What pages are made of beside their groups: the settings, and the papers."""

    def __init__(self, settings: Settings, wholes: Mapping[str, Whole]) -> None:
        self.settings = settings
        self.config = settings.config
        self.home = Link(settings.config.title)
        self._wholes = wholes
        self._papers: OrderedDict[str, Paper] = OrderedDict()
        self._last: Place | None = None
        self._of_last: dict[str, Any] = {}
        self._shared: defaultdict[str, dict[str, Any]] = defaultdict(dict)

    def paper(self, place: Place) -> Paper:
        """Return the whole of a paper."""
        slug = place.paper.slug
        if slug not in self._papers:
            if len(self._papers) >= _HELD:
                self._papers.popitem(last=False)
            self._papers[slug] = self._wholes[slug].paper
        return self._papers[slug]

    def whole(self, place: Place) -> Whole:
        """Return what is known of a paper without reading it."""
        return self._wholes[place.paper.slug]

    def summary(self, place: Place) -> Summary:
        """Return what lists and its own page show of a paper."""
        return self._lately(
            "summary", place, lambda: summary.summarize(place, as_listed(self.paper(place)))
        )

    def card(self, place: Place) -> Card:
        """Return a paper as lists show it."""
        return self._once("card", place, _LaterCard)

    def feed_entry(self, place: Place) -> AtomEntry:
        """Return a paper as feeds show it."""
        return self._once("entry", place, _LaterEntry)

    def cited(self, place: Place) -> Cited:
        """Return a paper as the citation files of lists have it.

        They leave the abstracts out, which would be most of the site otherwise.
        """
        return self._once("cited", place, _LaterCited)

    def cited_whole(self, place: Place) -> Cited:
        """Return a paper as its own page and its own citation files have it."""
        return self._lately("cited whole", place, lambda: _LaterCitedWhole(self, place))

    def entry(self, place: Place) -> FeedEntry:
        """Return what feeds show of a paper."""
        return self._lately(
            "entry", place, lambda: summary.feed_entry(self.config, as_listed(self.paper(place)))
        )

    def without_texts(self, place: Place) -> Paper:
        """Return a paper as lists of citations have it."""
        return self._lately("without texts", place, lambda: without_texts(self.paper(place)))

    def _lately(self, name: str, place: Place, make: Callable[[], Value]) -> Value:
        """Return what is made of the same paper several times in a row, made once."""
        if self._last is not place:
            self._last, self._of_last = place, {}
        if name not in self._of_last:
            self._of_last[name] = make()
        value: Value = self._of_last[name]
        return value

    def _once(self, name: str, place: Place, make: Callable[[Stock, Place], Value]) -> Value:
        """Return what all lists that show a paper share."""
        made: dict[str, Value] = self._shared[name]
        slug = place.paper.slug
        if slug not in made:
            made[slug] = make(self, place)
        return made[slug]


class _Later:
    """A value of a paper that is made when it is looked at, and has a mark before."""

    __slots__ = ()
    _place: Place
    _stock: Stock

    def __init__(self, stock: Stock, place: Place) -> None:
        object.__setattr__(self, "_stock", stock)
        object.__setattr__(self, "_place", place)
        object.__setattr__(self, "mark", self._marked(stock.whole(place).digests))

    def _marked(self, digests: Digests) -> str:
        return f"{self._place.digest}{digests.listed}"


class _LaterCard(_Later, Card):
    """A paper as lists show it."""

    __slots__ = ("_place", "_stock", "mark")

    @property
    def name(self) -> str:
        return self._place.paper.title.plain

    @property
    def path(self) -> str:
        return self._place.paper.path

    @property
    def paper(self) -> Summary:
        return self._stock.summary(self._place)


class _LaterEntry(_Later, AtomEntry):
    """A paper as feeds show it."""

    __slots__ = ("_place", "_stock", "mark")

    @property
    def entry(self) -> FeedEntry:
        return self._stock.entry(self._place)


class _LaterCited(_Later, Cited):
    """A paper as the citation files of lists have it."""

    __slots__ = ("_place", "_stock", "mark")

    def __init__(self, stock: Stock, place: Place) -> None:
        about = summary.citing(stock.config, place)
        for name, value in zip(("key", "url", "primary_class"), about, strict=True):
            object.__setattr__(self, name, value)
        super().__init__(stock, place)

    def _marked(self, digests: Digests) -> str:
        return f"{digests.cited} {self.key} {self.url} {self.primary_class}"

    @property
    def paper(self) -> Paper:
        return self._stock.without_texts(self._place)


class _LaterCitedWhole(_LaterCited):
    """A paper as its own page and its own citation files have it."""

    __slots__ = ()
    kept = False

    def _marked(self, digests: Digests) -> str:
        return f"{digests.whole} {self.key} {self.url} {self.primary_class}"

    @property
    def paper(self) -> Paper:
        return self._stock.paper(self._place)
