"""What a build makes anew after an edit: exactly the pages that the edit changes, and no others.

The theme is a small one of the test's own, so that what a page shows can be seen here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from generator import program
from generator.build import BuildResult, build
from generator.options import Options
from generator.stamp import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = "{{ site.title }}|{% block main %}{{ page.title }}{% endblock %}"
LIST = (
    "{% extends 'base.html' %}{% block main %}{% for group in page.groups %}"
    "{% for card in group.cards %}{{ card|render }}{% endfor %}{% endfor %}{% endblock %}"
)
INDEX = (
    "{% extends 'base.html' %}{% block main %}{% for section in page.sections %}"
    "{% for one in section.entries %}{{ one.label }} {{ one.count }} {{ one.description }};"
    "{% endfor %}{% endfor %}{% endblock %}"
)
THEME = {
    "static/site.css": "a{}",
    "templates/base.html": BASE,
    "templates/home.html": LIST,
    "templates/term.html": LIST,
    "templates/index.html": INDEX,
    "templates/tags.html": INDEX,
    "templates/years.html": INDEX,
    "templates/card.html": "[{{ fragment.paper.title }} {{ fragment.paper.abstract }}]",
    "templates/feed.xml": "{{ page.title }}"
    "{% for one in page.entries %}{{ one|render }}{% endfor %}",
    "templates/feed-entry.xml": "{% set one = fragment.entry %}"
    "<{{ one.id }} {{ one.title }} {{ one.summary }}>",
    "templates/paper.html": "{% extends 'base.html' %}{% block main %}{{ page.paper.title }}"
    "{{ page.paper.abstract }}{% for one in page.related %}{{ one.title }}{{ one.path }}"
    "{% endfor %}{{ page.older.title if page.older }}"
    "{{ page.newer.title if page.newer }}{% endblock %}",
    "templates/page.html": BASE,
    "templates/search.html": "{% extends 'base.html' %}",
    "templates/404.html": BASE,
    "templates/redirect.html": BASE,
    "templates/robots.txt": "{{ page.sitemap }}",
    "templates/llms.txt": "{% for one in page.papers %}{{ one.label }}{{ one.path }}{% endfor %}",
    "templates/paper.md": "{{ page.title }}{{ page.abstract }}",
    "templates/_redirects": "{{ page.moved }}",
    "templates/_headers": "{{ page.types }}",
    "templates/sitemap.xml": "{% for url, day in page.addresses %}{{ url }};{% endfor %}",
}


def entry(title: str, author: str, category: str, date: str, tags: str) -> str:
    """Return the text of an entry."""
    fields = (
        f"title: {title}\nauthors: [{author}]\ncategory: {category}\ndate: {date}\ntags: {tags}"
    )
    return f"---\n{fields}\n---\nAbout {title}.\n"


ADA = entry("First", "Ada Lovelace", "CL", "2022", "[x]")
KURT = entry("Second", "Kurt Gödel", "CL", "2023", "[x, y]")
LATER = entry("Third", "Ada Lovelace", "LG", "2024", "[y]")
SITE = {
    "content/site.yaml": "title: Ours\nurl: https://publications.example/\n",
    "content/tags.yaml": "x: About x.\ny: About y.\n",
    "content/papers/a.md": ADA,
    "content/papers/b.md": KURT,
    "content/papers/c.md": LATER,
}
# Every list that shows the first paper.
LISTS = ("", "categories/cl/", "years/2022/", "tags/x/", "authors/ada-lovelace/")


def lists(*bases: str) -> set[str]:
    """Return the page, the feed and the citation files of each of some lists."""
    return shown(*bases) | citations(*(f"{base}papers" for base in bases))


def shown(*bases: str) -> set[str]:
    """Return the page and the feeds of each of some lists, which show abstracts."""
    names = ("index.html", "feed.xml", "feed.json")
    return {f"{base}{name}" for base in bases for name in names}


def papers(*slugs: str) -> set[str]:
    """Return the pages of papers, in HTML and in Markdown, and their citation files."""
    files = [f"papers/{slug}/{slug}" for slug in slugs]
    return pages(*slugs) | {f"{file}.md" for file in files} | citations(*files)


def pages(*slugs: str) -> set[str]:
    """Return the pages of papers."""
    return {f"papers/{slug}/index.html" for slug in slugs}


def citations(*bases: str) -> set[str]:
    """Return the citation files whose names begin so."""
    ascii_only = {"papers.ascii.bib"} if "papers" in bases else set()
    return ascii_only | {f"{base}.{end}" for base in bases for end in ("bib", "ris", "csl.json")}


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Return every file of an output with its bytes, the manifest's too."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@dataclass(slots=True)
class Workshop:
    """A published site, its sources, and the theme that it is built with."""

    root: Path
    theme: Path
    public: Path
    builds: int = 0

    def build(self) -> BuildResult:
        """Build the site again; the output must equal that of a clean build, byte for byte."""
        result = build(self.root, self.public, Options())
        self.builds += 1
        clean = self.public.with_name(f"clean{self.builds}")
        build(self.root, clean, Options())
        assert tree(self.public) == tree(clean)
        return result

    def all(self) -> set[str]:
        """Return every page of the output."""
        return {file for file in tree(self.public) if not file.startswith("static/")} - {MANIFEST}

    def made_with_header(self) -> set[str]:
        """Return every page that the header of the site is a part of."""
        return {file for file in self.all() if not file.endswith((".bib", ".ris", ".csl.json"))}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Give a published site of three papers."""
    write(tmp_path / "theme", THEME)
    write(tmp_path / "site", SITE)
    monkeypatch.setattr(program, "builtin", lambda name: tmp_path / "theme" / name)
    made = Workshop(tmp_path / "site", tmp_path / "theme", tmp_path / "public")
    made.build()
    return made


def assert_made(
    result: BuildResult,
    rendered: set[str],
    written: set[str] | None = None,
    removed: set[str] = frozenset(),  # type: ignore[assignment]  # none
) -> None:
    """Hold what a build did against what it should; what is rendered is written if not said."""
    assert set(result.rendered) == rendered
    assert set(result.written) == (rendered if written is None else written)
    assert set(result.removed) == set(removed)
    assert len(result.rendered) == len(set(result.rendered))


def test_first_build(shop: Workshop) -> None:
    """The first build makes every page."""
    terms = {
        "categories": ("cl", "lg"),
        "years": ("2022", "2023", "2024"),
        "tags": ("x", "y"),
        "authors": ("ada-lovelace", "kurt-godel"),
    }
    indexes = {f"{name}/index.html" for name in (*terms, "organizations", "venues")}
    assert shop.all() == (
        lists("", *(f"{name}/{slug}/" for name, slugs in terms.items() for slug in slugs))
        | papers("a", "b", "c")
        | indexes
        | {
            "papers/index.html",
            "search/index.html",
            "404.html",
            "robots.txt",
            "sitemap.xml",
            "llms.txt",
        }
        | {"_headers", "_redirects"}
    )


def test_no_edit(shop: Workshop) -> None:
    """Without an edit nothing is rendered, and nothing written."""
    pages = len(shop.all())
    result = shop.build()
    assert_made(result, set())
    assert result.unchanged == pages + 1  # with the style sheet


def test_saved_without_change(shop: Workshop) -> None:
    """A file that was only saved again, or has other line ends, changes nothing."""
    write(shop.root, {"content/papers/a.md": ADA.replace("\n", "\r\n")})
    assert_made(shop.build(), set())


def test_abstract(shop: Workshop) -> None:
    """An edited abstract changes its page and citations, and the lists and feeds that show it."""
    write(shop.root, {"content/papers/a.md": ADA.replace("About First.", "About it.")})
    assert_made(shop.build(), papers("a") | shown(*LISTS))


def test_title(shop: Workshop) -> None:
    """An edited title changes besides the pages of the papers that point to it."""
    write(shop.root, {"content/papers/a.md": ADA.replace("title: First", "title: Foremost")})
    # The second is its neighbour, and the third has the same author.
    assert_made(shop.build(), papers("a") | pages("b", "c") | lists(*LISTS) | {"llms.txt"})


def test_detail(shop: Workshop) -> None:
    """A field that no list shows changes its pages, here not even them, and its citations.

    The pages of its terms are made anew, since they may tell reference managers of it.
    """
    write(shop.root, {"content/papers/a.md": ADA.replace("date:", "pages: 1-2\ndate:")})
    cited = citations("papers/a/a", *(f"{base}papers" for base in LISTS))
    terms = {f"{base}index.html" for base in LISTS if base}
    assert_made(shop.build(), papers("a") | terms | cited, cited)


def test_paper_added(shop: Workshop) -> None:
    """A new paper changes the lists and indexes that it is in, and the papers that point to it."""
    new = entry("Fourth", "Emmy Noether", "LG", "2025", "[y]")
    write(shop.root, {"content/papers/d.md": new})
    changed = lists("", "categories/lg/", "years/2025/", "tags/y/", "authors/emmy-noether/")
    indexes = {f"{name}/index.html" for name in ("categories", "years", "tags", "authors")}
    # The second shares a tag with it, and the third is its neighbour; the first is neither.
    changed |= indexes | {"sitemap.xml", "llms.txt"}
    assert_made(shop.build(), papers("d") | pages("b", "c") | changed)


def test_paper_deleted(shop: Workshop) -> None:
    """A deleted paper takes its page and its own terms with it."""
    (shop.root / "content/papers/a.md").unlink()
    gone = papers("a") | lists("years/2022/")
    kept = lists("", "categories/cl/", "tags/x/", "authors/ada-lovelace/")
    indexes = {f"{name}/index.html" for name in ("categories", "years", "tags", "authors")}
    changed = pages("b", "c") | kept | indexes | {"sitemap.xml", "llms.txt"}
    assert_made(shop.build(), changed, removed=gone)
    assert not (shop.public / "papers" / "a").exists()


def test_paper_renamed(shop: Workshop) -> None:
    """A renamed file moves the paper's page, and changes what leads there."""
    (shop.root / "content/papers/a.md").rename(shop.root / "content/papers/z.md")
    changed = papers("z") | pages("b", "c") | lists(*LISTS) | {"sitemap.xml", "llms.txt"}
    # The theme's cards do not show where they lead, so these pages are made anew and are the same.
    same = {file for file in lists(*LISTS) if file.endswith(".html")}
    assert_made(shop.build(), changed, changed - same, papers("a"))


def test_card(shop: Workshop) -> None:
    """An edited card changes every list, and nothing else."""
    write(shop.theme, {"templates/card.html": "({{ fragment.paper.title }})"})
    html = {file for file in shop.all() if file.endswith("index.html")}
    indexes = {file for file in html if file.count("/") == 1}
    assert_made(shop.build(), html - indexes - pages("a", "b", "c"))


def test_template(shop: Workshop) -> None:
    """An edited template changes its own pages."""
    write(shop.theme, {"templates/paper.html": "{{ page.paper.slug }}"})
    assert_made(shop.build(), pages("a", "b", "c"))


def test_template_without_effect(shop: Workshop) -> None:
    """A template edited to no effect renders its pages, and writes none."""
    path = "templates/feed-entry.xml"
    write(shop.theme, {path: THEME[path] + "{# a remark #}"})
    feeds = {file for file in shop.all() if file.endswith("feed.xml")}
    assert_made(shop.build(), feeds, set())


def test_overridden(shop: Workshop) -> None:
    """A template of the site's own takes the place of the built-in one, and gives it back."""
    override = shop.root / "templates" / "paper.html"
    own = "{% extends 'builtin/paper.html' %}{% block main %}Own {{ super() }}{% endblock %}"
    write(shop.root, {"templates/paper.html": own})
    assert_made(shop.build(), pages("a", "b", "c"))
    override.unlink()
    assert_made(shop.build(), pages("a", "b", "c"))


def test_overridden_by_the_same(shop: Workshop) -> None:
    """A template that is the same as the built-in one changes nothing."""
    write(shop.root, {"templates/paper.html": THEME["templates/paper.html"]})
    assert_made(shop.build(), set())


def test_base(shop: Workshop) -> None:
    """A template that others extend changes all of their pages."""
    write(shop.theme, {"templates/base.html": f"New {BASE}"})
    assert_made(shop.build(), {one for one in shop.all() if one.endswith("index.html")} - {
        "papers/index.html"
    })  # fmt: skip


def test_site_title(shop: Workshop) -> None:
    """The site's title is in the header: templates are rendered, and written where it shows."""
    text = SITE["content/site.yaml"].replace("Ours", "Theirs")
    write(shop.root, {"content/site.yaml": text})
    made = shop.made_with_header()
    same = {"robots.txt", "sitemap.xml", "llms.txt", "_headers", "_redirects"}
    assert_made(shop.build(), made, {one for one in made - same if not one.endswith(".md")})


def test_tag_description(shop: Workshop) -> None:
    """What a tag is about stands on its page, in the cloud, and may stand beside the home page."""
    write(shop.root, {"content/tags.yaml": "x: All about x.\ny: About y.\n"})
    changed = {"tags/x/index.html", "tags/index.html", "index.html"}
    assert_made(shop.build(), changed, {"tags/index.html"})


def test_style(shop: Workshop) -> None:
    """A new style sheet has a new name, which every page may show; the old one is removed."""
    (before,) = (file for file in tree(shop.public) if file.startswith("static/"))
    write(shop.theme, {"static/site.css": "b{}"})
    pages = shop.made_with_header()
    result = shop.build()
    (after,) = (file for file in tree(shop.public) if file.startswith("static/"))
    assert before != after
    assert_made(result, pages, {after}, {before})


def test_added_and_removed(shop: Workshop) -> None:
    """A paper that is added and removed again leaves no trace, the manifest's bytes included."""
    before = tree(shop.public)
    new = entry("Fourth", "Emmy Noether", "LG", "2025", "[y]")
    write(shop.root, {"content/papers/d.md": new})
    shop.build()
    assert tree(shop.public) != before
    (shop.root / "content/papers/d.md").unlink()
    shop.build()
    assert tree(shop.public) == before


def test_older_pages_stay(shop: Workshop) -> None:
    """A new paper changes the front page of a long list, and none of the older ones."""
    many = {
        f"content/papers/p{n:02}.md": entry(f"P{n}", "Emmy Noether", "LG", str(1900 + n), "[y]")
        for n in range(30)
    }
    settings = {"content/site.yaml": SITE["content/site.yaml"] + "paginate: 5\n"}
    write(shop.root, many | settings)
    shop.build()
    older = {file for file in shop.all() if "page/" in file}
    assert {"page/6/index.html", "tags/y/page/5/index.html"} <= older
    write(shop.root, {"content/papers/d.md": entry("New", "Emmy Noether", "LG", "2025", "[y]")})
    result = shop.build()
    assert older.isdisjoint(result.written)
    # A list that has grown by a page is shown so on the last pages before the new one.
    assert older & set(result.rendered) == {f"tags/y/page/{n}/index.html" for n in (4, 5)}
    assert "tags/y/page/6/index.html" in result.written


def test_broken_and_mended(shop: Workshop) -> None:
    """A page that was changed or lost in the output is put right, and only that one."""
    (shop.public / "papers" / "a" / "index.html").write_text("changed by hand")
    (shop.public / "feed.xml").unlink()
    assert_made(shop.build(), pages("a") | {"feed.xml"})


def test_built_in_theme(tmp_path: Path) -> None:
    """With the built-in theme too, an edited abstract changes its page and what shows it alone."""
    write(tmp_path / "site", SITE)
    shop = Workshop(tmp_path / "site", tmp_path, tmp_path / "public")
    shop.build()
    assert_made(shop.build(), set())
    write(shop.root, {"content/papers/a.md": ADA.replace("About First.", "About it.")})
    assert_made(shop.build(), papers("a") | shown(*LISTS))
