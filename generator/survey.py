"""A survey of a site: what is no fault, and what a maintainer may want to look after."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from generator import names
from generator.diagnostics import Diagnostic, Note, Severity, nearest
from generator.inputs import digest
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.names import Name
    from generator.paper import Paper
    from generator.site import Site
    from generator.terms import Term
    from generator.theme import Theme

# From so much likeness on (difflib) may two tags be one, mistyped, if both are long, and nearly so.
_ALIKE, _LONG, _SLIP = 0.88, 6, 2
_PEOPLE, _TAGS = "content/people.yaml", "content/tags.yaml"


def survey(site: Site, theme: Theme) -> list[Diagnostic]:
    """Return all notices, sorted. The theme must have made every page before."""
    found = [*_papers(site), *_tags(site), *_people(site), *_overrides(theme)]
    return sorted(found, key=lambda one: one.order)


def _notice(at: Location, message: str, help: str, *notes: Note) -> Diagnostic:  # noqa: A002 - the word users see
    return Diagnostic(at, Severity.NOTICE, message, help, notes)


# What papers lack.


def _papers(site: Site) -> Iterator[Diagnostic]:
    for paper in (*site.papers, *site.unlisted):
        if lacks := list(_lacks(site.wholes[paper.slug].paper)):
            yield _notice(
                site.places[paper.slug],
                f"The paper has no {', no '.join(lacks)}.",
                "Add what there is; an ORCID serves all of a person's papers in people.yaml.",
            )


def _lacks(paper: Paper) -> Iterator[str]:
    versions = paper.versions
    if not (paper.doi or paper.arxiv or any(one.doi or one.arxiv for one in versions)):
        yield "DOI or arXiv number"
    if not (paper.links.pdf or paper.arxiv or paper.openreview or paper.pmcid):
        yield "PDF"
    if paper.abstract is None:
        yield "abstract"
    if not any(author.orcid for author in paper.authors):
        yield "ORCID of an author"


# Tags.


def _tags(site: Site) -> Iterator[Diagnostic]:
    index = site.indexes["tags"]
    registry = site.settings.tags or {}
    used = {names.fold(term.label) for term in index.terms}
    for label in registry:
        if names.fold(label) not in used:
            yield _notice(
                Location(_TAGS),
                f"No paper has the tag '{label}'.",
                "Delete it, or give it to the papers that it is about.",
            )
    for common, rare in _nearly_equal(index.terms):
        yield _notice(
            site.places[rare.papers[0].slug],
            f"The tags '{common.label}' and '{rare.label}' may mean the same.",
            f"If so, write in {_TAGS}: '{common.label}: {{aliases: [{rare.label}]}}'."
            if site.settings.tags is not None
            else f"If so, write '{common.label}' in place of '{rare.label}' wherever it stands.",
            Note(site.places[common.papers[0].slug], f"Here stands '{common.label}'."),
        )


def _nearly_equal(terms: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """Yield pairs of tags that differ in little, the one that more papers have first."""
    cores = [(_core(term.label), term) for term in terms]
    for (one, first), (other, second) in combinations(cores, 2):
        if _is_near(one, other):
            by_size = sorted((first, second), key=lambda term: (-len(term.papers), term.slug))
            yield by_size[0], by_size[1]


def _is_near(one: str, other: str) -> bool:
    if one.replace(" ", "") == other.replace(" ", "") or one == _initials(other):
        return True
    if _initials(one) == other:
        return True
    # A digit makes another thing of a tag: GPT-3 is not GPT-4.
    if one[:1] != other[:1] or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    if abs(len(one) - len(other)) > _SLIP or min(len(one), len(other)) < _LONG:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _core(label: str) -> str:
    """Return the words of a tag in the singular: `llm` of `LLMs`, `language model`."""
    words = re.findall(r"[^\W_]+", names.fold(label))
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)  # noqa: PLR2004 - no plural


def _initials(core: str) -> str:
    words = core.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


# People.


def _people(site: Site) -> Iterator[Diagnostic]:
    """Yield pairs of people who may be one: alike in family name, and in what is given."""
    by_family: defaultdict[str, list[tuple[Name, Term]]] = defaultdict(list)
    for term in site.indexes["authors"].terms:
        name = names.parse(term.label)
        if not name.literal:
            by_family[names.fold(f"{name.particle} {name.family}")].append((name, term))
    settled = _settled(site)
    for members in by_family.values():
        for (one, first), (other, second) in combinations(members, 2):
            pair = frozenset((names.fold(first.label), names.fold(second.label)))
            if pair in settled or not _may_be_one(one, other):
                continue
            # The name that says more is the better one to call them by.
            full, short = sorted((first, second), key=lambda term: (-len(term.label), term.label))
            yield _notice(
                site.places[short.papers[0].slug],
                f"'{full.label}' and '{short.label}' may be one person.",
                f"If they are, write in {_PEOPLE}: '{full.label}: {{aliases: [{short.label}]}}'; "
                f"if not: '{full.label}: {{not: [{short.label}]}}'.",
                Note(site.places[full.papers[0].slug], f"Here stands '{full.label}'."),
            )


def _settled(site: Site) -> set[frozenset[str]]:
    return {
        frozenset((names.fold(label), names.fold(other)))
        for label, person in site.settings.people.items()
        for other in person.not_
    }


def _may_be_one(one: Name, other: Name) -> bool:
    """Tell whether two people of one family name have given names that agree, as far as they go."""
    first, second = _given(one), _given(other)
    if not first or not second or one.suffix != other.suffix:
        return False
    return all(a == b or a[0] == b or a == b[0] for a, b in zip(first, second, strict=False))


def _given(name: Name) -> list[str]:
    return re.findall(r"[^\W_]+", names.fold(name.given))


# Templates of the site's own.

_BASED_ON = re.compile(r"{#-?\s*based on ([0-9a-f]{8,32})\s*-?#}")


def _overrides(theme: Theme) -> Iterator[Diagnostic]:
    """Yield templates that nothing uses, blocks that nothing shows, and copies out of date."""
    builtin = {
        name.removeprefix("builtin/"): one.data
        for name, one in theme.templates.items()
        if name.startswith("builtin/")
    }
    known = theme.closures.used() | builtin.keys()
    for name, template in theme.templates.items():
        if not template.path.startswith("templates/") or template.data == builtin.get(name):
            continue  # a copy that is the same, as in a fork, hides nothing
        at = Location(template.path)
        if name not in known:
            close = nearest(name, known)
            way_out = f"Did you mean '{close}'?" if close else "Rename it, or delete it."
            yield _notice(at, "No page uses this template.", way_out)
            continue
        yield from _idle_blocks(theme, name, at)
        text = template.data.decode("utf-8", "replace")
        if name in builtin and not re.search(rf"[\"']builtin/{re.escape(name)}[\"']", text):
            yield from _outdated(text, digest(builtin[name])[:8], at)


def _outdated(text: str, current: str, at: Location) -> Iterator[Diagnostic]:
    """Yield a template that stands in place of a built-in one, but is not made of its newest form.

    `current` is the beginning of the built-in one's fingerprint, which a comment may hold.
    """
    based_on = _BASED_ON.search(text)
    if based_on is None:
        yield _notice(
            at,
            "This template stands in place of a built-in one, whose changes it hides.",
            "Compare the two, and write at its top, so that you are told of the next change: "
            f"{{# based on {current} #}}",
        )
    elif based_on[1][: len(current)] != current:
        yield _notice(
            at,
            "The built-in template has changed since this one was made of it.",
            f"Compare the two, and write at its top: {{# based on {current} #}}",
        )


def _idle_blocks(theme: Theme, name: str, at: Location) -> Iterator[Diagnostic]:
    for block in theme.closures.idle_blocks(name):
        yield _notice(
            at,
            f"The block '{block}' is in no template that this one extends, so nothing shows it.",
            "Correct its name; the README lists the blocks of every template.",
        )
