"""The addresses of the site: no two things have the same one, and no link leads to none.

Both are held against the site as far as it is valid, so that they come in one run with all other
faults: a link is not refused that may lead to what a fault hides.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from generator.diagnostics import nearest
from generator.pages.groups import Single
from generator.pages.kinds.readers import GonePage, RedirectPage, TextPage
from generator.published import FILE
from generator.source import Location
from generator.taxonomy import TAXONOMIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.diagnostics import Diagnostics
    from generator.pages.groups import Group
    from generator.site import Reference, Site


def check(groups: Sequence[Group], site: Site, found: Diagnostics) -> None:
    """Report an address that is claimed twice, and a link to one that nothing has."""
    _refuse_collisions(groups, site, found)
    _refuse_dangling(groups, site, found)


def _refuse_collisions(groups: Sequence[Group], site: Site, found: Diagnostics) -> None:
    """Report two things at one address, or of which one is the other's folder.

    They are at one also where some disks cannot tell them apart, by case or by how letters are
    composed.
    """
    if _are_apart(groups, site):
        return
    claims: dict[str, tuple[str, Location | None]] = {}
    folders: dict[str, tuple[str, Location | None]] = {}
    for file, what, location in _claims(groups, site):
        same = _folded(file)
        parents = _folders(same)
        other = claims.get(same) or folders.get(same)
        other = other or next((claims[one] for one in parents if one in claims), None)
        if other:
            found.error(
                location or other[1] or Location("content"),
                f"The address /{file.removesuffix('index.html')} is claimed twice: "
                f"by {other[0]}, and by {what}.",
                "Delete what stands after the address: the page is there again."
                if location and location.path == FILE
                else "Rename what is yours of the two.",
            )
        claims[same] = what, location
        folders.update(dict.fromkeys(parents, (what, location)))


def _are_apart(groups: Sequence[Group], site: Site) -> bool:
    """Tell whether no two of all files have one name, and none has that of another's folder."""
    files = [_folded(file) for group in groups for file in group.files()]
    files += [_folded(file.path) for file in site.files]
    names = set(files)
    lowest = {name.rpartition("/")[0] for name in names}
    folders = {folder for one in lowest for folder in (one, *_folders(one))}
    return len(names) == len(files) and names.isdisjoint(folders)


def _folded(file: str) -> str:
    return file.lower() if file.isascii() else unicodedata.normalize("NFC", file).casefold()


def _folders(file: str) -> list[str]:
    """Return the folders that a file is in, the innermost first."""
    found = []
    end = file.rfind("/")
    while end > 0:
        found.append(file[:end])
        end = file.rfind("/", 0, end)
    return found


def _claims(groups: Sequence[Group], site: Site) -> Iterator[tuple[str, str, Location | None]]:
    """Yield every file that is to be, what it is, and where a maintainer asked for it."""
    aliases = {alias.path.strip("/"): alias.location for alias in site.aliases}
    published = site.published
    no_more = {
        one.path: published.location(one)
        for one in published.addresses.values()
        if one.target is not None or one.reason is not None
    }
    texts = iter(site.pages)  # which the plan holds in the same order
    redirected: set[str] = set()
    for group in groups:
        if not isinstance(group, Single):
            yield from ((file, f"the page '{group.title}'", None) for file in group.files())
            continue
        page, title = group.page, group.title
        if isinstance(page, TextPage):
            source = next(texts).source
            yield page.file, f"'{source}'", Location(source)
        elif isinstance(page, RedirectPage | GonePage):
            alias = aliases.get(page.path.strip("/")) or no_more.get(page.path)
            is_gone = isinstance(page, GonePage)
            what = "the page that says it was removed" if is_gone else f"the redirect to '{title}'"
            # Two papers of one alias are told of it.
            if page.path in no_more or _folded(page.file) not in redirected:
                redirected.add(_folded(page.file))
                yield page.file, what, alias
        else:
            yield page.file, f"the page '{title}'", None
    for file in site.files:
        yield file.path, f"'{file.source}'", Location(file.source)


def _refuse_dangling(groups: Sequence[Group], site: Site, found: Diagnostics) -> None:
    """Report a link to a page of this site that does not exist, or to no heading in a text."""
    if not site.references:
        return
    known = {file for group in groups for file in group.files()}
    known.update(file.path for file in site.files)
    unknown = site.unknown
    if any(one.startswith("papers/") for one in unknown):
        # Of what a paper is in, nothing can be said before it is known.
        unknown += ("page/", *(f"{taxonomy.name}/" for taxonomy in TAXONOMIES))
    anchored = []
    for reference in site.references:
        path = reference.path.removeprefix("/")
        if reference.anchor:
            anchored.append(reference)
        if path.startswith(unknown):
            continue
        if known.isdisjoint((path, f"{path.rstrip('/')}/index.html".removeprefix("/"))):
            close = nearest(path, {file.removesuffix("index.html") for file in known})
            found.error(
                reference.location,
                f"The link leads to '{reference.path}', and there is no such page.",
                f"Did you mean '/{close}'?"
                if close
                else "Correct the address, or delete the link.",
            )
    _warn_of_anchors(anchored, groups, site, found)


# The anchors that the built-in templates give every page, and those of papers.
_ANCHORS = {"", "main", "top", "related"}
_ANCHOR = re.compile(r'<h[1-6] id="([^"]+)"')


def _warn_of_anchors(
    references: Sequence[Reference], groups: Sequence[Group], site: Site, found: Diagnostics
) -> None:
    """Warn of links to no heading of a text; what else a page has, only its template knows."""
    paths = {reference.path.removeprefix("/") for reference in references}
    texts = {
        group.page.path: str(group.page.body)
        for group in groups
        if isinstance(group, Single) and isinstance(group.page, TextPage)
    }
    for paper in (*site.papers, *site.unlisted):
        if paper.path in paths:
            notes = site.wholes[paper.slug].paper.notes
            texts[paper.path] = notes.html if notes else ""
    for reference in references:
        text = texts.get(reference.path.removeprefix("/"))
        headings = _ANCHOR.findall(text or "")
        if text is not None and reference.anchor not in _ANCHORS.union(headings):
            close = nearest(reference.anchor, headings)
            found.warning(
                reference.location,
                f"The link leads to '#{reference.anchor}' in {reference.path}, "
                "and no heading there is called so.",
                f"Did you mean '#{close}'?" if close else _known_anchors(headings),
            )


def _known_anchors(headings: Sequence[str]) -> str:
    if not headings:
        return "No heading is there; leave out what begins with '#'."
    return f"The headings there are: {', '.join(f'#{one}' for one in headings)}."
