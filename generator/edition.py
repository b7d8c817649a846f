"""An edition: a site that is read, checked and planned, ready to be rendered.

`build`, `check` and `serve` all go this way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses, assets, content, dropped, output, templates
from generator.compiled import Compiled
from generator.diagnostics import Diagnostic, Diagnostics
from generator.inputs import digest
from generator.pages import plan as planning
from generator.pages.groups import PaperGroup
from generator.pages.kinds.programs import SocialCard
from generator.pages.search import search_index
from generator.pages.stock import Stock
from generator.pieces import Pieces
from generator.published import FILE
from generator.survey import survey
from generator.theme import Theme
from generator.workshop import Workshop, cores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.assets import Asset
    from generator.config import Theme as Tokens
    from generator.options import Options
    from generator.pages.groups import Group
    from generator.pages.kinds.page import Page
    from generator.pages.kinds.parts import SearchIndex
    from generator.site import File, Site
    from generator.templates import Templates


@dataclass(frozen=True, slots=True)
class Edition:
    """A site ready to be rendered: its pages, its other files, and the theme that renders it."""

    papers: int
    groups: tuple[Group, ...]
    assets: tuple[Asset, ...]
    files: tuple[File, ...]
    theme: Theme
    site: Site
    warnings: tuple[Diagnostic, ...]

    @property
    def stock(self) -> Stock:
        """What the pages of its groups are made of."""
        return Stock(self.site.settings, self.site.wholes)

    @property
    def search(self) -> SearchIndex:
        """What search shows of its pages."""
        return search_index(self.groups, self.site.wholes)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All its pages."""
        stock = self.stock
        return tuple(page for group in self.groups for page in planning.expand(group, stock))

    def marks(self) -> Iterator[str]:
        """Yield the marks of all that lists show."""
        stock = self.stock
        for group in self.groups:
            if isinstance(group, PaperGroup):
                yield stock.card(group.place).mark
                yield stock.cited(group.place).mark


def prepare(shop: Workshop, options: Options, *, strict: bool = False) -> Edition:
    """Read a site and plan it. Raises BuildError with every fault of its content."""
    found = Diagnostics()
    site = content.load(shop.root, found, options, shop)
    tokens = site.config.theme
    origin = f"{shop.theme_digest()} {tokens.model_dump_json()}"
    static, texts, told = shop.cache.recall("theme", origin, lambda: _read_theme(shop.root, tokens))
    found.found += told.found
    assets.refuse_unknown(site.tokens, static, found)
    shop.progress.begin("Planning pages")
    groups = planning.plan(site, shop.cache, shop.version)
    _check_addresses(shop, groups, site, found)
    found.raise_errors(strict=strict)
    paths = {one.name: one.path for one in static}
    header = planning.header(site, assets.style_sheets(static), paths, assets.icon(static))
    sheets = {one.name: one.data.decode("utf-8") for one in static if one.name.endswith(".css")}
    return Edition(
        papers=len(site.papers) + len(site.unlisted),
        groups=groups,
        assets=static,
        files=site.files,
        theme=Theme(texts, header, sheets, Compiled(shop.cache, shop.version), _pieces(shop)),
        site=site,
        warnings=tuple(found),
    )


def _read_theme(root: Path, tokens: Tokens) -> tuple[tuple[Asset, ...], Templates, Diagnostics]:
    told = Diagnostics()
    return assets.read(root, tokens, told), templates.read(root, told), told


def _pieces(shop: Workshop) -> Pieces:
    """Return the texts that builds of this program made before."""
    return shop.cache.recall(
        "pieces at hand", shop.version, lambda: Pieces(shop.cache, shop.version)
    )


def _check_addresses(
    shop: Workshop, groups: tuple[Group, ...], site: Site, found: Diagnostics
) -> None:
    """Hold the addresses against each other, unless the same ones were found sound before."""
    given = (
        [(one.path, one.anchor) for one in site.references],
        sorted(_anchored(site)),
        [one.path for one in site.aliases],
        [(one.path, one.source) for one in site.files],
        [(one.path, one.source, one.body.html) for one in site.pages],
        site.unknown,
    )
    known = (site.arrangement.digest, site.settings.digest, site.published.digest)
    origin = digest(json.dumps([shop.version, known, given]).encode())
    if shop.cache.get("sound", "") == origin:
        return
    told = Diagnostics()
    addresses.check(groups, site, told)
    dropped.check(groups, site, told)
    found.found += told.found
    if not told.found:
        shop.cache.put("sound", "", origin)


def _anchored(site: Site) -> set[tuple[str, str]]:
    """Return the papers to whose headings links lead, with the digests of what they say."""
    paths = {one.path for one in site.references if one.anchor}
    slugs = (path.removeprefix("/papers/").rstrip("/") for path in paths)
    return {(slug, site.wholes[slug].digests.whole) for slug in slugs if slug in site.wholes}


def record(root: Path, options: Options) -> tuple[int, int]:
    """Write the addresses of a site into `addresses.txt`: how many it names, how many are new.

    Raises BuildError where the content has errors.
    """
    edition = prepare(Workshop(root, jobs=cores()), options)
    known, lasting = edition.site.published, list(dropped.lasting(edition.groups))
    new = sum(one.path not in known.addresses for one in lasting)
    output.replace(root / FILE, known.recorded(lasting))
    return len(known.addresses) + new, new


def check(
    root: Path, options: Options, *, strict: bool = False, report: bool = False
) -> tuple[Edition, list[Diagnostic]]:
    """Do all that a build does but for writing: the warnings, and the notices when asked for.

    Social cards, which take long, are not drawn: no words can stop one. Raises BuildError as a
    build does.
    """
    edition = prepare(Workshop(root, jobs=cores()), options, strict=strict)
    for page in edition.pages:
        edition.theme.fingerprint(page)
        if not isinstance(page, SocialCard):
            edition.theme.file(page)
    notices = survey(edition.site, edition.theme) if report else []
    return edition, [*edition.warnings, *notices]
