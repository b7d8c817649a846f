"""Reading a content folder, the one place where Offprint reads: from files to a site."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator import entry as entries
from generator import gate, names, settings, site, source
from generator.config import TextPage, TextPageFields
from generator.diagnostics import Note, nearest
from generator.folder import Folder
from generator.paper import Paper
from generator.site import Contents, File, Reference, Settings, Site
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.diagnostics import Diagnostics
    from generator.entry import Entry
    from generator.paper import Author
    from generator.source import Source


@dataclass(slots=True)
class Options:
    """What a reader of the content is asked for beside the folder."""

    drafts: bool = False
    base_url: str | None = None


def load(root: Path, found: Diagnostics, options: Options) -> Site:
    """Read the site in a folder.

    Adds all faults to `found`; raises BuildError, with all of them, when one is an error.
    """
    folder = Folder(root, found)
    if not (root / "content").is_dir():
        found.error(
            Location("content"),
            "There is no folder 'content' here.",
            "Run the command in the folder that holds 'content', or name it with --source.",
        )
    found.raise_errors()
    known = settings.read(folder, options.base_url)
    faults: list[source.UnreadableError] = []
    paths = source.walk(root / "content", faults)
    for fault in faults:
        found.error(fault.location, fault.message, fault.help)
    for path in paths:
        top, _, rest = path.partition("/")
        if top == "papers" and rest:
            _read_paper_file(folder, known, f"content/{path}", drafts=options.drafts)
        elif top == "pages" and rest:
            _read_page_file(folder, f"content/{path}", rest)
        elif path not in _SETTINGS_FILES:
            _unread(
                folder,
                f"content/{path}",
                "Papers belong in content/papers, pages in content/pages.",
            )
    site.check_together(folder.entries, found)
    found.raise_errors()
    contents = Contents(
        folder.papers, folder.pages, folder.files, folder.references, folder.aliases
    )
    return site.assemble(known, contents, drafts=options.drafts)


_SETTINGS_FILES = {"site.yaml", "tags.yaml", "people.yaml"}


def _unread(folder: Folder, path: str, help: str) -> None:  # noqa: A002 - the word users see
    folder.found.warning(Location(path), "This file is not read.", help)


def _read_paper_file(folder: Folder, known: Settings, path: str, *, drafts: bool) -> None:
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
            folder.entries.append(entry)
            paper = _admit_paper(folder, known, entry)
            if paper is None:
                continue
            # What a draft brings along, and where it leads, counts only when the draft is shown.
            is_shown = drafts or not paper.draft
            folder.papers.append(_with_own_pdf(folder, entry, paper, publish=is_shown))
            if is_shown:
                _note_references(folder, entry, ("notes",), entry.data.get("notes", ""))
                folder.aliases += [
                    Reference(alias, entry.location("aliases", i))
                    for i, alias in enumerate(paper.aliases)
                ]


# The target of a Markdown link or image that begins at the site's root.
_ROOTED = re.compile(r"(?:\]\(<?|^ {0,3}\[[^\]\n]+\]: *<?)(/[^\s)>#?]*)", re.MULTILINE)
_CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)(?:(?!\2).)+?\2", re.MULTILINE | re.DOTALL)


def _note_references(folder: Folder, entry: Entry, path: entries.Path, text: object) -> None:
    """Remember the links in a text that lead to pages of this site, to be held against the plan."""
    if not isinstance(text, str):
        return
    prose = _CODE.sub(lambda match: re.sub(r"\S", "x", match[0]), text)
    folder.references += [
        Reference(unquote(match[1]), entry.text_location(path, text, match.start(1)))
        for match in _ROOTED.finditer(prose)
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


def _admit_paper(folder: Folder, known: Settings, entry: Entry) -> Paper | None:
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
    if paper is not None:
        # Above the gate a tag is written in one way only, the registry's, and people are whole.
        registered = {
            "tags": tuple(dict.fromkeys(map(known.vocabulary.tag, paper.tags))),
            "authors": tuple(_person(author, known) for author in paper.authors),
            "editors": tuple(_person(editor, known) for editor in paper.editors),
        }
        paper = paper.model_copy(update=registered)
    _check_category(entry, known, folder.found)
    _check_tags(entry, known, folder.found)
    if paper is not None and paper.abstract is None:
        folder.found.warning(
            entry.location(),
            "The paper has no abstract.",
            "Write it below the second '---'; readers and search engines look for it.",
        )
    return paper


def _person(author: Author, known: Settings) -> Author:
    """Return an author with what the registry knows of them and the entry does not say."""
    person = known.people.get(known.vocabulary.person(author.parts.display))
    if person is None:
        return author
    return author.model_copy(
        update={"orcid": author.orcid or person.orcid, "url": author.url or person.url}
    )


def _body_location(entry: Entry) -> Location:
    """Return where the text below the fields begins."""
    blank = len(entry.body) - len(entry.body.lstrip())
    return entry.source.location(entry.body_line + entry.body.count("\n", 0, blank), 1)


def _check_category(entry: Entry, known: Settings, found: Diagnostics) -> None:
    codes = known.config.categories
    code = entry.data.get("category")
    if not codes or not isinstance(code, str) or not code.strip() or code.strip() in codes:
        return
    close = nearest(code, codes)
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


_PDF_SIZE = 5_000_000  # bytes; Google Scholar indexes no larger one ("Indexing", 2)


def _with_own_pdf(folder: Folder, entry: Entry, paper: Paper, *, publish: bool) -> Paper:
    """Publish a PDF that lies beside the entry next to the paper's page, as Google Scholar asks."""
    pdf = paper.links.pdf
    if not pdf or ":" in pdf:
        return paper
    path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.source.path), pdf))
    at = entry.location("links", "pdf")
    if not path.startswith("content/papers/") or not (folder.root / path).is_file():
        folder.found.error(
            at,
            f"There is no file '{pdf}' beside the entry.",
            "Copy it there, or write its whole address, which begins with https://.",
        )
        return paper
    _check_pdf(folder, pdf, path, at)
    address = f"papers/{paper.slug}/{paper.slug}.pdf"
    if publish:
        folder.files.append(File(address, path))
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
    text = folder.source(path)
    entry = entries.read(text, folder.found) if text else None
    if entry is None:
        return
    _note_references(folder, entry, (), entry.body)
    made = gate.admit(TextPageFields, entry, folder.reader, folder.found, body="body")
    if made is not None:
        address = stem.removesuffix("index") if posixpath.basename(stem) == "index" else stem + "/"
        description = made.description or made.body.plain.split("\n\n")[0]
        folder.pages.append(TextPage(address, made.title, made.body, description, path))
