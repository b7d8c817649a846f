"""A person's name in the parts that citation formats share (CSL 1.0.2, names)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from slugify import slugify

LONGEST_SLUG = 80  # characters, so that a page and what lies beside it can be stored everywhere
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
    match [part for part in parts if part]:
        case [whole, suffix] if _SUFFIX.fullmatch(suffix):
            name = _straight(whole)
            return Name(name.family or name.literal, name.given, name.particle, suffix)
        case [family, given]:
            return _inverted(family, given)
        case [family, given, suffix, *more] if _SUFFIX.fullmatch(suffix):
            # As people write it: `King, Martin Luther, Jr.`
            return _inverted(family, ", ".join([given, *more]), suffix)
        case [family, suffix, *given]:
            return _inverted(family, ", ".join(given), suffix)
        case whole:
            return _straight("".join(whole))


def _inverted(family: str, given: str, suffix: str = "") -> Name:
    """Return the name whose particle and family name stand first."""
    words = family.split()
    cut = _particle_length(words)
    return Name(" ".join(words[cut:]), given, " ".join(words[:cut]), suffix)


def _straight(text: str) -> Name:
    """Return the name whose parts stand in the order in which they are said."""
    words = text.split()
    if len(words) <= 1:
        return Name(literal=" ".join(words))
    suffix = words.pop() if words[2:] and _SUFFIX.fullmatch(words[-1]) else ""
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
    made: str = slugify(text, max_length=LONGEST_SLUG, word_boundary=True, replacements=_SPOKEN)
    made = made or "-".join(f"{ord(one):x}" for one in text.strip()[:11])
    return f"{made}-x" if is_device(made) else made


_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def is_device(part: str) -> bool:
    """Tell whether a part of a path is, to Windows, a device (its "Naming Files", conventions)."""
    return _DEVICES.fullmatch(part) is not None
