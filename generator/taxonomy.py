"""The ways in which papers are sorted: one row a taxonomy, and the terms that papers give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import category

from generator import names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from generator.paper import Paper


# Terms of one kind that a paper may bring: each has a page, a feed and files, which tell of all of
# them, so that what is written grows with their square. The 2,900 authors of a paper of ATLAS would
# take gigabytes.
_MANY = 100


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


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a taxonomy and the papers that have it, newest first."""

    taxonomy: Taxonomy
    slug: str
    label: str
    papers: tuple[Paper, ...]

    @property
    def path(self) -> str:
        """The folder of its page in the site."""
        return f"{self.taxonomy.name}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Index:
    """All terms of one taxonomy, in the order in which they are listed."""

    taxonomy: Taxonomy
    terms: tuple[Term, ...]
    by_identity: Mapping[str, Term]

    def term(self, label: str) -> Term | None:
        """Return the term that a label belongs to; None where no listed paper has it."""
        return self.by_identity.get(self.taxonomy.identity(label))


def index(taxonomy: Taxonomy, papers: Sequence[Paper], vocabulary: Vocabulary) -> Index:
    """Sort papers, given newest first, into the terms of a taxonomy.

    A term is called by the way of writing that most papers use. Where two terms would have the same
    address, the one with the oldest paper keeps it, so that a new paper moves no published page.
    A paper with very many terms of one kind, such as the authors of a collaboration, is with the
    first of them and with those that are known: by the registry, or by papers that have fewer.
    """
    having: dict[str, list[Paper]] = defaultdict(list)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    given = [
        {taxonomy.identity(label): label for label in taxonomy.labels(paper, vocabulary)}
        for paper in papers
    ]
    if any(len(labels) > _MANY for labels in given):
        registry = getattr(vocabulary, taxonomy.registry, {}) if taxonomy.registry else {}
        known = {taxonomy.identity(label) for label in registry.values()}
        known.update(*(labels for labels in given if len(labels) <= _MANY))
        given = [labels if len(labels) <= _MANY else _known(labels, known) for labels in given]
    for paper, labels in zip(papers, given, strict=True):
        for identity, label in labels.items():
            having[identity].append(paper)
            written[identity][label] += 1
    label_of = {
        identity: min(counts, key=lambda label: (-counts[label], label))
        for identity, counts in written.items()
    }
    slug_of = _slugs(label_of, having)
    terms = {
        identity: Term(taxonomy, slug_of[identity], label, tuple(having[identity]))
        for identity, label in label_of.items()
    }
    ordered = sorted(
        terms.values(),
        key=lambda term: (taxonomy.order(term.label), term.slug),
        reverse=taxonomy.newest_first,
    )
    return Index(taxonomy, tuple(ordered), terms)


def _known(labels: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Return the first label, and those that are known, by their identities."""
    first = next(iter(labels))
    return {one: label for one, label in labels.items() if one == first or one in known}


def _slugs(label_of: Mapping[str, str], having: Mapping[str, list[Paper]]) -> dict[str, str]:
    """Give each term a slug of its own; the oldest has the first choice."""
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for identity in sorted(label_of, key=lambda one: (having[one][-1].order, one)):
        wanted = names.slug(label_of[identity])
        choice, number = wanted, 2
        # `page` holds the older pages of a list, so no term may take it.
        while choice in taken or choice == "page":
            choice, number = f"{wanted}-{number}", number + 1
        taken.add(choice)
        slugs[identity] = choice
    return slugs
