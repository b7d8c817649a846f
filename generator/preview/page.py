"""A page as the preview shows it: with its script, which knows what the page is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.inputs import digest

# Below a name that no site can hold, since hidden files are not published.
OWN = "/.offprint/"

_LINK = re.compile(rb"\s*(<link\b[^>]*>)", re.IGNORECASE)
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
            if b"stylesheet" not in match[0].lower():
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
