"""The digests of what groups of pages follow from, made anew only where they may be others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.inputs import digest
from generator.pages.groups import Single, said_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        self._showing: dict[str, set[str]] = {}

    def of(self, groups: Iterable[Group], site: Site, theme: Theme) -> dict[str, str]:
        """Return the digest of what each of a site's groups follows from, given its theme too."""
        common = digest(f"{theme.digest} {site.settings.digest}".encode())
        known = self._known if common == self._common else {}
        touched = self._touched(site) if known else set()
        found: dict[str, tuple[Group, str]] = {}
        said = said_of(site.wholes)
        news: list[Group] = []
        for group in groups:
            name = group.name
            if isinstance(group, Single):
                found[name] = group, theme.fingerprint(group.page)
                continue
            one = known.get(name)
            if one is None or one[0] is not group:
                news.append(group)
                one = None
            if one is None or name in touched:
                one = group, group.fingerprint(said, common)
            found[name] = one
        self._known, self._common = found, common
        self._digests = {slug: whole.digests for slug, whole in site.wholes.items()}
        if self._showing:
            self._note(news)
        return {name: mark for name, (_, mark) in found.items()}

    def _touched(self, site: Site) -> set[str]:
        """Return the groups that show papers which are not what they were, and maybe others."""
        if not self._showing:
            self._note(group for group, _ in self._known.values())
        before, showing = self._digests, self._showing
        changed = (slug for slug, one in site.wholes.items() if before.get(slug) != one.digests)
        return {name for slug in changed for name in showing.get(slug, ())}

    def _note(self, groups: Iterable[Group]) -> None:
        """Note which papers groups show."""
        for group in groups:
            for slug in group.slugs:
                self._showing.setdefault(slug, set()).add(group.name)
