"""The theme: whose file wins, what a fingerprint follows from, what a template's fault says."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from generator import program
from generator import templates as template_files
from generator.diagnostics import BuildError, Diagnostics
from generator.pages.kinds.parts import AtomEntry, Card, FeedEntry, Header, Link
from generator.pages.kinds.programs import FeedPage, RobotsPage
from generator.pages.kinds.readers import TextPage
from generator.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADER = Header(
    "Ours", "d", "https://p.example/", "en", (), Markup(), "", (), (("a.js", "static/a.1.js"),)
)
PAGE = TextPage("about/", "About", "d", heading=Markup("<b>H</b>"), body=Markup("<p>\0tags/</p>"))
VALUES = FeedEntry("i", "u", "T & T", "p", "p", (("A", ""),), (), Markup("s"))
ENTRY = AtomEntry(VALUES)
FEED = FeedPage("feed.xml", "i", "t", "s", "", "u", (), (ENTRY, ENTRY))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the folder of a site."""
    (tmp_path / "site" / "templates").mkdir(parents=True)
    return tmp_path / "site"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that stands for the built-in theme."""
    for name in ("templates", "static"):
        (tmp_path / "builtin" / name).mkdir(parents=True)
    monkeypatch.setattr(program, "builtin", lambda name: tmp_path / "builtin" / name)
    return tmp_path / "builtin"


def themed(own: Path, header: Header, inline: Mapping[str, str] | None = None) -> Theme:
    """Return the theme of the site in a folder."""
    found = Diagnostics()
    made = Theme(template_files.read(own, found), header, inline or {})
    assert not found.found
    return made


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)


# rendering


def test_render(own: Path, built: Path) -> None:
    """A template reads the page and the header, escapes text, and links from its depth."""
    write(
        built / "templates",
        {
            "page.html": "{{ site.title }} {{ page.title }} {{ page.heading }}{{ page.body }}"
            "{{ root }}x {{ asset('a.js') }} {{ inline('a.css', root) }} {{ 1234|number }}\n"
        },
    )
    made = themed(own, HEADER, {"a.css": "a>b"})
    assert made.render(replace(PAGE, title="A & B")) == (
        "Ours A &amp; B <b>H</b><p>../tags/</p>../x ../static/a.1.js a>b 1,234\n"
    )


def test_a_style_in_a_page(own: Path, built: Path) -> None:
    """A style sheet in a page brings no font, finds its files, and is known by its digest."""
    template = "{% set css = inline('a.css', page.root) %}{{ css }}|{{ css | hash_source }}"
    write(built / "templates", {"page.html": template})
    css = "@font-face { src: url(f.woff2) }\na { background: url('img/b.svg#c') }"

    style, _, source = themed(own, HEADER, {"a.css": css}).render(PAGE).partition("|")

    assert style == 'a { background: url("../static/img/b.svg#c") }'
    digested = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert source == f"'sha256-{digested}'"


def test_fragments(own: Path, built: Path) -> None:
    """What several pages show is rendered once, and links from each page's depth."""
    write(
        built / "templates",
        {
            "feed.xml": "{% for one in page.entries %}{{ one|render }}{% endfor %}",
            "feed-entry.xml": "{{ root }}{{ fragment.entry.title }};",
        },
    )
    made = themed(own, HEADER)
    assert made.render(FEED) == "./T &amp; T;./T &amp; T;"
    assert made.render(replace(FEED, path="tags/x/feed.xml")) == "../../T &amp; T;" * 2
    assert made.fragment(ENTRY) is made.fragment(ENTRY)


def test_overrides(own: Path, built: Path) -> None:
    """The site's template wins, and may extend the one that it overrides."""
    write(
        built / "templates",
        {
            "base.html": "<{% block a %}base{% endblock %}>",
            "page.html": "{% extends 'base.html' %}",
        },
    )
    assert themed(own, HEADER).render(PAGE) == "<base>"
    write(
        own / "templates",
        {
            "page.html": "{% extends 'builtin/page.html' %}"
            "{% block a %}own {{ super() }}{% endblock %}",
            "base.html": "[{% block a %}other{% endblock %}]",
        },
    )
    assert themed(own, HEADER).render(PAGE) == "[own other]"


def test_robots_text_is_not_escaped(own: Path, built: Path) -> None:
    """Only HTML and XML are escaped."""
    write(built / "templates", {"robots.txt": "{{ page.sitemap }}"})
    assert themed(own, HEADER).render(RobotsPage("robots.txt", "a&b")) == "a&b"


# fingerprints


def prints(own: Path, header: Header = HEADER) -> tuple[str, str]:
    """Return the fingerprints of a page and of a feed, by a fresh theme."""
    made = themed(own, header)
    return made.fingerprint(PAGE), made.fingerprint(FEED)


@pytest.fixture
def templates(built: Path) -> Path:
    """Give a built-in theme in which one template extends, includes and imports others."""
    write(
        built / "templates",
        {
            "page.html": "{% extends 'base.html' %}{% import 'macros.html' as m %}{{ m.x() }}",
            "base.html": "{% include 'foot.html' %}",
            "foot.html": "foot",
            "macros.html": "{% macro x() %}{% endmacro %}",
            "feed.xml": "{% for one in page.entries %}{{ one|render }}{% endfor %}",
            "feed-entry.xml": "e",
            "unused.html": "u",
        },
    )
    return built / "templates"


def test_fingerprint_is_stable(own: Path, templates: Path) -> None:
    """The same page has the same fingerprint, whatever else there is."""
    before = prints(own)
    write(templates, {"unused.html": "changed", "new.html": "n"})
    assert prints(own) == before


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("page.html", (True, False)),
        ("base.html", (True, False)),
        ("foot.html", (True, False)),
        ("macros.html", (True, False)),
        ("feed.xml", (False, True)),
        ("feed-entry.xml", (False, True)),
    ],
)
def test_fingerprint_follows_templates(
    own: Path, templates: Path, name: str, changes: tuple[bool, bool]
) -> None:
    """A template changes the pages that it, or what they show, is made with, and no others."""
    before = prints(own)
    text = (templates / name).read_text()
    write(own / "templates", {name: f"{text}{{# mine #}}"})
    assert tuple(a != b for a, b in zip(prints(own), before, strict=True)) == changes


def test_fingerprint_follows_fields(own: Path, templates: Path) -> None:
    """Each field of a page, and of what stands in it, is in its fingerprint."""
    assert templates.is_dir()
    made = themed(own, HEADER)
    known = {made.fingerprint(PAGE), made.fingerprint(FEED)}
    others = [
        replace(PAGE, title="Other"),
        replace(PAGE, path="other/"),
        replace(PAGE, trail=(Link("a"),)),
        replace(PAGE, trail=(Link("", "a"),)),
        replace(PAGE, listed=False),
        replace(FEED, entries=(ENTRY,)),
        replace(FEED, entries=(ENTRY, AtomEntry(replace(VALUES, title="Other")))),
    ]
    assert len(known | {made.fingerprint(one) for one in others}) == 9


def test_fingerprint_follows_header(own: Path, templates: Path) -> None:
    """What every template may read is in every fingerprint."""
    assert templates.is_dir()
    before = prints(own)
    after = prints(own, replace(HEADER, title="Theirs"))
    assert before[0] != after[0]
    assert before[1] != after[1]


# faults in templates


def fault(own: Path, page: TextPage | FeedPage = PAGE) -> tuple[str, str, str]:
    """Render a page that fails; return the place with its line, the message and the help."""
    made = themed(own, HEADER)

    def make() -> None:
        made.fingerprint(page)
        made.render(page)

    with pytest.raises(BuildError) as caught:
        make()
    (one,) = caught.value.diagnostics
    assert one.help
    return str(one.location), one.location.excerpt, one.message


@pytest.mark.parametrize(
    ("text", "place", "excerpt", "message"),
    [
        (
            "a\n  {% if %}\n",
            "templates/page.html:2",
            "{% if %}",
            "Expected an expression, got 'end of statement block'.",
        ),
        (
            "\n{{ page.titel }}",
            "templates/page.html:2",
            "{{ page.titel }}",
            "There is no field 'titel' in a TextPage. The page being made is /about/.",
        ),
        (
            "{{ nothing }}",
            "templates/page.html:1",
            "{{ nothing }}",
            "'nothing' is undefined. The page being made is /about/.",
        ),
        (
            "{{ 1/0 }}",
            "templates/page.html:1",
            "{{ 1/0 }}",
            "Division by zero. The page being made is /about/.",
        ),
        (
            "{{ asset('none.js') }}",
            "templates/page.html:1",
            "{{ asset('none.js') }}",
            "There is no static file 'none.js'. The page being made is /about/.",
        ),
        (
            "\n{% include 'none.html' %}",
            "templates/page.html:2",
            "{% include 'none.html' %}",
            "There is no template 'none.html'.",
        ),
        (
            "\n\n{% include page.template %}",
            "templates/page.html:3",
            "{% include page.template %}",
            "This template names another one by a variable.",
        ),
        (
            "{{ x|nofilter }}",
            "templates/page.html:1",
            "{{ x|nofilter }}",
            "No filter named 'nofilter'. The page being made is /about/.",
        ),
    ],
    ids=["syntax", "field", "name", "any", "asset", "missing", "dynamic", "filter"],
)
def test_faults(  # noqa: PLR0913, PLR0917 - two fixtures, and what is said
    own: Path, built: Path, text: str, place: str, excerpt: str, message: str
) -> None:
    """A fault in a template is told with its file, its line, and the page that was being made."""
    assert built.is_dir()
    write(own / "templates", {"page.html": text})
    assert fault(own) == (place, excerpt, message)


def test_fault_in_what_is_included(own: Path, built: Path) -> None:
    """The place is that in the template that has the fault, built-in ones named as such."""
    write(
        built / "templates", {"page.html": "{% include 'part.html' %}", "part.html": "\n{{ x.y }}"}
    )
    assert fault(own) == (
        "builtin/part.html:2",
        "{{ x.y }}",
        "'x' is undefined. The page being made is /about/.",
    )


def test_fault_in_a_fragment(own: Path, built: Path) -> None:
    """A fault in what a page shows is told with its own template and the page."""
    write(
        built / "templates",
        {"feed.xml": "{{ page.entries[0]|render }}", "feed-entry.xml": "\n\n{{ fragment.x }}"},
    )
    place, _, message = fault(own, FEED)
    assert place == "builtin/feed-entry.xml:3"
    assert message.endswith("The page being made is /feed.xml.")


def test_missing_template(own: Path, built: Path) -> None:
    """A template that is not there at all is named."""
    assert built.is_dir()
    assert fault(own)[0] == "templates/page.html"


def test_not_utf_8(own: Path, built: Path) -> None:
    """A template in another encoding is named."""
    write(built / "templates", {"page.html": "{% include 'part.html' %}", "part.html": b"\xff"})
    assert fault(own)[::2] == ("templates/part.html", "The template is not UTF-8.")


def test_programming_errors_are_not_hidden(
    own: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes wrong outside of any template is no fault of the maintainer's."""
    write(built / "templates", {"page.html": "x"})
    made = themed(own, HEADER)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(made._environment, "get_template", fail)  # noqa: SLF001 - stands for a bug
    with pytest.raises(ZeroDivisionError):
        made.render(PAGE)


def test_a_card_is_a_fragment() -> None:
    """Each kind of fragment names its own template."""
    assert (Card.template, AtomEntry.template) == ("card.html", "feed-entry.xml")
