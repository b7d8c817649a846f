"""Open Graph (ogp.me): how a link to a page is shown where someone shares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.paper import Paper

_LENGTH = 200  # as much of the authors as fits into a preview
# The region that a language alone stands for (CLDR, likely subtags), where it is not its own code.
_REGIONS = {
    "ar": "AR", "be": "BY", "bs": "BA", "ca": "ES", "cs": "CZ", "cy": "GB", "da": "DK",
    "el": "GR", "en": "US", "et": "EE", "eu": "ES", "fa": "IR", "ga": "IE", "gl": "ES",
    "he": "IL", "hi": "IN", "hy": "AM", "ja": "JP", "ka": "GE", "kk": "KZ", "ko": "KR",
    "nb": "NO", "nn": "NO", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "uk": "UA",
    "vi": "VN", "zh": "CN",
}  # fmt: skip


def page(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the properties of any page: `title`, `type`, `url` and so on, but for empty ones."""
    for name, value in fields.items():
        if line := " ".join(value.split()):
            yield f"og:{name}", line


def locale(language: str) -> str:
    """Return a BCP 47 tag as `language_TERRITORY`, which Open Graph asks for: `en_US` for `en`."""
    first, *rest = language.split("-")
    first = first.lower()
    given = next((one.upper() for one in rest if len(one) == 2), "")  # noqa: PLR2004 - ISO 3166-1
    return f"{first}_{given or _REGIONS.get(first, first.upper())}"


def about(paper: Paper) -> str:
    """Return what is said of a paper below its title: authors, venue and year, a sentence each."""
    names = [author.parts.display for author in paper.authors]
    venue = paper.venue.plain if paper.venue else ""
    return said(names, venue, paper.year, et_al=paper.et_al)


def said(names: Sequence[str], venue: str, year: int, *, et_al: bool) -> str:
    """Return what is said of a paper of these authors, which are shortened to the first few."""
    shown = list(names[:1])
    for name in names[1:]:
        if len(", ".join([*shown, name])) > _LENGTH:
            break
        shown.append(name)
    people = ", ".join(shown)
    if et_al or len(shown) < len(names):
        people += " et al."
    return " ".join(f"{part.rstrip('.')}." for part in (people, venue, str(year)) if part)


def article(paper: Paper, section: str, authors: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what an article has beside; `authors` are the addresses of their pages."""
    yield "article:published_time", paper.date.iso
    if paper.modified:
        yield "article:modified_time", paper.modified.iso
    for address in authors:
        yield "article:author", address
    for name, value in (("section", section), *(("tag", tag) for tag in paper.tags)):
        if line := " ".join(value.split()):
            yield f"article:{name}", line
