"""The published addresses as a file: read, and written with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.diagnostics import Diagnostics
from generator.markup import Reader
from generator.published import FILE, Address, Published, identifiers, read
from generator.source import Source

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper

TEXT = """\
# Ours.

/
/about/ -> /about-us/
# This one was wrong.
/papers/a/ bee-2024-a doi:10.1000/182 arxiv:2401.12340
/papers/z/ zee-2020-z gone: It is *wrong*.
"""


def parsed(text: str) -> Published:
    """Return what a text says that has no faults."""
    found = Diagnostics()
    published = read(Source(FILE, text), Reader(), found)
    assert list(found) == []
    return published


def test_read() -> None:
    """Each line is an address with what is known of it; a reason may be marked up."""
    addresses = parsed(TEXT).addresses

    assert list(addresses) == ["", "about/", "papers/a/", "papers/z/"]
    assert addresses["about/"] == Address("about/", target="about-us/", line=4)
    assert addresses["papers/a/"].key == "bee-2024-a"
    assert addresses["papers/a/"].identifiers == ("doi:10.1000/182", "arxiv:2401.12340")
    reason = addresses["papers/z/"].reason
    assert reason is not None
    assert reason.html.strip() == "<p>It is <em>wrong</em>.</p>"


def test_an_address_that_moved_twice_leads_to_the_end() -> None:
    """A reader is redirected once, however often a page moved."""
    addresses = parsed("/a/ -> /b/\n/b/ k-1 -> /c/\n/c/ -> /d/\n/d/\n").addresses

    assert [one.target for one in addresses.values()] == ["d/", "d/", "d/", None]
    assert addresses["b/"].key == "k-1"


def test_an_address_that_moved_to_what_is_gone_leads_there() -> None:
    """What moved, and was removed later, leads to the page that says so."""
    addresses = parsed("/a/ -> /b/\n/b/ gone: Wrong.\n").addresses

    assert addresses["a/"].target == "b/"


def test_recorded_keeps_every_line() -> None:
    """New addresses come in order among the lines, comments stay above what they are about."""
    planned = [Address("papers/b/", "bee-2023-b"), Address("aa/"), Address("zz/"), Address("")]

    assert (
        parsed(TEXT).recorded(planned)
        == """\
# Ours.

/
/aa/
/about/ -> /about-us/
# This one was wrong.
/papers/a/ bee-2024-a doi:10.1000/182 arxiv:2401.12340
/papers/b/ bee-2023-b
/papers/z/ zee-2020-z gone: It is *wrong*.
/zz/
"""
    )


def test_recorded_tells_what_a_paper_has_now() -> None:
    """A paper's line gets the key and the identifiers that it has now; others stay as written."""
    planned = [
        Address("papers/a/", "mine", ("doi:10.1000/1",)),
        Address("about/"),
        Address("papers/z/", "other"),
    ]

    lines = parsed(TEXT).recorded(planned).splitlines()

    assert lines[3:] == [
        "/about/ -> /about-us/",
        "# This one was wrong.",
        "/papers/a/ mine doi:10.1000/1",
        "/papers/z/ zee-2020-z gone: It is *wrong*.",
    ]


@pytest.mark.parametrize("text", ["/b/", "/b/\n", "# One.\n/b/\n", "# One.\n\n/b/\n"])
def test_recorded_puts_the_first_after_the_comment_at_the_top(text: str) -> None:
    """What comes before all others is below the comment at the top."""
    lines = parsed(text).recorded([Address("a/"), Address("b/")]).splitlines()

    assert [line for line in lines if line.startswith("/")] == ["/a/", "/b/"]
    assert lines[0] == text.splitlines()[0] or not text.startswith("#")


def test_the_first_record_says_what_the_file_is() -> None:
    """A file that was not there begins with what it is for; recorded again, it stays as it is."""
    text = Published().recorded([Address("a b/"), Address("ü/")])

    assert text.startswith("# Every address that this site has published.")
    assert text.endswith("\n\n/a%20b/\n/%C3%BC/\n")
    assert list(parsed(text).addresses) == ["a b/", "ü/"]
    assert parsed(text).recorded([Address("a b/"), Address("ü/")]) == text


def test_keys_are_kept_through_a_new_name(make_paper: MakePaper) -> None:
    """A paper keeps its key at its address, and at a new one that has the old one as an alias."""
    published = parsed("/papers/old/ One\n/papers/same/ Two\n/papers/older/\n")
    papers = [
        make_paper("new", aliases=["/papers/older/", "/papers/old"]),
        make_paper("same"),
        make_paper("other"),
    ]

    assert published.keys_of(papers) == {"new": "One", "same": "Two"}
    assert published.keys == {"one", "two"}


def test_identifiers(make_paper: MakePaper) -> None:
    """An identifier is the same for every version, and whatever its case."""
    paper = make_paper(doi="10.1000/ABC", arxiv="2401.12340v2")

    assert identifiers(paper) == ("doi:10.1000/abc", "arxiv:2401.12340")
    assert identifiers(make_paper()) == ()
