"""Keys and references of a BibTeX file: what an entry takes from the one it names in `crossref`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.diagnostics import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.diagnostics import Diagnostics
    from generator.importers.bibfile import Record
    from generator.source import Source

# What belongs to a volume, not to the papers in it.
_OWN = frozenset({"crossref", "author", "abstract", "doi", "url", "keywords"})


def resolve(records: Iterable[Record], source: Source, found: Diagnostics) -> list[Record]:
    """Return the entries that are papers, with the fields that they leave to others.

    An entry without authors that another refers to is a volume, and no paper of its own. Of two
    with the same key the first is taken, and the other reported.
    """
    by_key: dict[str, Record] = {}
    for record in records:
        first = by_key.setdefault(record.key.lower(), record)
        if first is not record:
            found.error(
                source.location(*record.key_mark),
                f"The key '{record.key}' stands twice in this file.",
                "Change or delete one of the two; BibTeX does not tell case apart.",
                Note(source.location(*first.key_mark), "The other one is here."),
            )
    volumes = {_parent(record) for record in by_key.values()}
    return [
        _complete(record, by_key, source, found)
        for key, record in by_key.items()
        if key not in volumes or "author" in record.fields
    ]


def _parent(record: Record) -> str:
    """Return the key of the entry that an entry refers to, folded; "" where it refers to none."""
    reference = record.fields.get("crossref")
    return reference.text.strip().lower() if reference else ""


def _complete(
    record: Record, by_key: Mapping[str, Record], source: Source, found: Diagnostics
) -> Record:
    fields, seen, one = dict(record.fields), {record.key.lower()}, record
    while (key := _parent(one)) and key not in seen:
        if key not in by_key:
            reference = one.fields["crossref"]
            found.error(
                source.location(*reference.mark),
                f"There is no entry '{reference.text.strip()}' in this file.",
                "Correct the key, or delete 'crossref' and write the fields here.",
            )
            break
        seen.add(key)
        one = by_key[key]
        for name, value in one.fields.items():
            if name not in _OWN:
                # The title of a volume is for its papers the title of the book.
                fields.setdefault("booktitle" if name == "title" else name, value)
    return replace(record, fields=fields)
