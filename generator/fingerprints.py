"""The digests of what groups of pages follow from, made anew only where they may be others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator.inputs import digest
from generator.pages.groups import Single

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.outline import Digests
    from generator.pages.groups import Group
    from generator.site import Site
    from generator.theme import Theme


class Fingerprints:
    """The digests of groups, by their names, as one build after the other asks for them."""

    def __init__(self) -> None:
        self._common = ""
        self._digests: dict[str, Digests] = {}
        self._known: dict[str, tuple[Group, str]] = {}
        self._showing: Mapping[str, Sequence[str]] | None = None

    def of(self, groups: Iterable[Group], site: Site, theme: Theme) -> dict[str, str]:
        """Return the digest of what each of a site's groups follows from, given its theme too."""
        common = digest(f"{theme.digest} {site.settings.digest}".encode())
        known = self._known if common == self._common else {}
        touched = self._touched(site)
        found: dict[str, tuple[Group, str]] = {}
        is_same = True
        for group in groups:
            name = group.name
            if isinstance(group, Single):
                found[name] = group, theme.fingerprint(group.page)
                continue
            one = known.get(name)
            if one is None or one[0] is not group:
                is_same = False
            if one is None or one[0] is not group or name in touched:
                one = group, group.fingerprint(site.wholes, common)
            found[name] = one
        self._known, self._common = found, common
        if not is_same:
            self._showing = None
        return {name: mark for name, (_, mark) in found.items()}

    def _touched(self, site: Site) -> set[str]:
        """Return the groups that show papers which are not what they were."""
        before, self._digests = (
            self._digests,
            {slug: whole.digests for slug, whole in site.wholes.items()},
        )
        changed = [slug for slug, one in self._digests.items() if before.get(slug) != one]
        if len(changed) == len(self._digests) or not self._known:
            return {*self._known}
        if self._showing is None:
            self._showing = _showing(group for group, _ in self._known.values())
        return {name for slug in changed for name in self._showing.get(slug, ())}


def _showing(groups: Iterable[Group]) -> Mapping[str, Sequence[str]]:
    """Return the groups that show a paper, by its slug."""
    found: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        for place in group.shown():
            found[place.paper.slug].append(group.name)
    return found
