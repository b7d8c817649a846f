"""Why a page is rendered, for whoever asks what a build was busy with (`build --verbose`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.manifest import Record
    from generator.pages.kinds.page import Page
    from generator.theme import Theme


def reason(  # noqa: PLR0913 - all that can be a reason
    page: Page,
    mark: str,
    theme: Theme,
    known: Record | None,
    makers: Mapping[str, str],
    *,
    force: bool,
) -> str:
    """Return why a page is rendered, given its fingerprint, what is in place and what made that.

    Where several things changed, that which most pages share is named.
    """
    if known is None:
        return "it is new"
    if force:
        return "all pages are to be rendered"
    if not known.fingerprint:
        return "another version made it, or a build that was stopped"
    if known.fingerprint == mark:
        return "its file is gone, or another program changed it"
    now = theme.makers()
    for what in theme.makers_of(page):
        if makers.get(what, now[what]) != now[what]:
            return f"{what} changed"
    return "what it shows changed"
