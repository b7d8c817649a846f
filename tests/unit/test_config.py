"""The site's settings."""

# ruff: noqa: E501 - a message is read best in one line

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from generator.config import Config, Person, Tag, TextPageFields, base_url
from generator.gate import Gate
from generator.markup import Reader


def read(**fields: object) -> Config:
    """Read settings as the gate does."""
    return Config.model_validate(fields, context=Gate(Reader()))


def test_defaults() -> None:
    """A site needs no settings at all."""
    config = read()
    assert (config.title, config.language, config.paginate) == ("Publications", "en", 100)
    assert (config.url, config.categories, config.navigation) == (None, {}, ())
    assert (config.theme.light, config.theme.dark) == ({}, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("http://example.org:8000/papers//", "http://example.org:8000/papers/"),
        ("example.org", None),
        ("ftp://example.org/", None),
        ("https://example.org/?a", None),
        ("https://example.org/#a", None),
        ("https://", None),
        ("https://exa mple.org/", None),
        ('https://example.org/"', None),
        ("", None),
    ],
)
def test_base_url(text: str, expected: str | None) -> None:
    """The address of a site ends in one slash, and has neither query nor fragment."""
    assert base_url(text) == expected


def test_reads() -> None:
    """Every kind of setting is read."""
    config = read(
        url="https://example.org",
        categories={"CL": "Computation  and Language"},
        navigation=[{"title": "Tags", "path": "/tags/"}, {"title": "X", "path": "https://x.org/"}],
        paginate="10",
        macros={"R": r"\mathbb{R}"},
        theme={"light": {"accent": "#7a1f2b", "font-body": "'Iowan Old Style', serif"}},
    )
    assert config.url == "https://example.org/"
    assert config.categories == {"CL": "Computation and Language"}
    assert [item.path for item in config.navigation] == ["/tags/", "https://x.org/"]
    assert config.paginate == 10
    assert config.macros == {"R": r"\mathbb{R}"}
    assert config.theme.light["font-body"] == "'Iowan Old Style', serif"


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"url": "example.org"}, ("url",), "must be the address at which the site is published"),
        ({"url": ["a"]}, ("url",), "must be one text, not a list."),
        ({"categories": ["CL"]}, ("categories",), "must be codes and names"),
        ({"categories": {"CL": ""}}, ("categories", "CL"), "is empty."),
        ({"categories": {"CL": ["a"]}}, ("categories", "CL"), "must be one text"),
        ({"macros": "R"}, ("macros",), "must be names and meanings"),
        ({"macros": {"R": ""}}, ("macros", "R"), "is empty."),
        ({"paginate": "0"}, ("paginate",), "must be at least 1."),
        ({"navigation": [{"title": "A", "path": "tags"}]}, ("navigation", 0, "path"), "must be a path"),
        ({"navigation": [{"title": "A", "path": ["a"]}]}, ("navigation", 0, "path"), "must be one text"),
        ({"navigation": [{"title": "A", "path": "javascript:x"}]}, ("navigation", 0, "path"), "must be a path"),
        ({"theme": {"light": "red"}}, ("theme", "light"), "must be names and values."),
        ({"theme": {"light": {"accent": ""}}}, ("theme", "light", "accent"), "is empty: an unquoted '#'"),
        ({"theme": {"light": {"accent": "red;}"}}}, ("theme", "light", "accent"), "a style sheet cannot take"),
        ({"theme": {"dark": {"accent": "url(//x)"}}}, ("theme", "dark", "accent"), "a style sheet cannot take"),
        ({"theme": {"dark": {"accent": "red\nurl(//x)"}}}, ("theme", "dark", "accent"), "a style sheet cannot take"),
        ({"theme": {"all": {"paper": "image-set('//x' 1x)"}}}, ("theme", "all", "paper"), "a style sheet cannot take"),
        ({"theme": {"all": {"paper": "src('//x')"}}}, ("theme", "all", "paper"), "a style sheet cannot take"),
        ({"theme": {"dark": {"accent": ["a"]}}}, ("theme", "dark", "accent"), "must be one text"),
        ({"theme": {"light": {"Accent": "red"}}}, ("theme", "light"), "holds 'Accent', which is no name"),
    ],
)  # fmt: skip
def test_refuses(fields: dict[str, object], place: tuple[object, ...], message: str) -> None:
    """What cannot be meant is refused, where it stands."""
    with pytest.raises(ValidationError, match=re.escape(message)) as caught:
        read(**fields)
    assert [one["loc"] for one in caught.value.errors()] == [place]


def test_registries() -> None:
    """Tags, people and pages have fields of their own."""
    gate = Gate(Reader())
    tag = Tag.model_validate({"description": "On *x*.", "aliases": ["LLM"]}, context=gate)
    assert (tag.description and tag.description.plain, tag.aliases) == ("On x.", ("LLM",))
    person = Person.model_validate({"member": "true"}, context=gate)
    assert (person.member, person.aliases, person.url) == (True, (), None)
    page = TextPageFields.model_validate({"title": "About", "body": ""}, context=gate)
    assert (page.title.plain, page.body.html, page.description) == ("About", "", None)


@pytest.mark.parametrize(
    ("categories", "archive_class", "expected"),
    [
        ({"L": "Language (cs.CL)", "CL": "Classics"}, "cs.CL", "L"),
        ({"cs.CL": "Language"}, "cs.CL", "cs.CL"),
        ({"CL": "Language"}, "cs.CL", "CL"),
        ({"CO": "Computation (cs.CO)"}, "math.CO", None),
        ({}, "math.CO", "math.CO"),
    ],
)
def test_category_of_an_archive(
    categories: dict[str, str], archive_class: str, expected: str | None
) -> None:
    """A category stands for arXiv's where its name ends in it, or else where its code does."""
    assert Config(categories=categories).category_of(archive_class) == expected
