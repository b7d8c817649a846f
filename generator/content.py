"""Reading a content folder, the one place where Offprint reads: from files to a site."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from generator import duplicates, gate, holdings, links, published, reading, settings, site
from generator import entry as entries
from generator.config import TextPage, TextPageFields
from generator.diagnostics import Diagnostics
from generator.folder import Folder, require
from generator.outline import Holding
from generator.published import Published
from generator.site import Contents, File, Reference, Settings, Site
from generator.source import Location
from generator.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.holdings import Sketch
    from generator.options import Options


def load(root: Path, found: Diagnostics, options: Options, shop: Workshop | None = None) -> Site:
    """Read the site in a folder, of what the workshop knows already only what is news.

    Adds all faults to `found`. What has one is not in the site, but for `unknown`: beginnings of
    the addresses that it may have. Raises BuildError where there is no content.
    """
    require(root)
    shop = shop or Workshop(root)
    paths, faults = shop.files(f"{root}/content")
    for fault in faults:
        found.error(fault.location, fault.message, fault.help)
    others = [path for path in paths if not path.startswith("papers/")]
    held = shop.inputs.together(f"{root}/content/{path}" for path in others)
    known, addresses, beside = shop.cache.recall(
        "beside the papers",
        f"{options.base_url} {held}",
        lambda: _read_beside(root, options.base_url, others),
    )
    folder = Folder(root, found)
    folder.take(beside)
    _read_papers(folder, known, paths, shop, drafts=options.drafts)
    contested = site.check_together(folder.claims, found)
    # Of two entries at one address it is told already.
    uncontested = {slug: one for slug, one in folder.identities.items() if slug not in contested}
    duplicates.check(uncontested.values(), found)
    contents = Contents(
        [paper for paper in folder.papers if paper.outline.slug not in contested],
        folder.pages,
        folder.files,
        folder.references,
        folder.aliases,
        folder.tokens,
        (*folder.unknown, *(f"papers/{slug}/" for slug in contested)),
        addresses,
        folder.places,
    )
    outlines = [paper.outline for paper in contents.papers]
    origin = f"{options.drafts} {known.digest} {' '.join(paper.digest for paper in outlines)}"
    before = shop.cache.recalled("arrangement")
    arrangement = shop.cache.recall(
        "arrangement",
        origin,
        lambda: site.arrange(outlines, known.vocabulary, drafts=options.drafts, before=before),
    )
    return site.assemble(known, contents, arrangement)


def _read_beside(
    root: Path, base_url: str | None, paths: Sequence[str]
) -> tuple[Settings, Published, Folder]:
    """Read all of a content folder but its papers."""
    folder = Folder(root, Diagnostics())
    known = settings.read(folder, base_url)
    for path in paths:
        top, _, rest = path.partition("/")
        if top == "pages" and rest:
            _read_page_file(folder, f"content/{path}", rest)
        elif path not in _SETTINGS_FILES:
            meant = path.removesuffix(".yml") + ".yaml"
            way_out = "Papers belong in content/papers, pages in content/pages."
            if meant in _SETTINGS_FILES:
                verb = "Put what it says into" if meant in paths else "Rename it to"
                way_out = f"{verb} content/{meant}"
            _unread(folder, f"content/{path}", way_out)
    return known, _read_addresses(folder), folder


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


def _unread(folder: Folder, path: str, help: str) -> None:  # noqa: A002 - the word users see
    folder.found.warning(Location(path), "This file is not read.", help)


def _read_papers(
    folder: Folder, known: Settings, paths: Sequence[str], shop: Workshop, *, drafts: bool
) -> None:
    files = []
    for path in (f"content/{one}" for one in paths if one.startswith("papers/")):
        extension = posixpath.splitext(path)[1].lower()
        if extension in reading.EXTENSIONS:
            files.append(path)
        elif extension != ".pdf":  # which is published where an entry names it
            _unread(folder, path, _renamed(path))
    for path, sketch, wholes in holdings.read(folder, known, files, shop):
        folder.found.found += sketch.found
        folder.claims += sketch.claims
        folder.unknown += sketch.unknown
        for one, whole in zip(sketch.papers, wholes, strict=True):
            # What a draft brings along, and where it leads, counts only when the draft is shown.
            is_shown = drafts or not one.outline.draft
            if one.pdf:
                _publish_pdf(folder, one, path, publish=is_shown)
            folder.papers.append(Holding(one.outline, whole))
            folder.identities[one.outline.slug] = one.identity
            folder.places[one.outline.slug] = one.place
            if is_shown:
                folder.references += one.references
                folder.aliases += one.aliases


def _renamed(path: str) -> str:
    """Return what to do about a file of papers of another kind."""
    stem, _, ending = path.partition(".")
    if ending.lower() in _NEARLY:
        return f"Rename it to {stem}.{_NEARLY[ending.lower()]}"
    return "A paper is a .md file, or an entry of a .yaml or .bib file."


# What editors and other programs call files of the kinds that are read.
_NEARLY = {
    **dict.fromkeys(("markdown", "mdown", "mdx", "md.txt", "txt"), "md"),
    **dict.fromkeys(("bib.txt", "bibtex"), "bib"),
    **dict.fromkeys(("yaml.txt", "yml.txt"), "yaml"),
}
_PDF_SIZE = 5_000_000  # bytes; Google Scholar indexes no larger one ("Indexing", 2)


def _publish_pdf(folder: Folder, one: Sketch, entry: str, *, publish: bool) -> None:
    """Publish a PDF that lies beside the entry next to the paper's page, as Google Scholar asks."""
    paper, pdf = one.outline, one.pdf
    path = posixpath.normpath(posixpath.join(posixpath.dirname(entry), pdf))
    # Of a path that no disk can have Path.is_file raises an error.
    is_there = path.startswith("content/papers/") and os.path.isfile(folder.root / path)  # noqa: PTH113 - no error
    if not is_there:
        folder.found.error(
            one.pdf_place,
            f"There is no file '{pdf}' beside the entry.",
            "Copy it there, or write its whole address, which begins with https://.",
        )
        return
    _check_pdf(folder, pdf, path, one.pdf_place)
    if publish:
        folder.files.append(File(holdings.own_pdf(paper.slug), path))
        # Search engines know the PDF by its own address, which no page can redirect.
        folder.files += [
            File(f"{alias[1:]}{posixpath.basename(alias[:-1])}.pdf", path)
            for alias in paper.aliases
            if alias.startswith("/papers/") and alias.endswith("/")
        ]


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
