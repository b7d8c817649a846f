r"""Math as plain text: `D_{0}` is D₀, `n\log n` is n log n; any input gives readable text.

This is what a title, a search index or a screen reader gets, and what stands on the page where a
formula cannot be read as MathML.
"""

from __future__ import annotations

import re

from generator.markup.accents import MATH_ACCENTS, SIGNS, compose
from generator.markup.atoms import Atom, character, enclosed, join, script, symbol_kind
from generator.markup.symbols import FUNCTIONS, MARKS, MATH, WORDS, names

_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)|\d+(?:(?:[.,]|\{,\})\d+)*|\.\d+|\s+|.", re.DOTALL)
_MARKS = re.compile(r"[\\{}$]")
_DOUBLE_STRUCK = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")
_TABLES = re.compile(r"matrix|array|cases")
_DEEPEST = 40
_LONGEST = 20_000
_OPTIONAL = 12

_TEXT = names("""
    text textit textbf texttt textrm textsf textsc textup textnormal textsl textmd mbox hbox emph
    underline mathrm mathsf mathtt mathit operatorname url
""")
_DROPPED = names("label tag color hspace vspace phantom begin end cite ref eqref")
_SECOND = names("href textcolor scalebox raisebox stackrel overset underset")
_FIRST = re.compile(r"math|bold|bm|over|under|cancel|boxed|smash|substack|ensuremath|tex")
_SILENT = names("""
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    displaystyle textstyle scriptstyle limits nolimits rm bf it cal sf tt boldmath protect
    nonumber notag mathop mathrel mathbin mathord mathopen mathclose hline unicode xspace !
""")
_DELIMITED = frozenset({"left", "right", "middle"})
_SPACES = frozenset({",", ";", ":", ">", " ", "\n", "quad", "qquad", "enspace", "hfill"})
_FRACTIONS = names("frac dfrac tfrac cfrac nicefrac sfrac")
_BINOMIALS = frozenset(["binom", "dbinom", "tbinom"])
_BLACKBOARDS = frozenset(["mathbb", "mathbbm", "mathds", "Bbb"])


def plain(tex: str) -> str:
    """Read a formula as text; one longer than any author writes loses only its marks."""
    if len(tex) > _LONGEST:
        return " ".join(_MARKS.sub("", tex).split())
    return _Reading(tex).all()


class _Reading:
    """One formula being read, piece by piece."""

    def __init__(self, tex: str) -> None:
        self.pieces: list[str] = _PIECE.findall(tex)
        self.index = 0
        self.depth = 0
        self.table = ""

    def all(self) -> str:
        parts = []
        while self.index < len(self.pieces):
            parts.append(join(self.atoms()))
            self.index += 1
        return " ".join("".join(parts).split())

    def next(self) -> str:
        """Return the piece that comes next, or nothing at the end."""
        return self.pieces[self.index] if self.index < len(self.pieces) else ""

    def atoms(self) -> list[Atom]:
        """Read up to a closing brace, which stays to be read."""
        found: list[Atom] = []
        while (piece := self.next()) not in {"", "}"}:
            self.index += 1
            if piece in {"^", "_"}:
                self.add_script(found, piece)
            elif piece[0] == "\\" and len(piece) > 1:
                self.command(found, piece[1:])
            elif piece == "{":
                self.group(found)
            elif piece == ":" and self.next().isspace():
                found.append(Atom("punct", piece))
            elif piece != "$":
                found.append(character(piece, self.table))
        return found

    def group(self, found: list[Atom]) -> None:
        """Read the contents of braces; below a depth no one writes, braces are ignored."""
        if self.depth < _DEEPEST:
            self.depth += 1
            found.extend(self.atoms())
            self.depth -= 1
            self.index += 1

    def argument(self) -> list[Atom]:
        """Read what a command takes: a group, a command or one character."""
        while self.next().isspace():
            self.index += 1
        piece = self.next()
        if piece in {"", "}", "&", "$"}:
            return []
        if piece[0].isdigit() and len(piece) > 1:
            self.pieces[self.index] = piece[1:]
            return [Atom("ord", piece[0])]
        self.index += 1
        found: list[Atom] = []
        if piece == "{":
            self.group(found)
        elif piece[0] != "\\" or len(piece) == 1:
            found.append(character(piece))
        elif self.depth < _DEEPEST:
            self.depth += 1
            self.command(found, piece[1:])
            self.depth -= 1
        return found

    def term(self) -> str:
        """Read what a command takes as text."""
        return join(self.argument())

    def optional(self) -> str:
        """Read a short argument in square brackets."""
        ahead = self.pieces[self.index : self.index + _OPTIONAL]
        if ahead[:1] != ["["] or "]" not in ahead:
            return ""
        inner = ahead[1 : ahead.index("]")]
        self.index += len(inner) + 2
        return _verbatim(inner)

    def words(self) -> str:
        """Read what a command takes as text with its spaces."""
        start = self.index
        inner = self.argument()
        if self.index - start > 1 and self.pieces[start] == "{":
            return _text(self.pieces[start + 1 : self.index - 1])
        return join(inner)

    def add_script(self, found: list[Atom], mark: str) -> None:
        """Put a superscript or subscript on what stands before."""
        text = join(self.argument(), tight=True).strip()
        if text:
            if not found or found[-1].kind == "blank":
                found.append(Atom("ord", ""))
            found[-1].text = found[-1].text.rstrip() + script(text, mark)

    def command(self, found: list[Atom], name: str) -> None:
        """Read a command that is one thing; others have a structure."""
        if name in FUNCTIONS:
            found.append(Atom("func", "mod" if name == "bmod" else name))
        elif name in MATH:
            found.append(Atom(symbol_kind(name), MATH[name]))
        elif name in _SILENT:
            self.index += name in _DELIMITED and self.next() == "."
        elif name in _DROPPED:
            self.drop(name)
        elif name in _TEXT:
            self.index += self.next() == "*"
            found.append(Atom("func" if name == "operatorname" else "ord", self.words()))
        elif name in _SPACES:
            found.append(Atom("space", " "))
        elif name == "\\":
            self.optional()
            found.append(Atom("punct", ";"))
        elif not self.structure(found, name):
            self.unknown(found, name)

    def drop(self, name: str) -> None:
        """Read past a command that shows nothing, and learn whether a table begins."""
        inner = self.words()
        if name == "begin":
            self.table = inner if _TABLES.search(inner) else ""
            if inner == "array":
                self.argument()

    def structure(self, found: list[Atom], name: str) -> bool:
        """Read a fraction, a root, an accent or an alphabet; say whether it was one."""
        if name in _FRACTIONS:
            found.append(Atom("ord", f"{enclosed(self.term())}/{enclosed(self.term())}"))
        elif name in _BINOMIALS:
            found.append(Atom("ord", f"({self.term()} choose {self.term()})"))
        elif name == "sqrt":
            index = self.optional()
            root = script(index, "^") if index else ""
            found.append(Atom("ord", f"{root}√{enclosed(self.term())}"))
        elif name in MATH_ACCENTS:
            base = self.term()
            accented = compose(MATH_ACCENTS[name], base) if len(base) == 1 else base
            found.append(Atom("ord", accented))
        elif name in _BLACKBOARDS:
            found.append(Atom("ord", self.term().translate(_DOUBLE_STRUCK)))
        elif name in _SECOND:
            self.argument()
            found.extend(self.argument())
        elif name == "not":
            found.extend(Atom("op", compose("\u0338", atom.text)) for atom in self.argument())
        elif name in {"pmod", "pod"}:
            found.append(Atom("ord", f" (mod {self.term()})"))
        else:
            return False
        return True

    def unknown(self, found: list[Atom], name: str) -> None:
        """Read a letter or mark of text, or show a command's argument or its name."""
        if name in WORDS or name in MARKS:
            found.append(Atom("ord", WORDS.get(name) or MARKS[name]))
        elif _FIRST.match(name):
            found.extend(self.argument())
        elif name == "|":
            found.append(Atom("ord", "‖"))
        else:
            found.append(Atom("func" if name.isalpha() else "open" if name == "{" else "ord", name))


def _text(pieces: list[str]) -> str:
    """Read text inside math, and the math inside that text."""
    parts: list[str] = []
    segment: list[str] = []
    in_math = False
    for piece in [*pieces, "$"]:
        if piece == "$":
            parts.append(plain("".join(segment)) if in_math else _verbatim(segment))
            segment, in_math = [], not in_math
        else:
            segment.append(piece)
    return "".join(parts)


def _verbatim(pieces: list[str]) -> str:
    """Read the pieces of text inside math."""
    parts: list[str] = []
    accent = ""
    for piece in pieces:
        name = piece[1:] if piece[0] == "\\" else ""
        if name in SIGNS:
            accent = SIGNS[name]
        elif name in WORDS or name in MARKS or name in MATH:
            parts.append(WORDS.get(name) or MARKS.get(name) or MATH[name])
        elif name:
            parts.append(" " if name in _SPACES else "" if name[0].isalpha() else name)
        elif piece not in {"{", "}", "\\"}:
            parts.append(compose(accent, piece) if accent else " " if piece == "~" else piece)
            accent = ""
    return "".join(parts)
