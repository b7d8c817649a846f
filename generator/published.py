"""The published addresses: `content/addresses.txt`, by which none of them is lost without a word.

A line is an address, and after it what is known of the page there:

    /about/
    /papers/a-paper/ lovelace-2024-paper doi:10.1000/182    a paper: its citation key, identifiers
    /papers/old/ -> /papers/a-paper/                        it moved: the address redirects
    /papers/wrong/ gone: Its authors withdrew it.           it was removed: a page says why

One line an address, in order, so that what two branches add seldom stands at one place.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, unquote

from generator.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostics
    from generator.markup import Reader, Text
    from generator.paper import Paper
    from generator.source import Location, Source

FILE = "content/addresses.txt"
_HEADER = """\
# Every address that this site has published. `offprint record` adds to it; delete no line, so that
# what others link to is never lost. Of a page that is no more, write where it went or why:
#
#     /papers/old/ -> /papers/new/
#     /papers/wrong/ gone: Its authors withdrew it.

"""
_ARROW, _GONE = "->", "gone:"
_FORMS = f"'/papers/old/ {_ARROW} /papers/new/' or '/papers/old/ {_GONE} Withdrawn in 2024.'"
_ADDRESS = re.compile(r"/(?!\.\.?/)(?:[^\s/?#\\]+/(?!\.\.?/))*(?:[^\s/?#\\]+\.html)?")
_IDENTIFIERS = ("doi", "arxiv")  # which stay a paper's when its file, title and year change
_KNOWN = re.compile(
    rf"(?P<key>(?!{_ARROW}|{_GONE})\S+)?(?P<names>(?: (?:{'|'.join(_IDENTIFIERS)}):\S+)*) *"
    rf"(?:{_ARROW} *(?P<target>\S+)|{_GONE} *(?P<reason>\S.*))?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A published address, from the site's root without a leading slash, and what became of it.

    A paper has its citation key and its identifiers, such as `doi:10.1000/182`. Of what is no more,
    `target` is where it went, or `reason` says why.
    """

    path: str
    key: str = ""
    identifiers: tuple[str, ...] = ()
    target: str | None = None
    reason: Text | None = None
    line: int = 0


class Addressed(Protocol):
    """A paper, as far as it has addresses."""

    @property
    def slug(self) -> str:
        """What its address ends in."""

    @property
    def path(self) -> str:
        """Its address, without a leading slash."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its earlier addresses."""


@dataclass(frozen=True, slots=True)
class Published:
    """The addresses that the file names, by their paths, and the file."""

    source: Source | None = None
    addresses: Mapping[str, Address] = field(default_factory=lambda: MappingProxyType({}))

    def location(self, address: Address) -> Location:
        """Return where an address stands in the file."""
        assert self.source is not None
        return self.source.location(address.line, 1)

    @property
    def digest(self) -> str:
        """The digest of what the file says."""
        return digest((self.source.text if self.source else "").encode())

    @property
    def keys(self) -> frozenset[str]:
        """The citation keys that were ever published, in lower case: none is another paper's."""
        return frozenset(one.key.lower() for one in self.addresses.values() if one.key)

    def keys_of(self, papers: Iterable[Addressed]) -> dict[str, str]:
        """Return the keys that papers were published with, by slug, also at an earlier address."""
        kept: dict[str, str] = {}
        for paper in papers:
            paths = (paper.path, *(alias.removeprefix("/") for alias in paper.aliases))
            known = (self.addresses[path].key for path in paths if path in self.addresses)
            if key := next(filter(None, known), ""):
                kept[paper.slug] = key
        return kept

    def recorded(self, planned: Iterable[Address]) -> str:
        """Return the text of the file with the addresses of a site in it; no line is lost.

        A new one comes after the one that it follows in order, and so before no comment.
        """
        lines = (self.source.text if self.source else _HEADER).removesuffix("\n").split("\n")
        order = sorted(self.addresses)
        top = min((one.line for one in self.addresses.values()), default=len(lines) + 1) - 1
        added: defaultdict[int, list[str]] = defaultdict(list)
        for address in sorted(planned, key=lambda one: one.path):
            known = self.addresses.get(address.path)
            if known is None:
                place = bisect(order, address.path)
                line = self.addresses[order[place - 1]].line if place else top
                added[line].append(_line(address))
            elif address.key and known.target is None and known.reason is None:
                lines[known.line - 1] = _line(address)
        whole = [*added[0], *(one for i, line in enumerate(lines, 1) for one in (line, *added[i]))]
        return "\n".join(whole) + "\n"


def identifiers(paper: Paper) -> tuple[str, ...]:
    """Return what identifies a paper whatever its title: `doi:10.1000/182`, `arxiv:2212.03827`."""
    given = {name: getattr(paper, name) for name in _IDENTIFIERS}
    if given["arxiv"]:
        given["arxiv"] = re.sub(r"v[0-9]+$", "", given["arxiv"])
    return tuple(f"{name}:{value.lower()}" for name, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file: its number, its address as written, and what stands after it."""

    source: Source
    number: int
    written: str
    rest: str

    def at(self, part: str, offset: int = 0) -> Location:
        """Return the place of a character of a part of what stands after the address."""
        start = self.source.location(self.number).excerpt.rfind(part)
        return self.source.location(self.number, start + offset + 1)


def read(source: Source, reader: Reader, found: Diagnostics) -> Published:
    """Read the file; a line that cannot be understood is an error, and left out."""
    addresses: dict[str, Address] = {}
    for number, line in enumerate(source.text.split("\n"), 1):
        written, _, rest = line.strip().partition(" ")
        if not written or written[0] == "#":
            continue
        if not _ADDRESS.fullmatch(written):
            found.error(
                source.location(number, 1),
                f"'{written}' is no address of a page.",
                "Write it from '/' on to the end of the folder: /papers/a-paper/",
            )
            continue
        address = _address(_Line(source, number, written, rest.strip()), reader, found)
        other = addresses.get(address.path) if address else None
        if address and other and _differs(address, other):
            found.error(
                source.location(number, 1),
                f"The address {written} stands here a second time, with something else after it.",
                f"Keep this line or line {other.line}.",
            )
        elif address and not other:
            addresses[address.path] = address
    return Published(source, dict(_followed(addresses, source, found)))


def _address(line: _Line, reader: Reader, found: Diagnostics) -> Address | None:
    """Return what a line says; None, with a diagnostic, where it cannot be understood."""
    known = _KNOWN.fullmatch(line.rest)
    moved = known["target"] if known else None
    if known is None or (moved and not _ADDRESS.fullmatch(moved)):
        found.error(
            line.at(line.rest),
            "What stands after the address is not understood.",
            f"Of a page that is no more, write where it went or why: {_FORMS}",
        )
        return None
    reason = None
    if known["reason"]:
        reason, problems = reader.document(known["reason"])
        for one in problems:
            found.warning(line.at(known["reason"], one.offset), one.message, one.help)
    return Address(
        _path(line.written),
        known["key"] or "",
        tuple(known["names"].split()),
        _path(moved) if moved else None,
        reason,
        line.number,
    )


def _path(written: str) -> str:
    return unquote(written).removeprefix("/")


def _differs(one: Address, other: Address) -> bool:
    return (one.key, one.target, one.reason) != (other.key, other.target, other.reason)


def _followed(
    addresses: Mapping[str, Address], source: Source, found: Diagnostics
) -> Iterator[tuple[str, Address]]:
    """Yield the addresses, those that moved twice with where they are in the end."""
    for path, address in addresses.items():
        seen, last = {path}, address
        while last.target is not None and last.target not in seen and last.target in addresses:
            seen.add(last.target)
            last = addresses[last.target]
        if last.target in seen:  # which holds no None
            found.error(
                source.location(address.line, 1),
                f"The address /{path} leads back to itself.",
                "Write the address of a page that is there.",
            )
        else:
            # Where it ends is a page, or says why it is gone.
            end = last.target if last is address or last.target is not None else last.path
            yield path, replace(address, target=end)


def _line(address: Address) -> str:
    return " ".join(filter(None, ["/" + quote(address.path), address.key, *address.identifiers]))
