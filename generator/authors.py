"""An author: a person or a group that wrote a paper, as a name or as its parts."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from generator import fields, names
from generator.fields import Flag, ItemList, Model, Named, Url
from generator.numbers import Orcid

# What authors' marks on a title page become when they are pasted along.
_MARK = re.compile(r"\s*(?:[*∗⁎†‡§¶‖]|[¹²³⁰⁴-⁹])[\s,*∗⁎†‡§¶‖¹²³⁰⁴-⁹]*\Z")
_MORE = re.compile(r"\bet al\.?\Z|\band others\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S")
_ENTITY = re.compile(r"&#?\w+;")  # of HTML, which is no semicolon between names
_JOINED = re.compile(r"\s*;\s*|\s+(?:and|und|et|&)\s+")
# Two to four words, none of them small but for particles: "Department of Physics" is no person.
_PERSON = re.compile(r"[^\W\d_a-z]\S*(?:\s(?:[^\W\d_a-z]\S*|van|von|de|der|den|la|di|da|del)){1,3}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+|[A-Za-z]")


def _author(value: object) -> object:
    """Read an author written as one text; refuse what is no name."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if not names.parse(text).display:
        fields.fault("is an empty name.", "Delete the extra comma, or write the name.")
    if text.casefold().rstrip(".") in {"et al", "others", "and others"}:
        fields.fault(f"is '{text}', which is no name.", "Delete it and write 'et_al: true'.")
    if _MORE.search(text):
        fields.fault(f"ends with 'et al.': '{text}'.", "Delete that and write 'et_al: true'.")
    if _ADDRESS.search(text):
        fields.fault(
            f"holds an address: '{text}'.",
            "Write the name alone; 'corresponding: true' marks whom to write to.",
        )
    if mark := _MARK.search(text):
        fields.fault(
            f"ends with a mark, '{mark[0].strip()}'.",
            "Write the name alone; 'equal', 'corresponding' and 'organization' say what marks say.",
        )
    if _are_several(text):
        fields.fault(
            f"holds several names: '{text}'.",
            "Write each as an item of its own; a group called so is {literal: " + text + "}",
        )
    if _INITIALS.fullmatch(text):
        fields.fault(
            f"is only an initial, '{text}'.",
            'A name with a comma needs quotes in a list: ["Ng, A.", "Jordan, M. I."]',
        )
    return {"name": text}


def _are_several(text: str) -> bool:
    """Tell whether a text joins names of people; a group may have an "and" in its own."""
    written = _ENTITY.sub(" ", text)
    parts = [part for part in _JOINED.split(written) if part.strip()]
    return len(parts) > 1 and (";" in written or all(map(_PERSON.fullmatch, parts)))


class Author(Model):
    """A person or a group that wrote a paper."""

    name: Named | None = Field(None, description="the whole name", examples=["Ada Lovelace"])
    given: Named | None = Field(None, description="given names", examples=["Ada"])
    family: Named | None = Field(None, description="family name", examples=["Lovelace"])
    particle: Named | None = Field(
        None, description="a particle before the family name", examples=["van"]
    )
    suffix: Named | None = Field(None, description="a suffix", examples=["Jr."])
    literal: Named | None = Field(
        None, description="a name without parts", examples=["LHCb Collaboration"]
    )
    orcid: Orcid | None = Field(None, description="ORCID", examples=["0000-0002-1825-0097"])
    url: Url | None = Field(None, description="home page", examples=["https://example.org/"])
    organization: Named | None = Field(
        None, description="affiliation", examples=["Example University"]
    )
    equal: Flag = Field(default=False, description="contributed equally")
    corresponding: Flag = Field(default=False, description="corresponding author")

    @model_validator(mode="after")
    def _has_a_name(self) -> Author:
        if not (self.name or self.family or self.literal):
            fields.fault("has no name.", "Give 'name', or 'family' and 'given', or 'literal'.")
        return self

    @property
    def parts(self) -> names.Name:
        """The name in its parts."""
        if self.name:
            return names.parse(self.name)
        values = (self.family, self.given, self.particle, self.suffix, self.literal)
        return names.Name(*(value or "" for value in values))


AuthorItem = Annotated[Author, BeforeValidator(_author)]
Authors = Annotated[tuple[AuthorItem, ...], ItemList]
