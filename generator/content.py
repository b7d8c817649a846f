"""Reading a content folder, the one place where Offprint reads: from files to a site."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from generator import duplicates, gate, links, published, reading, settings, site, source, workers
from generator import entry as entries
from generator.config import TextPage, TextPageFields
from generator.diagnostics import Diagnostics
from generator.folder import Folder
from generator.inputs import digest
from generator.published import Published
from generator.site import Contents, File, Reference, Settings, Site
from generator.source import Location
from generator.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.markup import Reader
    from generator.options import Options
    from generator.paper import Author, Paper
    from generator.reading import FileReading, Reading


def load(root: Path, found: Diagnostics, options: Options, shop: Workshop | None = None) -> Site:
    """Read the site in a folder, of what the workshop knows already only what is news.

    Adds all faults to `found`. What has one is not in the site, but for `unknown`: beginnings of
    the addresses that it may have. Raises BuildError where there is no content.
    """
    require(root)
    folder = Folder(root, found)
    known = settings.read(folder, options.base_url)
    faults: list[source.UnreadableError] = []
    paths = source.walk(root / "content", faults)
    for fault in faults:
        found.error(fault.location, fault.message, fault.help)
    _read_papers(folder, known, paths, shop or Workshop(root), drafts=options.drafts)
    for path in paths:
        top, _, rest = path.partition("/")
        if top == "papers" and rest:
            continue
        if top == "pages" and rest:
            _read_page_file(folder, f"content/{path}", rest)
        elif path not in _SETTINGS_FILES:
            _unread(
                folder,
                f"content/{path}",
                "Papers belong in content/papers, pages in content/pages.",
            )
    addresses = _read_addresses(folder)
    contested = site.check_together(folder.claims, found)
    # Of two entries at one address it is told already.
    uncontested = {slug: one for slug, one in folder.identities.items() if slug not in contested}
    duplicates.check(uncontested.values(), found)
    contents = Contents(
        [paper for paper in folder.papers if paper.slug not in contested],
        folder.pages,
        folder.files,
        folder.references,
        folder.aliases,
        folder.tokens,
        (*folder.unknown, *(f"papers/{slug}/" for slug in contested)),
        addresses,
        folder.places,
    )
    return site.assemble(known, contents, drafts=options.drafts)


_SETTINGS_FILES = {"site.yaml", "tags.yaml", "people.yaml", "addresses.txt"}


def _read_addresses(folder: Folder) -> Published:
    """Read the published addresses; where they lead now are links of this site."""
    text = folder.source(published.FILE) if (folder.root / published.FILE).exists() else None
    if text is None:
        return Published()
    read = published.read(text, folder.reader, folder.found)
    for one in read.addresses.values():
        if one.target is not None:
            folder.references.append(Reference(f"/{one.target}", read.location(one)))
        elif one.reason is not None:
            for path, anchor, _ in links.within(one.reason, one.path):
                folder.references.append(Reference(path, read.location(one), anchor))
    return read


def require(root: Path) -> None:
    """Raise BuildError where there is no content to read."""
    if not (root / "content").is_dir():
        found = Diagnostics()
        found.error(
            Location("content"),
            "There is no folder 'content' here.",
            "Run the command in the folder that holds 'content', or name it with --source.",
        )
        found.raise_errors()


def _unread(folder: Folder, path: str, help: str) -> None:  # noqa: A002 - the word users see
    folder.found.warning(Location(path), "This file is not read.", help)


def _read_papers(
    folder: Folder, known: Settings, paths: Sequence[str], shop: Workshop, *, drafts: bool
) -> None:
    files = [f"content/{path}" for path in paths if path.startswith("papers/")]
    for path, read in _readings(folder, known, files, shop):
        folder.found.found += read.found
        folder.claims += read.claims
        folder.unknown += read.unknown
        for one in read.papers:
            # What a draft brings along, and where it leads, counts only when the draft is shown.
            is_shown = drafts or not one.paper.draft
            paper = _with_own_pdf(folder, one, path, publish=is_shown)
            folder.papers.append(_registered(paper, known))
            folder.identities[paper.slug] = one.identity
            folder.places[paper.slug] = one.place
            if is_shown:
                folder.references += one.references
                folder.aliases += one.aliases


def _readings(
    folder: Folder, known: Settings, paths: Iterable[str], shop: Workshop
) -> Iterator[tuple[str, FileReading]]:
    """Yield what each file of papers gives; what is not yet known is read by all processes."""
    rules = digest(f"{shop.version}\n{reading.rules(known)}".encode())
    readings: dict[str, FileReading | None] = {}
    used: set[str] = set()
    for path in paths:
        extension = posixpath.splitext(path)[1].lower()
        if extension in reading.EXTENSIONS:
            found = shop.inputs.digest(f"{folder.root / path}")
            used.add(key := f"{rules} {found} {path}")
            readings[path] = shop.cache.get("reading", key)
        elif extension != ".pdf":  # which is published where an entry names it
            _unread(folder, path, "A paper is a .md file, or an entry of a .yaml or .bib file.")
    missing = [path for path, read in readings.items() if read is None]
    state = (folder.root, known, folder.reader)
    shop.progress.begin("Reading papers", len(missing))
    for results in workers.run(_read_files, state, missing, shop.jobs):
        shop.progress.advance(len(results))
        for path, found, read in results:
            readings[path] = read
            if found:
                used.add(key := f"{rules} {found} {path}")
                shop.cache.put("reading", key, read)
    shop.cache.keep_only("reading", used)
    for path, known_reading in readings.items():
        assert known_reading is not None
        yield path, known_reading


def _read_files(
    state: tuple[Path, Settings, Reader], paths: Sequence[str]
) -> list[tuple[str, str, FileReading]]:
    """Read files: for each its path, the digest of the bytes that were read, what they give."""
    root, known, reader = state
    results = []
    for path in paths:
        try:
            data = source.load(root, path)
        except source.UnreadableError as error:
            results.append((path, "", reading.unreadable(error)))
        else:
            results.append((path, digest(data), reading.read(path, data, known, reader)))
    return results


def _registered(paper: Paper, known: Settings) -> Paper:
    """Return a paper with tags written as the registry has them, and people whole."""
    changed = {
        "tags": tuple(dict.fromkeys(map(known.vocabulary.tag, paper.tags))),
        "authors": tuple(_person(author, known) for author in paper.authors),
        "editors": tuple(_person(editor, known) for editor in paper.editors),
    }
    changed = {name: value for name, value in changed.items() if value != getattr(paper, name)}
    return paper.model_copy(update=changed) if changed else paper


def _person(author: Author, known: Settings) -> Author:
    """Return an author with what the registry knows of them and the entry does not say."""
    person = known.people.get(known.vocabulary.person(author.parts.display))
    if person is None:
        return author
    return author.model_copy(
        update={"orcid": author.orcid or person.orcid, "url": author.url or person.url}
    )


_PDF_SIZE = 5_000_000  # bytes; Google Scholar indexes no larger one ("Indexing", 2)


def _with_own_pdf(folder: Folder, one: Reading, entry: str, *, publish: bool) -> Paper:
    """Publish a PDF that lies beside the entry next to the paper's page, as Google Scholar asks."""
    paper, pdf = one.paper, one.paper.links.pdf
    if not pdf or ":" in pdf:
        return paper
    path = posixpath.normpath(posixpath.join(posixpath.dirname(entry), pdf))
    # Of a path that no disk can have Path.is_file raises an error.
    is_there = path.startswith("content/papers/") and os.path.isfile(folder.root / path)  # noqa: PTH113 - no error
    if not is_there:
        folder.found.error(
            one.pdf,
            f"There is no file '{pdf}' beside the entry.",
            "Copy it there, or write its whole address, which begins with https://.",
        )
        return paper
    _check_pdf(folder, pdf, path, one.pdf)
    address = f"papers/{paper.slug}/{paper.slug}.pdf"
    if publish:
        folder.files.append(File(address, path))
        # Search engines know the PDF by its own address, which no page can redirect.
        folder.files += [
            File(f"{alias[1:]}{posixpath.basename(alias[:-1])}.pdf", path)
            for alias in paper.aliases
            if alias.startswith("/papers/") and alias.endswith("/")
        ]
    return paper.model_copy(update={"links": paper.links.model_copy(update={"pdf": address})})


def _check_pdf(folder: Folder, pdf: str, path: str, at: Location) -> None:
    """Report a file that is no PDF, or one that is too large for Google Scholar."""
    start = folder.start_of(path)
    if start is None:
        return
    if not start.startswith(b"%PDF"):
        folder.found.error(
            at,
            f"The file '{pdf}' is no PDF: it does not begin with '%PDF'.",
            "Export the paper as PDF anew; a page saved from the web is often HTML.",
        )
    size = (folder.root / path).stat().st_size
    if size > _PDF_SIZE:
        folder.found.warning(
            at,
            f"The file '{pdf}' has {size / 1_000_000:.1f} MB, and Google Scholar reads up to 5 MB.",
            "Make it smaller, for instance by images of a lower resolution.",
        )


def _read_page_file(folder: Folder, path: str, rest: str) -> None:
    """Read a page of the maintainer's own; what else lies there is published as it is."""
    stem, extension = posixpath.splitext(rest)
    if extension.lower() != ".md":
        if folder.start_of(path) is not None:
            folder.files.append(File(rest, path))
        return
    address = stem.removesuffix("index") if posixpath.basename(stem) == "index" else stem + "/"
    text = folder.source(path)
    entry = entries.read(text, folder.found) if text else None
    found = folder.found
    made = gate.admit(TextPageFields, entry, folder.reader, found, body="body") if entry else None
    if entry is None or made is None:
        folder.unknown.append(address)
        return
    folder.references += links.references(entry, (), made.body, address)
    description = made.description or made.body.plain.split("\n\n")[0]
    folder.pages.append(TextPage(address, made.title, made.body, description, path))
