"""What reading yields: a text in three readings, and what could not be read faithfully."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pickling import pickled_fast


@pickled_fast
@dataclass(frozen=True, slots=True)
class Text:
    """One source text and its readings."""

    source: str
    """What the author wrote."""
    html: str
    """Safe HTML: only the elements and attributes of the allow-list, everything else escaped."""
    plain: str
    """The words alone, for titles, search, sorting and exchange formats."""
    latex: str
    """LaTeX for BibTeX: math verbatim, special characters escaped, no capitals protected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read faithfully; the text is readable all the same."""

    offset: int
    """Where it stands in the source, in characters."""
    message: str
    """What happened and why, as a whole sentence."""
    help: str
    """What to do about it."""
