"""The papers of a content folder: read by all processes, and kept for the next build.

A build needs every paper in outline, and the whole of those only whose pages it makes. So both are
kept apart: the outlines are loaded together, the wholes one by one.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator import outline, reading, source, workers
from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.inputs import digest
from generator.outline import Whole
from generator.pickling import pickled_fast
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.authors import Author
    from generator.duplicates import Identity
    from generator.folder import Folder
    from generator.markup import Reader
    from generator.outline import Digests, Outline
    from generator.paper import Paper
    from generator.reading import FileReading, Reading
    from generator.site import Claim, Reference, Settings
    from generator.workshop import Workshop


@pickled_fast
@dataclass(frozen=True, slots=True)
class Sketch:
    """A paper of a file in outline, the digests of its whole, and its places in the file.

    `identity`, `place`, `aliases` and `references` are as in a Reading; `pdf` is the file beside it
    that the entry names, "" where it names none, and `pdf_place` where it does so.
    """

    outline: Outline
    digests: Digests
    identity: Identity
    place: Location
    pdf: str
    pdf_place: Location
    aliases: tuple[Reference, ...]
    references: tuple[Reference, ...]


@pickled_fast
@dataclass(frozen=True, slots=True)
class FileSketch:
    """What a file gives, with its papers in outline; the rest is as in a FileReading."""

    papers: tuple[Sketch, ...]
    claims: tuple[Claim, ...]
    unknown: tuple[str, ...]
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to read any file: where it is, what the settings say, and their digest."""

    root: Path
    known: Settings
    reader: Reader
    rules: str


# A file to be read: its path, the digest of its bytes, and what is kept of it, if only its outline
# is new.
_Missing = tuple[str, str, "bytes | None"]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a file of these bytes gives, in outline and whole."""

    found: str
    sketch: FileSketch
    wholes: tuple[Whole, ...]


def read(
    folder: Folder, known: Settings, paths: Iterable[str], shop: Workshop
) -> Iterator[tuple[str, FileSketch, tuple[Whole, ...]]]:
    """Yield what each file of papers gives; what is not yet known is read by all processes."""
    rules = digest(f"{shop.version}\n{reading.rules(known)}".encode())
    desk = _Desk(folder.root, known, folder.reader, rules)
    registries = known.digest
    at_hand: dict[str, _Held] = shop.cache.recall("holdings", f"{rules} {registries}", dict)
    held: dict[str, _Held | None] = {}
    missing: list[_Missing] = []
    for path in paths:
        found = shop.inputs.digest(f"{folder.root}/{path}")
        one = at_hand.get(path)
        if one is None or one.found != found:
            key = _key(desk, path, found)
            sketch = shop.cache.get("sketch", f"{registries} {key}")
            if sketch is None:
                missing.append((path, found, shop.cache.pickled("reading", key)))
            one = sketch and _held(shop, desk, path, found, sketch)
        held[path] = one
    for path, one in _read_missing(desk, missing, shop):
        held[path] = one
        if one.found:
            key = f"{registries} {_key(desk, path, one.found)}"
            shop.cache.put("sketch", key, one.sketch)
    if not shop.is_told:
        keys = {_key(desk, path, one.found) for path, one in held.items() if one}
        shop.cache.keep_only("reading", keys)
        shop.cache.keep_only("sketch", {f"{registries} {key}" for key in keys})
    if len(missing) >= workers.POOL_FROM:
        shop.cache.save()  # so that other processes find it there
    at_hand.clear()
    for path, one in held.items():
        assert one is not None
        if one.found:
            at_hand[path] = one
        yield path, one.sketch, one.wholes


def _read_missing(
    desk: _Desk, missing: Sequence[_Missing], shop: Workshop
) -> Iterator[tuple[str, _Held]]:
    """Yield what files give that are read by all processes, which is kept."""
    shop.progress.begin("Reading papers", len(missing))
    for results in workers.run(_read_files, desk, missing, shop.jobs):
        shop.progress.advance(len(results))
        for path, found, data, sketch in results:
            if found:
                shop.cache.put_pickled("reading", _key(desk, path, found), data)
            yield path, _held(shop, desk, path, found, sketch)


def _held(shop: Workshop, desk: _Desk, path: str, found: str, sketch: FileSketch) -> _Held:
    wholes = (
        Whole(one.digests, partial(_whole, shop, desk, path, found, i))
        for i, one in enumerate(sketch.papers)
    )
    return _Held(found, sketch, tuple(wholes))


def _key(desk: _Desk, path: str, found: str) -> str:
    """Return by what a file's reading is known, given the digest of its bytes."""
    return f"{desk.rules} {found} {path}"


def _read_files(desk: _Desk, files: Sequence[_Missing]) -> list[tuple[str, str, bytes, FileSketch]]:
    """Read files: each with the digest of its bytes, what it gives as it is kept, and in outline.

    The digest is empty where nothing is to be kept.
    """
    results = []
    for path, found, kept in files:
        if kept is not None:
            known: FileReading = pickle.loads(kept)  # noqa: S301 - the cache saw its signature
            results.append((path, found, kept, _sketch(desk, known)))
            continue
        try:
            data = source.load(desk.root, path)
        except source.UnreadableError as error:
            results.append((path, "", b"", _sketch(desk, reading.unreadable(error))))
        else:
            known = reading.read(path, data, desk.known, desk.reader)
            pickled = pickle.dumps(known, pickle.HIGHEST_PROTOCOL)
            results.append((path, digest(data), pickled, _sketch(desk, known)))
    return results


def _sketch(desk: _Desk, read_: FileReading) -> FileSketch:
    papers = tuple(_paper_sketch(desk, one) for one in read_.papers)
    return FileSketch(papers, read_.claims, read_.unknown, read_.found)


def _paper_sketch(desk: _Desk, one: Reading) -> Sketch:
    pdf = one.paper.links.pdf or ""
    paper = _registered(one.paper, desk.known)
    held = outline.hold(paper, desk.known.vocabulary, desk.known.people)
    return Sketch(
        held.outline,
        held.whole.digests,
        one.identity,
        one.place,
        "" if ":" in pdf else pdf,
        one.pdf,
        one.aliases,
        one.references,
    )


def _whole(shop: Workshop, desk: _Desk, path: str, found: str, number: int) -> Paper:
    """Return a paper of a file, as it was when it was read, and as the registries have it."""
    kept = shop.cache.pickled("reading", _key(desk, path, found))
    if kept is None:  # another build may have forgotten it, or nothing can be kept
        [(_, now, kept, _)] = _read_files(desk, [(path, found, None)])
        if now != found:
            at = Location(path)
            message = "The file changed while the site was built."
            raise BuildError([Diagnostic(at, Severity.ERROR, message, "Build again.")])
    known: FileReading = pickle.loads(kept)  # noqa: S301 - signed, too
    return _registered(known.papers[number].paper, desk.known)


def _registered(paper: Paper, known: Settings) -> Paper:
    """Return a paper with tags written as the registry has them, people whole, its own PDF's path.

    A PDF that lies beside the entry is published next to the paper's page.
    """
    changed: dict[str, object] = {
        "tags": tuple(dict.fromkeys(map(known.vocabulary.tag, paper.tags))),
        "authors": tuple(_person(author, known) for author in paper.authors),
        "editors": tuple(_person(editor, known) for editor in paper.editors),
    }
    changed = {name: value for name, value in changed.items() if value != getattr(paper, name)}
    if paper.links.pdf and ":" not in paper.links.pdf:
        changed["links"] = paper.links.model_copy(update={"pdf": own_pdf(paper.slug)})
    return paper.model_copy(update=changed) if changed else paper


def own_pdf(slug: str) -> str:
    """Return where the PDF of a paper is published that lies beside its entry."""
    return f"papers/{slug}/{slug}.pdf"


def _person(author: Author, known: Settings) -> Author:
    """Return an author with what the registry knows of them and the entry does not say."""
    person = known.people.get(known.vocabulary.person(author.parts.display))
    if person is None:
        return author
    return author.model_copy(
        update={"orcid": author.orcid or person.orcid, "url": author.url or person.url}
    )
