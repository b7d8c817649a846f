"""The local preview beside an editor: what is saved is shown, and what is wrong is told."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import TIMEOUT, scroll_to, wait_for_place
from tests.conftest import paper
from tests.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import MakeSite

    Open = Callable[..., Page]

pytestmark = pytest.mark.browser

expect.set_options(timeout=TIMEOUT)

SITE = "title: Ours\nurl: https://publications.example/\n"
PAPER = "content/papers/a-paper.md"
DIAGNOSTICS = "offprint-diagnostics details"
# What Chromium says of a page that is not there, and of a connection that ended with its page.
HARMLESS = ("404 (Not Found)", "WebSocket connection to")


def save(root: Path, name: str, text: str) -> None:
    """Write a file, as an editor does."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def root(make_site: MakeSite) -> Path:
    """Give a site of some papers, long enough to be scrolled."""
    papers = {
        f"content/papers/paper-{number}.md": paper(
            title=f"Paper {number}", date=f"2023-01-{number}"
        )
        for number in range(10, 31)
    }
    files = {"content/site.yaml": SITE, PAPER: paper(), **papers}
    return make_site({**files, "static/custom.css": "h1 { color: rgb(1, 2, 3) }"})


@pytest.fixture
def preview(root: Path) -> Iterator[Serving]:
    """Give the preview of the site."""
    with Serving(root) as started:
        yield started


@pytest.fixture
def open_tab(browser: Browser, preview: Serving) -> Iterator[Open]:
    """Give a function that opens a page of the preview in a tab that the server knows of."""
    context = browser.new_context()
    context.set_default_timeout(TIMEOUT)
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))

    def open_page(path: str = "") -> Page:
        tab = context.new_page()
        tab.goto(preview.address + path)
        # What the page shows is told with the greeting that the server has answered.
        expect(tab.locator("script[data-connected]")).to_be_attached()
        return tab

    yield open_page
    context.close()
    assert [one for one in complaints if not any(map(one.__contains__, HARMLESS))] == []


def mark(tab: Page) -> None:
    """Leave a mark in a page that goes when it is loaded again."""
    tab.evaluate("window.isTheSame = true")


def is_the_same(tab: Page) -> bool:
    """Tell whether a page was not loaded again since it was marked."""
    return bool(tab.evaluate("window.isTheSame === true"))


def test_what_is_saved_is_shown(root: Path, open_tab: Open) -> None:
    """A tab that shows a paper shows its new title; one that shows another paper stays."""
    tab, other = open_tab("papers/a-paper/"), open_tab("papers/paper-30/")
    mark(other)

    save(root, PAPER, paper(title="Saved", date="2020"))
    expect(tab.locator("h1")).to_have_text("Saved")
    save(root, "content/papers/paper-30.md", paper(title="Saved too", date="2023-01-30"))
    with other.expect_navigation():
        pass
    expect(other.locator("h1")).to_have_text("Saved too")


def test_a_tab_whose_page_is_as_it_was_stays(root: Path, open_tab: Open) -> None:
    """An edit elsewhere does not load a page again."""
    tab, witness = open_tab("tags/"), open_tab("papers/a-paper/")
    mark(tab)

    save(root, PAPER, paper(abstract="Another abstract."))

    expect(witness.locator(".paper-abstract")).to_have_text("Another abstract.")
    assert is_the_same(tab)


def test_faults_are_shown_until_they_are_mended(
    root: Path, preview: Serving, open_tab: Open
) -> None:
    """The last good page stays under the diagnostics, with file and line, until all is well."""
    tab = open_tab("papers/a-paper/")
    shown = tab.locator(DIAGNOSTICS)
    mark(tab)

    save(root, PAPER, paper(date="soon"))
    expect(shown).to_be_visible()
    expect(shown).to_contain_text(f"{PAPER}:5:7")
    expect(shown).to_contain_text("error: 'date' is 'soon'")
    expect(shown).to_contain_text('date: "soon"\n')
    expect(shown).to_contain_text("help: Write a date")
    assert f"{PAPER}:5:7: error: 'date' is 'soon'" in preview.complains("error:")
    expect(tab.locator("h1")).to_have_text("A Paper")
    assert is_the_same(tab)

    later = open_tab("papers/paper-30/")
    expect(later.locator(DIAGNOSTICS)).to_be_visible()

    save(root, PAPER, paper(title="Mended"))
    expect(tab.locator("h1")).to_have_text("Mended")
    expect(shown).to_have_count(0)
    expect(later.locator(DIAGNOSTICS)).to_have_count(0)


def test_faults_of_a_template(root: Path, open_tab: Open) -> None:
    """A template with a fault is told with its line, and mending it needs no restart."""
    tab = open_tab()
    shown = tab.locator(DIAGNOSTICS)

    begun = '{% extends "builtin/home.html" %}\n{% block name %}My'
    save(root, "templates/home.html", begun)
    expect(shown).to_contain_text("templates/home.html:2")

    save(
        root,
        "templates/home.html",
        '{% extends "builtin/home.html" %}\n{% block name %}My{% endblock %}',
    )
    expect(tab.locator(".top")).to_contain_text("My")
    expect(shown).to_have_count(0)

    (root / "templates/home.html").unlink()
    expect(tab.locator(".top")).to_contain_text("Ours")


def test_warnings_do_not_cover_the_page(root: Path, open_tab: Open) -> None:
    """Warnings are a line at the edge of the page, which opens to show them."""
    tab = open_tab("papers/a-paper/")
    shown = tab.locator(DIAGNOSTICS)

    save(root, PAPER, paper(abstract=""))

    expect(shown.locator("summary")).to_have_text("0 errors, 1 warning in 1 file")
    expect(shown.locator("article")).not_to_be_visible()
    shown.locator("summary").click()
    expect(shown.locator("article")).to_contain_text("The paper has no abstract.")


def test_a_site_that_has_faults_from_the_start(make_site: MakeSite, browser: Browser) -> None:
    """Where no site could be built yet its faults are shown, and then the site."""
    root = make_site({PAPER: paper(date="soon")}, name="faulty")
    with Serving(root) as preview, browser.new_context() as context:
        tab = context.new_page()
        answer = tab.goto(f"{preview.address}papers/a-paper/")
        assert answer is not None
        assert answer.status == 503
        expect(tab.locator(DIAGNOSTICS)).to_contain_text(f"{PAPER}:5:7")

        save(root, PAPER, paper(title="Mended"))
        expect(tab.locator("h1")).to_have_text("Mended")


def test_pages_come_and_go(root: Path, preview: Serving, open_tab: Open) -> None:
    """A new paper appears where there was none; one that is renamed or deleted is gone."""
    listing, tab = open_tab(), open_tab("papers/new/")
    expect(tab.locator("h1")).to_have_text("Page not found")

    save(root, "content/papers/new.md", paper(title="New"))
    expect(tab.locator("h1")).to_have_text("New")
    expect(listing.locator('[data-paper="new"]')).to_be_visible()

    (root / "content/papers/new.md").rename(root / "content/papers/renamed.md")
    expect(tab.locator("h1")).to_have_text("Page not found")
    expect(listing.locator('[data-paper="renamed"]')).to_be_visible()
    expect(listing.locator('[data-paper="new"]')).to_have_count(0)

    save(root, "content/papers/renamed.md", paper(title="New", aliases=["/papers/new/"]))
    tab.wait_for_url("**/papers/renamed/")
    expect(tab.locator("h1")).to_have_text("New")

    (root / "content/papers/renamed.md").unlink()
    expect(tab.locator("h1")).to_have_text("Page not found")
    expect(listing.locator('[data-paper="renamed"]')).to_have_count(0)
    tab.get_by_role("link", name="All papers").click()
    tab.wait_for_url(preview.address)


def test_settings(root: Path, open_tab: Open) -> None:
    """Changes of the site's settings, its tags and its people are shown without a restart."""
    tab, tags = open_tab("papers/a-paper/"), open_tab("tags/")

    save(root, "content/site.yaml", f"{SITE}footer: A new footer\n")
    expect(tab.locator("footer .notice")).to_have_text("A new footer")

    save(root, "content/tags.yaml", "deep learning:\n  description: About depth\n")
    save(root, PAPER, paper(tags=["deep learning"]))
    expect(tags.locator("main")).to_contain_text("deep learning")

    save(root, "content/people.yaml", "Ada King:\n  aliases: [Ada Lovelace]\n")
    expect(tab.locator('.paper-author[href$="/ada-king/"]')).to_be_visible()


def test_another_address_is_another_place(root: Path, open_tab: Open) -> None:
    """When the site is given an address with a path it is shown below that, in open tabs too."""
    tab = open_tab()

    save(root, "content/site.yaml", "title: Ours\nurl: https://publications.example/sub/path/\n")

    tab.wait_for_url("**/sub/path/")
    expect(tab.locator("header .name, h1").first).to_have_text("Ours")
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 0


# Their names, without the fingerprints.
STYLE_SHEETS = """[...document.querySelectorAll('link[rel=stylesheet]')]
    .map((one) => one.href.replace(/[.].{10}[.]/, '.'))"""


def test_a_style_sheet_is_swapped_in(root: Path, open_tab: Open) -> None:
    """A new style sheet takes the old one's place without a reload, where the old one stood."""
    tab = open_tab("papers/a-paper/")
    title = tab.locator("h1")
    expect(title).to_have_css("color", "rgb(1, 2, 3)")
    before = tab.evaluate(STYLE_SHEETS)
    mark(tab)

    save(root, "static/custom.css", "h1 { color: rgb(4, 5, 6) }")
    expect(title).to_have_css("color", "rgb(4, 5, 6)")
    save(root, "static/custom.css", "h1 { color: rgb(7, 8, 9) }")
    expect(title).to_have_css("color", "rgb(7, 8, 9)")
    # The old one goes when the new one is there.
    expect(tab.locator("link[rel=stylesheet]")).to_have_count(len(before))
    assert tab.evaluate(STYLE_SHEETS) == before
    (root / "static/custom.css").unlink()
    expect(title).not_to_have_css("color", "rgb(7, 8, 9)")
    save(root, "static/custom.css", "h1 { color: rgb(1, 1, 1) }")
    expect(title).to_have_css("color", "rgb(1, 1, 1)")
    assert is_the_same(tab)

    save(root, PAPER, paper(title="Both at once"))
    expect(title).to_have_text("Both at once")
    assert not is_the_same(tab)


def test_a_new_image_of_the_theme(root: Path, open_tab: Open) -> None:
    """Another static file, whose name the pages hold, is shown."""
    tab = open_tab()
    icon = tab.locator("link[rel=icon]")
    before = icon.get_attribute("href")
    assert before is not None

    save(root, "static/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')

    expect(icon).not_to_have_attribute("href", before)


def test_the_reader_keeps_the_place(root: Path, open_tab: Open) -> None:
    """After a reload the page is scrolled and filtered as before, and what was open is open."""
    tab = open_tab("?q=paper#main")
    tab.wait_for_selector(".filter.open")
    tab.locator('[data-paper="paper-25"] summary').click()
    scroll_to(tab, 700)
    mark(tab)

    save(root, "content/papers/newest.md", paper(title="Newest Paper", date="2025"))

    expect(tab.locator('[data-paper="newest"]')).to_be_visible()
    assert not is_the_same(tab)
    expect(tab.locator('[data-paper="paper-25"] details')).to_have_attribute("open", "")
    expect(tab.locator("details[open]")).to_have_count(1)
    expect(tab.locator(".state")).to_have_text("23 of 23 papers")
    wait_for_place(tab, 700)
    assert tab.url.endswith("?q=paper#main")


def test_a_style_sheet_waits_for_no_page(root: Path, open_tab: Open) -> None:
    """A style sheet is swapped in before the pages that name it are built, could they be or not."""
    tab = open_tab("papers/a-paper/")
    shown = tab.locator(DIAGNOSTICS)
    save(root, "content/papers/paper-30.md", paper(date="soon"))
    expect(shown).to_be_visible()
    mark(tab)

    save(root, "static/custom.css", "h1 { color: rgb(4, 5, 6) }")

    expect(tab.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    later = open_tab("papers/a-paper/")
    expect(later.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    save(root, "content/papers/paper-30.md", paper(title="Paper 30", date="2023-01-30"))
    expect(shown).to_have_count(0)
    expect(tab.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    assert is_the_same(tab)


def test_search(root: Path, preview: Serving, open_tab: Open) -> None:
    """A paper that was added is found once the index is made, and before that the page is there."""
    preview.says("Indexed")
    listing, tab = open_tab(), open_tab("search/")
    save(root, "content/papers/new.md", paper(title="Quokkas", date="2025"))
    expect(listing.locator('[data-paper="new"]')).to_be_attached()
    preview.says("Indexed")

    tab.goto(f"{preview.address}search/?q=quokkas")

    expect(tab.locator(".results .paper h2")).to_have_text("Quokkas")


@pytest.fixture
def branches(root: Path) -> Callable[..., None]:
    """Make the site's folder a git repository of two branches, and give what calls git there."""

    def call(*arguments: str) -> None:
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(
            ["git", *identity, *arguments],  # noqa: S607 - the git that is found
            cwd=root,
            check=True,
            capture_output=True,
        )

    save(root, ".gitignore", ".offprint\n")
    call("init", "--initial-branch=main")
    call("add", ".")
    call("commit", "--message=One")
    call("switch", "--create=other")
    for number in range(100):
        save(root, f"content/papers/many/{number}.md", paper(title=f"One of Many {number}"))
    call("add", ".")
    call("commit", "--message=Other")
    call("switch", "main")
    return call


def test_a_burst_is_one_build(
    branches: Callable[..., None], preview: Serving, root: Path, open_tab: Open
) -> None:
    """A hundred files of another branch are one build and one reload, back and forth."""
    tab = open_tab("papers/0/")
    loads: list[str] = []
    tab.on("load", lambda page: loads.append(page.url))

    branches("switch", "other")
    expect(tab.locator("h1")).to_have_text("One of Many 0")
    branches("switch", "main")
    expect(tab.locator("h1")).to_have_text("Page not found")
    save(root, PAPER, paper(title="Last"))
    expect(open_tab("papers/a-paper/").locator("h1")).to_have_text("Last")

    assert len(loads) == 2
    for _ in range(3):
        preview.says("Built")
    assert preview.heard.count("Built") == 4  # the one from before as well


def test_a_server_that_comes_back(root: Path, browser: Browser) -> None:
    """A tab finds the preview again after a restart, and shows what changed meanwhile."""
    with browser.new_context() as context:
        with Serving(root) as first:
            tab = context.new_page()
            tab.goto(f"{first.address}papers/a-paper/")
        save(root, PAPER, paper(title="Meanwhile"))
        port = first.address.rstrip("/").rpartition(":")[2]
        with Serving(root, "--port", port) as second:
            assert second.address == first.address
            expect(tab.locator("h1")).to_have_text("Meanwhile")
