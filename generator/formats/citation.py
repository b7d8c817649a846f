"""Formatted references, as a reader copies them: APA, MLA, Chicago and IEEE, in HTML and plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.formats.styles.apa import apa
from generator.formats.styles.chicago import chicago
from generator.formats.styles.ieee import ieee
from generator.formats.styles.mla import mla
from generator.formats.styles.wording import Citation
from generator.formats.styles.work import Work, read

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["STYLES", "Citation", "Style", "Work", "apa", "chicago", "ieee", "mla", "read"]


class Style(NamedTuple):
    """A style of references: its name for readers, and what writes it.

    It takes what `read` makes of a paper and of the address of its page, for all styles once.
    """

    label: str
    cite: Callable[[Work], Citation]


STYLES = {
    "apa": Style("APA 7", apa),
    "mla": Style("MLA 9", mla),
    "chicago": Style("Chicago 17", chicago),
    "ieee": Style("IEEE", ieee),
}
"""The styles in the order in which they are offered, by a name for attributes and addresses."""
