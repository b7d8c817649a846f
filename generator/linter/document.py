"""A page as a parser of HTML sees it, with the places of what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lxml import etree

from generator.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.source import Location

    Element = Any  # lxml comes without types

# What no reader sees; MathML carries the TeX of a formula as an annotation.
_UNSEEN = {"annotation", "script", "style", "template"}
_LINES_OF_A_TAG = 20  # within which the beginning of a tag is looked for


class Document:
    """A page: its elements by their names, in the order in which they stand."""

    def __init__(self, file: str, shown: str, data: bytes) -> None:
        self.file = file
        self._shown = shown
        self._data = data
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        # A page without any element is one all the same.
        root = etree.HTML(data, parser) if data.strip() else None
        self.root: Element = etree.Element("html") if root is None else root
        self._elements: defaultdict[str, list[Element]] = defaultdict(list)
        self.ids: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self.root.iter(etree.Element):
            self._elements[element.tag].append(element)
            name = element.get("id")
            if name is not None:
                self.ids[name].append(element)

    def all(self, *names: str) -> list[Element]:
        """Return the elements of these names."""
        return [element for name in names for element in self._elements.get(name, ())]

    def metas(self, name: str) -> list[Element]:
        """Return the `<meta>` elements of a name, or of an Open Graph property."""
        return self._metas.get(name, [])

    @cached_property
    def _metas(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self._elements["meta"]:
            name = element.get("name") or element.get("property") or ""
            found.setdefault(name.strip().lower(), []).append(element)
        return found

    def starting(self, prefix: str) -> dict[str, list[Element]]:
        """Return the `<meta>` elements whose names begin so."""
        return {name: found for name, found in self._metas.items() if name.startswith(prefix)}

    def links(self, relation: str) -> list[Element]:
        """Return the `<link>` elements with a relation."""
        return [
            element
            for element in self._elements["link"]
            if relation in (element.get("rel") or "").lower().split()
        ]

    def with_class(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        return [
            element
            for element in self.root.iter(etree.Element)
            if name in (element.get("class") or "").split()
        ]

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may take the page: it does not forbid it, and is no redirect."""
        robots = " ".join(one.get("content") or "" for one in self.metas("robots")).lower()
        return "noindex" not in robots and "none" not in robots and not self.refresh

    @cached_property
    def refresh(self) -> tuple[Element, str] | None:
        """Where the page leads on by itself, and the element that says so."""
        for element in self._elements["meta"]:
            if (element.get("http-equiv") or "").lower() == "refresh":
                target = re.search(
                    r"url\s*=\s*['\"]?([^'\"]+)", element.get("content") or "", re.IGNORECASE
                )
                if target:
                    return element, target[1].strip()
        return None

    def at(self, element: Element | None = None, text: str = "") -> Location:
        """Return the place of an element, or of a text in its tag; of none, the page itself."""
        if element is None:
            return Source(self._shown, "").location(0)
        lines = self._source.text.split("\n")
        last = min(element.sourceline or 0, len(lines))
        # The parser may count a tag's lines to its end.
        for needle in filter(None, (text, f"<{element.tag}")):
            for line in range(last, max(last - _LINES_OF_A_TAG, 0), -1):
                column = lines[line - 1].find(needle) + 1
                if column:
                    return self._source.location(line, column)
        return self._source.location(last)

    def within(self, element: Element, position: int) -> Location:
        """Return the place of a character in the text of an element that holds text as it is."""
        start = self._source.text.find(element.text or "")
        return self._source.location_at(start + position) if start > 0 else self.at(element)

    @cached_property
    def _source(self) -> Source:
        return Source(self._shown, self._data.decode("utf-8", "replace").replace("\r\n", "\n"))


def text_of(element: Element) -> str:
    """Return what a reader sees of an element, on a line."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    if element.tag not in _UNSEEN:
        yield element.text or ""
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                yield from _texts(child)
            yield child.tail or ""


def letters(text: str) -> str:
    """Return the letters and digits of a text, for comparing what two readers make of a formula."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


def is_hidden(element: Element) -> bool:
    """Tell whether a reader must do something to see an element: a closed `<details>` hides it."""
    seen = element
    while seen is not None:
        style = (seen.get("style") or "").replace(" ", "").lower()
        if seen.get("hidden") is not None or "display:none" in style:
            return True
        if seen.tag == "details" and seen.get("open") is None:
            return True
        seen = seen.getparent()
    return False
