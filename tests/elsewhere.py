"""What comes from elsewhere than an entry, as hostile as can be: BibTeX, services, settings, pages.

Each of them is added to a site field by field, as far as it is let in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import pytest

from generator import accession, content, reading
from generator import entry as entries
from generator.accession import CategoryError
from generator.config import Config, Person, Tag
from generator.diagnostics import BuildError, Diagnostics
from generator.importers import references
from generator.importers.web import ServiceError
from generator.markup import Reader
from generator.options import Options
from generator.site import Settings
from generator.source import Source
from generator.taxonomy import Vocabulary
from tests import hostile, services

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

# What no service may decide: where a paper lies, what leads there, whether it is seen.
OWN = frozenset({"slug", "key", "aliases", "draft", "unlisted", "featured", "code", "links"})
BIBTEX = (
    *("title", "author", "editor", "journal", "booktitle", "year", "month", "date", "doi", "url"),
    *("eprint", "archiveprefix", "primaryclass", "keywords", "abstract", "note", "volume"),
    *("number", "pages", "publisher", "address", "series", "isbn", "issn", "pdf", "language"),
    *("award", "code", "openreview", "crossref", "howpublished", "institution", "annote"),
)
# Values of the theme, enough of them for what is let in.
TOKENS = (
    *("paper", "wash", "ink", "quiet", "line", "accent", "alert", "page", "measure", "margin"),
    *("font-title", "font-text", "font-label", "size", "aside", "tint-1", "tint-2", "tint-3"),
)
KNOWN = Settings(Config(), None, {}, Vocabulary())
# One that fills pages by itself stands in entries; what is on every page is short.
SHORT = hostile.PAYLOADS[:-1]

_FEED = """\
<feed xmlns:a="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/x</id><title>{title}</title><summary>{summary}</summary>
<published>{published}</published><a:comment>{comment}</a:comment><a:doi>{doi}</a:doi>
<a:journal_ref>{journal_ref}</a:journal_ref><a:primary_category term={term}/>
<author><name>{name}</name></author><author><name>Ada Lovelace</name></author></entry></feed>
"""
_ARXIV = {
    **dict.fromkeys(("title", "summary", "comment", "journal_ref", "name"), "A Paper"),
    "published": "2024-05-06T00:00:00Z",
    "doi": "",
}
_WORK: Mapping[str, Any] = {
    "title": ["A Paper"],
    "author": [{"given": "Ada", "family": "Lovelace"}],
    "published": {"date-parts": [[2024, 5]]},
}


def add(root: Path, beside: Path, tags: set[str]) -> int:
    """Add all that is let in to a site whose papers have these tags; return how much was tried.

    What is tried is read in the folder `beside`.
    """
    tried = 0
    write(beside / "content/site.yaml", "title: T\nurl: https://publications.example/\n")
    for number, payload in enumerate(hostile.PAYLOADS):
        tried += _add_bibtex(root, beside, number, payload, tags)
        tried += _add_page(root, beside, number, payload)
    for payload_number, (path, text) in enumerate(imported(beside)):
        tried += 1
        if text:
            read = reading.read(path, text.encode("utf-8", "surrogatepass"), KNOWN, Reader())
            tags |= {tag for one in read.papers for tag in one.paper.tags}
            write(root / f"content/papers/imported/i{payload_number:03}.md", text)
    tried += _add_settings(root, beside, tags)
    return tried


def write(path: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")


def _kept(
    tries: Iterable[tuple[str, Any]], accepts: Callable[[dict[str, Any]], bool], **given: object
) -> tuple[dict[str, Any], int]:
    """Return the fields that are taken, each with those before it, and how many were tried."""
    kept: dict[str, Any] = dict(given)
    tried = 0
    for name, value in tries:
        tried += 1
        if accepts(kept | {name: value}):
            kept[name] = value
    return {name: kept[name] for name in kept if kept[name] != given.get(name)}, tried


# BibTeX


def bibtex(key: str, fields: Mapping[str, str]) -> str:
    """Return an entry of BibTeX with a payload as it is, whatever that does to the file."""
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items()]
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _add_bibtex(root: Path, beside: Path, number: int, payload: str, tags: set[str]) -> int:
    given = {"title": "A Paper", "author": "Ada Lovelace", "year": "2024", "category": "CL"}
    tags_of: dict[str, tuple[str, ...]] = {}

    def accepts(fields: dict[str, str], key: str = f"b{number:02}") -> bool:
        text = bibtex(key, fields)
        data = text.encode("utf-8", "surrogatepass")
        read = reading.read("content/papers/a.bib", data, KNOWN, Reader())
        errors = [one for one in read.found if one.severity == "error"]
        assert all(one.help and one.message for one in errors)
        assert len(read.papers) == 1 or errors, text
        tags_of[text] = tuple(tag for one in read.papers for tag in one.paper.tags)
        return not errors

    kept, tried = _kept([(name, payload) for name in BIBTEX], accepts, **given)
    accepts(given, payload)  # as the key, which says where the paper lies
    text = bibtex(f"b{number:02}", given | kept)
    write(root / f"content/papers/b{number:02}.bib", text)
    tags |= {*tags_of.get(text, ())}

    file = beside / "old.bib"
    write(file, bibtex(f"c{number:02}", given | kept))
    (made,) = accession.from_bibtex(beside, file, "CL").files
    write(root / f"content/papers/added/c{number:02}.md", made.text)
    return tried + 2


# services


def imported(beside: Path) -> Iterator[tuple[str, str]]:
    """Yield the entry for each record of a hostile service: its path and text, empty if refused."""
    with pytest.MonkeyPatch.context() as patched:
        for service in services.serve():
            for name in ("arxiv", "crossref", "doi"):
                patched.setenv(f"OFFPRINT_{name.upper()}", f"{service.url}/{name}")
            patched.setenv("no_proxy", "*")
            for payload in hostile.PAYLOADS:
                for fields in _arxiv(payload):
                    service.body = _FEED.format(**fields).encode("utf-8", "surrogatepass")
                    yield _taken(beside, "arxiv:2401.00001")
                for work in _crossref(payload):
                    service.body = json.dumps({"message": work}).encode()
                    yield _taken(beside, "doi:10.1000/182")
            assert all(
                path.startswith(("/arxiv?id_list=2401.00001&", "/crossref/", "/doi/"))
                for path, _ in service.asked
            )


def _arxiv(payload: str) -> Iterator[dict[str, str]]:
    """Yield what arXiv might say: a payload in all words at once, then in each other part."""
    text = quoteattr(payload)[1:-1]
    term = {"term": quoteattr("cs.CL")}
    words = dict.fromkeys(("title", "summary", "comment", "journal_ref", "name"), text)
    yield {**_ARXIV, **words, **term}
    yield {**_ARXIV, **term, "summary": f"x\n\n{text}\n\n## {text}\n\n---\n{text}"}
    yield {**_ARXIV, **term, "published": text}
    yield {**_ARXIV, **term, "doi": text}
    yield {**_ARXIV, "term": quoteattr(payload)}


def _crossref(payload: str) -> Iterator[dict[str, Any]]:
    """Yield what Crossref might say: the same, and a payload as JATS."""
    yield {
        **_WORK,
        **{key: [payload] for key in ("title", "subtitle", "container-title", "ISSN", "ISBN")},
        **dict.fromkeys(("publisher", "page", "volume", "issue", "article-number"), payload),
        "author": [{"given": payload, "family": payload}, {"name": payload}],
        "abstract": f"<jats:p>{payload}</jats:p><jats:sec><jats:title>{payload}</jats:title>",
    }
    yield {**_WORK, "author": [{"name": "A B", "ORCID": payload, "suffix": payload}]}
    yield {**_WORK, "type": payload, "updated-by": [{"type": payload}], "language": payload}
    yield {**_WORK, "published": {"date-parts": [[payload, payload, payload]]}}
    yield {**_WORK, "title": payload, "author": payload, "abstract": [payload], "issued": payload}
    yield {**_WORK, "institution": [{"name": payload}], "URL": payload, "DOI": payload}


def _taken(beside: Path, wanted: str) -> tuple[str, str]:
    reference = references.recognize(wanted)
    assert reference is not None
    try:
        (file,) = accession.from_service(beside, reference, "CL").files
    except (BuildError, ServiceError, CategoryError) as error:
        faults = [str(error)] if not isinstance(error, BuildError) else error.diagnostics
        told = [one if isinstance(one, str) else one.help for one in faults]
        assert all(told)
        return "", ""
    entry = entries.read(Source(file.path, file.text), Diagnostics())
    assert entry is not None
    assert OWN.isdisjoint(entry.data), file.text
    assert file.path.startswith("content/papers/")
    assert ".." not in file.path
    return file.path, file.text


# pages and settings


def _add_page(root: Path, beside: Path, number: int, payload: str) -> int:
    path = "content/pages/h.md"

    def accepts(fields: dict[str, str]) -> bool:
        write(beside / path, hostile.entry(fields, "Words."))
        found = Diagnostics()
        content.load(beside, found, Options())
        (beside / path).unlink()
        return not any(one.severity == "error" for one in found)

    tries = [("title", payload), ("description", payload)]
    kept, tried = _kept(tries, accepts, title="A Page")
    body = f"{payload}\n\n## {payload}\n\n- {payload}\n\n> {payload}\n\n| {payload} |\n|---|\n| a |"
    text = body if payload.isprintable() and len(payload) < 1_000 else "Words."
    write(root / f"content/pages/h{number:02}.md", hostile.entry({"title": "A"} | kept, text))
    return tried + 1


def _add_settings(root: Path, beside: Path, tags: set[str]) -> int:
    tried = 0
    for name, model in (("people", Person), ("tags", Tag)):

        def accepts(fields: dict[str, Any], name: str = name) -> bool:
            return hostile.accepts(beside, name, fields)

        whole: dict[str, Any] = {}
        for payload in SHORT:

            def takes(fields: dict[str, Any], payload: str = payload) -> bool:
                return accepts({payload: fields})

            kept, count = _kept(hostile.variants(model, payload), takes)
            tried += count
            if kept and accepts(whole | {payload: kept}):
                whole[payload] = kept
        if name == "tags":
            long = [tag for tag in sorted(tags) if len(tag) > hostile.KEY]
            known = {
                _folded(tag): {tag: {"description": f"{tag} $x$"}} for tag in sorted(tags - {*long})
            }
            others = {_folded(tag): {tag: fields} for tag, fields in whole.items()}
            whole = {"long": {"aliases": long}}
            for one in (others | known).values():
                whole |= one
        write(root / f"content/{name}.yaml", hostile.said(whole))
    fields, more = _site_fields(beside)
    write(root / "content/site.yaml", hostile.said(fields))
    return tried + more


def _folded(tag: str) -> str:
    """Return how a tag is told from others."""
    return " ".join(tag.split()).casefold()


def _site_fields(beside: Path) -> tuple[dict[str, Any], int]:
    """Return what `site.yaml` can say of the payloads, and how many were tried."""
    given = {"title": "T", "url": "https://publications.example/"}

    def accepts(fields: dict[str, Any]) -> bool:
        return hostile.accepts(beside, "site", given | fields)

    shapes: dict[str, Callable[[list[str]], Any]] = {
        **dict.fromkeys(("title", "description", "introduction", "footer", "branch"), " ".join),
        "repository": lambda taken: taken[0],
        "edit": lambda taken: taken[0],
        "categories": lambda taken: {"CL": "Language"} | {one.strip(): one for one in taken},
        "navigation": lambda taken: [{"title": one, "path": "/tags/"} for one in taken],
        "macros": lambda taken: {f"m{chr(97 + n % 26)}": one for n, one in enumerate(taken)},
        "theme": lambda taken: {"all": dict(zip(TOKENS, taken, strict=False))},
    }
    fields: dict[str, Any] = dict(given)
    for name, shape in shapes.items():
        taken = [payload for payload in SHORT if accepts({name: shape([payload])})]
        if taken and accepts(fields | {name: shape(taken)}):
            fields[name] = shape(taken)
    return fields, len(shapes) * len(SHORT)
