"""Reading a content folder, the one place where Offprint reads: from files to a site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from generator import entry as entries
from generator import gate, names, site, source
from generator.config import Config, Person, Tag, TextPage, TextPageFields, base_url
from generator.diagnostics import Diagnostics, nearest
from generator.entry import Entry
from generator.markup import Reader
from generator.paper import Paper
from generator.site import File, Settings, Site
from generator.source import Location, Source, UnreadableError
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.fields import Model

M = TypeVar("M", bound="Model")


@dataclass(slots=True)
class Options:
    """What a reader of the content is asked for beside the folder."""

    drafts: bool = False
    base_url: str | None = None


@dataclass(slots=True)
class _Folder:
    """A content folder on its way to becoming a site."""

    root: Path
    found: Diagnostics
    reader: Reader = field(default_factory=Reader)
    read: list[tuple[Entry, Paper]] = field(default_factory=list)
    pages: list[TextPage] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def source(self, path: str) -> Source | None:
        """Read a file; None, with a diagnostic, where it cannot be read."""
        try:
            return source.read(self.root, path)
        except UnreadableError as error:
            self.found.error(error.location, error.message, error.help)
            return None


def load(root: Path, found: Diagnostics, options: Options) -> Site:
    """Read the site in a folder.

    Adds all faults to `found`; raises BuildError, with all of them, when one is an error.
    """
    folder = _Folder(root, found)
    if not (root / "content").is_dir():
        found.error(
            Location("content"),
            "There is no folder 'content' here.",
            "Run the command in the folder that holds 'content', or name it with --source.",
        )
    found.raise_errors()
    settings = _settings(folder, options)
    known = set(source.walk(root / "content"))
    for path in sorted(known):
        top, _, rest = path.partition("/")
        if top == "papers" and rest:
            _read_paper_file(folder, settings, f"content/{path}")
        elif top == "pages" and rest:
            _read_page_file(folder, f"content/{path}", rest)
        elif path not in _SETTINGS_FILES:
            _unread(
                folder,
                f"content/{path}",
                "Papers belong in content/papers, pages in content/pages.",
            )
    site.check_together(folder.read, found)
    papers = [_with_own_pdf(folder, entry, paper) for entry, paper in folder.read]
    found.raise_errors()
    return site.assemble(settings, papers, folder.pages, folder.files, drafts=options.drafts)


_SETTINGS_FILES = {"site.yaml", "tags.yaml", "people.yaml"}


def _unread(folder: _Folder, path: str, help: str) -> None:  # noqa: A002 - the word users see
    folder.found.warning(Location(path), "This file is not read.", help)


def _settings(folder: _Folder, options: Options) -> Settings:
    """Read the settings files, or raise: without them nothing else can be judged."""
    config = _config(folder, options)
    folder.reader = Reader(config.macros)
    tags = _registry(folder, "tags", Tag)
    people = _registry(folder, "people", Person) or {}
    folder.found.raise_errors()
    vocabulary = Vocabulary(
        tags=_canonical({label: tag.aliases for label, tag in (tags or {}).items()}),
        people=_canonical({name: person.aliases for name, person in people.items()}),
        categories=config.categories,
    )
    return Settings(config, tags, people, vocabulary)


def _config(folder: _Folder, options: Options) -> Config:
    text = folder.source("content/site.yaml")
    entry = entries.read_settings(text, folder.found, "title: Publications") if text else None
    folder.found.raise_errors()
    assert entry is not None
    # The macros of the site serve its own introduction too, so they are looked at before the rest.
    macros = entry.data.get("macros")
    reader = Reader(macros if _is_flat(macros) else None)
    config = gate.admit(Config, entry, reader, folder.found)
    folder.found.raise_errors()
    assert config is not None
    if options.base_url:
        config = config.model_copy(update={"url": base_url(options.base_url)})
    if not config.url:
        folder.found.warning(
            Location("content/site.yaml"),
            "The site has no address, so it gets no sitemap and no canonical links.",
            "Add a line such as 'url: https://example.org/papers/', or build with --base-url.",
        )
    return config


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _registry(folder: _Folder, name: str, model: type[M]) -> dict[str, M] | None:
    """Read `tags.yaml` or `people.yaml`; None where there is none."""
    path = f"content/{name}.yaml"
    if not (folder.root / path).exists():
        return None
    text = folder.source(path)
    entry = entries.read_settings(text, folder.found, "title: Publications") if text else None
    made: dict[str, M] = {}
    for label, value in (entry.data if entry else {}).items():
        assert entry is not None
        child = entry.child(label)
        if isinstance(value, str) and value.strip() and "description" in model.model_fields:
            child = Entry(
                child.source, {"description": value}, child.marks, start_line=child.start_line
            )
        elif not isinstance(value, dict) and value:
            folder.found.error(
                entry.location(label),
                f"'{label}' must have fields under it.",
                f"Indent its fields under it: {', '.join(model.model_fields)}.",
            )
            continue
        admitted = gate.admit(model, child, folder.reader, folder.found)
        if admitted is not None:
            made[label] = admitted
    return made


def _canonical(aliases_of: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return every way of writing, folded, with the canonical one."""
    known = {names.fold(alias): label for label, aliases in aliases_of.items() for alias in aliases}
    return known | {names.fold(label): label for label in aliases_of}


def _read_paper_file(folder: _Folder, settings: Settings, path: str) -> None:
    extension = posixpath.splitext(path)[1].lower()
    if extension == ".pdf":
        return  # published where an entry names it
    if extension == ".bib":
        folder.found.error(
            Location(path),
            "BibTeX files are not read yet, and no paper may be lost without a word.",
            "Write its entries as .md or .yaml files.",
        )
    elif extension not in {".md", ".yaml", ".yml"}:
        _unread(folder, path, "A paper is a .md file, or an entry of a .yaml file.")
    elif text := folder.source(path):
        for entry in _entries(text, extension, folder.found):
            paper = _admit_paper(folder, settings, entry)
            if paper is not None:
                folder.read.append((entry, paper))


def _entries(text: Source, extension: str, found: Diagnostics) -> Iterator[Entry]:
    """Yield the entries of a file, each with a slug: its own, the file's name, or the title's."""
    if extension == ".md":
        one = entries.read(text, found)
        if one is not None:
            one.data.setdefault(
                "slug", names.slug(posixpath.basename(text.path)[: -len(extension)])
            )
            yield _split_notes(one)
        return
    for one in entries.read_many(text, found):
        title = one.data.get("title")
        one.data.setdefault("slug", names.slug(title if isinstance(title, str) else "untitled"))
        yield one


def _split_notes(entry: Entry) -> Entry:
    """Move what follows the first `##` heading into the notes: the body is abstract, then notes."""
    lines = entry.body.split("\n")
    first = next((i for i, line in enumerate(lines) if line.startswith("## ")), None)
    if first is None:
        return entry
    entry.data["notes"] = "\n".join(lines[first:])
    entry.marks[("notes",)] = (entry.body_line + first, 1)
    return Entry(
        entry.source,
        entry.data,
        entry.marks,
        "\n".join(lines[:first]),
        entry.body_line,
        entry.start_line,
    )


def _admit_paper(folder: _Folder, settings: Settings, entry: Entry) -> Paper | None:
    """Pass an entry through the gate, and hold its terms against the registries."""
    body = "abstract" if entry.body.strip() else None
    if body and entry.data.get("abstract"):
        folder.found.error(
            entry.key_location("abstract"),
            "The abstract stands twice: as the field 'abstract' and below the fields.",
            "Keep one of the two.",
        )
    paper = gate.admit(Paper, entry, folder.reader, folder.found, body=body)
    _check_category(entry, settings, folder.found)
    _check_tags(entry, settings, folder.found)
    if paper is not None and paper.abstract is None:
        folder.found.warning(
            entry.location(),
            "The paper has no abstract.",
            "Write it below the second '---'; readers and search engines look for it.",
        )
    return paper


def _check_category(entry: Entry, settings: Settings, found: Diagnostics) -> None:
    known = settings.config.categories
    code = entry.data.get("category")
    if not known or not isinstance(code, str) or not code.strip() or code.strip() in known:
        return
    close = nearest(code, known)
    found.error(
        entry.location("category"),
        f"The category '{code.strip()}' is not in content/site.yaml.",
        (f"Did you mean '{close}'? " if close else "")
        + f"Known: {', '.join(known)}. A new one is added under 'categories'.",
    )


def _check_tags(entry: Entry, settings: Settings, found: Diagnostics) -> None:
    tags = entry.data.get("tags")
    if not isinstance(tags, list):
        return
    seen: set[str] = set()
    for i, tag in enumerate(tags):
        if not isinstance(tag, str) or not tag.strip():
            continue
        label = settings.vocabulary.tag(" ".join(tag.split()))
        if names.fold(label) in seen:
            found.warning(
                entry.location("tags", i), f"The tag '{tag}' is given twice.", "Keep one."
            )
        seen.add(names.fold(label))
        if settings.tags is not None and label not in settings.tags:
            close = nearest(tag, settings.tags)
            found.error(
                entry.location("tags", i),
                f"The tag '{tag}' is not in content/tags.yaml.",
                (f"Did you mean '{close}'? " if close else "")
                + "A new tag is added there, with a line that says what it is about.",
            )


def _with_own_pdf(folder: _Folder, entry: Entry, paper: Paper) -> Paper:
    """Publish a PDF that lies beside the entry next to the paper's page, as Google Scholar asks."""
    pdf = paper.links.pdf
    if not pdf or ":" in pdf:
        return paper
    path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.source.path), pdf))
    if not path.startswith("content/papers/") or not (folder.root / path).is_file():
        folder.found.error(
            entry.location("links", "pdf"),
            f"The file '{pdf}' does not lie beside the entry.",
            "Copy it there, or write the address of a PDF that begins with https://.",
        )
        return paper
    address = f"papers/{paper.slug}/{paper.slug}.pdf"
    folder.files.append(File(address, path))
    return paper.model_copy(update={"links": paper.links.model_copy(update={"pdf": address})})


def _read_page_file(folder: _Folder, path: str, rest: str) -> None:
    """Read a page of the maintainer's own; what else lies there is published as it is."""
    stem, extension = posixpath.splitext(rest)
    if extension.lower() != ".md":
        folder.files.append(File(rest, path))
        return
    text = folder.source(path)
    entry = entries.read(text, folder.found) if text else None
    if entry is None:
        return
    made = gate.admit(TextPageFields, entry, folder.reader, folder.found, body="body")
    if made is not None:
        address = stem.removesuffix("index") if posixpath.basename(stem) == "index" else stem + "/"
        description = made.description or made.body.plain.split("\n\n")[0]
        folder.pages.append(TextPage(address, made.title, made.body, description))
