"""A person's name in the parts that citation formats share (CSL 1.0.2, names)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from slugify import slugify

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[IVX]{2,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name: either in parts, or `literal` where it has none (an organization, a single name)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def display(self) -> str:
        """The name as a reader says it: `Ludwig van Beethoven`, `Martin Luther King Jr.`."""
        if self.literal:
            return self.literal
        return " ".join(
            part for part in (self.given, self.particle, self.family, self.suffix) if part
        )

    @property
    def inverted(self) -> str:
        """The name as an index lists it: `van Beethoven, Ludwig`."""
        if self.literal:
            return self.literal
        family = f"{self.particle} {self.family}".strip()
        return ", ".join(part for part in (family, self.given, self.suffix) if part)

    @property
    def sort_key(self) -> str:
        """The text by which names are ordered: family first, accents and case folded."""
        parts = (self.family, self.given, self.particle, self.suffix)
        return fold(self.literal or "\t".join(parts))

    @property
    def slug(self) -> str:
        """The name in an address."""
        return slug(self.display)


@lru_cache(maxsize=65536)
def parse(text: str) -> Name:
    """Read a name in one of BibTeX's forms.

    They are `First von Last`, `von Last, First` and `von Last, Jr, First`. A single word is a
    literal. Which words are a particle is told by their small initial (btxdoc, section 4).
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        words = parts[0].split()
        cut = _particle_length(words)
        if len(parts) > 2 and _SUFFIX.fullmatch(parts[2]):  # noqa: PLR2004
            parts[1:3] = parts[2], parts[1]  # as people write it: `King, Martin Luther, Jr.`
        given, suffix = (parts[1], "") if len(parts) == 2 else (", ".join(parts[2:]), parts[1])  # noqa: PLR2004
        if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):  # noqa: PLR2004
            inner = parse(parts[0])
            family = inner.family or inner.literal
            return Name(family, inner.given, inner.particle, parts[1])
        return Name(" ".join(words[cut:]), given, " ".join(words[:cut]), suffix)
    words = parts[0].split() if parts else []
    if len(words) < 2:  # noqa: PLR2004
        return Name(literal=" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004
    first = next((i for i, word in enumerate(words[1:-1], 1) if _is_particle(word)), None)
    if first is None:
        return Name(words[-1], " ".join(words[:-1]), "", suffix)
    length = _particle_length(words[first:])
    family = " ".join(words[first + length :])
    return Name(family, " ".join(words[:first]), " ".join(words[first : first + length]), suffix)


def _is_particle(word: str) -> bool:
    first = next((one for one in word if one.isalpha()), "")
    return first.islower()


def _particle_length(words: list[str]) -> int:
    """Return how many leading words are a particle; the last word never is."""
    length = 0
    while length < len(words) - 1 and _is_particle(words[length]):
        length += 1
    return length


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text for comparing and ordering: case, width and the accents of letters folded.

    Only Latin and Greek letters lose their marks (Unicode NFKD): in other scripts a mark makes
    another letter, as in й or ビ.
    """
    if text.isascii():
        return text.lower()
    kept: list[str] = []
    loses_marks = False
    for one in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(one):
            loses_marks = unicodedata.name(one, "").startswith(("LATIN", "GREEK"))
        elif loses_marks:
            continue
        kept.append(one)
    return unicodedata.normalize("NFC", "".join(kept))


# So that C, C# and C++ have three addresses.
_SPOKEN = (("+", "-plus-"), ("#", "-sharp-"), ("&", "-and-"))


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Return a text as a part of an address: lower-case ASCII letters, digits and hyphens.

    A text of which nothing can be written so gives its code points, so that no slug is empty; and
    none is a name that Windows keeps for devices.
    """
    made: str = slugify(text, max_length=80, word_boundary=True, replacements=_SPOKEN)
    made = made or "-".join(f"{ord(one):x}" for one in text.strip()[:11])
    return f"{made}-x" if is_device(made) else made


_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def is_device(part: str) -> bool:
    """Tell whether a part of a path is, to Windows, a device (its "Naming Files", conventions)."""
    return _DEVICES.fullmatch(part) is not None
