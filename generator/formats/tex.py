r"""Texts for BibTeX: escaped, with braces that balance, and with capitals protected in titles.

BibTeX counts every brace, even `\{`, and a style may lower-case whatever stands outside braces,
formulas included (btxdoc, section 3.1; btxhak, section 5.2, `change.case$`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.markup.latex import escaped
from generator.markup.symbols import GREEK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.markup import Text

_BRACE = re.compile("[{}]")
_DEEPEST = 60  # readers give up at a hundred

_TOKEN = re.compile(
    r"(?P<other>\\(?:url|href)\{[^{}]*\}|\\[A-Za-z]+|\\[^(\[]|[{}])"
    r"|(?P<math>\$\$?|\\[(\[])"
    r"|(?P<words>[^\\${}]+)",
    re.DOTALL,
)
_CLOSING = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_WITHIN = {
    opening: re.compile(rf"{re.escape(closing)}|\\.|[{{}}]", re.DOTALL)
    for opening, closing in _CLOSING.items()
}

_BRACE_SIGN = re.compile(r"\\\\|\\([{}])")
_SIGNS_IN_MATH = {"{": r"\lbrace ", "}": r"\rbrace "}
_SIGNS_IN_TEXT = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}

_GREEK = re.compile(r"\\ensuremath\{\\([A-Za-z]+)\}")
_GREEK_RUN = re.compile(r"(?:[\u0300-\u03ff\u1f00-\u1fff]|\\ensuremath\{\\[A-Za-z]+\})+")
_GREEK_WORD = 3  # so many symbols are a word; `αβ` is two symbols

_QUOTE = re.compile("[“”]")
_ODD_QUOTE = re.compile(r"[`'’‘][“”]|[“”][`'’‘]|“\s|\s”|“”")
# Where a straight quote opens, and where it closes; else, as after inches, it does neither.
_STRAIGHT = re.compile(
    r'(?P<open>(?:(?<=[\s(\[~–—-])|\A)"(?=[^\s"]))|(?P<close>(?<=[^\s"])"(?![\w"]))|"'
)
_DASH = re.compile(r"(?<=[^\W_])[–—](?=[^\W_])|(?<= )[–—](?= )")
_TYPED = {"“": "``", "”": "''", "–": "--", "—": "---"}

_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
_OWNER = ("'s", "’s")
_WORDS = re.compile(_WORD)
_EXPLICIT = re.compile(rf"([^\W_]*)\{{({_WORD}(?:[ -]{_WORD})*)\}}([^\W_]*)")
_NOT_PROSE = re.compile(
    r"\$[^$]*\$|\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})*|\\[^\sA-Za-z]\s*(?:\{[^{}]*\})?"
)
_OPENING_QUOTES = ("``", "`", "“", "‘", "„", "«")
_CLAUSE_ENDS = (":", ".", "?", "!", "–", "—", "--")
_SHOUT = 3  # of so many words in capitals alone, none is an acronym


@lru_cache(maxsize=65536)
def text(value: str) -> str:
    """Return plain words as LaTeX for BibTeX."""
    line = " ".join(value.split())
    return _balanced(_with_greek_words(escaped(line), fewest=1), line)


def marked(value: Text) -> str:
    """Return a marked-up text as LaTeX for BibTeX."""
    return _balanced(_typed(_with_greek_words(value.latex, fewest=_GREEK_WORD)), value.plain)


@lru_cache(maxsize=65536)
def title(value: Text) -> str:
    """Return a title as LaTeX for BibTeX, with those capitals in braces that must stay capitals.

    They are those inside a word, acronyms, single letters, the first after an opening quote, those
    of a formula, and those that the source has in braces.
    """
    latex = marked(value)
    explicit = _explicit(value)
    plain = value.plain
    if len(_WORDS.findall(plain)) >= _SHOUT and plain == plain.upper() and not explicit:
        return latex
    longest_first = sorted(explicit, key=len, reverse=True)
    word = "|".join([*map(re.escape, longest_first), _WORD])
    pattern = re.compile(rf"(?<![^\W_])(?:{word})(?![^\W_])")
    parts, position = [], 0
    for kind, part in _segments(latex):
        start = position
        position += len(part)
        if kind == "words":

            def protect(match: re.Match[str], start: int = start) -> str:
                if match[0].islower():
                    return match[0]
                before, after = latex[: start + match.start()], latex[start + match.end() :]
                return explicit.get(match[0]) or _protected(match[0], before, after[:1])

            parts.append(pattern.sub(protect, part))
        elif kind == "math" and part != part.lower():
            parts.append(f"{{{_with_dollars(part)}}}")
        else:
            parts.append(part)
    return "".join(parts)


def _protected(word: str, before: str, after: str) -> str:
    """Return a word of a title, in braces where its capitals must stay."""
    stem, owner = word[:-2], word[-2:]
    if owner not in _OWNER:
        stem, owner = word, ""
    if len(stem) == 1:
        is_needed = stem.isupper() and not (word == "A" and _is_article(before, after))
    else:
        is_inner = any(letter.isupper() for letter in stem[1:])
        is_needed = is_inner or (stem[0].isupper() and any(map(str.isdigit, stem)))
    if is_needed:
        return f"{{{stem}}}{owner}"
    if word[0].isupper() and before.endswith(_OPENING_QUOTES):
        return f"{{{word[0]}}}{word[1:]}"
    return word


def _is_article(before: str, after: str) -> bool:
    """Tell whether the word `A` is an article: it begins a clause, and another word follows."""
    start = before.rstrip()
    return after == " " and (not start or start.endswith((*_CLAUSE_ENDS, *_OPENING_QUOTES)))


def _explicit(value: Text) -> dict[str, str]:
    """Return the words that the source has in braces, wholly or in part, as they are to be written.

    Braces round the whole title are a habit of importers, and say nothing of its capitals.
    """
    found = {}
    if "{" in value.source:
        for before, group, after in _EXPLICIT.findall(_NOT_PROSE.sub(" ", value.source)):
            whole = before + group + after
            if whole != value.plain and group != group.lower():
                rest = before + after
                is_all = rest != rest.lower()
                found[whole] = f"{{{whole}}}" if is_all else f"{before}{{{group}}}{after}"
    return found


def _with_dollars(formula: str) -> str:
    r"""Write a formula with `$`: `{\(` would begin what BibTeX calls a special character."""
    if formula[0] == "$":
        return formula
    dollars = "$" if formula[1] == "(" else "$$"
    return f"{dollars}{formula[2:-2]}{dollars}"


def _segments(latex: str) -> Iterator[tuple[str, str]]:
    """Yield the words, the formulas (`math`) and all else (`other`) of a text, in order."""
    position = 0
    while match := _TOKEN.match(latex, position):
        end = _formula_end(latex, match) if match["math"] else match.end()
        kind = match.lastgroup if end else "other"
        end = end or match.end()
        yield kind or "other", latex[position:end]
        position = end
    if position < len(latex):
        yield "other", latex[position:]


def _formula_end(latex: str, opening: re.Match[str]) -> int:
    r"""Return where a formula ends, past those of `\text{a $x$ b}` inside; 0 where it does not."""
    depth = 0
    for match in _WITHIN[opening[0]].finditer(latex, opening.end()):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif match[0] == _CLOSING[opening[0]] and not depth:
            return match.end()
    return 0


def _balanced(latex: str, plain: str) -> str:
    """Return a text whose braces balance: signs become commands, or else the words alone stay."""
    if _is_balanced(latex):
        return latex
    parts = []
    for kind, part in _segments(latex):
        parts.append(_named_braces(part, _SIGNS_IN_MATH if kind == "math" else _SIGNS_IN_TEXT))
    written = "".join(parts)
    if _is_balanced(written):
        return written
    return _named_braces(escaped(plain), _SIGNS_IN_TEXT)


def _named_braces(latex: str, signs: Mapping[str, str]) -> str:
    return _BRACE_SIGN.sub(lambda sign: signs.get(sign[1], sign[0]), latex)


def _is_balanced(latex: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(latex):
        depth += 1 if brace == "{" else -1
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


def _with_greek_words(latex: str, fewest: int) -> str:
    """Write the letters of Greek words, unlike single symbols, as letters."""
    if r"\ensuremath" not in latex:
        return latex

    def write(run: re.Match[str]) -> str:
        symbols = _GREEK.findall(run[0])
        if len(symbols) < fewest and not _GREEK.sub("", run[0]):
            return run[0]
        return _GREEK.sub(lambda symbol: GREEK.get(symbol[1], symbol[0]), run[0])

    return _GREEK_RUN.sub(write, latex)


def _typed(latex: str) -> str:
    """Write quotes and dashes as TeX users type them, where reading them again is certain."""
    if latex.isascii() and '"' not in latex:
        return latex
    latex = _with_curled_quotes(latex)
    segments = list(_segments(latex))
    words = "".join(part for kind, part in segments if kind == "words")
    quotes = _QUOTE.findall(words)
    is_paired = quotes == ["“", "”"] * (len(quotes) // 2) and not _ODD_QUOTE.search(latex)

    def write(part: str) -> str:
        if is_paired:
            part = _QUOTE.sub(lambda quote: _TYPED[quote[0]], part)
        return _DASH.sub(lambda dash: _TYPED[dash[0]], part)

    return "".join(write(part) if kind == "words" else part for kind, part in segments)


def _with_curled_quotes(latex: str) -> str:
    """Write pairs of straight quotes as “ and ”: TeX sets each as ”, and babel may eat them."""
    if '"' not in latex:
        return latex
    places: set[int] = set()
    position = 0
    for kind, part in _segments(latex):
        if kind == "words":
            places.update(range(position, position + len(part)))
        position += len(part)
    straight = [match for match in _STRAIGHT.finditer(latex) if match.start() in places]
    kinds = [match.lastgroup for match in straight]
    if kinds != ["open", "close"] * (len(kinds) // 2):
        return latex
    signs = list(latex)
    for match in straight:
        signs[match.start()] = "“" if match.lastgroup == "open" else "”"
    return "".join(signs)
