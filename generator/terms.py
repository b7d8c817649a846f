"""The terms of a taxonomy: the papers of each, what it is called, and its address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import names
from generator.taxonomy import ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from generator.outline import Outline
    from generator.taxonomy import Taxonomy, Vocabulary


# Terms of one kind that a paper may bring: each has a page, a feed and files, which tell of all of
# them, so that what is written grows with their square. The 2,900 authors of a paper of ATLAS would
# take gigabytes.
MANY = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a taxonomy and the papers that have it, newest first."""

    taxonomy: Taxonomy
    slug: str
    label: str
    papers: tuple[Outline, ...]

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


class Indexes(Mapping[str, Index]):
    """The indexes of papers, given newest first, by the names of their taxonomies.

    Each is made when it is asked for: most builds can do without. Where those `before` are of
    nearly the same papers, what does not concern the others is taken over.
    """

    def __init__(
        self, papers: Sequence[Outline], vocabulary: Vocabulary, before: Indexes | None = None
    ) -> None:
        self.papers = papers
        self.vocabulary = vocabulary
        self.made: dict[str, Index] = {}
        self._earlier: Mapping[str, Index] = {}
        if before is not None and before.vocabulary == vocabulary:
            self._gone, self._come = _differences(before.papers, papers)
            if len(self._gone) + len(self._come) <= _FEW:
                self._earlier = before.made

    def __getitem__(self, name: str) -> Index:
        if name not in self.made:
            earlier = self._earlier.get(name)
            is_plain = earlier and all(len(one.terms[name]) <= MANY for one in self.papers)
            self.made[name] = (
                _revised(earlier, self._gone, self._come)
                if earlier and is_plain
                else index(ROWS[name], self.papers, self.vocabulary)
            )
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(ROWS)

    def __len__(self) -> int:
        return len(ROWS)


_FEW = 20  # papers, which are looked at one by one


def _differences(
    before: Sequence[Outline], now: Sequence[Outline]
) -> tuple[list[Outline], list[Outline]]:
    """Return the papers that are there no more, and those that are new, as values of their own."""
    old, new = set(map(id, before)), set(map(id, now))
    gone = [paper for paper in before if id(paper) not in new]
    return gone, [paper for paper in now if id(paper) not in old]


def _revised(earlier: Index, gone: Sequence[Outline], come: Sequence[Outline]) -> Index:
    """Return an index after papers went and came, none of which has very many terms."""
    taxonomy, name = earlier.taxonomy, earlier.taxonomy.name
    having: dict[str, Sequence[Outline]] = {
        identity: term.papers for identity, term in earlier.by_identity.items()
    }
    label_of = {identity: term.label for identity, term in earlier.by_identity.items()}
    # By slug: an earlier term may hold equal papers that are other values.
    left = {paper.slug for paper in gone}
    for identity in {one for paper in (*gone, *come) for one, _ in paper.terms[name]}:
        some = [paper for paper in having.get(identity, ()) if paper.slug not in left]
        some += [paper for paper in come if any(one == identity for one, _ in paper.terms[name])]
        if some:
            having[identity] = sorted(some, key=lambda paper: paper.order, reverse=True)
            labels = (dict(paper.terms[name])[identity] for paper in some)
            label_of[identity] = _most_used(Counter(labels))
        else:
            having.pop(identity, None)
            label_of.pop(identity, None)
    slug_of = _slugs(label_of, having)
    terms = {}
    for identity, label in label_of.items():
        term = earlier.by_identity.get(identity)
        said = slug_of[identity], label, tuple(having[identity])
        is_same = term is not None and said == (term.slug, term.label, term.papers)
        terms[identity] = term if term and is_same else Term(taxonomy, *said)
    return _ordered(taxonomy, terms)


def _most_used(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda label: (-counts[label], label))


def _ordered(taxonomy: Taxonomy, terms: Mapping[str, Term]) -> Index:
    ordered = sorted(
        terms.values(),
        key=lambda term: (taxonomy.order(term.label), term.slug),
        reverse=taxonomy.newest_first,
    )
    return Index(taxonomy, tuple(ordered), terms)


def index(taxonomy: Taxonomy, papers: Sequence[Outline], vocabulary: Vocabulary) -> Index:
    """Sort papers, given newest first, into the terms of a taxonomy.

    A term is called by the way of writing that most papers use. Where two terms would have the same
    address, the one with the oldest paper keeps it, so that a new paper moves no published page.
    A paper with very many terms of one kind, such as the authors of a collaboration, is with the
    first of them and with those that are known: by the registry, or by papers that have fewer.
    """
    having: dict[str, list[Outline]] = defaultdict(list)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    given = [paper.terms[taxonomy.name] for paper in papers]
    if any(len(labels) > MANY for labels in given):
        registry = getattr(vocabulary, taxonomy.registry, {}) if taxonomy.registry else {}
        known = {taxonomy.identity(label) for label in registry.values()}
        known.update(one for labels in given if len(labels) <= MANY for one, _ in labels)
        given = [labels if len(labels) <= MANY else _known(labels, known) for labels in given]
    for paper, labels in zip(papers, given, strict=True):
        for identity, label in labels:
            having[identity].append(paper)
            written[identity][label] += 1
    label_of = {identity: _most_used(counts) for identity, counts in written.items()}
    slug_of = _slugs(label_of, having)
    terms = {
        identity: Term(taxonomy, slug_of[identity], label, tuple(having[identity]))
        for identity, label in label_of.items()
    }
    return _ordered(taxonomy, terms)


def _known(
    labels: Sequence[tuple[str, str]], known: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return the first label, and those that are known, with their identities."""
    return tuple(one for one in labels if one is labels[0] or one[0] in known)


def _slugs(label_of: Mapping[str, str], having: Mapping[str, Sequence[Outline]]) -> dict[str, str]:
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
