r"""Formulas that need no MathML, such as `93\%` or `\to`: text can wrap, be searched and copied."""

from __future__ import annotations

import re

from generator.markup.atoms import Atom, character, join, symbol_kind
from generator.markup.symbols import MATH, names

_PIECE = re.compile(
    r"\\(?P<name>[A-Za-z]+)|\\(?P<escaped>[%$&#_,;: ])|(?P<degree>\^\s*\{?\\circ(?![A-Za-z])\s*\}?)"
    r"|(?P<number>\d+(?:(?:[.,]|\{,\})\d+)*)|(?P<dash>--)|(?P<sign>[-+=<>/:,.()\[\]%~]|\s+)"
)
_NAMES = names("""
    sim approx simeq times pm mp cdot div le leq ge geq ll gg ne neq equiv propto to rightarrow
    leftarrow leftrightarrow Rightarrow Leftarrow uparrow downarrow nearrow searrow infty ldots
    dots checkmark dagger ddagger bullet lesssim gtrsim leqslant geqslant degree mapsto
""")


def read(tex: str) -> str | None:
    """Return the text of a formula of numbers and signs alone, or None for any other."""
    position, atoms = 0, list[Atom]()
    while position < len(tex):
        match = _PIECE.match(tex, position)
        if match is None or (match["name"] and match["name"] not in _NAMES):
            return None
        position = match.end()
        atoms.append(_atom(match, atoms))
    return join(atoms).strip() or None


def _atom(match: re.Match[str], before: list[Atom]) -> Atom:
    kind, piece = match.lastgroup, match[0]
    if kind == "name":
        return Atom(symbol_kind(match["name"]), MATH[match["name"]])
    if kind == "escaped":
        return Atom("space", " ") if piece[1] in ",;: " else Atom("ord", piece[1])
    if kind == "degree":
        return Atom("ord", "°")
    if kind == "dash":
        return Atom("ord", "–")
    if piece.isspace() and before and before[-1].text in {",", ":", ";"}:
        return Atom("space", " ")
    return character(piece)
