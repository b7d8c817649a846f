r"""Formulas in TeX to MathML Core, by math-core; this is the only module that calls it.

Round it stand the habits of real abstracts that it does not know: a bare `%`, math inside text
inside math, `\unicode`, row spacing, labels, equation numbers. What it cannot read becomes text.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML

from generator.markup import literal, mathml, mathtext
from generator.markup.brackets import unclosed
from generator.markup.scan import Scan

_MACROS = {
    "widetilde": r"\tilde{#1}",
    "textup": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textmd": r"\text{#1}",
    "textsl": r"\textit{#1}",
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "emph": r"\textit{#1}",
    "textsc": r"\text{#1}",
    "dotsc": r"\ldots",
    "dotsb": r"\cdots",
    "smash": r"{#1}",
    "ensuremath": r"{#1}",
    "href": r"{#2}",
    "url": r"\texttt{#1}",
    "textcolor": r"{#2}",
    "scalebox": r"\text{#2}",
    "protect": "",
    "nonumber": "",
    "notag": "",
    "xspace": "",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "argmax": r"\operatorname*{arg\,max}",
    "argmin": r"\operatorname*{arg\,min}",
    "textsuperscript": r"{}^{\text{#1}}",
    "textsubscript": r"{}_{\text{#1}}",
    "texorpdfstring": r"{#1}",
    "nicefrac": r"{#1}/{#2}",
    "substack": r"\begin{matrix}#1\end{matrix}",
    "cite": r"",
    "lbrace": r"\{",
    "rbrace": r"\}",
}
"""Commands that abstracts use and math-core 0.9 lacks."""

_DEFINITION = re.compile(
    r"\\(?:re)?newcommand|\\[egx]?def(?![A-Za-z])|\\let(?![A-Za-z])|\\DeclareM"
)
_ROW_SPACE = re.compile(r"(\\\\\*?)\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_LABEL = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}")
_UNICODE = re.compile(r"\\unicode\s*\{\s*([xX\"]?)([0-9A-Fa-f]{1,6})\s*\}")
_BARE = re.compile(r"(\\.)|([%#])", re.DOTALL)
_NUMBERED = re.compile(r"\\(begin|end)\s*\{(equation|align|gather|multline|eqnarray|alignat)\}")
_INNER = re.compile(r"\\(begin|end)\{(?:(align)|(gather)|multline|eqnarray)\*\}")
_TEXT = re.compile(r"\\(text(?:it|bf|tt|rm|sf|sc|up|normal|md|sl)?|[mh]box|emph)\s*(?=\{)")
_SPECIAL = re.compile(r"(\\.)|([&^_])", re.DOTALL)
_POSITION = re.compile(r"\A\d+:\s*")

# math-core recurses: some 200 levels fill a stack of 512 KB, and an overflow ends the process.
_DEEPEST = 50
_MOST_COMMANDS = 400
_LONGEST = 8_000
_MOST_UNCLOSED = 6
_WORTH_KEEPING = 1_000

_CONVERTER = LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=200)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its readings; the LaTeX stands without delimiters."""

    html: str
    plain: str
    latex: str
    error: str = ""
    """Why it could not be read, and empty where it could."""


def read(tex: str, *, display: bool = False) -> Formula:
    """Read a formula, as MathML where it needs that and as text where it does not."""
    return _remembered(tex, display) if len(tex) <= _WORTH_KEEPING else _read(tex, display=display)


_NARROW = 20  # characters that a formula may have to fit the narrowest screen, wide signs reckoned


@lru_cache(maxsize=4096)
def _remembered(tex: str, display: bool) -> Formula:
    return _read(tex, display=display)


def _read(tex: str, *, display: bool) -> Formula:
    tex = _clean(tex)
    text = literal.read(tex)
    if text is not None and not display:
        return Formula(escape(text, quote=False), text, tex)
    plain = mathtext.plain(tex)
    error = _too_much(tex)
    if not error:
        try:
            written = _CONVERTER.convert_with_local_state(_for_core(tex), displaystyle=display)
        except LatexError as failure:
            error = _POSITION.sub("", str(failure)).strip()
        else:
            html = mathml.safe(written)
            wide = display and len(plain) > _NARROW
            return Formula(mathml.in_scroller(html) if wide else html, plain, tex)
    return Formula(escape(plain, quote=False), plain, tex if _is_balanced(tex) else "", error)


def _clean(tex: str) -> str:
    """Write a formula in the LaTeX that both math-core and TeX itself understand."""
    tex = _BARE.sub(lambda match: match[1] or "\\" + match[2], tex.strip())
    tex = _ROW_SPACE.sub(r"\1", tex)
    tex = _LABEL.sub("", tex)
    tex = _UNICODE.sub(_character, tex)
    return _NUMBERED.sub(r"\\\1{\2*}", tex)


def _character(match: re.Match[str]) -> str:
    r"""Return the character that `\unicode` names."""
    number = int(match[2], 16) if match[1] or not match[2].isdigit() else int(match[2])
    character = chr(number) if number <= sys.maxunicode else "\ufffd"
    return character if character.isprintable() and character not in "\\{}$%#&^_~" else "\ufffd"


def _too_much(tex: str) -> str:
    """Say why a formula must not be given to math-core, or nothing."""
    if _DEFINITION.search(tex):
        return "It defines commands of its own"
    depth = deepest = 0
    for mark in re.findall(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\.|[{}]", tex):
        if mark in {"{", r"\left", r"\begin"}:
            depth += 1
            deepest = max(deepest, depth)
        elif mark in {"}", r"\right", r"\end"}:
            depth -= 1
    if deepest > _DEEPEST or tex.count("\\") > _MOST_COMMANDS or len(tex) > _LONGEST:
        return "It is longer or more deeply nested than a formula may be"
    if unclosed(tex) > _MOST_UNCLOSED:
        return "Too many of its brackets are never closed"
    return ""


def _for_core(tex: str) -> str:
    """Write a formula in the dialect of math-core: no columns for numbers, no math in text."""
    return _text_arguments(
        _INNER.sub(lambda match: f"\\{match[1]}{{{'aligned' if match[2] else 'gathered'}}}", tex)
    )


def _text_arguments(tex: str) -> str:
    """Take math out of text inside math, and escape what text may not hold there."""
    if not _TEXT.search(tex):
        return tex
    scan, parts, position = Scan(tex), [], 0
    while match := _TEXT.search(tex, position):
        argument = scan.argument(match.end(), len(tex))
        if argument is None:
            parts.append(tex[position : match.end()])
            position = match.end()
            continue
        start, end = argument
        parts.append(tex[position : match.start()])
        parts.append(_text_argument(match[1], tex[start:end]))
        position = end + 1
    return "".join(parts) + tex[position:]


def _text_argument(command: str, inner: str) -> str:
    """Write one text argument as text and math side by side."""
    pieces = re.split(r"(?<!\\)\$", inner)
    if len(pieces) % 2 == 0:
        pieces = [inner.replace("$", r"\$")]
    parts = []
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append(f"{{{piece}}}")
        elif piece:
            text = _SPECIAL.sub(_escaped, piece).replace("``", "“").replace("''", "”")
            parts.append(f"\\{command}{{{text.replace('--', '–')}}}")
    return "".join(parts)


def _escaped(match: re.Match[str]) -> str:
    """Escape a character that text may not hold bare; braces save the space after it."""
    if match[1]:
        return f"{{{match[1]}}}" if match[1][1] in "%&#$_" else match[1]
    return "ˆ" if match[2] == "^" else f"{{\\{match[2]}}}"


def _is_balanced(tex: str) -> bool:
    """Say whether a formula can stand in a BibTeX field, where every brace counts."""
    depth = 0
    for mark in re.findall(r"\\.|[{}$]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or mark == "$":
            return False
    return depth == 0 and not tex.endswith("\\")
