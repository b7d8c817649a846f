"""The fields of BibTeX: what each is called in an entry, and how its text is written there."""

from __future__ import annotations

import re

from generator import dates

# The CSL type of an entry type; those of biblatex are here too.
TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "book",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "article",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "article",
    "mvbook": "book",
    "online": "article",
    "phdthesis": "thesis",
    "preprint": "article",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "article",
    "www": "article",
}
# Entries that say something to a program, and are no work.
CONTROLS = frozenset({"control", "ieeetranbstctl", "set", "xdata"})
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution")
COLLECTIONS = frozenset({"book", "collection", "mvbook", "proceedings"})
NUMBERED = frozenset({"report", "thesis", "dataset", "software"})
# Who issued it, where nobody is named as its author (btxdoc, section 3.1: manual, techreport).
ISSUERS = ("organization", "institution", "collaboration")

# A field that is one line of plain words here and there: its name in an entry.
PLAIN = {
    "volume": "volume",
    "pages": "pages",
    "series": "series",
    "publisher": "publisher",
    "address": "place",
    "location": "place",
    "license": "license",
}
# Text with markup.
MARKED = {"title": "title", "award": "award"}
# One word, as it stands.
EXACT = {
    "pmid": "pmid",
    "pmcid": "pmcid",
    "openreview": "openreview",
    "code": "code",
    "status": "status",
    "slug": "slug",
    "modified": "modified",
    "draft": "draft",
    "unlisted": "unlisted",
    "featured": "featured",
    "selected": "featured",
    "et_al": "et_al",
}
LINKS = {
    **{kind: kind for kind in ("pdf", "data", "model", "project", "html", "supplement")},
    **{kind: kind for kind in ("slides", "poster", "video", "blog", "demo", "press")},
    "website": "project",
}
READ = frozenset(
    [
        *(*PLAIN, *MARKED, *EXACT, *LINKS, *VENUES, *ISSUERS),
        *("author", "editor", "year", "month", "day", "date", "doi", "isbn", "issn", "url"),
        *(
            "eprint",
            "eprinttype",
            "archiveprefix",
            "primaryclass",
            "eprintclass",
            "keywords",
            "keyword",
            "tags",
        ),
        *("number", "issue", "abstract", "note", "category", "organizations", "crossref"),
    ]
)
REQUIRED = frozenset({"title", "author", "year", "category"})
# What other programs write into a file, which reads like the name of another field.
UNREAD = frozenset(
    [
        *("added", "annotation", "annote", "articleno", "bibsource", "biburl", "booksubtitle"),
        *("booktitleaddon", "chapter", "comment", "copyright", "edition", "editora", "editors"),
        *("eid", "eventdate", "eventtitle", "file", "issuedate", "journalsubtitle", "langid"),
        *("language", "maintitle", "notes", "numpages", "origdate", "owner", "pagetotal"),
        *("pubstate", "shortauthor", "shortjournal", "shorttitle", "subtitle", "timestamp"),
        *("titleaddon", "translator", "type", "urldate", "version"),
    ]
)

_ARXIV = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
ARXIV_ANYWHERE = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|\barxiv[:.]\s*|\babs/){_ARXIV}", re.IGNORECASE
)
ARXIV_ALONE = re.compile(rf"(?:arxiv:)?{_ARXIV}", re.IGNORECASE)
SERVER = re.compile(r"\s*(?:arxiv\b|corr\b)", re.IGNORECASE)
MASTER = re.compile(r"\bmaster(?:['’]?s|arbeit)?\b|\bm\.?\s?(?:sc|phil|eng)\b", re.IGNORECASE)
KEY_FORM = re.compile(r"[A-Za-z0-9:_./+-]+")
_ESCAPED = re.compile(r"\\([_%&#{}$~])")
COMMAND = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}.*", re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.IGNORECASE)
HOST = re.compile(r"www\.[\w-]+\.\S+$", re.IGNORECASE)
# Without one of these a text says the same in TeX and in plain words.
MARKS = re.compile(r"[^\w\s.,:;()/]|://")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_GROUP = re.compile(r"(?<![\\\w^_}\]])\{([^{}\\$]*,[^{}\\$]*)\}")
STATUSES = frozenset({"corrected", "retracted", "withdrawn"})


def without_groups(text: str) -> str:
    """Return a text in one line, without braces that would be read as a set of things."""
    return _GROUP.sub(r"\1", " ".join(text.split()))


def exact(text: str) -> str:
    """Return an address or an identifier as it is meant, without what TeX needed."""
    text = "".join(text.split()) if "://" in text else " ".join(text.split())
    if match := COMMAND.fullmatch(text):
        text = match[1] or match[2] or ""
    while text[:1] == "{" and text[-1:] == "}":
        text = text[1:-1]
    return _ESCAPED.sub(r"\1", text.replace("{\\_}", "_"))


def is_address(text: str) -> bool:
    """Tell whether a text is only an address on the web."""
    return bool(_ADDRESS.fullmatch(exact(text)))


def standard_number(name: str, text: str) -> str:
    """Return the first of the numbers, with the hyphen that an ISSN has."""
    number = re.split(r"\s*[,;/(]\s*|\s+and\s+", exact(text))[0].replace(" ", "-")
    digits = number.replace("-", "").replace("–", "").upper()
    return f"{digits[:4]}-{digits[4:]}" if name == "issn" and len(digits) == 8 else number.upper()  # noqa: PLR2004 - the digits of an ISSN


def month(text: str) -> tuple[int, int]:
    """Return the month that a text names, and the day where it names one; 0 for none."""
    starts = [rf"\b{name[:3]}" for name in dates.MONTHS]
    number = next((i for i, one in enumerate(starts, 1) if re.search(one, text, re.IGNORECASE)), 0)
    digits = [int(one) for one in re.findall(r"\d+", text)]
    if not number and len(digits) == 1 and 1 <= digits[0] <= len(dates.MONTHS):
        return digits[0], 0
    return number, digits[0] if number and len(digits) == 1 else 0
