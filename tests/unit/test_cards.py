"""Social cards: pictures of what a paper is, from its words, whatever the words are."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import html5lib
import PIL
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from generator import settings
from generator.build import build
from generator.cards import drawing, lettering
from generator.diagnostics import BuildError
from generator.edition import check
from generator.options import Options
from generator.pages.kinds.programs import SocialCard
from tests.conftest import SITE, paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeSite

CARD = SocialCard(
    "papers/a/a.png",
    label="Computation and Language",
    title="A Paper on Things That Are",
    byline=("Ada Lovelace", "Kurt Gödel"),
    et_al=False,
    source="NeurIPS",
    year="2024",
    site="Publications",
    colors=("#ffffff", "#000000", "#0000ff", "#ff0000"),
)
PAPER, INK, QUIET, ACCENT = (255, 255, 255), (0, 0, 0), (0, 0, 255), (255, 0, 0)


def drawn(card: SocialCard) -> Image.Image:
    """Return a card as another program reads it, in colours."""
    return Image.open(io.BytesIO(drawing.draw(card))).convert("RGB")


def extent(picture: Image.Image, color: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """Return the smallest box that holds all pixels of a colour."""
    apart = ImageChops.difference(picture, Image.new("RGB", picture.size, color)).split()
    farthest = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2])
    return farthest.point([255] + [0] * 255).getbbox()


def test_a_card() -> None:
    """A card has its size, and its words in their colours within the margins."""
    picture = drawn(CARD)
    assert picture.size == (1200, 630)
    assert picture.getpixel((5, 300)) == PAPER
    for color in (INK, QUIET, ACCENT):
        box = extent(picture, color)
        assert box is not None
        assert box[3] <= 600
    ink, quiet = extent(picture, INK), extent(picture, QUIET)
    assert ink is not None
    assert quiet is not None
    assert ink[0] >= 78
    assert ink[2] <= 1122
    assert quiet[1] >= ink[3]


def test_the_same_card_has_the_same_bytes() -> None:
    """A card is drawn again, byte for byte."""
    assert drawing.draw(CARD) == drawing.draw(replace(CARD, path="other.png"))
    assert drawing.draw(CARD) != drawing.draw(replace(CARD, year="2023"))


def test_it_is_known_what_makes_a_card() -> None:
    """The version of what draws is told, since other versions draw otherwise."""
    assert PIL.__version__ in drawing.maker()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words", "Plain words"),
        ("  two\n lines\t", "two lines"),
        ("Über Γιώργος Обнаружение ế", "Über Γιώργος Обнаружение ế"),
        ("∀x ∈ ℝ², 5 ≤ 7 → ⟨a⟩", "∀x ∈ ℝ², 5 ≤ 7 → ⟨a⟩"),
        ("𝔽ⁿ ＡＢ", "Fⁿ AB"),
        ("Go 😀 now 👩\u200d🔬\ufe0f!", "Go now !"),
        ("u\u0308ber", "über"),
        ("张伟", ""),
        ("Learning 深度", ""),
        ("محمد", ""),
        ("हिन्दी", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_settable(text: str, expected: str) -> None:
    """A text is set as it is, without signs that nobody reads, or not at all."""
    assert lettering.settable(text) == expected


def test_a_title_in_another_script_gives_way() -> None:
    """Where a title cannot be set, the site stands in its place; where that cannot, the year."""
    no_title = drawing.draw(replace(CARD, title="深度学习"))
    assert no_title == drawing.draw(replace(CARD, title="شيء"))
    no_site = replace(CARD, title="深度学习", site="出版物")
    assert drawing.draw(no_site) == drawing.draw(replace(no_site, title=CARD.year))
    assert extent(drawn(no_site), INK) is not None


def test_a_name_in_another_script_hides_no_author() -> None:
    """Where one of the authors cannot be set, none is: the others did not write it alone."""
    some = drawing.draw(replace(CARD, byline=("Ada Lovelace", "张伟")))
    assert some == drawing.draw(replace(CARD, byline=("张伟",)))
    assert some != drawing.draw(CARD)


@pytest.mark.parametrize("colors", [("", "", "", ""), ("oklch(1 0 0)", "x", "#12", "")])
def test_other_colours(colors: tuple[str, ...]) -> None:
    """A colour that is written in no way that can be drawn is the theme's own."""
    assert drawn(replace(CARD, colors=colors)).getpixel((5, 300)) == (255, 253, 249)


@pytest.mark.parametrize("words", [1, 12, 500])
@pytest.mark.parametrize("word", ["word", "extraordinarily", "W" * 700])
def test_long_titles(word: str, words: int) -> None:
    """However long a title is, it stays in its place, and what is below it stays below it."""
    card = replace(CARD, title=" ".join([word] * words), byline=("Ada Lovelace",) * words)
    picture = drawn(card)
    ink, accent = extent(picture, INK), extent(picture, ACCENT)
    assert ink is not None
    assert accent is not None
    assert ink[0] >= 78
    assert ink[2] <= 1122
    assert ink[3] < 430
    assert accent[3] <= 600


@given(
    st.text(max_size=60),
    st.lists(st.text(max_size=20), max_size=4),
    st.text(max_size=20),
    st.booleans(),
)
def test_any_text(title: str, names: list[str], word: str, et_al: bool) -> None:  # noqa: FBT001 - a given
    """Whatever the words are, a card is drawn."""
    card = replace(
        CARD, title=title, byline=tuple(names), label=word, source=word, site=word, et_al=et_al
    )
    assert drawing.draw(card).startswith(b"\x89PNG")


@given(st.lists(st.text("abc defg", max_size=30), max_size=8), st.integers(60, 600))
def test_lines_hold_all_words(texts: list[str], width: int) -> None:
    """Lines hold what they were given, none is wider than it may be, and no empty one is there."""
    face = lettering.font("text", 24)
    text = " ".join(texts)
    rows = lettering.lines(text, face, width)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(row and face.getlength(row) <= width for row in rows)


CARDS = f"{SITE}social_cards: true\n"


def head(file: Path) -> dict[str, str]:
    """Return the Open Graph properties and the metadata of a page."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(file.read_text())
    return {
        (one.get("property") or one.get("name") or ""): one.get("content") or ""
        for one in page.iter("meta")
    }


def test_a_site_with_cards(make_site: MakeSite, tmp_path: Path) -> None:
    """Each paper has its card and tells of it; all other pages have the site's."""
    text = paper(title="On “x”", venue="J")
    public = tmp_path / "public"
    build(make_site({"content/site.yaml": CARDS, "content/papers/a.md": text}), public, Options())

    for path in ("papers/a/a.png", "card.png"):
        assert Image.open(io.BytesIO((public / path).read_bytes())).size == (1200, 630)
    site = "https://publications.example/"
    own = head(public / "papers/a/index.html")
    assert {name: text for name, text in own.items() if "image" in name or "card" in name} == {
        "og:image": f"{site}papers/a/a.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "On “x”. Ada Lovelace. J. 2024.",
        "twitter:card": "summary_large_image",
    }
    assert f'"image":"{site}papers/a/a.png"' in (public / "papers/a/index.html").read_text()
    assert head(public / "tags/index.html")["og:image"] == f"{site}card.png"


def test_a_site_without_cards(make_site: MakeSite, tmp_path: Path) -> None:
    """By default there are no cards, and no page tells of one."""
    build(make_site({"content/papers/a.md": paper()}), tmp_path / "public", Options())

    assert not list((tmp_path / "public").rglob("*.png"))
    said = head(tmp_path / "public/papers/a/index.html")
    assert not {name for name in said if "image" in name}
    assert said["twitter:card"] == "summary"


@pytest.mark.parametrize(
    ("change", "drawn_again"),
    [
        (lambda text: text.replace("What it is about.", "Something else."), set()),
        (lambda text: text.replace("A Paper", "A Better Paper"), {"papers/a/a.png"}),
        (lambda text: text.replace("Ada Lovelace", "Emmy Noether"), {"papers/a/a.png"}),
    ],
)
def test_an_unchanged_card_is_not_drawn_again(
    make_site: MakeSite, tmp_path: Path, change: Callable[[str], str], drawn_again: set[str]
) -> None:
    """A card is drawn when its own words change, and only then; the others stay."""
    files = {"content/papers/a.md": paper(), "content/papers/b.md": paper(title="Another")}
    root = make_site({"content/site.yaml": CARDS, **files})
    public = tmp_path / "public"
    build(root, public, Options())

    make_site({"content/site.yaml": CARDS, "content/papers/a.md": change(paper())})
    result = build(root, public, Options())
    assert {file for file in result.rendered if file.endswith(".png")} == drawn_again
    assert {file for file in result.written if file.endswith(".png")} == drawn_again
    clean = tmp_path / "clean"
    build(root, clean, Options())
    for file in clean.rglob("*.png"):
        assert (public / file.relative_to(clean)).read_bytes() == file.read_bytes()


def test_without_pillow(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Pillow is missing, the line that asks for cards is shown, and what to do."""
    monkeypatch.setattr(settings, "find_spec", lambda _: None)
    with pytest.raises(BuildError) as caught:
        build(make_site({"content/site.yaml": CARDS}), tmp_path / "public", Options())
    (fault,) = caught.value.diagnostics
    assert str(fault.location).startswith("content/site.yaml:6:")
    assert "Pillow" in fault.message
    assert "pip install pillow" in fault.help


def test_check_draws_nothing(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check plans the cards, and spares their cost."""
    monkeypatch.setattr(drawing, "draw", None)
    edition, _ = check(make_site({"content/site.yaml": CARDS}), Options())
    assert [page.path for page in edition.pages if isinstance(page, SocialCard)] == ["card.png"]
