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
_INNER_QUOTES = str.maketrans("“”", "‘’")


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


def words(text: str | None) -> Citation:
    """Return plain words."""
    return Citation(escape(text or "", quote=False), text or "")


def marked(text: Text | None) -> Citation:
    """Return a marked-up text, such as a title, in one line."""
    return Citation(text.html.replace("<br>", " ").strip(), text.plain) if text else Citation()


def italic(part: Citation) -> Citation:
    """Return a part in italics, which plain text does not show."""
    return Citation(f"<i>{part.html}</i>", part.plain) if part else part


def quoted(part: Citation, mark: str = ".") -> Citation:
    """Return a part in double quotes, with a mark of punctuation inside unless it has its own."""
    own = _ENDED if mark == "." else _ASKING
    inner = part if own.search(part.plain) else _before_quote(part, mark)
    html, plain = (text.translate(_INNER_QUOTES) for text in (inner.html, inner.plain))
    return Citation(f"“{html}”", f"“{plain}”")


def link(url: str) -> Citation:
    """Return an address that leads where it says."""
    if not url:
        return Citation()
    return Citation(f'<a href="{escape(url)}">{escape(url, quote=False)}</a>', url)


def given(before: str, part: Citation | str | None, after: str = "") -> Citation:
    """Return a part with words around it; nothing where there is no such part."""
    inner = part if isinstance(part, Citation) else words(part)
    return words(before) + inner + words(after) if inner else inner


def join(parts: Iterable[Citation], separator: str = ", ") -> Citation:
    """Return those parts that say anything, with a separator between them."""
    there = [part for part in parts if part]
    return Citation(
        escape(separator, quote=False).join(part.html for part in there),
        separator.join(part.plain for part in there),
    )


def stopped(part: Citation) -> Citation:
    """Return a part with a full stop, unless it ends a sentence already."""
    return part if not part or _ENDED.search(part.plain) else _before_quote(part, ".")


def sentences(parts: Iterable[Citation]) -> Citation:
    """Return those parts that say anything, each as a sentence of its own."""
    return join(map(stopped, parts), " ")


def begun(part: Citation) -> Citation:
    """Return a part with a capital where it begins with an abbreviation of ours."""
    html, plain = (_LOWER.sub(_capitalized, text) for text in (part.html, part.plain))
    return Citation(html, plain)


def _capitalized(word: re.Match[str]) -> str:
    return word[0].capitalize()


def listed(names: list[str], conjunction: str) -> str:
    """Return names as a list: `A`, `A and B`, `A, B, and C`."""
    if len(names) < 3:  # noqa: PLR2004 - two need no comma
        return f" {conjunction} ".join(names)
    return f"{', '.join(names[:-1])}, {conjunction} {names[-1]}"


def _before_quote(part: Citation, mark: str) -> Citation:
    """Return a part with a mark at its end, inside closing quotes, as American styles have it."""
    html, plain = (_CLOSING.sub(rf"{mark}\1", text, count=1) for text in (part.html, part.plain))
    return Citation(html, plain)
