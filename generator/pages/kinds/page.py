"""A page as a frozen value of what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site. `path` is its address from the site's root: `tags/`, and `` for home."""

    path: str

    @property
    def mark(self) -> str:
        """The digest of its fields where that is known without reading them; "" otherwise."""
        return ""

    @property
    def file(self) -> str:
        """The file of the output that holds it."""
        return self.path + "index.html" if self.path == "" or self.path.endswith("/") else self.path

    @property
    def root(self) -> str:
        """The way from this page to the site's root, ending in `/`."""
        return "../" * self.path.count("/") or "./"


@dataclass(frozen=True, slots=True)
class TemplatePage(Page):
    """A page that a template makes."""

    template: ClassVar[str]
