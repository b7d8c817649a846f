"""BibTeX as content: each entry of a file as an entry of the site (btxdoc, sections 2 and 3)."""

from __future__ import annotations

import difflib
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import names
from generator.diagnostics import nearest, plural
from generator.entry import Entry
from generator.importers import bibaddresses, bibfields, bibfile, bibnames, bibparents
from generator.importers.bibdraft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.config import Config
    from generator.diagnostics import Diagnostics
    from generator.importers.bibfile import Field, Record
    from generator.markup import Reader
    from generator.source import Source
    from generator.yamlvalues import Path


@dataclass(frozen=True, slots=True)
class Taking:
    """How the entries of a file are taken over: which ones not, and what is said for the others.

    `category` is for those that say none.
    """

    category: str
    skips: Callable[[Entry], bool]


def read(
    source: Source, config: Config, reader: Reader, found: Diagnostics, taking: Taking | None = None
) -> list[Entry]:
    """Return the entries of a BibTeX file; what is wrong in them becomes a diagnostic each."""
    records = [one for one in bibfile.read(source, found) if one.kind not in bibfields.CONTROLS]
    translator = _Translator(source, config, reader, found, taking)
    made: list[Entry] = []
    for record in bibparents.resolve(records, source, found):
        entry = translator.entry(record)
        if taking is None or not taking.skips(entry):
            made.append(entry)
            if ("category",) in entry.refused:
                translator.uncategorized.append(record)
    translator.refuse_uncategorized()
    return made


def _venue_field(fields: dict[str, Field]) -> Field | None:
    """Return the field that says where a paper appeared; an address says where it is."""
    named = (fields[name] for name in bibfields.VENUES if name in fields)
    return next((one for one in named if not bibfields.is_address(one.text)), None)


@dataclass(slots=True)
class _Translator:
    """Turns the entries of one file into the site's own, with the places of their fields."""

    source: Source
    config: Config
    reader: Reader
    found: Diagnostics
    taking: Taking | None
    uncategorized: list[Record] = field(default_factory=list)

    def entry(self, record: Record) -> Entry:
        """Return a record as an entry; what it lacks is reported in BibTeX's own words."""
        made = Draft(self.source, self.found, {}, {(): record.mark})
        self._key(record, made)
        if record.is_damaged:
            return self._entry(record, made, refused={()})
        fields = {name: one for name, one in record.fields.items() if one.text.strip()}
        self._texts(fields, made)
        self._people(record.kind, fields, made)
        self._date(fields, made)
        bibaddresses.put_identifiers(fields, made)
        self._venue(record.kind, fields, made)
        bibaddresses.put_links(fields, made, self.config.url or "")
        self._terms(fields, made)
        self._unknown(fields)
        self._missing(record, fields, made)
        if not made.data.get("category"):
            made.data["category"] = ""
            made.refused.add(("category",))
        return self._entry(record, made, refused=made.refused)

    def _entry(self, record: Record, made: Draft, *, refused: set[Path]) -> Entry:
        return Entry(
            self.source,
            made.data,
            made.marks,
            start_line=record.mark[0],
            refused=frozenset(refused),
        )

    def _key(self, record: Record, made: Draft) -> None:
        made.data["slug"] = names.slug(record.key or "untitled")
        made.marks[("slug",)] = made.marks[("key",)] = record.key_mark
        if bibfields.KEY_FORM.fullmatch(record.key):
            made.data["key"] = record.key
        elif record.key:
            self.found.warning(
                self.source.location(*record.key_mark),
                f"The key '{record.key}' is not kept, and another one is made.",
                "Use ASCII letters, digits and : _ . / + - in it, as BibTeX itself asks.",
            )

    def _texts(self, fields: dict[str, Field], made: Draft) -> None:
        for name, ours in bibfields.MARKED.items():
            if one := fields.get(name):
                made.put(ours, bibfields.without_groups(one.text), one)
        for name, ours in bibfields.PLAIN.items():
            if (one := fields.get(name)) and (text := self._plain(one.text)):
                made.put(ours, text, one)
        for name, ours in bibfields.EXACT.items():
            if one := fields.get(name):
                made.put(ours, bibfields.exact(one.text), one)
        if one := fields.get("abstract"):
            paragraphs = re.split(r"\n[ \t]*\n", one.text.strip())
            made.put("abstract", "\n\n".join(" ".join(text.split()) for text in paragraphs), one)
        if (one := fields.get("note")) and one.text.strip().lower() in bibfields.STATUSES:
            made.put("status", one.text.strip().lower(), one)

    def _people(self, kind: str, fields: dict[str, Field], made: Draft) -> None:
        editor = fields.get("editor")
        author = fields.get("author")
        if not author and kind in bibfields.COLLECTIONS:
            author, editor = editor, None
        if author:
            made.put_names("authors", author, self._plain)
        elif issuer := next((fields[name] for name in bibfields.ISSUERS if name in fields), None):
            made.put("authors", [{"literal": issuer.text}], issuer)
        if editor:
            made.put_names("editors", editor, self._plain)

    def _date(self, fields: dict[str, Field], made: Draft) -> None:
        """Read `date`, or `year` and `month`; a month that is none is left out with a warning."""
        given = fields.get("date")
        if given:
            made.put("date", given.text.strip("{} ").split("/")[0], given)
            return
        one = fields.get("year")
        if not one:
            return
        years = set(bibfields.YEAR.findall(one.text))
        if len(years) != 1:
            made.refused.add(("date",))
            made.data["date"] = ""
            self.found.error(
                self.source.location(*one.mark),
                f"'year' is '{one.text.strip()}', which is no year.",
                "Write four digits; for a paper to appear, those of the year to come.",
            )
            return
        date = years.pop()
        month = fields.get("month")
        if month:
            number, day = bibfields.month(self._plain(month.text))
            date += f"-{number:02}" if number else ""
            date += f"-{day:02}" if number and day else ""
            if not number:
                self.found.warning(
                    self.source.location(*month.mark),
                    f"'month' is '{month.text.strip()}', which is no month, and is not read.",
                    "Write one of jan, feb, mar …, without braces.",
                )
        made.put("date", date, one)

    def _venue(self, kind: str, fields: dict[str, Field], made: Draft) -> None:
        """Read the type, the venue, and what numbers it has there."""
        type_ = bibfields.TYPES.get(kind)
        one = _venue_field(fields)
        if one and "arxiv" in made.data and bibfields.SERVER.match(one.text):
            type_ = "article"
            if made.data.get("volume", "").startswith("abs/"):
                del made.data["volume"]
        elif one:
            venue = bibfields.without_groups(one.text)
            if kind == "mastersthesis" and not bibfields.MASTER.search(self._said(fields)):
                venue = f"Master’s thesis, {venue}"
            made.put("venue", venue, one)
            issuer = fields.get("school") or fields.get("institution")
            if issuer and issuer is not one and "publisher" not in made.data:
                made.put("publisher", self._plain(issuer.text), issuer)
        if type_:
            made.data["type"] = type_
        else:
            self.found.warning(
                self.source.location(*made.marks[()]),
                f"The entry type '@{kind}' is not known.",
                "Write @misc, or another that BibTeX knows.",
            )
        one = fields.get("issue") or fields.get("number")
        if one and (number := self._plain(one.text)):
            made.put("number" if type_ in bibfields.NUMBERED else "issue", number, one)

    @staticmethod
    def _said(fields: dict[str, Field]) -> str:
        return " ".join(
            fields[name].text
            for name in ("school", "publisher", "series", "number")
            if name in fields
        )

    def _terms(self, fields: dict[str, Field], made: Draft) -> None:
        """Read the category, the tags and the organizations."""
        if one := next((fields[n] for n in ("keywords", "keyword", "tags") if n in fields), None):
            made.put_terms("tags", one, bibnames.keywords(one.text), self._plain)
        if one := fields.get("organizations"):
            made.put_terms("organizations", one, bibnames.split(one.text)[0], self._plain)
        if one := fields.get("category"):
            made.put("category", self._plain(one.text), one)
        elif (one := fields.get("primaryclass") or fields.get("eprintclass")) and (
            code := self.config.category_of(bibfields.exact(one.text))
        ):
            made.put("category", code, one)
        if "category" not in made.data:
            stem = posixpath.splitext(posixpath.basename(self.source.path))[0]
            codes = [*self.config.categories]
            only = codes[0] if len(codes) == 1 else ""
            given = self.taking.category if self.taking else ""
            if code := given or (stem if stem in codes else only):
                made.data["category"] = code

    def _unknown(self, fields: dict[str, Field]) -> None:
        """Warn of a field that looks like a slip; others mean nothing here, as in BibTeX."""
        for name, one in fields.items():
            if name in bibfields.READ or name in bibfields.UNREAD:
                continue
            others = bibfields.READ - fields.keys() - bibfields.REQUIRED
            close = difflib.get_close_matches(name, sorted(others), n=1, cutoff=0.8)
            if close:
                self.found.warning(
                    self.source.location(*one.name_mark),
                    f"The field '{one.name}' is not known, and is not read.",
                    f"Did you mean '{close[0]}'?",
                )

    def _missing(self, record: Record, fields: dict[str, Field], made: Draft) -> None:
        """Report the fields that a paper must have, in BibTeX's names."""
        unread = [name for name in fields if name not in bibfields.READ | bibfields.UNREAD]
        needed: Iterable[tuple[str, str, str]] = (
            ("title", "title", "title = {A Paper of Ours},"),
            ("authors", "author", "author = {Ada Lovelace and Kurt Gödel},"),
            ("date", "year", "year = {2022},"),
        )
        for ours, name, example in needed:
            if not made.data.get(ours) and (ours,) not in made.refused:
                made.refused.add((ours,))
                made.data.setdefault(ours, "")
                slip = nearest(name, unread)
                self.found.error(
                    self.source.location(*(fields[slip].name_mark if slip else record.mark)),
                    f"The entry '{record.key}' has no '{name}'.",
                    f"Correct the name of the field '{slip}'."
                    if slip
                    else f"Add a line such as: {example}",
                )

    def refuse_uncategorized(self) -> None:
        """Report the entries without a category, all of them at the first."""
        if not self.uncategorized:
            return
        record, *others = self.uncategorized
        more = f" and {plural(len(others), 'other')} of this file" if others else ""
        message = f"The entry '{record.key}'{more} {'have' if others else 'has'} no 'category'."
        codes = [*self.config.categories]
        first = codes[0] if codes else "CL"
        known = f", (known: {', '.join(codes)})" if codes else ""
        way_out = f"Add a line such as: category = {{{first}}}{known}. "
        if self.taking:
            way_out += f"Or name one for all that have none: --category {first}."
        else:
            way_out += (
                f"Where all entries of a file belong to one, it can be its name: {first}.bib."
            )
        if one := record.fields.get("primaryclass"):
            given = one.text.strip()
            way_out += f" To have {given} read as one, put ({given}) after its name in site.yaml."
        self.found.error(self.source.location(*record.mark), message, way_out)

    def _plain(self, latex: str) -> str:
        """Return TeX as plain words."""
        if not bibfields.MARKS.search(latex):
            return " ".join(latex.split())
        text, _ = self.reader.inline(bibfields.without_groups(latex))
        return " ".join(text.plain.split())
