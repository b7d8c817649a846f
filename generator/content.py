"""Reading a content folder, the one place where Offprint reads: from files to a site."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from generator import entry as entries
from generator import gate, names, site, source
from generator.config import Config, Person, Tag, TextPage, TextPageFields, base_url
from generator.diagnostics import Diagnostics, Note, Severity, nearest
from generator.markup import Reader
from generator.paper import Paper
from generator.site import File, Reference, Settings, Site
from generator.source import Location, Source, UnreadableError
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.entry import Entry
M = TypeVar("M", Tag, Person)


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
    references: list[Reference] = field(default_factory=list)

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
    return site.assemble(
        settings, papers, folder.pages, folder.files, folder.references, drafts=options.drafts
    )


_SETTINGS_FILES = {"site.yaml", "tags.yaml", "people.yaml"}


def _unread(folder: _Folder, path: str, help: str) -> None:  # noqa: A002 - the word users see
    folder.found.warning(Location(path), "This file is not read.", help)


def _settings(folder: _Folder, options: Options) -> Settings:
    """Read the settings files; what has faults is left out, so that papers are still looked at."""
    config = _config(folder, options)
    tags = _registry(folder, "tags", Tag)
    people = _registry(folder, "people", Person) or {}
    vocabulary = Vocabulary(
        tags=_canonical({label: tag.aliases for label, tag in (tags or {}).items()}),
        people=_canonical({name: person.aliases for name, person in people.items()}),
        categories=config.categories,
    )
    return Settings(config, tags, people, vocabulary)


def _config(folder: _Folder, options: Options) -> Config:
    path = "content/site.yaml"
    if not (folder.root / path).exists():
        folder.found.error(
            Location(path),
            f"There is no file '{path}'.",
            "Create it, with a line such as 'title: Publications'.",
        )
        return Config()
    text = folder.source(path)
    entry = entries.read_settings(text, folder.found, "title: Publications") if text else None
    if entry is None:
        return Config()
    # The macros of the site serve its own introduction too, so they are looked at before the rest.
    macros = entry.data.get("macros")
    folder.reader = Reader(macros if _is_flat(macros) else None)
    config = gate.admit(Config, entry, folder.reader, folder.found)
    if config is None:
        return Config()
    folder.reader = Reader(config.macros)
    if options.base_url:
        config = config.model_copy(update={"url": base_url(options.base_url)})
    if not config.url:
        folder.found.warning(
            Location(path),
            "The site has no address, so it gets no sitemap and no canonical links.",
            "Add a line such as 'url: https://example.org/papers/', or build with --base-url.",
        )
    return config


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


_EXAMPLES = {
    "tags": "interpretability: What happens inside a model",
    "people": "Ada Lovelace: {url: https://example.org/}",
}


def _registry(folder: _Folder, name: str, model: type[M]) -> dict[str, M] | None:
    """Read `tags.yaml` or `people.yaml`; None where there is none, or where it has faults."""
    path = f"content/{name}.yaml"
    if not (folder.root / path).exists():
        return None
    before = len(folder.found.found)
    text = folder.source(path)
    entry = entries.read_settings(text, folder.found, _EXAMPLES[name]) if text else None
    made: dict[str, M] = {}
    for label in entry.data if entry else ():
        assert entry is not None
        child = _registered(entry, label, model, folder.found)
        admitted = gate.admit(model, child, folder.reader, folder.found) if child else None
        if admitted is not None:
            made[label] = admitted
    if entry is not None:
        _refuse_shared(entry, made, folder.found)
    faults = folder.found.found[before:]
    return None if any(one.severity is Severity.ERROR for one in faults) else made


def _registered(entry: Entry, label: str, model: type[M], found: Diagnostics) -> Entry | None:
    """Return what stands under a label of a registry; a text alone is a tag's description."""
    child, value = entry.child(label), entry.data[label]
    if isinstance(value, str) and value.strip() and "description" in model.model_fields:
        marks: dict[entries.Path, tuple[int, int]] = {("description",): child.marks[()]}
        return replace(child, data={"description": value}, marks=marks)
    if isinstance(value, dict) or not value:
        return child
    found.error(
        entry.location(label),
        f"What stands under '{label}' must be fields.",
        f"Indent them below it, one a line: {', '.join(model.model_fields)}.",
    )
    return None


def _refuse_shared(entry: Entry, made: Mapping[str, Tag | Person], found: Diagnostics) -> None:
    """Report a way of writing, also as an alias, that two labels of a registry claim."""
    first: dict[str, str] = {}
    for label, one in made.items():
        for i, written in enumerate((label, *one.aliases)):
            owner = first.setdefault(names.fold(written), label)
            if owner != label:
                found.error(
                    entry.location(label, "aliases", i - 1) if i else entry.key_location(label),
                    f"'{written}' stands for '{owner}' already.",
                    "Keep it with one of the two; case and accents make no difference.",
                    Note(entry.key_location(owner), "The other one is here."),
                )


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
        _note_references(folder, text)
        for entry in _entries(text, extension, folder.found):
            paper = _admit_paper(folder, settings, entry)
            if paper is not None:
                folder.read.append((entry, paper))


# The target of a Markdown link or image that begins at the site's root.
_ROOTED = re.compile(r"\]\(<?(/[^\s)>#?]*)")


def _note_references(folder: _Folder, text: Source) -> None:
    """Remember the links in a file that lead to pages of this site, to be held against the plan."""
    folder.references += [
        Reference(match[1], text.location_at(match.start(1)))
        for match in _ROOTED.finditer(text.text)
    ]


def _entries(text: Source, extension: str, found: Diagnostics) -> Iterator[Entry]:
    """Yield the entries of a file, each with a slug: its own, the file's name, or the title's."""
    if extension == ".md":
        one = entries.read(text, found)
        if one is not None:
            one.data.setdefault(
                "slug", names.slug(posixpath.basename(text.path)[: -len(extension)])
            )
            yield _split_notes(one, found)
        return
    for one in entries.read_many(text, found):
        title = one.data.get("title")
        # Without a title it is refused in any case, and need not be for its address too.
        words = title if isinstance(title, str) and title.strip() else "untitled"
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


def _admit_paper(folder: _Folder, settings: Settings, entry: Entry) -> Paper | None:
    """Pass an entry through the gate, and hold its terms against the registries."""
    body = "abstract" if entry.body.strip() else None
    if body and entry.data.get("abstract"):
        folder.found.error(
            entry.key_location("abstract"),
            "The abstract stands twice: as the field 'abstract' and below the fields.",
            "Keep one of the two.",
            Note(_body_location(entry), "The other one is here."),
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


def _body_location(entry: Entry) -> Location:
    """Return where the text below the fields begins."""
    blank = len(entry.body) - len(entry.body.lstrip())
    return entry.source.location(entry.body_line + entry.body.count("\n", 0, blank), 1)


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
            f"There is no file '{pdf}' beside the entry.",
            "Copy it there, or write its whole address, which begins with https://.",
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
    if text is None or entry is None:
        return
    _note_references(folder, text)
    made = gate.admit(TextPageFields, entry, folder.reader, folder.found, body="body")
    if made is not None:
        address = stem.removesuffix("index") if posixpath.basename(stem) == "index" else stem + "/"
        description = made.description or made.body.plain.split("\n\n")[0]
        folder.pages.append(TextPage(address, made.title, made.body, description, path))
