"""The ways in which papers are sorted: one row a taxonomy, and the terms that papers give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import category

from generator import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.paper import Paper


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the registries say: the canonical way of writing a tag or a name."""

    tags: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def tag(self, label: str) -> str:
        """Return the canonical label of a tag; its own where the registry knows none."""
        return self.tags.get(names.fold(label), label)

    def person(self, name: str) -> str:
        """Return the canonical name of a person; the given one where the registry knows none."""
        return self.people.get(names.fold(name), name)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way of sorting papers: its folder in the site, its words, and what a paper gives it.

    `labels` yields the labels of a paper's terms. Two labels with the same `identity` are one term.
    `order` is the text by which an index is sorted, `shown` the label as an index shows it.
    `registry` is what the vocabulary calls the labels that a registry names, if there is one.
    """

    name: str
    singular: str
    labels: Callable[[Paper, Vocabulary], Iterable[str]]
    identity: Callable[[str], str] = names.fold
    order: Callable[[str], str] = names.fold
    shown: Callable[[str], str] = str
    newest_first: bool = False
    registry: str = ""

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return self.name.capitalize()


def _without_punctuation(label: str) -> str:
    """Return a label in which only letters, marks and digits count, `C+` and `C#` apart."""
    folded = names.fold(label)
    words = "".join(one if one in "+#" or category(one)[0] in "LMN" else " " for one in folded)
    return " ".join(words.split()) or folded


def _authors(paper: Paper, vocabulary: Vocabulary) -> Iterable[str]:
    return (vocabulary.person(author.parts.display) for author in paper.authors)


TAXONOMIES = (
    Taxonomy("categories", "category", lambda paper, _: [paper.category]),
    Taxonomy("years", "year", lambda paper, _: [str(paper.year)], newest_first=True),
    Taxonomy("tags", "tag", lambda paper, _: paper.tags, registry="tags"),
    Taxonomy(
        "authors",
        "author",
        _authors,
        identity=_without_punctuation,
        order=lambda label: names.parse(label).sort_key,
        shown=lambda label: names.parse(label).inverted,
        registry="people",
    ),
    Taxonomy(
        "organizations",
        "organization",
        lambda paper, _: paper.organizations,
        identity=_without_punctuation,
    ),
    Taxonomy("venues", "venue", lambda paper, _: [paper.venue.plain] if paper.venue else []),
)

ROWS = {row.name: row for row in TAXONOMIES}
