"""A page as the preview shows it: with its script, which knows what the page is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

# Below a name that no site can hold, since hidden files are not published.
OWN = "/.offprint/"

_LINK = re.compile(rb"\s*(<link\b[^>]*>)", re.IGNORECASE)
_SHEET = re.compile(rb"(static/[^\"'\s>]+)\.[0-9a-f]{10}(\.css)")
_LEADS_ON = re.compile(rb"<meta\b[^>]*http-equiv=[\"']?refresh", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """What a page is made of: a digest of all but its style sheets, and the tags of those."""

    content: str
    styles: tuple[str, ...]

    @classmethod
    def of(cls, html: bytes) -> Version:
        """Return the version of a page."""
        styles: list[str] = []

        def without_styles(match: re.Match[bytes]) -> bytes:
            if not _is_of_style(match):
                return match[0]
            styles.append(match[1].decode("utf-8", "replace"))
            return b""

        content = digest(_LINK.sub(without_styles, html))
        return cls(content, tuple(styles))

    @property
    def looks(self) -> str:
        """A digest of the style sheets' tags."""
        return digest("".join(self.styles).encode())

    def __str__(self) -> str:
        return f"{self.content}.{self.looks}"


def _is_of_style(link: re.Match[bytes]) -> bool:
    return b"stylesheet" in link[0].lower()


def with_style_sheets(html: bytes, names: Mapping[bytes, bytes]) -> bytes:
    """Return a page that links to other style sheets: `names` gives them by their plain names."""

    def renamed(sheet: re.Match[bytes]) -> bytes:
        return names.get(sheet[1] + sheet[2], sheet[0])

    def restyled(link: re.Match[bytes]) -> bytes:
        return _SHEET.sub(renamed, link[0]) if _is_of_style(link) else link[0]

    return _LINK.sub(restyled, html)


def with_script(html: bytes) -> bytes:
    """Return a page with the preview's script, at the end of its head or, without one, of it.

    A page that leads on to another one needs none.
    """
    if _LEADS_ON.search(html):
        return html
    script = f'<script defer src="{OWN}preview.js" data-version="{Version.of(html)}"></script>'
    end = _HEAD_END.search(html)
    at = end.start() if end else len(html)
    return html[:at] + script.encode() + html[at:]
