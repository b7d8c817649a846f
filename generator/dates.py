"""A date of which only the year, or the year and the month, may be known (EDTF level 0)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from generator.pickling import pickled_fast

_FIRST_YEAR = 1000  # of those with four digits, which are all that BibTeX and feeds can write
_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
# Not from the locale: the same input gives the same bytes everywhere.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@pickled_fast
@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year with, where known, month and day; 0 is unknown, and sorts before every known one."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """ISO 8601: `2022`, `2022-12` or `2022-12-07`."""
        known = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n)]
        return "-".join(known)

    @property
    def display(self) -> str:
        """The date in words: `7 December 2022`, `December 2022`, `2022`."""
        day = [str(self.day)] if self.day else []
        month = [MONTHS[self.month - 1]] if self.month else []
        return " ".join([*day, *month, str(self.year)])

    @property
    def short(self) -> str:
        """The date in a narrow column, `7 Dec 2022`."""
        day = [str(self.day)] if self.day else []
        month = [MONTHS[self.month - 1][:3]] if self.month else []
        return " ".join([*day, *month, str(self.year)])

    @property
    def timestamp(self) -> str:
        """RFC 3339 at the start of the first day that the date may mean."""
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}T00:00:00Z"


def parse(text: str) -> PartialDate:
    """Read `2022`, `2022-12` or `2022-12-07`. Raises ValueError, saying what is wrong."""
    form = _FORM.fullmatch(text)
    if not form:
        raise ValueError("is no year (2022), month (2022-12) or day (2022-12-07)")
    year, month, day = (int(part) if part else 0 for part in form.groups())
    if year < _FIRST_YEAR:
        raise ValueError("has a year before 1000")
    if form[2] and not 1 <= month <= len(MONTHS):
        raise ValueError(f"names month {form[2]}, and months go from 01 to 12")
    days = calendar.monthrange(year, month)[1] if month else 0
    if form[3] and not 1 <= day <= days:
        raise ValueError(f"names day {form[3]}, and {MONTHS[month - 1]} {year} has {days} days")
    return PartialDate(year, month, day)


_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
# The ways to write a date of which it is certain what they say: not 05/06/2024.
_OTHER_FORMS = [
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}"),
    re.compile(rf"{_DAY}\.? {_MONTH},? {_YEAR}"),
    re.compile(rf"{_MONTH},? {_YEAR}"),
    re.compile(rf"{_YEAR},? {_MONTH}(?: {_DAY})?"),
    re.compile(rf"{_YEAR}[/.](?P<number>[0-9]{{1,2}})(?:[/.]{_DAY})?"),
    re.compile(rf"{_DAY}\.\s?(?P<number>[0-9]{{1,2}})\.\s?{_YEAR}"),
    re.compile(rf"(?P<number>[0-9]{{1,2}})[/.-]{_YEAR}"),
]


def meant(text: str) -> PartialDate | None:
    """Return the date that a text in another form says: `May 6, 2024`, `2024/05/06`."""
    for form in _OTHER_FORMS:
        if found := form.fullmatch(text.strip()):
            parts = found.groupdict()
            number = parts.get("number") or _month_number(parts.get("month") or "")
            try:
                return parse("-".join(filter(None, (parts["year"], number, parts.get("day")))))
            except ValueError:
                return None
    return None


def _month_number(name: str) -> str:
    """Return the number of a month by its English name or its beginning; "x", which is none."""
    starts = (str(i) for i, one in enumerate(MONTHS, 1) if one.lower().startswith(name.lower()))
    return next(starts, "x")
