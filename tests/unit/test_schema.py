"""The JSON Schema of an entry: what the program takes it takes, what is refused it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import fastjsonschema
import pytest
import yaml

from generator import content, schema
from generator.diagnostics import Diagnostics
from generator.options import Options
from tests.conftest import paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeSite, Run

ROOT = Path(__file__).parents[2]


class Validate(Protocol):
    """A compiled schema."""

    def __call__(self, data: object) -> object:
        """Return the data, or raise JsonSchemaException."""


class Loader(yaml.SafeLoader):
    """Reads YAML as language servers do, by the 1.2 core schema: a date is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def front_matter(text: str) -> object:
    """Return the fields at the top of an entry's text."""
    return yaml.load(text.split("---\n")[1], Loader)  # noqa: S506 - a safe loader with fewer types


def compiled(root: Path) -> Validate:
    """Return the schema of the site in a folder, ready to validate."""
    found = Diagnostics()
    site = content.load(root, found, Options())
    return compile_schema(schema.entry(site))


def compile_schema(made: dict[str, Any]) -> Validate:
    """Return a schema ready to validate."""
    validate: Validate = fastjsonschema.compile(made)
    return validate


@pytest.fixture
def validate(make_site: MakeSite) -> Validate:
    """Give the schema of a site with a registry of tags and one paper."""
    files = {
        "content/tags.yaml": "evaluation: How good.\nlanguage models: {aliases: [LLMs]}\n",
        "content/people.yaml": "Kurt Gödel: {aliases: [K. Gödel]}\n",
        "content/papers/a.md": paper(tags=["evaluation"], organizations=["MIT"], venue="ICML"),
    }
    return compiled(make_site(files))


def demonstration() -> Iterator[Path]:
    """Yield the entries of the demonstration."""
    yield from sorted((ROOT / "content/papers").rglob("*.md"))


def test_the_demonstration_is_valid() -> None:
    """Every entry of the demonstration is as its schema says."""
    validate = compiled(ROOT)
    entries = list(demonstration())

    assert len(entries) >= 50
    for path in entries:
        validate(front_matter(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"date": 2022, "volume": 3, "arxiv": 2212.03827, "title": 1984},
        {"date": "2022-12", "code": True, "featured": 2, "et_al": True},
        {"authors": [{"name": "Ada Lovelace", "orcid": "0000-0002-1825-0097"}, "Kurt Gödel"]},
        {"tags": ["evaluation", "LLMs"], "venue": "Elsewhere", "organizations": ["New"]},
        {"links": {"pdf": "a.pdf"}, "versions": [{"label": "Preprint", "date": 2020}]},
        {"status": "retracted", "type": "book", "slug": "x", "aliases": ["/old/"]},
        {"abstract": "In a .yaml file.", "notes": "## More"},
    ],
)
def test_takes(validate: Validate, changes: dict[str, Any]) -> None:
    """What the program reads is valid, also where YAML makes numbers of it, alone or in a list."""
    one = front_matter(paper(**changes))

    validate(one)
    validate([one, one])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"date": None},
        {"titel": "A Paper"},
        {"category": "XX"},
        {"category": None},
        {"tags": ["evalution"]},
        {"tags": "evaluation"},
        {"authors": "Ada Lovelace"},
        {"authors": []},
        {"authors": [{"name": "Ada", "orchid": "x"}]},
        {"date": "12/2022"},
        {"date": 20221207},
        {"modified": "yesterday"},
        {"status": "gone"},
        {"type": "paper"},
        {"et_al": "yes"},
        {"links": {"sldies": "https://example.org/"}},
        {"versions": [{"kind": "Preprint"}]},
        {"doi": [1]},
    ],
)
def test_refuses(validate: Validate, changes: dict[str, Any]) -> None:
    """A fault that the program reports, and a schema can tell, is one for the schema too."""
    with pytest.raises(fastjsonschema.JsonSchemaException):
        validate(front_matter(paper(**changes)))


def test_what_the_site_knows_is_offered(make_site: MakeSite, run: Run) -> None:
    """Names and labels that papers use are offered; without a registry tags are free."""
    site = make_site(
        {"content/papers/a.md": paper(tags=["t"], authors=["Ada Lovelace"], venue="ICML")}
    )

    result = run("schema", "--source", site)

    assert (result.status, result.err) == (0, "")
    made = json.loads(result.out)
    fields = made["definitions"]["Paper"]["properties"]
    assert fields["category"]["enum"] == ["CL", "LG"]
    assert fields["tags"]["items"]["anyOf"][0] == {"enum": ["t"]}
    assert fields["authors"]["items"]["anyOf"][0] == {"enum": ["Ada Lovelace"]}
    assert fields["venue"]["anyOf"][0] == {"enum": ["ICML"]}
    compile_schema(made)(front_matter(paper(tags=["another"])))


def test_faults_of_papers_do_not_matter(make_site: MakeSite, run: Run) -> None:
    """A schema can be had while papers have faults, and not while the settings have."""
    site = make_site({"content/papers/a.md": paper(category="XX")})
    assert run("schema", "--source", site).status == 0

    (site / "content/site.yaml").write_text("titel: X\n", encoding="utf-8")
    result = run("schema", "--source", site)
    assert (result.status, result.out) == (1, "")
    assert "content/site.yaml:1:1: error" in result.err
