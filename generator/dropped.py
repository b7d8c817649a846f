"""Published addresses that nothing has any more, and what each page may be called now."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from generator import names
from generator.diagnostics import Note
from generator.pages.groups import PaperGroup, Single
from generator.pages.kinds.readers import GonePage, NotFoundPage, TextPage
from generator.published import Address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.diagnostics import Diagnostics
    from generator.outline import Outline
    from generator.pages.groups import Group
    from generator.site import Site

# The older pages of a list are numbered from the oldest, and so are there as long as the list is.
_OLDER_PAGE = re.compile(r"(?:^|/)page/[0-9]+/$")
_ALIKE = 0.6  # from so much likeness on (difflib) may an address be another one's earlier form
_LAST = "Put the page back, or write after the address where it went, '-> /…/', or 'gone:' and why."
_OTHERWISE = "Otherwise write after the address here where it went, '-> /…/', or 'gone:' and why."


def lasting(groups: Sequence[Group]) -> Iterator[Address]:
    """Yield the addresses that are to last: those of all pages for readers."""
    for group in groups:
        if isinstance(group, Single) and isinstance(group.page, GonePage | NotFoundPage):
            continue
        if isinstance(group, PaperGroup):
            paper = group.place.paper
            yield Address(paper.path, group.place.key, paper.identifiers)
        else:
            yield from (Address(one) for one in group.addresses() if not _OLDER_PAGE.search(one))


def check(groups: Sequence[Group], site: Site, found: Diagnostics) -> None:
    """Warn of published addresses that nothing has, with a way out; hold keys against them."""
    published = site.published
    if not published.addresses:
        return
    planned = {address for group in groups for address in group.addresses()}
    dropped = [
        one
        for one in published.addresses.values()
        if one.path not in planned and not one.path.startswith(site.unknown)
    ]
    for address in dropped:
        found.warning(
            published.location(address),
            f"The address /{address.path} was published, and nothing is there any more.",
            *_way_out(address, groups, site),
        )
    _refuse_taken_keys(site, found)


def _way_out(
    address: Address, groups: Sequence[Group], site: Site
) -> tuple[str, *tuple[Note, ...]]:
    """Return what to do about a dropped address, and where."""
    hidden = site.places.get(address.path.removeprefix("papers/").rstrip("/"))
    if hidden:
        way_out = "Write 'unlisted: true' in its place; the page then stays, and is in no list."
        return way_out, Note(hidden, "It is a draft now.")
    paper = _renamed(address, site)
    if paper:
        aliases = ", ".join([*paper.aliases, f"/{address.path}"])
        way_out = f"If it is the same paper, write there: aliases: [{aliases}]\n{_OTHERWISE}"
        return way_out, Note(site.places[paper.slug], f"This may be it, now at /{paper.path}.")
    close = _close(address.path, _new_texts(groups, site))
    if close:
        return (f"Write instead: /{address.path} -> /{close}\n{_OTHERWISE}",)
    return (_LAST,)


def _new_texts(groups: Sequence[Group], site: Site) -> list[str]:
    known = site.published.addresses
    texts = (one.page for one in groups if isinstance(one, Single))
    return [one.path for one in texts if isinstance(one, TextPage) and one.path not in known]


def _renamed(address: Address, site: Site) -> Outline | None:
    """Return the new paper that has a published one's identifier, key, title or nearly its name."""
    if not address.path.startswith("papers/"):
        return None
    known = site.published.addresses
    new = [one for one in (*site.papers, *site.unlisted) if one.path not in known]
    slug = address.path.removeprefix("papers/").rstrip("/")
    signs = (
        lambda paper: not set(address.identifiers).isdisjoint(paper.identifiers),
        lambda paper: address.key and address.key in {paper.key, *paper.candidates},
        lambda paper: names.slug(paper.title.plain).startswith(slug),
    )
    for sign in signs:
        if found := next(filter(sign, new), None):
            return found
    close = _close(address.path, [paper.path for paper in new])
    return next((paper for paper in new if paper.path == close), None)


def _close(path: str, paths: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(path, paths, n=1, cutoff=_ALIKE)
    return close[0] if close else None


def _refuse_taken_keys(site: Site, found: Diagnostics) -> None:
    """Report a key that an entry gives, and that another paper was published with."""
    papers = (*site.papers, *site.unlisted)
    kept = site.published.keys_of(papers)
    given = {paper.key.lower(): paper for paper in papers if paper.key}
    for paper in papers:
        key = kept.get(paper.slug, "")
        other = given.get(key.lower())
        if other and other is not paper and not paper.key:
            found.error(
                site.places[other.slug],
                f"The citation key '{other.key}' is that of another paper, /{paper.path}, "
                "which was published with it.",
                "Choose another 'key', since others cite that paper by it.",
                Note(site.places[paper.slug], "The other paper is here."),
            )
