"""What the pages show of a paper: from a valid paper to the values that templates read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator import links
from generator.formats import facts
from generator.identifiers import IDENTIFIERS, address, archive_class, orcid_address
from generator.outline import byline
from generator.pages.kinds.parts import ROOT, Byline, FeedEntry, Related, Resource, Summary, Version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from generator.config import Config
    from generator.markup import Text
    from generator.outline import Outline
    from generator.pages.places import Place
    from generator.paper import Paper
    from generator.paper import Version as PaperVersion

_LINK_LABELS = {
    "pdf": "PDF", "code": "Code", "data": "Data", "model": "Model", "project": "Project",
    "publisher": "Publisher", "html": "HTML", "supplement": "Supplement", "slides": "Slides",
    "poster": "Poster", "video": "Video", "blog": "Blog", "demo": "Demo", "press": "Press",
}  # fmt: skip
_DETAILS = {
    "volume": "Volume", "issue": "Issue", "number": "Number", "pages": "Pages",
    "series": "Series", "publisher": "Publisher", "place": "Place",
    "isbn": "ISBN", "issn": "ISSN", "language": "Language", "license": "Licence",
}  # fmt: skip


WITHIN = ("volume", "issue", "pages")
"""The fields that tell where in its venue a paper stands."""

# CSL 1.0.2, appendix III, in words; what no entry says is not shown.
_TYPES = {
    "article": "Preprint", "article-journal": "Journal article",
    "article-magazine": "Magazine article", "book": "Book", "chapter": "Chapter",
    "dataset": "Dataset", "paper-conference": "Conference paper", "post-weblog": "Blog post",
    "report": "Report", "software": "Software", "speech": "Talk", "thesis": "Thesis",
}  # fmt: skip

_DESCRIPTION = 200

# What hyphens join is one word to the eye: a title breaks before In-Context or GPT-2, not within.
_JOINED = re.compile(r"<math\b.*?</math>|<[^>]*>|(?P<word>\b\w++(?:-[\w.]*\w)+)", re.DOTALL)
# What takes the focus, which nothing in a link may do: links, and the frame of a wide formula.
_FOCUSABLE = re.compile(r'</?a\b[^>]*>|(?<=class="formula") role="group"[^>]* tabindex="0"')


def summarize(place: Place, paper: Paper) -> Summary:
    """Return what lists and the paper's own page show, given where the paper stands."""
    return Summary(
        slug=paper.slug,
        path=paper.path,
        title=kept_whole(heading(paper.title)),
        name=paper.title.plain,
        authors=tuple(_bylines(place, paper)),
        et_al=paper.et_al,
        organizations=place.organizations,
        category=place.category,
        category_name=place.category_name,
        tint=place.tint,
        date=paper.date,
        year_path=place.year_path,
        tags=place.tags,
        venue=place.venue,
        award=html(paper.award),
        status=paper.status or "",
        code=bool(paper.code or paper.links.code),
        code_url=paper.links.code or (paper.code if isinstance(paper.code, str) else ""),
        draft=paper.draft,
        featured=paper.featured,
        resources=_resources(paper),
        abstract=html(paper.abstract),
    )


def html(text: Text | None, page: str = "") -> Markup:
    """Return a text's HTML; its links, seen from a page, lead there from wherever it is shown."""
    if text is None:
        return Markup()
    return Markup(links.rooted(text, page, ROOT))  # noqa: S704 - the markup reader wrote it, within its allow-list


def heading(text: Text) -> Markup:
    """Return the HTML of a title, which is a link itself in most places and so can hold none."""
    return Markup(_FOCUSABLE.sub("", html(text)))  # noqa: S704 - the reader's markup, less some attributes


def kept_whole(title: Markup) -> Markup:
    """Return a title in large type, in which no line ends at a hyphen."""
    if "-" not in title:
        return title
    return Markup(_JOINED.sub(_whole, title))  # noqa: S704 - the same, in spans of one class


def _whole(found: re.Match[str]) -> str:
    return f'<span class="whole">{found[0]}</span>' if found["word"] else found[0]


def _bylines(place: Place, paper: Paper) -> Iterator[Byline]:
    numbers = {one.label: number for number, one in enumerate(place.affiliations, 1)}
    outline = place.paper
    known = zip(paper.authors, outline.names, place.authors, outline.members, strict=True)
    leading = len(paper.leading)
    for position, (author, name, path, member) in enumerate(known):
        yield Byline(
            name=name,
            path=path,
            member=member,
            equal=author.equal,
            corresponding=author.corresponding,
            orcid=author.orcid or "",
            place=numbers.get(author.organization or "", 0),
            leads=position < leading or member,
        )


def _resources(paper: Paper) -> tuple[Resource, ...]:
    links = paper.links
    found = []
    if links.pdf:
        found.append(Resource("pdf", _LINK_LABELS["pdf"], links.pdf, local=":" not in links.pdf))
    for name, (label, _) in IDENTIFIERS.items():
        if value := getattr(paper, name):
            found.append(Resource(name, label, address(name, value)))
    code = links.code or (paper.code if isinstance(paper.code, str) else None)
    given = {"code": code} | {
        name: getattr(links, name) for name in _LINK_LABELS if name not in {"pdf", "code"}
    }
    found += [Resource(name, _LINK_LABELS[name], url) for name, url in given.items() if url]
    return tuple(found)


def feed_entry(config: Config, paper: Paper) -> FeedEntry:
    """Return a paper as feeds show it; its id is its permalink, and never changes."""
    url = (config.url or "") + paper.path
    known = config.categories
    labels = [(paper.category, known.get(paper.category, paper.category))]
    labels += [(tag, tag) for tag in paper.tags]
    elsewhere = [address(name, value) for name in IDENTIFIERS if (value := getattr(paper, name))]
    pdf = paper.links.pdf or ""
    return FeedEntry(
        id=url if config.url else f"urn:offprint:{paper.path}",
        url=url,
        # As PubMed does it: who reads no more than the title is told.
        title=f"{paper.standing}: {paper.title.plain}" if paper.standing else paper.title.plain,
        published=paper.date.timestamp,
        updated=paper.updated.timestamp,
        authors=tuple(
            (author.parts.display, author.url or orcid_address(author.orcid))
            for author in paper.leading
        ),
        categories=tuple(labels),
        summary=html(paper.abstract),
        related=next(iter(elsewhere), ""),
        pdf="" if ":" in pdf else pdf and f"{config.url or ''}{pdf}",
    )


def citing(config: Config, place: Place) -> tuple[str, str, str]:
    """Return what citations say of a paper beside itself: its key, its address, arXiv's class."""
    paper = place.paper
    category = config.categories.get(paper.category, "")
    return place.key, config.url + paper.path if config.url else "", archive_class(category)


def related_to(paper: Outline) -> Related:
    """Return a paper as others' pages point to it."""
    return Related(heading(paper.title), paper.path, byline(paper), paper.year)


def shortened(text: str) -> str:
    """Return the beginning of a text, as long as search engines show, cut after a word."""
    line = " ".join(text.split())
    if len(line) <= _DESCRIPTION:
        return line
    return line[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def within(paper: Paper) -> str:
    """Return where in its venue a paper stands: volume, issue, pages; "" where it has no venue."""
    if not paper.venue:
        return ""
    issue = f"({paper.issue})" if paper.issue else ""
    parts = (f"{paper.volume or ''}{issue}", facts.pages(paper, "–"))
    return ", ".join(part for part in parts if part)


def details(paper: Paper, *, omit: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the bibliographic details that the paper has, with their labels, but for some."""
    given = [("Type", _TYPES.get(paper.type or ""))]
    given += [(label, getattr(paper, name)) for name, label in _DETAILS.items() if name not in omit]
    editors = ", ".join(editor.parts.display for editor in paper.editors)
    given += [("Editors", editors), ("Modified", paper.modified.display if paper.modified else "")]
    return tuple((label, value) for label, value in given if value)


def version(one: PaperVersion) -> Version:
    """Return another version of a paper, with the best address it has."""
    urls = [one.url] + [
        address(name, value) for name in ("doi", "arxiv") if (value := getattr(one, name))
    ]
    return Version(
        label=one.label or ("Preprint" if one.arxiv else "Version"),
        venue=html(one.venue),
        date=one.date.display if one.date else "",
        url=next((url for url in urls if url), ""),
    )
