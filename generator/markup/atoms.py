"""The pieces of a formula read as text, and the spaces between them.

A piece has a kind, as in TeX: what stands on either side of a relation gets a space, an operator
written as a word is set off from its argument, a sign before its number is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.markup.symbols import CLOSING, LARGE, OPENING, OPERATORS, RELATIONS

_SUPERSCRIPTS = str.maketrans(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)
_RAISED_ALREADY = frozenset("′°†‡*⋆∗")
_OPEN_SCRIPT = re.compile(r"[_^]\w+\Z")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SEVERAL = re.compile(r"[ /+−=]")
_SPACES = re.compile(r" {2,}")


@dataclass(slots=True)
class Atom:
    """A piece of a formula: what kind of thing it is, and how it reads."""

    kind: str
    """One of ord, op, func, open, close, punct, space, blank."""
    text: str


def symbol_kind(name: str) -> str:
    """Return which kind of atom a symbol's command makes."""
    if name in RELATIONS or name in OPERATORS:
        return "op"
    if name in LARGE:
        return "func"
    if name in OPENING:
        return "open"
    return "close" if name in CLOSING else "ord"


_CHARACTERS = {
    **dict.fromkeys("+<>=", "op"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(",;", "punct"),
}
_WRITTEN = {"-": Atom("op", "−"), "'": Atom("ord", "′"), "~": Atom("space", " ")}


def character(piece: str, table: str = "") -> Atom:
    """Read a piece that is no command; `&` separates only the cells of a table."""
    if piece.isspace():
        return Atom("blank", "")
    if piece == "&":
        return Atom("punct", ",") if table else Atom("blank", "")
    known = _WRITTEN.get(piece)
    if known is not None:
        return Atom(known.kind, known.text)
    return Atom(_CHARACTERS.get(piece, "ord"), piece.replace("{", "").replace("}", ""))


def join(atoms: list[Atom], *, tight: bool = False) -> str:
    """Put atoms side by side with the spaces that each kind asks for; a script has none."""
    seen = [atom for atom in atoms if atom.kind != "blank"]
    parts: list[str] = []
    before = "open"
    for index, atom in enumerate(seen):
        is_inside = index + 1 < len(seen) and not tight
        if atom.kind == "op" and before not in {"open", "op", "punct"} and is_inside:
            parts.append(f" {atom.text} ")
        elif atom.kind == "punct" and is_inside:
            parts.append(f"{atom.text} ")
        elif _needs_space(before, atom, parts):
            parts.append(f" {atom.text}")
        else:
            parts.append(atom.text)
        before = atom.kind
    return _SPACES.sub(" ", "".join(parts))


def script(text: str, mark: str) -> str:
    """Write a superscript or subscript with Unicode's own where every character has one."""
    if mark == "^" and all(character in _RAISED_ALREADY for character in text):
        return text
    if text == "∘":
        return "°"
    table = _SUPERSCRIPTS if mark == "^" else _SUBSCRIPTS
    if not _WORD.search(text) and all(ord(character) in table for character in text):
        return text.translate(table)
    is_bare = len(text) == 1 or (text.isascii() and text.isalnum())
    return mark + (text if is_bare else f"({text})")


def enclosed(text: str) -> str:
    """Put a term in brackets where a fraction or a root would otherwise reach too far."""
    text = text.strip()
    return f"({text})" if _SEVERAL.search(text) else text


def _needs_space(before: str, atom: Atom, parts: list[str]) -> bool:
    """Say whether two words would run together, or a letter into the script before it."""
    if atom.kind == "func":
        return before in {"ord", "close", "func"}
    if atom.kind != "ord":
        return False
    follows_script = bool(parts) and _OPEN_SCRIPT.search(parts[-1]) is not None
    return before == "func" or (follows_script and atom.text[:1].isalnum())
