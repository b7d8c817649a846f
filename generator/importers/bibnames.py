"""The names in a BibTeX field: told apart, and each in its parts (btxdoc, section 4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pybtex.bibtex.utils import split_name_list, split_tex_string
from pybtex.database import Person

from generator import names
from generator.importers.bibfields import without_groups

if TYPE_CHECKING:
    from collections.abc import Callable

Author = str | dict[str, str]

_TEX = re.compile(r"[\\${}~]")
_STRAY = re.compile(r"^and\b\s*|\s+and$", re.IGNORECASE)
_MOST_COMMAS = 2  # von Last, Jr, First


def split(text: str) -> tuple[list[str], bool]:
    """Return the names of a field, and whether it ends in `and others`."""
    parts = split_name_list(" ".join(text.split()))
    found = [name for part in parts if (name := _STRAY.sub("", part))]
    if found and found[-1].lower() in {"others", "et al.", "et al"}:
        return found[:-1], True
    return found, False


def keywords(text: str) -> list[str]:
    """Return the keywords of a field, which are told apart by semicolons, or else by commas."""
    line = " ".join(text.split())
    parts: list[str] = split_tex_string(line, ";")
    return parts if len(parts) > 1 else list(split_tex_string(line, ","))


def are_several(name: str) -> bool:
    """Tell whether what should be one name holds several, with commas or semicolons between."""
    too_many = len(split_tex_string(name, ",")) > _MOST_COMMAS + 1
    return too_many or len(split_tex_string(_ENTITY.sub("", name), ";")) > 1


_ENTITY = re.compile(r"&#?\w+;")  # of HTML, as publishers' files have it


def author(name: str, plain: Callable[[str], str]) -> Author:
    """Return a name as an entry gives it: as one text where that says its parts, or the parts.

    `plain` reads TeX. A name that is wholly in braces has no parts.
    """
    if are_several(name):
        return name  # which is reported
    if whole := _in_braces(name):
        return {"literal": without_groups(whole)}
    person = Person(name)
    parts = {
        "family": " ".join(person.last_names),
        "given": " ".join(person.bibtex_first_names),
        "particle": " ".join(person.prelast_names),
        "suffix": " ".join(person.lineage_names),
    }
    meant = names.Name(**{part: _read(text, plain) for part, text in parts.items()})
    if not (meant.given or meant.particle or meant.suffix):
        return _read(name, plain) if " " not in meant.family else {"literal": parts["family"]}
    for written in (meant.display, meant.inverted):
        if names.parse(written) == meant and not _TEX.search(written):
            return written
    return {part: without_groups(text) for part, text in parts.items() if text}


def _read(text: str, plain: Callable[[str], str]) -> str:
    return plain(text) if _TEX.search(text) else text


def _in_braces(name: str) -> str:
    """Return what stands in the braces round a whole name, or nothing."""
    depth = 0
    for i, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return name[1:-1] if name[0] == "{" and i == len(name) - 1 and i > 1 else ""
    return ""
