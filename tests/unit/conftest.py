"""What unit tests share: valid papers, made through the gate as a build makes them."""

from __future__ import annotations

from typing import Protocol

import pytest

from generator.config import Config
from generator.gate import Gate
from generator.markup import Reader
from generator.outline import Holding, hold
from generator.paper import Paper
from generator.site import Contents, Settings, Site, assemble
from generator.taxonomy import Vocabulary


class MakePaper(Protocol):
    """What the fixture `make_paper` is."""

    def __call__(self, slug: str = ..., /, **changes: object) -> Paper:
        """Return a valid paper with some fields changed or added."""


@pytest.fixture
def make_paper() -> MakePaper:
    """Give a function that makes a valid paper of the fields that an entry would have."""

    def make(slug: str = "a-paper", /, **changes: object) -> Paper:
        fields: dict[str, object] = {
            "title": "A Paper",
            "authors": ["Ada Lovelace"],
            "category": "CL",
            "date": "2024-05-06",
            "slug": slug,
        }
        return Paper.model_validate(fields | changes, context=Gate(Reader()))

    return make


def held(known: Settings, *papers: Paper) -> list[Holding]:
    """Return papers as sites hold them."""
    return [hold(paper, known.vocabulary, known.people) for paper in papers]


class MakeSite(Protocol):
    """What the fixture `assemble_site` is."""

    def __call__(self, *papers: Paper, drafts: bool = ..., **config: object) -> Site:
        """Return a site of papers; further fields are those of `site.yaml`."""


@pytest.fixture
def assemble_site() -> MakeSite:
    """Give a function that assembles a site of papers, without a folder."""

    def make(*papers: Paper, drafts: bool = False, **config: object) -> Site:
        fields = {"url": "https://publications.example/"} | config
        made = Config.model_validate(fields, context=Gate(Reader()))
        known = Settings(made, None, {}, Vocabulary())
        return assemble(known, Contents(held(known, *papers)), drafts=drafts)

    return make
