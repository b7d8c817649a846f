"""Real formulas in a real browser: whole, within the page, in the font that is sent for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.workshop import Workshop
from tests.browser.conftest import Demonstration

if TYPE_CHECKING:
    from generator.pages.kinds.page import Page
    from tests.browser.conftest import NewReader, Scheme

pytestmark = pytest.mark.browser

SITE = "title: Formulas\nurl: https://publications.example/\ncategories: {LG: Machine Learning}\n"

FIELDS = "authors: [Ada Lovelace]\ncategory: LG\ndate: 2024-05-06\n"

ABSTRACT = r"""
We bound $\sum_{i=1}^{n} \frac{x_i^2}{\sqrt{1 + \|x_i\|_2}}$ by $\mathcal{O}(n \log n)$ for $x \in
\mathbb{R}^d$, with $\hat{\theta}$, $\widetilde{X}$, $\vec{v}$, $\bar{x}_n$ and $\dot{y}$, where
$\left( \frac{\partial f}{\partial x} \right)^{2} \le \left\lfloor \frac{a}{b} \right\rfloor$ holds.

Let $$f(x) = \begin{cases} x^2 & \text{if } x > 0, \\ -\infty & \text{otherwise,} \end{cases}$$ and
$$A = \begin{pmatrix} a_{11} & a_{12} & \cdots & a_{1n} \\ \vdots & \vdots & \ddots & \vdots \\
a_{m1} & a_{m2} & \cdots & a_{mn} \end{pmatrix}, \quad \det(A) = \prod_{k=1}^{n} \lambda_k.$$

The loss is $\mathcal{L}(\theta, \phi; \mathbf{x}^{(i)}) = -D_{\mathrm{KL}}\left(q_\phi(\mathbf{z}
\mid \mathbf{x}^{(i)}) \,\|\, p_\theta(\mathbf{z})\right) + \mathbb{E}_{q_\phi(\mathbf{z} \mid
\mathbf{x}^{(i)})}\left[\log p_\theta(\mathbf{x}^{(i)} \mid \mathbf{z})\right]$ on a line.
\begin{align} (a + b)^2 &= a^2 + 2ab + b^2 \\ \int_0^\infty e^{-x^2}\,dx &= \frac{\sqrt{\pi}}{2}
\end{align}
"""

PAGE = r"""---
title: A \textsc{Small} Page
---
Words \textsc{In Small Capitals}, and $x_1$ in `code`.

| left | right | centre |
|:-----|------:|:------:|
| $\alpha$ | 10 | a |
| $\sum_i x_i$ | 5 000 | longer |

$$
\begin{aligned}
x &= \frac{1}{1 + \frac{1}{1 + \frac{1}{y}}} \\
\underbrace{a + \cdots + a}_{n} &= n a
\end{aligned}
$$
"""

FILES = {
    "site.yaml": SITE,
    "papers/formulas.md": f"---\ntitle: On $\\mathcal{{O}}(n^2)$ Bounds\n{FIELDS}---\n{ABSTRACT}",
    "pages/words.md": "---\ntitle: Words Alone\n---\nThey need no formula: $93\\%$.\n",
    "pages/page.md": PAGE,
    "pages/rare.md": "---\ntitle: Rare Letters\n---\nLet $\\mathfrak{g}$ be.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build a small site of formulas, in the place of the demonstration."""
    root = tmp_path_factory.mktemp("formulas")
    for path, text in FILES.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    prepared = prepare(Workshop(root), Options(), strict=True)
    build(root, root / "public", Options())
    kinds: dict[str, Page] = {page.path: page for page in prepared.pages}
    return Demonstration(root / "public", prepared.pages, prepared.theme.header.url, kinds)


PATHS = ("papers/formulas/", "page/", "")
FONT = re.compile(r"/static/fonts/(site-math(?:-rare)?)\.[0-9a-f]+\.woff2$")

# What is wrong with each formula's box: it must be there, within the page, and round its parts.
FAULTS = """
() => [...document.querySelectorAll('math')].flatMap(math => {
  const box = math.getBoundingClientRect()
  const right = document.documentElement.clientWidth
  const faults = []
  if (!box.width || !box.height) faults.push(['is not there', math.textContent])
  const frame = (math.closest('.formula') ?? math).getBoundingClientRect()
  if (frame.left < 0 || frame.right > right) faults.push(['leaves the page', math.textContent])
  for (const part of math.querySelectorAll('*')) {
    const inner = part.getBoundingClientRect()
    if (inner.top < box.top || inner.bottom > box.bottom)
      faults.push([`cuts off ${part.tagName}`, math.textContent])
  }
  return faults
})
"""
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A formula that scrolls shows a part of itself, as it should; it is hidden for the comparison.
HIDE_WIDE = """
() => {
  const all = [...document.querySelectorAll('math, .formula')]
  const wide = all.filter(one => one.scrollWidth > one.clientWidth)
  wide.forEach(one => { one.style.display = 'none' })
  return wide.map(one => one.textContent[0])
}
"""
WIDE = {"A", "ℒ"}  # the first signs of the matrix and of the loss, on a narrow screen
# Abstracts in lists, and all the ways to cite.
OPEN_ALL = """
() => {
  const all = [...document.querySelectorAll('details')]
  all.forEach(one => one.removeAttribute('name'))
  all.forEach(one => { one.open = true })
}
"""
NOT_CUT = "math { overflow: visible !important }"
# The page's own policy lets no style stand in it.
ADD_STYLE = """
css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet]
}
"""
IS_INSTALLED = """
new FontFace('Own', 'local("STIXTwoMath-Regular")').load().then(() => true, () => false)
"""
FAMILIES = "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_are_whole(new_reader: NewReader, scheme: Scheme, width: int) -> None:
    """No formula leaves the page, and none that fits loses any ink, at an edge or in the dark."""
    reader = new_reader(scheme=scheme, width=width)

    for path in PATHS:
        tab = reader.open(path)
        tab.evaluate(OPEN_ALL)
        tab.evaluate("document.fonts.ready")
        assert (tab.evaluate(FAULTS), tab.evaluate(EXCESS)) == ([], 0)
        assert set(tab.evaluate(HIDE_WIDE)) <= (WIDE if width == 375 else set())
        as_shown = tab.screenshot(full_page=True)
        tab.evaluate(ADD_STYLE, NOT_CUT)
        assert tab.screenshot(full_page=True) == as_shown

    assert not reader.faults


@pytest.mark.parametrize(
    ("path", "fetched"),
    [
        ("words/", []),
        ("papers/formulas/", ["site-math"]),
        ("rare/", ["site-math-rare"]),
    ],
)
def test_the_font_is_fetched_where_a_formula_needs_it(
    new_reader: NewReader, path: str, fetched: list[str]
) -> None:
    """A page asks for the math font where it has a formula; a rare one is apart."""
    reader = new_reader()
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))

    tab = reader.open(path)
    tab.wait_for_load_state("networkidle")
    named = [found[1] for url in asked if (found := FONT.search(url))]
    assert sorted(named) == ([] if tab.evaluate(IS_INSTALLED) else fetched)
    assert set(tab.evaluate(FAMILIES)) == ({"Site Math"} if fetched else set())


def test_delimiters_stretch(new_reader: NewReader) -> None:
    """Brackets are as tall as the matrix that they hold, which only a math font makes possible."""
    tab = new_reader().open("papers/formulas/")
    tab.evaluate("document.fonts.ready")

    heights = (
        "[...document.querySelectorAll('mtable')].map(one => one.getBoundingClientRect().height)"
    )
    brackets = (
        "[...document.querySelectorAll('mtable')].map(one => one.previousElementSibling)"
        ".filter(one => one).map(one => one.getBoundingClientRect().height)"
    )
    for bracket, table in zip(tab.evaluate(brackets), tab.evaluate(heights), strict=False):
        assert bracket > 0.9 * table


SIDES = "[...document.querySelectorAll('.text td')].map(one => getComputedStyle(one).textAlign)"
RIGHT_EDGES = """
() => [...document.querySelectorAll('mtd.right > :last-child')]
  .map(one => Math.round(one.getBoundingClientRect().right))
"""


def test_cells_are_aligned(new_reader: NewReader) -> None:
    """Cells of tables and of aligned formulas stand on the side that their author asked for."""
    tab = new_reader().open("page/")
    tab.evaluate("document.fonts.ready")

    assert tab.evaluate(SIDES) == ["left", "right", "center"] * 2
    edges = tab.evaluate(RIGHT_EDGES)
    assert len(edges) == 2
    assert max(edges) - min(edges) <= 1


def test_small_capitals_are_small(new_reader: NewReader) -> None:
    r"""What stands in `\textsc` is set in small capitals."""
    tab = new_reader().open("page/")

    variant = "getComputedStyle(document.querySelector('p .small-caps')).fontVariantCaps"
    assert tab.evaluate(variant) == "small-caps"


def test_the_404_page_asks_for_no_font(site: Demonstration) -> None:
    """The page that hosts show at any depth has no formula, and names no font to be asked for."""
    text = (site.folder / "404.html").read_text(encoding="utf-8")

    assert "@font-face" not in text
    assert "url(" not in text
