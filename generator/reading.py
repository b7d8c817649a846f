"""Reading one file of papers: a function of its text, and of what the settings say.

Nothing here looks at another file, so files can be read in any order, by several processes, and
what was read of a file once holds until its text or the settings change.
"""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import duplicates, gate, links, names, source
from generator import entry as entries
from generator.diagnostics import Diagnostic, Diagnostics, Note, Severity, nearest
from generator.paper import Paper
from generator.site import Claim, Reference
from generator.source import Location, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.duplicates import Identity
    from generator.entry import Entry
    from generator.markup import Reader
    from generator.site import Settings
    from generator.source import Source

EXTENSIONS = frozenset({".md", ".yaml", ".yml", ".bib"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A valid paper as its entry gives it, with the places of what is judged together with others.

    `place` is where the entry begins, `pdf` where it names a PDF; `aliases` and `references` are
    addresses of this site.
    """

    paper: Paper
    identity: Identity
    place: Location
    pdf: Location
    aliases: tuple[Reference, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file gives: its valid papers, the claims of all its entries, and what was found.

    `unknown` are beginnings of addresses that the file may hold behind its faults.
    """

    papers: tuple[Reading, ...]
    claims: tuple[Claim, ...]
    unknown: tuple[str, ...]
    found: tuple[Diagnostic, ...]


def read(path: str, data: bytes, known: Settings, reader: Reader) -> FileReading:
    """Read a file of papers, given by its path and its bytes."""
    found = Diagnostics()
    try:
        text = source.decode(path, data)
    except UnreadableError as error:
        return unreadable(error)
    papers: list[Reading] = []
    claims: list[Claim] = []
    unknown: list[str] = []
    entry = None
    for entry in entries_in(text, known, reader, found):
        claims += _claims(entry)
        paper = admit(entry, known, reader, found)
        if paper is None:
            unknown.append(f"papers/{entry.data['slug']}/")
        else:
            papers.append(_reading(entry, paper))
    if entry is None and found.found:
        unknown.append("papers/")
    return FileReading(tuple(papers), tuple(claims), tuple(unknown), tuple(found.found))


def unreadable(error: UnreadableError) -> FileReading:
    """Return what a file gives that cannot be read: nothing but the fault."""
    fault = Diagnostic(error.location, Severity.ERROR, error.message, error.help)
    return FileReading((), (), ("papers/",), (fault,))


def rules(known: Settings) -> str:
    """Return, as a text, all that a reading follows from beside the file."""
    config, tags = known.config, None if known.tags is None else sorted(known.tags)
    given = (
        config.url,
        config.macros,
        list(config.categories.items()),
        tags,
        known.vocabulary.tags,
    )
    return json.dumps(given, sort_keys=True)


def _claims(entry: Entry) -> Iterator[Claim]:
    """Yield what no other entry may claim, also of an entry that has other faults."""
    for name in ("slug", "key", "aliases"):
        given = entry.data.get(name)
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, str) and value.strip():
                yield Claim(name, value.strip(), entry.location(name))


def _reading(entry: Entry, paper: Paper) -> Reading:
    return Reading(
        paper,
        duplicates.identity(entry, paper),
        Location(entry.source.path, entry.start_line),
        entry.location("links", "pdf"),
        tuple(
            Reference(alias, entry.location("aliases", i)) for i, alias in enumerate(paper.aliases)
        ),
        tuple(links.references(entry, ("notes",), paper.notes, paper.path)),
    )


def entries_in(
    text: Source, known: Settings, reader: Reader, found: Diagnostics
) -> Iterator[Entry]:
    """Yield the entries of a file, each with a slug.

    It is the entry's own; or else the file's name, in a list the title's, in BibTeX the key's.
    """
    stem, extension = posixpath.splitext(posixpath.basename(text.path))
    if extension.lower() == ".bib":
        from generator.importers import bibtex  # noqa: PLC0415 - few sites have such a file

        yield from bibtex.read(text, known.config, reader, found)
        return
    if extension.lower() == ".md":
        one = entries.read(text, found)
        if one is not None:
            one.data.setdefault("slug", names.slug(stem))
            yield _split_notes(one, found)
        return
    for number, one in enumerate(entries.read_many(text, found), 1):
        title = one.data.get("title")
        # Without a title it is refused in any case, and need not be for its address too.
        words = title if isinstance(title, str) and title.strip() else f"untitled {number}"
        one.data.setdefault("slug", names.slug(words))
        yield one


def _split_notes(entry: Entry, found: Diagnostics) -> Entry:
    """Move what follows the first `##` heading into the notes: the body is abstract, then notes."""
    lines = entry.body.split("\n")
    first = next((i for i, line in enumerate(lines) if line.startswith("## ")), None)
    if first is None:
        return entry
    if "notes" in entry.data:
        found.error(
            entry.key_location("notes"),
            "The notes stand twice: as the field 'notes' and below the fields, from '##' on.",
            "Keep one of the two.",
            Note(entry.source.location(entry.body_line + first, 1), "The other ones are here."),
        )
        return replace(entry, body="\n".join(lines[:first]))
    entry.data["notes"] = "\n".join(lines[first:])
    entry.marks[("notes",)] = (entry.body_line + first, 1)
    return replace(entry, body="\n".join(lines[:first]))


def admit(entry: Entry, known: Settings, reader: Reader, found: Diagnostics) -> Paper | None:
    """Pass an entry through the gate, and hold its terms against the registries."""
    body = "abstract" if entry.body.strip() else None
    if body and entry.data.get("abstract"):
        found.error(
            entry.key_location("abstract"),
            "The abstract stands twice: as the field 'abstract' and below the fields.",
            "Keep one of the two.",
            Note(_body_location(entry), "The other one is here."),
        )
    examples = {"category": next(iter(known.config.categories), "")}
    paper = gate.admit(Paper, entry, reader, found, body=body, examples=examples)
    _check_category(entry, known, found)
    _check_tags(entry, known, found)
    if paper is not None and paper.abstract is None:
        found.warning(
            entry.location(),
            "The paper has no abstract.",
            f"{_abstract_place(entry)}; readers and search engines look for it.",
        )
    return paper


def _abstract_place(entry: Entry) -> str:
    if entry.source.path.lower().endswith(".md"):
        return "Write it below the second '---'"
    return "Give the entry a field 'abstract'"


def _body_location(entry: Entry) -> Location:
    """Return where the text below the fields begins."""
    blank = len(entry.body) - len(entry.body.lstrip())
    return entry.source.location(entry.body_line + entry.body.count("\n", 0, blank), 1)


def _check_category(entry: Entry, known: Settings, found: Diagnostics) -> None:
    codes = known.config.categories
    code = entry.data.get("category")
    if not codes or not isinstance(code, str) or not code.strip() or code.strip() in codes:
        return
    close = known.config.category_of(code.strip()) or nearest(code, codes)
    found.error(
        entry.location("category"),
        f"The category '{code.strip()}' is not in content/site.yaml.",
        (f"Did you mean '{close}'? " if close else "")
        + f"Known: {', '.join(codes)}. A new one is added under 'categories'.",
    )


def _check_tags(entry: Entry, known: Settings, found: Diagnostics) -> None:
    tags = entry.data.get("tags")
    if not isinstance(tags, list):
        return
    seen: set[str] = set()
    for i, tag in enumerate(tags):
        if not isinstance(tag, str) or not tag.strip():
            continue
        label = known.vocabulary.tag(" ".join(tag.split()))
        if names.fold(label) in seen:
            found.warning(
                entry.location("tags", i), f"The tag '{tag}' is given twice.", "Keep one."
            )
        seen.add(names.fold(label))
        if known.tags is not None and label not in known.tags:
            close = nearest(tag, known.tags)
            found.error(
                entry.location("tags", i),
                f"The tag '{tag}' is not in content/tags.yaml.",
                (f"Did you mean '{close}'? " if close else "")
                + "A new tag is added there, with a line that says what it is about.",
            )
