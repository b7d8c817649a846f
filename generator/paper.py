"""A paper: the schema of an entry, a line a field. Valid, frozen, and without a file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from generator import fields, names
from generator.authors import Author, Authors
from generator.fields import (
    Alias,
    Code,
    Date,
    Document,
    Featured,
    Flag,
    ItemList,
    Key,
    Language,
    Marked,
    Model,
    Named,
    Paragraphs,
    PdfOrUrl,
    Slug,
    Url,
    Words,
)
from generator.numbers import Arxiv, Doi, Isbn, Issn, OpenReview, Pmcid, Pmid

if TYPE_CHECKING:
    from generator.dates import PartialDate

# CSL 1.0.2, appendix III, types: those that a publications page may hold.
TYPES = (
    "article", "article-journal", "article-magazine", "book", "chapter", "dataset",
    "paper-conference", "post-weblog", "report", "software", "speech", "thesis",
)  # fmt: skip
STATUSES = ("corrected", "retracted", "withdrawn")

Type = Annotated[str, BeforeValidator(fields.choice(TYPES)), WithJsonSchema({"enum": list(TYPES)})]
Status = Annotated[
    str, BeforeValidator(fields.choice(STATUSES)), WithJsonSchema({"enum": list(STATUSES)})
]

WordList = Annotated[tuple[Words, ...], ItemList]
NameList = Annotated[tuple[Named, ...], ItemList]


class Version(Model):
    """Another version of the same paper, such as its preprint or its journal version."""

    elsewhere = MappingProxyType(
        {"eprint": "arxiv", "year": "date", "journal": "venue", "link": "url", "title": "label"}
    )

    label: Words | None = Field(None, description="what it is", examples=["Preprint"])
    type: Type | None = Field(None, description="its type, as for a paper", examples=["article"])
    venue: Marked | None = Field(None, description="where it appeared", examples=["NeurIPS 2022"])
    date: Date | None = Field(None, description="when it appeared", examples=["2022-12-07"])
    doi: Doi | None = Field(None, description="DOI", examples=["10.1000/182"])
    arxiv: Arxiv | None = Field(None, description="arXiv number", examples=["2212.03827"])
    url: Url | None = Field(None, description="its address", examples=["https://example.org/"])


# What links are called elsewhere.
_LINKS = MappingProxyType({
    "github": "code",
    "repo": "code",
    "repository": "code",
    "website": "project",
    "homepage": "project",
    "dataset": "data",
    "supplementary": "supplement",
    "talk": "video",
    "youtube": "video",
    "url": "publisher",
    "paper": "pdf",
})  # fmt: skip


class Links(Model):
    """Where else something of the paper is: addresses, or for the PDF a file beside the entry."""

    elsewhere = _LINKS

    pdf: PdfOrUrl | None = Field(None, description="PDF", examples=["paper.pdf"])
    code: Url | None = Field(None, description="code", examples=["https://example.org/code"])
    data: Url | None = Field(None, description="data", examples=["https://example.org/data"])
    model: Url | None = Field(None, description="model", examples=["https://example.org/model"])
    project: Url | None = Field(None, description="project page", examples=["https://example.org/"])
    publisher: Url | None = Field(
        None, description="publisher's page", examples=["https://example.org/"]
    )
    html: Url | None = Field(
        None, description="web version", examples=["https://example.org/paper"]
    )
    supplement: Url | None = Field(
        None, description="supplement", examples=["https://example.org/s"]
    )
    slides: Url | None = Field(None, description="slides", examples=["https://example.org/slides"])
    poster: Url | None = Field(None, description="poster", examples=["https://example.org/poster"])
    video: Url | None = Field(None, description="video", examples=["https://example.org/video"])
    blog: Url | None = Field(None, description="blog post", examples=["https://example.org/blog"])
    demo: Url | None = Field(
        None, description="demonstration", examples=["https://example.org/demo"]
    )
    press: Url | None = Field(None, description="press", examples=["https://example.org/press"])


_LONG, _LEADING = 20, 10  # authors from which on lists are shortened, and to how many


# What fields are called in BibTeX, in CSL, and in the front matter of other generators.
_FIELDS = MappingProxyType({
    "year": "date",
    "issued": "date",
    "published": "date",
    "journal": "venue",
    "booktitle": "venue",
    "conference": "venue",
    "publication": "venue",
    "container-title": "venue",
    "keywords": "tags",
    "keyword": "tags",
    "topics": "tags",
    "affiliation": "organizations",
    "affiliations": "organizations",
    "institution": "organizations",
    "institutions": "organizations",
    "summary": "abstract",
    "description": "abstract",
    "eprint": "arxiv",
    "bibkey": "key",
    "citekey": "key",
    "id": "key",
    "permalink": "slug",
    "lang": "language",
    "redirect_from": "aliases",
    "hidden": "unlisted",
    "entrytype": "type",
    "publication_types": "type",
    "subject": "category",
    "editor": "editors",
    "pdf": "links: {pdf: paper.pdf}",
    "url": "links: {publisher: https://example.org/}",
    "link": "links: {publisher: https://example.org/}",
    "website": "links: {project: https://example.org/}",
    "project": "links: {project: https://example.org/}",
    "github": "code: https://example.org/code",
    "repo": "code: https://example.org/code",
    "slides": "links: {slides: https://example.org/slides}",
    "poster": "links: {poster: https://example.org/poster}",
    "video": "links: {video: https://example.org/video}",
    "data": "links: {data: https://example.org/data}",
})  # fmt: skip


class Paper(Model):
    """Everything the site knows of one paper."""

    elsewhere = _FIELDS

    title: Marked = Field(description="title, in Markdown and TeX", examples=["A Paper of Ours"])
    authors: Authors = Field(
        min_length=1,
        description="names, or fields of a person",
        examples=["[Ada Lovelace, Kurt Gödel]"],
    )
    et_al: Flag = Field(
        default=False, description="more authors exist than are named", examples=["true"]
    )
    category: Words = Field(description="a category code of `site.yaml`", examples=["CL"])
    date: Date = Field(
        description="when it appeared: a day, a month or a year", examples=["2022-12-07"]
    )
    tags: WordList = Field((), description="tags of `tags.yaml`", examples=["[interpretability]"])
    organizations: NameList = Field(
        (), description="organizations", examples=["[Example University]"]
    )
    venue: Marked | None = Field(
        None, description="journal, conference or publisher", examples=["NeurIPS"]
    )
    type: Type | None = Field(
        None, description=f"as CSL names it: {', '.join(TYPES)}", examples=["paper-conference"]
    )
    award: Marked | None = Field(None, description="an award it won", examples=["Best Paper"])
    featured: Featured = Field(
        0, description="first on the home page: true, or a rank from 1", examples=["true"]
    )
    status: Status | None = Field(
        None, description=f"what became of it: {', '.join(STATUSES)}", examples=["retracted"]
    )
    language: Language | None = Field(
        None, description="language of the paper (BCP 47)", examples=["de"]
    )
    doi: Doi | None = Field(None, description="DOI", examples=["10.1000/182"])
    arxiv: Arxiv | None = Field(None, description="arXiv number", examples=["2212.03827"])
    openreview: OpenReview | None = Field(
        None, description="OpenReview number", examples=["ETKGuby0hcs"]
    )
    pmid: Pmid | None = Field(None, description="PubMed number", examples=["33782455"])
    pmcid: Pmcid | None = Field(None, description="PubMed Central number", examples=["PMC8371605"])
    isbn: Isbn | None = Field(None, description="ISBN", examples=["978-0-262-03384-8"])
    issn: Issn | None = Field(None, description="ISSN", examples=["2150-8097"])
    volume: Words | None = Field(None, description="volume", examples=["12"])
    issue: Words | None = Field(None, description="issue", examples=["3"])
    number: Words | None = Field(None, description="number of a report", examples=["TR-12"])
    pages: Words | None = Field(None, description="pages", examples=["101-118"])
    publisher: Words | None = Field(
        None, description="publisher or institution", examples=["MIT Press"]
    )
    place: Words | None = Field(None, description="place", examples=["Vienna"])
    series: Words | None = Field(None, description="series", examples=["Lecture Notes"])
    editors: Authors = Field((), description="editors, as authors are", examples=["[Ada Lovelace]"])
    license: Words | None = Field(None, description="licence", examples=["CC BY 4.0"])
    code: Code = Field(default=False, description="its address, or true", examples=["true"])
    links: Links = Field(
        Links(), description="addresses by kind, see below", examples=["{slides: …}"]
    )
    versions: tuple[Version, ...] = Field(
        (), description="other versions, see below", examples=["[{label: Preprint, arxiv: …}]"]
    )
    key: Key | None = Field(
        None, description="citation key", examples=["burns-etal-2022-discovering"]
    )
    slug: Slug = Field(
        description="address; otherwise the file's name", examples=["a-paper-of-ours"]
    )
    aliases: Annotated[tuple[Alias, ...], ItemList] = Field(
        (), description="earlier addresses, which redirect", examples=["[/old/address/]"]
    )
    modified: Date | None = Field(
        None, description="when the entry last changed", examples=["2023-01-31"]
    )
    draft: Flag = Field(default=False, description="kept out of the site", examples=["true"])
    unlisted: Flag = Field(
        default=False, description="has a page, but is in no list", examples=["true"]
    )
    abstract: Paragraphs | None = Field(
        None, description="the text below the fields", examples=["|"]
    )
    notes: Document | None = Field(
        None, description="the text from the first ## on", examples=["|"]
    )

    @property
    def leading(self) -> tuple[Author, ...]:
        """The authors that lists and feeds name: of a long list, which no one reads, the first."""
        return self.authors if len(self.authors) <= _LONG else self.authors[:_LEADING]

    @property
    def order(self) -> tuple[Any, ...]:
        """The key that sorts papers from oldest to newest, the same everywhere."""
        return (self.date, names.fold(self.title.plain), self.slug)

    @property
    def standing(self) -> str:
        """What became of it, as a word that is shown wherever the paper is: `Retracted`, or ""."""
        return (self.status or "").capitalize()

    @property
    def stands(self) -> bool:
        """Whether its results still hold: a correction mends them, the other states do not."""
        return self.status not in {"retracted", "withdrawn"}

    @property
    def path(self) -> str:
        """The address of its page, from the site's root."""
        return f"papers/{self.slug}/"

    @property
    def year(self) -> int:
        """The year it appeared."""
        return self.date.year

    @property
    def updated(self) -> PartialDate:
        """When the entry last changed, as far as it says."""
        return self.modified or self.date
