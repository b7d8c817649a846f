"""The citation formats as files: what each is called, and how records become one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from generator.formats import bibtex, csl, ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.paper import Paper


class Format(NamedTuple):
    """A format: its file's ending, media type and name for readers.

    `record` writes a paper, given with its citation key, the address of its page and its arXiv
    category; `join` makes a file of records.
    """

    ending: str
    media_type: str
    label: str
    record: Callable[[Paper, str, str, str], str]
    join: Callable[[Iterable[str]], str]


def _bibtex(paper: Paper, key: str, url: str, primary_class: str) -> str:
    return bibtex.entry(paper, key, url, primary_class=primary_class)


def _ascii(paper: Paper, key: str, url: str, primary_class: str) -> str:
    return bibtex.ascii(_bibtex(paper, key, url, primary_class))


def _ris(paper: Paper, key: str, url: str, _primary_class: str) -> str:
    return ris.entry(paper, key, url)


def _csl(paper: Paper, key: str, url: str, _primary_class: str) -> str:
    return json.dumps(csl.item(paper, key, url), ensure_ascii=False, indent=2)


FORMATS = {
    "bibtex": Format("bib", "application/x-bibtex", "BibTeX", _bibtex, "\n".join),
    "bibtex-ascii": Format(
        "ascii.bib", "application/x-bibtex", "BibTeX in ASCII", _ascii, "\n".join
    ),
    "ris": Format("ris", "application/x-research-info-systems", "RIS", _ris, "".join),
    "csl": Format(
        "csl.json",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
        _csl,
        lambda records: "[" + ",\n".join(records) + "]\n",
    ),
}
