"""Taking papers into a site: from a service or a BibTeX file to entries, each in a file of its own.

No file is ever written over: a paper that is there already is found before, and left as it is.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator import entry as entries
from generator import frontmatter, names, reading, settings, source
from generator.diagnostics import BuildError, Diagnostics
from generator.duplicates import Holdings
from generator.folder import Folder, require
from generator.importers import arxiv, crossref, web
from generator.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.config import Config
    from generator.diagnostics import Diagnostic
    from generator.entry import Entry
    from generator.importers.metadata import Metadata
    from generator.importers.references import Reference
    from generator.site import Settings

_SERVICES = {"arxiv": arxiv.fetch, "doi": crossref.fetch}


class CategoryError(Exception):
    """Nothing tells the category of a paper, or none is called so; the message says which are."""

    def __init__(self, what: str, codes: list[str]) -> None:
        known = f": --category {'|'.join(codes)}" if codes else " with --category."
        super().__init__(f"{what}. Name one{known}")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written: its path in the site, and its text."""

    path: str
    text: str


@dataclass(slots=True)
class Accession:
    """What is to be added to a site, and what was found on the way; nothing is written yet."""

    root: Path
    files: list[NewFile] = field(default_factory=list)
    found: Diagnostics = field(default_factory=Diagnostics)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What a maintainer should look at."""
        return tuple(self.found)

    def write(self) -> None:
        """Write the files; none is there yet."""
        for file in self.files:
            path = self.root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(file.text)


def from_service(root: Path, reference: Reference, category: str) -> Accession:
    """Return the entry for a paper that a service knows.

    Raises ServiceError where none can be had, CategoryError where its category is unknown, and
    BuildError where it is here already or cannot be taken as it is.
    """
    site = _Site(root)
    known = site.settings.config
    _refuse_unknown(category, known)
    contact = known.repository or known.url
    metadata = _SERVICES[reference.service](reference.number, web.agent(contact))
    site.refuse_held(metadata.fields)
    fields = metadata.fields | {"category": category or _category(metadata, known)}
    title, _ = site.folder.reader.inline(str(fields.get("title", "")))
    path = site.free_path(fields, names.slug(title.plain))
    text = frontmatter.write(fields, metadata.remarks)
    entry = entries.read(Source(path, text), site.found)
    if entry is not None:
        entry.data["slug"] = posixpath.basename(path).removesuffix(".md")
        reading.admit(entry, site.settings, site.folder.reader, site.found)
        site.warn_of_near(fields)
    site.found.raise_errors()
    return Accession(root, [NewFile(path, text)], site.found)


def blank(root: Path, title: str, date: str) -> Accession:
    """Return an entry with a title to be filled in, in which every field is explained.

    Raises BuildError where a paper with this title is here already.
    """
    site = _Site(root)
    fields = {"title": title, "date": date}
    site.refuse_held(fields)
    codes = [*site.settings.config.categories]
    category = codes[0] if len(codes) == 1 else ""
    plain, _ = site.folder.reader.inline(title)
    path = site.free_path(fields, names.slug(plain.plain))
    return Accession(root, [NewFile(path, frontmatter.form(title, category, codes, date))])


def from_bibtex(root: Path, file: Path, category: str) -> Accession:
    """Return the entries of a BibTeX file that are not here yet; those that are, are named.

    `category` is for entries that say none. Raises CategoryError where there is no such one, and
    BuildError with every fault of the file.
    """
    from generator.importers import bibtex  # noqa: PLC0415 - a service needs none of it

    site = _Site(root)
    try:
        text = source.read(file.parent, file.name)
    except source.UnreadableError as error:
        site.found.error(replace(error.location, path=str(file)), error.message, error.help)
        raise BuildError(site.found) from error
    text = replace(text, path=str(file))
    _refuse_unknown(category, site.settings.config)
    taking = bibtex.Taking(category, site.is_held)
    read = bibtex.read(text, site.settings.config, site.folder.reader, site.found, taking)
    result = Accession(root, found=site.found)
    for entry in read:
        if site.is_held(entry):  # as an earlier entry of the file
            continue
        reading.admit(entry, site.settings, site.folder.reader, site.found)
        site.warn_of_near(entry.data)
        path = site.free_path(entry.data, str(entry.data["slug"]))
        fields = {name: value for name, value in entry.data.items() if name != "slug"}
        result.files.append(NewFile(path, frontmatter.write(fields)))
        site.holdings.add(entry)
    site.found.raise_errors()
    return result


def _category(metadata: Metadata, known: Config) -> str:
    """Return the category of a paper, as far as the service's own or the site's only one tells."""
    codes = [*known.categories]
    if metadata.archive_class and (code := known.category_of(metadata.archive_class)):
        return code
    if len(codes) == 1:
        return codes[0]
    there = f" (arXiv has it under {metadata.archive_class})" if metadata.archive_class else ""
    raise CategoryError(f"Nothing tells the paper's category here{there}", codes)


def _refuse_unknown(category: str, known: Config) -> None:
    """Raise CategoryError where a category is named that the site does not have."""
    if category and known.categories and category not in known.categories:
        message = f"The category '{category}' is not in content/site.yaml"
        raise CategoryError(message, [*known.categories])


class _Site:
    """The site that papers are to be added to."""

    def __init__(self, root: Path) -> None:
        require(root)
        self.found = Diagnostics()
        self.folder = Folder(root, self.found)
        self.settings: Settings = settings.read(self.folder, None)
        self.found.raise_errors()
        self.found.found.clear()  # warnings, which a build gives
        self.holdings = Holdings(self.folder.reader)
        for entry in self._entries():
            self.holdings.add(entry)

    def _entries(self) -> Iterator[Entry]:
        """Yield all entries; their faults are for a build to report."""
        unsaid = Diagnostics()
        root = self.folder.root
        for path in source.walk(root / "content"):
            if (
                path.startswith("papers/")
                and posixpath.splitext(path)[1].lower() in reading.EXTENSIONS
            ):
                try:
                    text = source.read(root, f"content/{path}")
                except source.UnreadableError:
                    continue
                yield from reading.entries_in(text, self.settings, self.folder.reader, unsaid)

    def refuse_held(self, fields: dict[str, Any]) -> None:
        """Raise BuildError where the paper is here already."""
        held = self.holdings.same(fields)
        if held is not None:
            self.found.error(
                held.location,
                f"This paper is here already, with the same {held.reason}.",
                "It is left as it is; edit this file, or delete it and run the command again.",
            )
            raise BuildError(self.found)

    def is_held(self, entry: Entry) -> bool:
        """Tell whether a paper is here already, and is not taken; if so, warn of it."""
        held = self.holdings.same(entry.data)
        if held is not None:
            self.found.warning(
                entry.location(),
                f"This paper is here already, with the same {held.reason}, and is left as it is.",
                f"It is in {held.location}.",
            )
        return held is not None

    def warn_of_near(self, fields: dict[str, Any]) -> None:
        """Warn of a paper that may be another version of the one to be added."""
        held = self.holdings.near(fields)
        if held is not None:
            said = {name: fields[name] for name in ("arxiv", "doi") if fields.get(name)}
            said = said or {"date": fields.get("date", "")}
            version = ", ".join(f"{name}: {value}" for name, value in said.items())
            self.found.warning(
                held.location,
                f"'{held.title}' may be the same paper: its first author and year are the same.",
                "If it is, delete the new file, and add to this one: "
                f"versions: [{{label: …, {version}}}]",
            )

    def free_path(self, fields: dict[str, Any], slug: str) -> str:
        """Return where an entry goes: into the folder of its year, under a name that is free."""
        year = str(fields.get("date", ""))[:4] or "undated"
        number, free = 1, slug
        folder = self.folder.root / "content" / "papers" / year
        while free in self.holdings.slugs or (folder / f"{free}.md").exists():
            number += 1
            free = f"{slug[: names.LONGEST_SLUG - len(str(number)) - 1]}-{number}"
        self.holdings.slugs.add(free)
        return f"content/papers/{year}/{free}.md"
