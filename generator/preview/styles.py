"""Style sheets that are shown as soon as they are saved, before the pages that will name them.

A page names a style sheet by its fingerprint, so after an edit a build renders every page. Until
that is done the preview puts the new names into the pages itself, as the build is about to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import assets
from generator.config import Theme
from generator.diagnostics import Diagnostics
from generator.preview.page import with_style_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.assets import Asset


class Styles:
    """The static files as they were saved; none where what is in place is what was saved."""

    def __init__(self, found: Iterable[Asset] = ()) -> None:
        found = tuple(found)
        self.files = {asset.path: asset.data for asset in found}
        self._names = {
            f"static/{asset.name}".encode(): asset.path.encode()
            for asset in found
            if asset.name.endswith(".css")
        }

    def put_on(self, html: bytes) -> bytes:
        """Return a page with these style sheets in the place of earlier ones of their names."""
        return with_style_sheets(html, self._names) if self._names else html


def read(root: Path) -> Styles | None:
    """Return the style sheets that a build would publish; None where it would find faults.

    The one that follows from `site.yaml` is not among them: only a build can tell it.
    """
    found = Diagnostics()
    static = assets.read(root, Theme(), found)
    return None if found.found else Styles(static)
