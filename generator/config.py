"""Settings: the schemas of `site.yaml`, `tags.yaml`, `people.yaml` and pages, a line a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from generator import fields, identifiers, repository
from generator.fields import (
    Document,
    Flag,
    ItemList,
    Language,
    Marked,
    Model,
    Url,
    Words,
)
from generator.numbers import Orcid

if TYPE_CHECKING:
    from generator.markup import Text


def _path(value: object) -> str:
    text = fields.filled(value)
    if not re.fullmatch(r"/[^\s\"<>\\]*|https?://[^\s\"<>\\]+", text):
        fields.fault(
            f"must be a path on this site, such as /tags/, or an address, not '{text}'.",
            "Begin it with '/' or 'https://'.",
        )
    return text


def _base(value: object) -> str:
    text = fields.filled(value)
    return base_url(text) or fields.fault(
        f"must be the address at which the site is published, not '{text}'.",
        "Write the whole address, such as https://example.org/papers/, without '?' or '#'.",
    )


def base_url(text: str) -> str | None:
    """Return an address as the prefix of all pages', ending in `/`; None if it is not one."""
    if not re.fullmatch(r"https?://[^\s/?#<>\"'\\]+(?:/[^\s?#<>\"'\\]*)?", text):
        return None
    return text.rstrip("/") + "/"


_TOKEN = re.compile(r"[a-z][a-z0-9-]*")
# What a value of a custom property may hold: no way out of the declaration, and no other host.
# Of the functions of CSS, those that load something are out: url(), src(), image() and image-set().
_TOKEN_VALUE = re.compile(
    r"(?!.*(?:url|src|image|set)\()[\w\s#%.,()'\"+*/-]+", re.IGNORECASE | re.DOTALL
)


def _tokens(value: object) -> object:
    if not isinstance(value, dict):
        fields.fault("must be names and values.", "Indent them below, such as: accent: '#7a1f2b'")
    for name in value:
        if not _TOKEN.fullmatch(str(name)):
            fields.fault(
                f"holds '{name}', which is no name of a value.",
                "A name has small letters, digits and hyphens, and begins with a letter.",
            )
    return value


def _token(value: object) -> str:
    if value == "":
        fields.fault(
            "is empty: an unquoted '#' begins a comment in YAML.",
            "Put a colour in quotes: '#7a1f2b'",
        )
    text = fields.filled(value)
    whole = text.count("(") == text.count(")") and not (text.count("'") % 2 or text.count('"') % 2)
    if not _TOKEN_VALUE.fullmatch(text) or not whole or "/*" in text or "*/" in text:
        fields.fault(
            f"is '{text}', which a style sheet cannot take here.",
            "Write a colour, a length or a list of fonts, without ';', '{' or 'url('.",
        )
    return text


def _named(value: object) -> object:
    if not isinstance(value, dict):
        fields.fault(
            "must be codes and names, not a list or a text.",
            "Write one a line, indented below: 'CL: Computation and Language'.",
        )
    return value


def _macros(value: object) -> object:
    if not isinstance(value, dict):
        fields.fault(
            "must be names and meanings, not a list or a text.",
            r"Write one a line, indented below: 'R: \mathbb{R}'.",
        )
    return value


def _edit(value: object) -> str:
    text = fields.filled(value)
    if not re.fullmatch(r"https?://[^\s\"<>\\]+", text) or text.count("{path}") != 1:
        fields.fault(
            f"must be an address with '{{path}}' in it, not '{text}'.",
            "Write '{path}' where the file goes: https://example.org/edit/main/{path}",
        )
    return text


EditAddress = Annotated[str, BeforeValidator(_edit)]
Tokens = Annotated[dict[str, Annotated[str, BeforeValidator(_token)]], BeforeValidator(_tokens)]
BaseUrl = Annotated[str, BeforeValidator(_base)]
Named = Annotated[dict[str, Words], BeforeValidator(_named)]


class Item(Model):
    """One link of the navigation."""

    title: Words = Field(description="its text", examples=["Papers"])
    path: Annotated[str, BeforeValidator(_path)] = Field(
        description="where it leads", examples=["/tags/"]
    )


class Theme(Model):
    """Values of the style sheet's custom properties, for every screen, a light and a dark one."""

    all: Tokens = Field({}, description="on every screen", examples=["{measure: 40rem}"])
    light: Tokens = Field({}, description="on a light screen", examples=["{accent: '#7a1f2b'}"])
    dark: Tokens = Field({}, description="on a dark screen", examples=["{accent: '#e0a0a8'}"])


class Config(Model):
    """Everything that `site.yaml` may say."""

    title: Words = Field("Publications", description="the site's title", examples=["Publications"])
    description: Words = Field(
        "Publications, newest first.",
        description="a sentence for search engines",
        examples=["Our papers."],
    )
    introduction: Document | None = Field(
        None, description="a sentence or two above the list of papers", examples=["Our work on …"]
    )
    url: BaseUrl | None = Field(
        None, description="where the site is published", examples=["https://example.org/papers/"]
    )
    language: Language = Field("en", description="the site's language (BCP 47)", examples=["en"])
    categories: Named = Field(
        {}, description="codes and names", examples=["{CL: Computation and Language}"]
    )
    navigation: Annotated[tuple[Item, ...], ItemList] = Field(
        (), description="links on every page", examples=["[{title: Tags, path: /tags/}]"]
    )
    paginate: Annotated[int, BeforeValidator(fields.positive)] = Field(
        100, description="papers a page", examples=["100"]
    )
    macros: Annotated[dict[str, Words], BeforeValidator(_macros)] = Field(
        {}, description="TeX commands of your own", examples=["{ours: MyMethod}"]
    )
    theme: Theme = Field(
        Theme(), description="colours and fonts, see below", examples=["{light: …}"]
    )
    footer: Document | None = Field(
        None, description="a line at the end of every page", examples=["© We"]
    )
    social_cards: Flag = Field(
        default=False,
        description="a picture of every paper for links to it, see below",
        examples=["true"],
    )
    repository: Url | None = Field(
        None,
        description="the address of the site's repository",
        examples=["https://example.org/git"],
    )
    branch: Words = Field(
        "main", description="the branch that holds the papers' files", examples=["main"]
    )
    edit: EditAddress | None = Field(
        None,
        description="where a file is edited, if not as the repository's host has it",
        examples=["https://example.org/edit/{path}"],
    )

    @property
    def editor(self) -> str:
        """The address at which the site's files are edited, with `{path}`; "" where not known."""
        return self.edit or repository.editor(self.repository or "", self.branch)

    def category_of(self, archive_class: str) -> str | None:
        """Return the code of the category that is one of arXiv's, such as `cs.CL`.

        It is the one whose name ends in `(cs.CL)`, or else whose code is `cs.CL` or `CL`.
        Where the site names no categories, any is one.
        """
        if not self.categories:
            return archive_class
        classes = {code: identifiers.archive_class(name) for code, name in self.categories.items()}
        for code, known in classes.items():
            if known == archive_class:
                return code
        short = archive_class.rpartition(".")[2]
        return next((one for one in (archive_class, short) if classes.get(one) == ""), None)


class Tag(Model):
    """One tag of the registry."""

    description: Marked | None = Field(
        None, description="what it is about", examples=["Papers on …"]
    )
    aliases: Annotated[tuple[Words, ...], ItemList] = Field(
        (), description="other ways to write it", examples=["[LLM, LLMs]"]
    )


class Person(Model):
    """One canonical person."""

    aliases: Annotated[tuple[Words, ...], ItemList] = Field(
        (), description="other names they publish under", examples=["[A. Lovelace]"]
    )
    not_: Annotated[tuple[Words, ...], ItemList] = Field(
        (), alias="not", description="others who only look alike", examples=["[A. Lovelace]"]
    )
    url: Url | None = Field(None, description="home page", examples=["https://example.org/"])
    orcid: Orcid | None = Field(None, description="ORCID", examples=["0000-0002-1825-0097"])
    member: Flag = Field(default=False, description="belongs to the group", examples=["true"])


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of the maintainer's own, from `content/pages/`: its address, title and text."""

    path: str
    title: Text
    body: Text
    description: str
    source: str


class TextPageFields(Model):
    """The fields of a page's front matter."""

    title: Marked = Field(description="the page's title", examples=["About"])
    description: Words | None = Field(
        None, description="a sentence for search engines", examples=["…"]
    )
    body: Document
