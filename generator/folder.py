"""A content folder on its way to becoming a site: what has been read of it, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import source
from generator.diagnostics import Diagnostics
from generator.markup import Reader
from generator.source import Location, Source, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

    from generator.config import TextPage
    from generator.duplicates import Identity
    from generator.outline import Holding
    from generator.site import Claim, File, Reference, Token


def require(root: Path) -> None:
    """Raise BuildError where there is no content to read."""
    if not (root / "content").is_dir():
        found = Diagnostics()
        found.error(
            Location("content"),
            "There is no folder 'content' here.",
            "This is the folder itself: run the command in the one that holds it."
            if (root / "site.yaml").is_file()
            else "Run the command in the folder that holds 'content', or name it with --source.",
        )
        found.raise_errors()


@dataclass(slots=True)
class Folder:
    """What the modules that read share; `reader` knows the site's macros once it is set."""

    root: Path
    found: Diagnostics
    reader: Reader = field(default_factory=Reader)
    claims: list[Claim] = field(default_factory=list)
    papers: list[Holding] = field(default_factory=list)
    identities: dict[str, Identity] = field(default_factory=dict)
    pages: list[TextPage] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    aliases: list[Reference] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    places: dict[str, Location] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def take(self, other: Folder) -> None:
        """Take over what was read of other files, before any of these."""
        self.reader = other.reader
        self.found.found += other.found.found
        self.pages += other.pages
        self.files += other.files
        self.references += other.references
        self.tokens += other.tokens
        self.unknown += other.unknown

    def source(self, path: str) -> Source | None:
        """Read a file; None, with a diagnostic, where it cannot be read."""
        try:
            return source.read(self.root, path)
        except UnreadableError as error:
            self.found.error(error.location, error.message, error.help)
            return None

    def start_of(self, path: str) -> bytes | None:
        """Read how a file begins that is published as it is; None where it cannot be read."""
        try:
            return source.start(self.root, path)
        except UnreadableError as error:
            self.found.error(error.location, error.message, error.help)
            return None
