"""What differs between two outputs of a site, for the review of a change: in Markdown."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from generator import manifest
from generator.diagnostics import plural
from generator.stamp import LEFT, MANIFEST, STAGING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_SHOWN = 50  # lines of a section: a reviewer reads no more, and GitHub takes 1 MiB of summary
_HEAD = 16_384  # bytes in which a page says its title and where it leads
# Folders whose files have names that change with what is in them: no address there is to last.
_NAMELESS = ("static/", "pagefind/")
_NAME = re.compile(r'<meta property="og:title" content="([^"]*)">')  # without the site's title
_TITLE = re.compile(r"<title>([^<]*)</title>")
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)"', re.IGNORECASE)
_FINGERPRINT = re.compile(rb"(static/[\w./-]+?)\.[0-9a-f]{10}(?=\.\w+)")


@dataclass(frozen=True, slots=True)
class Change:
    """A page or file that differs: its address, its titles, and where it redirects to now."""

    address: str
    title: str
    old_title: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two outputs. `broken` are addresses at which nothing is any more.

    `files` counts what else changed: feeds, citation files and the like; `unchanged` counts files.
    """

    broken: tuple[Change, ...]
    moved: tuple[Change, ...]
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    files: int
    unchanged: int


def compare(old: Path, new: Path) -> Comparison:
    """Compare two output folders, file by file; what the manifests tell to be equal is not read."""
    before, after = _files(old), _files(new)
    alike = manifest.alike(old, new)
    moved: list[Change] = []
    changed: list[Change] = []
    files = unchanged = 0
    for file in sorted(before & after, key=_order):
        if file in alike or _is_same(old / file, new / file):
            unchanged += 1
        elif not file.endswith(".html"):
            files += 1
        else:
            was, now = _change(old, file), _change(new, file)
            change = Change(now.address, now.title, was.title, now.target)
            (moved if now.target and now.target != was.target else changed).append(change)
    pages = (file for file in sorted(after - before, key=_order) if file.endswith(".html"))
    added = [_change(new, file) for file in pages]
    gone = [_change(old, file) for file in sorted(before - after, key=_order)]
    return Comparison(
        broken=tuple(_without_belongings(gone, moved)),
        moved=(*moved, *(one for one in added if one.target)),
        added=tuple(one for one in added if not one.target),
        changed=tuple(changed),
        files=files,
        unchanged=unchanged,
    )


def _order(file: str) -> tuple[bool, str]:
    """Put the papers first, which most changes are about."""
    return not file.startswith("papers/"), file


def _files(folder: Path) -> set[str]:
    """Return the files of an output, but for the program's own and those without lasting names."""
    found: set[str] = set()
    for top, _, names in os.walk(folder):
        start = os.path.relpath(top, folder).replace(os.sep, "/") + "/"
        start = "" if start == "./" else start
        if not start.startswith((*_NAMELESS, f"{STAGING}/")):
            found.update(start + name for name in names)
    return found - {MANIFEST, *LEFT}


def _is_same(old: Path, new: Path) -> bool:
    """Tell whether two files hold the same, but for the fingerprints in the names of assets."""
    one, other = old.read_bytes(), new.read_bytes()
    if one == other:
        return True
    if old.suffix != ".html":
        return False
    return _FINGERPRINT.sub(rb"\1", one) == _FINGERPRINT.sub(rb"\1", other)


def _change(folder: Path, file: str) -> Change:
    address = "/" + file.removesuffix("index.html")
    if not file.endswith(".html"):
        return Change(address, "")
    with (folder / file).open("rb") as page:
        head = page.read(_HEAD).decode("utf-8", "replace")
    title, refresh = _NAME.search(head) or _TITLE.search(head), _REFRESH.search(head)
    # The parser of URLs knows how `../../papers/x/` is meant from here.
    target = urljoin(address, html.unescape(refresh[1])) if refresh else ""
    return Change(address, html.unescape(title[1]) if title else "", target=target)


def _without_belongings(gone: Sequence[Change], moved: Iterable[Change]) -> Iterator[Change]:
    """Leave out what lay beside a page that is gone or moved itself, such as its citation files."""
    folders = {one.address for one in (*gone, *moved) if one.address.endswith("/")}
    for one in gone:
        if one.address.endswith("/") or one.address[: one.address.rfind("/") + 1] not in folders:
            yield one


def to_markdown(found: Comparison) -> str:
    """Render as Markdown, in which nothing of the site can be markup, a link or a mention."""
    counts = [
        f"{plural(len(found.broken), 'broken address')}",
        f"{len(found.moved):,} moved",
        f"{plural(len(found.added), 'page')} added",
        f"{len(found.changed):,} changed",
        f"{plural(found.files, 'other file')} changed",
        f"{found.unchanged:,} unchanged",
    ]
    sections = [
        _section(
            "Broken addresses",
            "Nothing is there any more, and nothing says where it went.",
            [_line(one) for one in found.broken],
        ),
        _section("Moved", "", [f"{_line(one)} → `{one.target}`" for one in found.moved]),
        _section("Pages added", "", [_line(one) for one in found.added]),
        _section("Pages changed", "", [_line(one) for one in found.changed]),
    ]
    return "\n\n".join(["# What changes", ", ".join(counts) + ".", *filter(None, sections)])


def _section(heading: str, about: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    shown = list(lines[:_SHOWN])
    if len(lines) > _SHOWN:
        shown.append(f"and {len(lines) - _SHOWN:,} more")
    listed = "\n".join(f"- {line}" for line in shown)
    return "\n\n".join(filter(None, [f"## {heading} ({len(lines):,})", about, listed]))


def _line(one: Change) -> str:
    title = _escaped(one.title)
    if one.old_title and one.old_title != one.title and not one.target:
        title = f"{title} (was: {_escaped(one.old_title)})"
    address = one.address.replace("`", "%60")
    return f"`{address}` {title}".rstrip()


# What is markup in Markdown, and what GitHub makes a mention, a reference or a link of.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_MENTION = re.compile(r"([@#])(?=\w)|(?<=\w)(:)(?=//)")


def _escaped(text: str) -> str:
    line = " ".join(text.split())
    return _MENTION.sub("\\g<0>\u2060", _MARKUP.sub(r"\\\g<0>", line))
