"""A citation in two readings, and how its parts are joined and punctuated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.markup import Text

_ENDED = re.compile(r"[.?!…][”’\"']*\Z")
_ASKING = re.compile(r"[?!…][”’\"']*\Z")
_CLOSING = re.compile(r"((?:”(?:</[a-z]+>)*)?)\Z")
_LOWER = re.compile(r"\A(?:vol|no|pp?|edited)\b")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, or a part of one: safe HTML, and the same words without any markup."""

    html: str = ""
    plain: str = ""

    def __bool__(self) -> bool:
        """Tell whether it says anything."""
        return bool(self.plain)

    def __add__(self, other: Citation) -> Citation:
        """Return both, one after the other."""
        return Citation(self.html + other.html, self.plain + other.plain)


NOTHING = Citation()


def words(text: str | None) -> Citation:
    """Return plain words."""
    return Citation(escape(text, quote=False), text) if text else NOTHING


def marked(text: Text | None) -> Citation:
    """Return a marked-up text, such as a title, in one line."""
    return Citation(text.html.replace("<br>", " ").strip(), text.plain) if text else NOTHING


def italic(part: Citation) -> Citation:
    """Return a part in italics, which plain text does not show."""
    return Citation(f"<i>{part.html}</i>", part.plain) if part else part


def quoted(part: Citation, mark: str = ".") -> Citation:
    """Return a part in double quotes, with a mark of punctuation inside unless it has its own."""
    own = _ENDED if mark == "." else _ASKING
    inner = part if own.search(part.plain) else _before_quote(part, mark)
    return Citation(f"“{_with_inner(inner.html)}”", f"“{_with_inner(inner.plain)}”")


def _with_inner(text: str) -> str:
    """Return a text in which quotations are in single quotes."""
    return text.replace("“", "‘").replace("”", "’")


def link(url: str) -> Citation:
    """Return an address that leads where it says."""
    if not url:
        return NOTHING
    return Citation(f'<a href="{escape(url)}">{escape(url, quote=False)}</a>', url)


def given(before: str, part: Citation | str | None, after: str = "") -> Citation:
    """Return a part with words around it; nothing where there is no such part."""
    inner = part if isinstance(part, Citation) else words(part)
    return words(before) + inner + words(after) if inner else inner


def join(parts: Iterable[Citation], separator: str = ", ") -> Citation:
    """Return those parts that say anything, with a separator, no sign of HTML, between them."""
    there = [part for part in parts if part.plain]
    if len(there) < 2:  # noqa: PLR2004 - one needs no separator
        return there[0] if there else NOTHING
    return Citation(
        separator.join([part.html for part in there]),
        separator.join([part.plain for part in there]),
    )


def stopped(part: Citation) -> Citation:
    """Return a part with a full stop, unless it ends a sentence already."""
    return part if not part or _ENDED.search(part.plain) else _before_quote(part, ".")


def sentences(parts: Iterable[Citation]) -> Citation:
    """Return those parts that say anything, each as a sentence of its own."""
    return join(map(stopped, parts), " ")


def begun(part: Citation) -> Citation:
    """Return a part with a capital where it begins with an abbreviation of ours."""
    return Citation(*(_capitalized(text) for text in (part.html, part.plain)))


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:] if _LOWER.match(text) else text


def listed(names: list[str], conjunction: str) -> str:
    """Return names as a list: `A`, `A and B`, `A, B, and C`."""
    if len(names) < 3:  # noqa: PLR2004 - two need no comma
        return f" {conjunction} ".join(names)
    return f"{', '.join(names[:-1])}, {conjunction} {names[-1]}"


def _before_quote(part: Citation, mark: str) -> Citation:
    """Return a part with a mark at its end, inside closing quotes, as American styles have it."""
    return Citation(_marked_at_end(part.html, mark), _marked_at_end(part.plain, mark))


def _marked_at_end(text: str, mark: str) -> str:
    # Hardly any text holds a quotation, and a pattern looks for one at every letter.
    return _CLOSING.sub(rf"{mark}\1", text, count=1) if "”" in text else text + mark
