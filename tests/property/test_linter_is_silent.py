"""Whatever papers the gate accepts, nothing is wrong with the site that is made of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import assets, templates
from generator.config import Config
from generator.diagnostics import Diagnostics, Severity
from generator.gate import Gate
from generator.linter.lint import lint
from generator.markup import Reader
from generator.outline import hold
from generator.pages.plan import header
from generator.pages.plan import pages as plan
from generator.site import Contents, Settings, Site, assemble
from generator.taxonomy import Vocabulary
from generator.theme import Theme
from tests.property.test_format_round_trips import PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.paper import Paper

pytestmark = pytest.mark.property

ADDRESSES = ["https://e.org/", "https://e.org/our/papers/"]


def site_of(papers: Sequence[Paper], address: str) -> Site:
    """Return a site of papers, each at an address of its own."""
    named = [
        paper.model_copy(update={"slug": f"paper-{number}"}) for number, paper in enumerate(papers)
    ]
    fields = {"title": "Ours", "url": address, "paginate": "2"}
    config = Config.model_validate(fields, context=Gate(Reader()))
    known = Settings(config, None, {}, Vocabulary())
    return assemble(known, Contents([hold(paper, known.vocabulary, {}) for paper in named]))


def write(site: Site, folder: Path) -> None:
    """Write every file of a site into a folder."""
    static = assets.read(folder, site.config.theme, Diagnostics())
    paths = {one.name: one.path for one in static}
    sheets = {one.name: one.data.decode() for one in static if one.name.endswith(".css")}
    theme = Theme(
        templates.read(folder, Diagnostics()),
        header(site, assets.style_sheets(static), paths),
        sheets,
    )
    files = {one.path: one.data for one in static}
    files |= {page.file: theme.file(page) for page in plan(site)}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


# A whole site an example: a fifth of the examples takes as long as other laws do.
@settings(max_examples=settings().max_examples // 5)
@given(st.lists(PAPERS, min_size=1, max_size=4), st.sampled_from(ADDRESSES))
def test_nothing_is_wrong(papers: Sequence[Paper], address: str) -> None:
    """The linter finds no error; that two papers have one title is for their authors to know."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(site_of(papers, address), folder)
        found = [one for one in lint(folder, jobs=1)[1] if one.severity is Severity.ERROR]
    assert found == []
