"""What a user asks of a build beside the folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Whether drafts are published, and the address that takes the place of the site's own."""

    drafts: bool = False
    base_url: str | None = None
