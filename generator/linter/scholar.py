"""What Google Scholar asks of a paper's page (Inclusion Guidelines for Webmasters).

A page on which one of the three required tags is missing is taken as if it had no tags at all.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from generator.linter.document import is_hidden, letters, text_of
from generator.linter.folder import Kind

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostics
    from generator.linter.document import Document, Element
    from generator.linter.folder import Folder

REQUIRED = ("citation_title", "citation_author", "citation_publication_date")
_ONCE = (
    *("citation_title", "citation_publication_date", "citation_online_date", "citation_doi"),
    *("citation_journal_title", "citation_conference_title", "citation_volume", "citation_issue"),
    *("citation_firstpage", "citation_lastpage", "citation_pdf_url", "citation_abstract"),
)
_DATES = ("citation_publication_date", "citation_online_date", "citation_date")
_DATE = re.compile(r"[0-9]{4}(?:/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12][0-9]|3[01]))?)?")
_OTHERS = re.compile(r"(?:.*[,\s])?et\.? al\.?|(?:and )?others", re.IGNORECASE)
LARGEST_PDF = 5_000_000
"""The bytes up to which Scholar takes a PDF."""


def is_paper(page: Document) -> bool:
    """Tell whether a page is that of one paper: it has citation tags, or is built like ours."""
    titles = [one for one in page.all("h1") if "paper-title" in (one.get("class") or "").split()]
    return bool(page.starting("citation_") or titles)


def check(page: Document, folder: Folder, found: Diagnostics) -> None:
    """Report what keeps a paper out of Google Scholar, or makes it wrong there."""
    if not (is_paper(page) and page.is_indexed):
        return
    tags = page.starting("citation_")
    for name in REQUIRED:
        if name not in tags:
            found.error(
                page.at(),
                f"The paper's page has no tag '{name}', so Google Scholar reads none of its tags.",
                f'Add <meta name="{name}" content="…"> to its head.',
            )
    for name, elements in tags.items():
        _check_tag(page, name, elements, found)
    for element in tags.get("citation_author", ()):
        _check_author(page, element, found)
    for element in tags.get("citation_pdf_url", ()):
        _check_pdf(page, element, folder, found)
    _check_heading(page, found)
    _check_abstract(page, found)


def _check_tag(page: Document, name: str, elements: list[Element], found: Diagnostics) -> None:
    for element in elements:
        content = (element.get("content") or "").strip()
        if not content:
            found.error(
                page.at(element, name),
                f"The tag '{name}' is empty.",
                "Leave it out where there is nothing to say.",
            )
        elif name in _DATES and not _DATE.fullmatch(content):
            found.error(
                page.at(element, content),
                f"The date '{content}' of '{name}' is not as Google Scholar reads it.",
                "Write year, month and day with slashes, 2022/12/7, or the year alone.",
            )
    if name in _ONCE and len(elements) > 1:
        found.error(
            page.at(elements[1], name),
            f"The tag '{name}' is given {len(elements)} times.",
            "Give it once; each paper has a page of its own.",
        )


def _check_author(page: Document, element: Element, found: Diagnostics) -> None:
    """Warn of what is hardly a name; a group may well be called "Health and Welfare"."""
    name = (element.get("content") or "").strip()
    if _OTHERS.fullmatch(name):
        found.warning(
            page.at(element, name),
            f"The author '{name}' is no person.",
            "Leave 'et al.' out of the tags: name those who are known.",
        )
    elif ";" in name:
        found.warning(
            page.at(element, name),
            f"The tag 'citation_author' names several authors, '{name}'.",
            "Give each author a tag of their own, in order.",
        )


def _check_pdf(page: Document, element: Element, folder: Folder, found: Diagnostics) -> None:
    """Report a PDF that Scholar would not take for that of this page."""
    address = (element.get("content") or "").strip()
    if not address:
        return
    at = page.at(element, address)
    target = folder.resolve(page.file, address)
    if not re.match(r"https?://", address):
        way_out = f"Write '{folder.address(target.file)}'." if folder.base else "Write it whole."
        found.error(at, f"The PDF's address '{address}' is not a whole one.", way_out)
    elif folder.base and (
        target.kind is not Kind.OWN
        or posixpath.dirname(target.file) != posixpath.dirname(page.file)
    ):
        found.error(
            at,
            f"The PDF '{address}' is not in the folder of the page, where Google Scholar wants it.",
            "Put it beside the page, or leave the tag out and show a link.",
        )
    size = folder.sizes.get(target.file, 0) if target.kind is Kind.OWN else 0
    if size > LARGEST_PDF:
        found.warning(
            at,
            f"The PDF has {size / 1_000_000:.1f} MB, and Google Scholar takes 5.",
            "Make its pictures smaller.",
        )
    if size and not folder.read(target.file).startswith(b"%PDF-"):
        found.error(at, f"The file '{target.file}' is no PDF.", "Replace it by the PDF.")


def _check_heading(page: Document, found: Diagnostics) -> None:
    titles, headings = page.metas("citation_title"), page.all("h1")
    if len(titles) != 1 or len(headings) != 1:
        return  # which is reported by itself
    title, heading = (titles[0].get("content") or "").strip(), text_of(headings[0])
    if letters(title) != letters(heading):
        found.error(
            page.at(headings[0]),
            f"The heading is '{heading}', and the title in the tags '{title}'.",
            "Make them the same: Google Scholar compares the two.",
        )


def _check_abstract(page: Document, found: Diagnostics) -> None:
    """Report an abstract that no reader sees without a click."""
    abstracts = page.with_class("paper-abstract") or page.with_class("abstract")
    abstracts = abstracts or page.ids.get("abstract", [])
    shown = [one for one in abstracts if text_of(one)]
    if not shown and page.metas("citation_abstract"):
        found.error(
            page.at(page.metas("citation_abstract")[0]),
            "The page has an abstract in its tags, and shows none.",
            "Show it, in an element of the class 'paper-abstract'.",
        )
    hidden = next((one for one in shown if is_hidden(one)), None)
    if hidden is not None:
        found.error(
            page.at(hidden),
            "The abstract is hidden until a reader opens it.",
            "Show it at once; a <details> around it must be open.",
        )
