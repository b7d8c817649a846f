"""What stands in a page: headings, ids, images, and what it loads from other hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.linter.folder import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostics
    from generator.linter.document import Document, Element
    from generator.linter.folder import Folder
    from generator.source import Location

LARGEST_PAGE = 2_000_000
"""The bytes of a page that search engines are sure to read."""

# The attributes by which an element loads something, without a reader's asking for it.
_LOADING = {
    "audio": ("src",), "embed": ("src",), "iframe": ("src",), "img": ("src", "srcset"),
    "input": ("src",), "object": ("data",), "script": ("src",), "source": ("src", "srcset"),
    "track": ("src",), "video": ("src", "poster"),
}  # fmt: skip
_LOADED_LINKS = {
    *("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"),
    *("prefetch", "preconnect", "dns-prefetch", "prerender", "mask-icon"),
}
_CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
)


def check(page: Document, folder: Folder, found: Diagnostics) -> None:
    """Report what is wrong in a page whatever it is about."""
    if not page.refresh:
        _check_headings(page, found)
    _check_ids(page, found)
    _check_images(page, found)
    for element, address in loads(page):
        if folder.resolve(page.file, address).kind is Kind.FOREIGN:
            refuse_foreign(address, page.at(element, address), found)
    if folder.sizes[page.file] > LARGEST_PAGE:
        found.warning(
            page.at(),
            f"The page has {folder.sizes[page.file] / 1_000_000:.1f} MB, more than search engines "
            "are sure to read.",
            "Cut it into several pages; 'paginate' in site.yaml says how many papers one lists.",
        )


def _check_headings(page: Document, found: Diagnostics) -> None:
    headings = page.all("h1")
    if len(headings) != 1:
        found.error(
            page.at(headings[1] if headings else None),
            f"The page has {len(headings) or 'no'} {'headings' if headings else 'heading'} <h1>.",
            "Give it one, which says what it is about.",
        )


def _check_ids(page: Document, found: Diagnostics) -> None:
    for name, elements in page.ids.items():
        if len(elements) > 1:
            found.error(
                page.at(elements[1], f'id="{name}"'),
                f"The id '{name}' is given {len(elements)} times.",
                "Give each element an id of its own: a link leads to the first alone.",
            )


def _check_images(page: Document, found: Diagnostics) -> None:
    for image in page.all("img"):
        if image.get("alt") is None:
            found.error(
                page.at(image),
                f"The image '{image.get('src') or ''}' has no alternative text.",
                "Say in 'alt' what it shows; alt=\"\" if it only decorates.",
            )


def loads(page: Document) -> Iterator[tuple[Element, str]]:
    """Yield every address that a browser asks for when it shows a page, and what names it."""
    for name, attributes in _LOADING.items():
        for element in page.all(name):
            for attribute in attributes:
                for address in _addresses(element, attribute):
                    yield element, address
    for element in page.all("link"):
        if _LOADED_LINKS.intersection((element.get("rel") or "").lower().split()):
            yield element, element.get("href") or ""
    for element in page.all("style"):
        for address in css_addresses(element.text or ""):
            yield element, address


def _addresses(element: Element, attribute: str) -> list[str]:
    """Return the addresses in an attribute; `srcset` holds several, with their widths."""
    value = (element.get(attribute) or "").strip()
    if attribute == "srcset":
        return [one.split()[0] for one in value.split(",") if one.strip()]
    return [value] if value else []


def css_addresses(text: str) -> list[str]:
    """Return the addresses that a style sheet names."""
    return ["".join(groups) for groups in _CSS_ADDRESS.findall(text)]


def refuse_foreign(address: str, at: Location, found: Diagnostics) -> None:
    """Report something that a page or a style sheet loads from another host."""
    found.error(
        at,
        f"'{address}' is loaded from another host, which so learns of every reader.",
        "Keep a copy in the site, or link to it.",
    )
