r"""Math as plain text: `D_{0}` is D₀, `n\log n` is n log n; any input gives readable text.

This is what a title, a search index or a screen reader gets, and what stands on the page where a
formula cannot be read as MathML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.markup.accents import MATH_ACCENTS, SIGNS, compose
from generator.markup.symbols import (
    CLOSING,
    FUNCTIONS,
    LARGE,
    MARKS,
    MATH,
    OPENING,
    OPERATORS,
    RELATIONS,
    WORDS,
)

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\d+(?:(?:[.,]|\{,\})\d+)*|\.\d+|\s+|.", re.DOTALL)
_MARKS = re.compile(r"[\\{}$]")
_DEEPEST = 40
_LONGEST = 20_000
_OPTIONAL = 12

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
_DOUBLE_STRUCK = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")

_TEXT = frozenset(
    [
        "text",
        "textit",
        "textbf",
        "texttt",
        "textrm",
        "textsf",
        "textsc",
        "textup",
        "textnormal",
        "textsl",
        "textmd",
        "mbox",
        "hbox",
        "emph",
        "underline",
        "mathrm",
        "mathsf",
        "mathtt",
        "mathit",
        "operatorname",
        "label",
    ]
)
_DROPPED = frozenset({"label", "tag", "color", "hspace", "vspace", "phantom", "begin", "end"})
_SECOND = frozenset(
    {"href", "textcolor", "scalebox", "raisebox", "stackrel", "overset", "underset"}
)
_SILENT = frozenset(
    [
        "left",
        "right",
        "middle",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "bigm",
        "Bigm",
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "limits",
        "nolimits",
        "rm",
        "bf",
        "it",
        "cal",
        "sf",
        "tt",
        "boldmath",
        "protect",
        "nonumber",
        "notag",
        "mathop",
        "mathrel",
        "mathbin",
        "mathord",
        "mathopen",
        "mathclose",
        "hline",
        "ensuremath",
        "unicode",
    ]
)
_SIZES = frozenset({"left", "right", "middle"})
_SPACES = frozenset({",", ";", ":", ">", " ", "\n", "quad", "qquad", "enspace", "hfill"})
_TABLES = re.compile(r"matrix|array|cases")


@dataclass(slots=True)
class _Atom:
    """A piece of a formula: what kind of thing it is, and how it reads."""

    kind: str
    text: str


def plain(tex: str) -> str:
    """Read a formula as text; one longer than any author writes loses only its marks."""
    if len(tex) > _LONGEST:
        return " ".join(_MARKS.sub("", tex).split())
    return _Reading(tex).all()


class _Reading:
    """One formula being read, token by token."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(tex)
        self.index = 0
        self.depth = 0
        self.table = ""

    def all(self) -> str:
        parts = []
        while self.index < len(self.tokens):
            parts.append(_join(self.atoms(), ""))
            self.index += 1
        return " ".join("".join(parts).split())

    def atoms(self) -> list[_Atom]:
        """Read up to a closing brace, which stays to be read."""
        found: list[_Atom] = []
        while self.index < len(self.tokens) and self.tokens[self.index] != "}":
            token = self.tokens[self.index]
            self.index += 1
            if token in "^_":
                self.script(found, token)
            elif token[0] == "\\" and len(token) > 1:
                self.command(found, token[1:])
            elif token == "{":
                self.group(found)
            elif token == ":" and self.tokens[self.index : self.index + 1] == [" "]:
                found.append(_Atom("punct", token))
            elif token != "$":
                found.append(_character(token, self.table))
        return found

    def group(self, found: list[_Atom]) -> None:
        """Read the contents of braces; below a depth no one writes, braces are ignored."""
        if self.depth >= _DEEPEST:
            return
        self.depth += 1
        inner = self.atoms()
        self.depth -= 1
        self.index += 1
        if len(inner) == 1:
            found.append(inner[0])
        elif inner:
            found.extend(inner)

    def argument(self) -> list[_Atom]:
        """Read what a command takes: a group, a command or one character."""
        while self.index < len(self.tokens) and self.tokens[self.index].isspace():
            self.index += 1
        if self.index >= len(self.tokens) or self.tokens[self.index] in "}&$":
            return []
        token = self.tokens[self.index]
        found: list[_Atom] = []
        if token[0].isdigit() and len(token) > 1:
            self.tokens[self.index] = token[1:]
            return [_Atom("ord", token[0])]
        self.index += 1
        if token == "{":
            self.group(found)
        elif token[0] == "\\" and len(token) > 1:
            if self.depth < _DEEPEST:
                self.depth += 1
                self.command(found, token[1:])
                self.depth -= 1
        else:
            found.append(_character(token, ""))
        return found

    def optional(self) -> str:
        """Read a short argument in square brackets."""
        ahead = self.tokens[self.index : self.index + _OPTIONAL]
        if ahead[:1] != ["["] or "]" not in ahead:
            return ""
        inner = ahead[1 : ahead.index("]")]
        self.index += len(inner) + 2
        return _verbatim(inner)

    def script(self, found: list[_Atom], mark: str) -> None:
        """Put a superscript or subscript on what stands before."""
        text = _join(self.argument(), "script")
        if text:
            base = found[-1] if found else _Atom("ord", "")
            if not found:
                found.append(base)
            base.text = base.text.rstrip() + _script(text, mark)

    def raw(self) -> str:
        """Read an argument as text, with its spaces."""
        start = self.index
        inner = self.argument()
        if self.index - start > 1 and self.tokens[start] == "{":
            return _verbatim(self.tokens[start + 1 : self.index - 1])
        return _join(inner, "")

    def command(self, found: list[_Atom], name: str) -> None:
        """Read a command."""
        if name in FUNCTIONS:
            found.append(_Atom("func", "mod" if name == "bmod" else name))
        elif name in MATH:
            found.append(_Atom(_kind(name), MATH[name]))
        elif name in _SIZES and self.index < len(self.tokens) and self.tokens[self.index] == ".":
            self.index += 1
        elif name in _SILENT or name == "!":
            return
        elif name in _DROPPED:
            self.drop(name)
        elif name in _TEXT:
            self.words(found, name)
        elif name in _SPACES:
            found.append(_Atom("space", " "))
        elif name == "\\":
            self.optional()
            found.append(_Atom("punct", ";"))
        else:
            self.structure(found, name)

    def drop(self, name: str) -> None:
        """Read past a command that shows nothing, and learn whether a table begins."""
        argument = self.raw()
        if name == "begin":
            self.table = argument if _TABLES.search(argument) else ""
            if argument == "array":
                self.argument()

    def words(self, found: list[_Atom], name: str) -> None:
        """Read text inside math."""
        if self.index < len(self.tokens) and self.tokens[self.index] == "*":
            self.index += 1
        found.append(_Atom("func" if name == "operatorname" else "ord", self.raw()))

    def structure(self, found: list[_Atom], name: str) -> None:
        """Read a fraction, a root, an accent, an alphabet, or a command that is not known."""
        if name in {"frac", "dfrac", "tfrac", "nicefrac", "sfrac", "cfrac"}:
            above, below = _join(self.argument(), ""), _join(self.argument(), "")
            found.append(_Atom("ord", f"{_enclosed(above)}/{_enclosed(below)}"))
        elif name in {"binom", "dbinom", "tbinom"}:
            above, below = _join(self.argument(), ""), _join(self.argument(), "")
            found.append(_Atom("ord", f"({above} choose {below})"))
        elif name == "sqrt":
            index = self.optional()
            root = _script(index, "^") if index else ""
            found.append(_Atom("ord", f"{root}√{_enclosed(_join(self.argument(), ''))}"))
        elif name in MATH_ACCENTS:
            base = _join(self.argument(), "")
            accented = compose(MATH_ACCENTS[name], base) if len(base) == 1 else base
            found.append(_Atom("ord", accented))
        elif name in {"mathbb", "mathbbm", "mathds", "Bbb"}:
            found.append(_Atom("ord", _join(self.argument(), "").translate(_DOUBLE_STRUCK)))
        elif name in _SECOND:
            self.argument()
            found.extend(self.argument())
        elif name == "not":
            found.extend(_Atom("rel", compose("\u0338", atom.text)) for atom in self.argument())
        elif name in {"pmod", "pod"}:
            found.append(_Atom("ord", f" (mod {_join(self.argument(), '')})"))
        elif name.startswith(("math", "bold", "bm", "over", "under", "cancel", "boxed", "smash")):
            found.extend(self.argument())
        elif name in WORDS or name in MARKS:
            found.append(_Atom("ord", WORDS.get(name) or MARKS[name]))
        elif name in {"{", "("}:
            found.append(_Atom("open", name))
        elif name == "|":
            found.append(_Atom("ord", "‖"))
        else:
            found.append(_Atom("func" if name.isalpha() else "ord", name))


def _kind(name: str) -> str:
    """Return which kind of atom a symbol is, for the spaces around it."""
    if name in RELATIONS or name in OPERATORS:
        return "op"
    if name in LARGE:
        return "func"
    if name in OPENING:
        return "open"
    return "close" if name in CLOSING else "ord"


def _character(token: str, table: str) -> _Atom:
    """Read a token that is no command."""
    if token.isspace():
        return _Atom("blank", "")
    if token in "+-<>=":
        return _Atom("op", "−" if token == "-" else token)
    if token in "([":
        return _Atom("open", token)
    if token in ",;":
        return _Atom("punct", token)
    if token == "&":
        return _Atom("punct", ",") if table else _Atom("blank", "")
    if token == "'":
        return _Atom("ord", "′")
    if token == "~":
        return _Atom("space", " ")
    return _Atom("ord", token.replace("{", "").replace("}", ""))


def _join(atoms: list[_Atom], style: str) -> str:
    """Put atoms side by side with the spaces that each kind asks for."""
    seen = [atom for atom in atoms if atom.kind != "blank"]
    parts: list[str] = []
    before = "open"
    for index, atom in enumerate(seen):
        last = index + 1 == len(seen)
        if atom.kind == "op" and before not in {"open", "op", "punct"} and not last and not style:
            parts.append(f" {atom.text} ")
        elif atom.kind == "punct" and not last and not style:
            parts.append(f"{atom.text} ")
        elif (atom.kind == "func" and before in {"ord", "close", "func"}) or (
            atom.kind == "ord" and (before == "func" or _runs_together(parts, atom))
        ):
            parts.append(f" {atom.text}")
        else:
            parts.append(atom.text)
        before = atom.kind
    return re.sub(r" {2,}", " ", "".join(parts)).strip(" " if style else "")


def _runs_together(parts: list[str], atom: _Atom) -> bool:
    """Say whether a letter would seem to belong to the script before it, as in D_A x."""
    return bool(parts) and bool(_OPEN_SCRIPT.search(parts[-1])) and atom.text[:1].isalnum()


def _script(text: str, mark: str) -> str:
    """Write a superscript or subscript with Unicode's own where every character has one."""
    if mark == "^" and all(character in _RAISED_ALREADY for character in text):
        return text
    table = _SUPERSCRIPTS if mark == "^" else _SUBSCRIPTS
    if text == "∘":
        return "°"
    if not _WORD.search(text) and all(ord(character) in table for character in text):
        return text.translate(table)
    bare = len(text) == 1 or (text.isascii() and text.isalnum())
    return mark + (text if bare else f"({text})")


def _enclosed(text: str) -> str:
    """Put a term in brackets where a fraction or a root would otherwise reach too far."""
    return f"({text})" if re.search(r"[ /+−=]", text.strip()) else text.strip()


def _verbatim(tokens: list[str]) -> str:
    """Read the tokens of text inside math."""
    parts: list[str] = []
    accent = ""
    for token in tokens:
        name = token[1:] if token[0] == "\\" else ""
        if name in SIGNS:
            accent = SIGNS[name]
        elif name in WORDS or name in MARKS or name in MATH:
            parts.append(WORDS.get(name) or MARKS.get(name) or MATH[name])
        elif name:
            parts.append(" " if name in _SPACES else "" if name[0].isalpha() else name)
        elif token not in "{}$":
            parts.append(compose(accent, token) if accent else "\u00a0" if token == "~" else token)
            accent = ""
    return "".join(parts)


_LITERAL = re.compile(
    r"\\([A-Za-z]+)|\\([%$&#_,;: ])|\^\s*\{?\\circ(?![A-Za-z])\s*\}?|(\d+(?:(?:[.,]|\{,\})\d+)*)"
    r"|(--)|([-+=<>/:,.()\[\]%~]|\s+)"
)
_LITERAL_NAMES = frozenset(
    [
        "sim",
        "approx",
        "simeq",
        "times",
        "pm",
        "mp",
        "cdot",
        "div",
        "le",
        "leq",
        "ge",
        "geq",
        "ll",
        "gg",
        "ne",
        "neq",
        "equiv",
        "propto",
        "to",
        "rightarrow",
        "leftarrow",
        "leftrightarrow",
        "Rightarrow",
        "Leftarrow",
        "uparrow",
        "downarrow",
        "nearrow",
        "searrow",
        "infty",
        "ldots",
        "dots",
        "checkmark",
        "dagger",
        "ddagger",
        "bullet",
        "lesssim",
        "gtrsim",
        "leqslant",
        "geqslant",
        "degree",
        "mapsto",
    ]
)


def literal(tex: str) -> str | None:
    r"""Return the text of a formula that needs no MathML, such as `93\%` or `\to`, or None."""
    position, atoms = 0, list[_Atom]()
    while position < len(tex):
        match = _LITERAL.match(tex, position)
        if match is None:
            return None
        position = match.end()
        name, escaped, number, dash, character = match.groups()
        if name is not None:
            if name not in _LITERAL_NAMES:
                return None
            atoms.append(_Atom(_kind(name), MATH[name]))
        elif escaped is not None:
            atoms.append(_Atom("space", " ") if escaped in ",;: " else _Atom("ord", escaped))
        elif number is not None:
            atoms.append(_Atom("ord", number.replace("{", "").replace("}", "")))
        elif dash is not None:
            atoms.append(_Atom("ord", "–"))
        elif character is not None:
            blank = character.isspace() and atoms and atoms[-1].text[-1:] in {",", ":", ";"}
            atoms.append(_Atom("space", " ") if blank else _character(character, ""))
        else:
            atoms.append(_Atom("ord", "°"))
    return _join(atoms, "") or None
