"""The user's own commands, written out before anything else reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_PARAMETER = re.compile(r"#([1-9])")
_TEX = re.compile(r"[\\^_{}$]")
_MOST_ROUNDS = 8
_LONGEST = 8_000


def parameters(meaning: str) -> int:
    """Return how many arguments a macro takes: the highest `#n` in its meaning."""
    return max((int(number) for number in _PARAMETER.findall(meaning)), default=0)


def fill(meaning: str, arguments: list[str]) -> str:
    """Put arguments in the places of `#1`, `#2` and so on."""

    def argument(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return arguments[index] if index < len(arguments) else ""

    return _PARAMETER.sub(argument, meaning)


def expand(tex: str, macros: Mapping[str, str]) -> str:
    """Write out the macros in a formula; one that calls itself is left as it stands."""
    for _ in range(_MOST_ROUNDS):
        if not macros or len(tex) > _LONGEST:
            break
        written = _expand_once(tex, macros)
        if written == tex:
            break
        tex = written
    return tex


def _expand_once(tex: str, macros: Mapping[str, str]) -> str:
    scan, parts, position = Scan(tex), [], 0
    while match := _COMMAND.search(tex, position):
        parts.append(tex[position : match.start()])
        position = match.end()
        meaning = macros.get(match[1])
        if meaning is None:
            parts.append(match[0])
            continue
        arguments = []
        for _ in range(parameters(meaning)):
            argument = scan.argument(position, len(tex))
            if argument is None:
                break
            arguments.append(tex[slice(*argument)])
            position = argument[1] + 1
        parts.append(f"{{{_for_math(fill(meaning, arguments))}}}")
    return "".join(parts) + tex[position:]


def _for_math(meaning: str) -> str:
    r"""Set a plain name as text, as `\text{MyMethod}`: in math its letters would be variables."""
    is_name = len(meaning) > 1 and not _TEX.search(meaning) and any(map(str.isalpha, meaning))
    return rf"\text{{{meaning}}}" if is_name else meaning
