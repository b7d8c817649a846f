"""The files beside the pages: what style sheets load, and citation files that are too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.linter import body
from generator.linter.folder import Kind
from generator.source import Location, Source

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.linter.folder import Folder

LARGEST_CITATIONS = 50_000_000
"""The bytes of a citation file from where on hosts and editors balk."""

_CITATIONS = (".bib", ".ris", ".csl.json", ".enw")


def check(folder: Folder, found: Diagnostics) -> None:
    """Report what is wrong with the files that are no pages."""
    for file, size in folder.sizes.items():
        if file.endswith(".css"):
            _check_style_sheet(file, folder, found)
        elif file.endswith(_CITATIONS) and size > LARGEST_CITATIONS:
            found.warning(
                Location(folder.shown(file)),
                f"The file has {size / 1_000_000:.0f} MB, and many programs take 50.",
                "Cut it into several.",
            )


def _check_style_sheet(file: str, folder: Folder, found: Diagnostics) -> None:
    source = Source(folder.shown(file), folder.read(file).decode("utf-8", "replace"))
    for address in dict.fromkeys(body.css_addresses(source.text)):
        target = folder.resolve(file, address)
        at = source.location_at(source.text.find(address))
        if target.kind is Kind.FOREIGN:
            body.refuse_foreign(address, at, found)
        elif target.kind is Kind.OWN and target.file not in folder.sizes:
            found.error(
                at,
                f"The style sheet names '{address}', and there is no such file.",
                "Correct the address, or add the file.",
            )
