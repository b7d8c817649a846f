"""Dates of which only a part may be known."""

from __future__ import annotations

import pytest

from generator import dates
from generator.dates import PartialDate, parse


@pytest.mark.parametrize(
    ("text", "date", "iso", "display", "short", "timestamp"),
    [
        ("2022", PartialDate(2022), "2022", "2022", "2022", "2022-01-01T00:00:00Z"),
        (
            "2022-12",
            PartialDate(2022, 12),
            "2022-12",
            "December 2022",
            "Dec 2022",
            "2022-12-01T00:00:00Z",
        ),
        (
            "2022-12-07",
            PartialDate(2022, 12, 7),
            "2022-12-07",
            "7 December 2022",
            "7 Dec 2022",
            "2022-12-07T00:00:00Z",
        ),
        (
            "2022-5-1",
            PartialDate(2022, 5, 1),
            "2022-05-01",
            "1 May 2022",
            "1 May 2022",
            "2022-05-01T00:00:00Z",
        ),
        (
            "2024-02-29",
            PartialDate(2024, 2, 29),
            "2024-02-29",
            "29 February 2024",
            "29 Feb 2024",
            "2024-02-29T00:00:00Z",
        ),
    ],
)
def test_parse(  # noqa: PLR0913, PLR0917 - the ways in which one date is written
    text: str, date: PartialDate, iso: str, display: str, short: str, timestamp: str
) -> None:
    """A date is read as far as it is known, and written so in every form."""
    made = parse(text)
    assert made == date
    assert (made.iso, made.display, made.short, made.timestamp) == (iso, display, short, timestamp)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("22", "is no year (2022), month (2022-12) or day (2022-12-07)"),
        ("12/2022", "is no year (2022), month (2022-12) or day (2022-12-07)"),
        ("2022-12-07T00:00", "is no year (2022), month (2022-12) or day (2022-12-07)"),
        ("２０２２", "is no year (2022), month (2022-12) or day (2022-12-07)"),
        ("", "is no year (2022), month (2022-12) or day (2022-12-07)"),
        ("0999", "has a year before 1000"),
        ("2022-13", "names month 13, and months go from 01 to 12"),
        ("2022-00", "names month 00, and months go from 01 to 12"),
        ("2023-02-29", "names day 29, and February 2023 has 28 days"),
        ("2023-02-00", "names day 00, and February 2023 has 28 days"),
        ("2024-04-31", "names day 31, and April 2024 has 30 days"),
    ],
)
def test_parse_refuses(text: str, message: str) -> None:
    """What is no date is refused with the reason."""
    with pytest.raises(ValueError, match=r".") as caught:
        parse(text)
    assert str(caught.value) == message


def test_order() -> None:
    """An unknown month or day sorts before every known one."""
    written = ["2022-12-07", "2022", "2021-12-31", "2022-12", "2022-01-01"]
    ordered = ["2021-12-31", "2022", "2022-01-01", "2022-12", "2022-12-07"]
    assert [date.iso for date in sorted(map(parse, written))] == ordered


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1st March 2020", "2020-03-01"),
        ("2020. 3. 1", None),
        ("Mar 2020", "2020-03"),
        ("May 45, 2024", None),  # no such day
        ("Winter 2020", None),
        ("03-2020", "2020-03"),
        ("05/06/2024", None),  # May or June
        ("", None),
    ],
)
def test_meant(text: str, iso: str | None) -> None:
    """A date in another form is understood where it is certain what it says, and not guessed."""
    found = dates.meant(text)
    assert (found and found.iso) == iso
