"""Formatted references: each style, each kind of paper, to the letter."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

import html5lib
import pytest

from generator.formats import citation, facts
from generator.formats.styles import work
from generator.paper import TYPES

if TYPE_CHECKING:
    from tests.unit.conftest import MakePaper

URL = "https://e.org/papers/a-paper/"

CASES: dict[str, tuple[dict[str, object], dict[str, str]]] = {
    "unknown venue": (
        {},
        {
            "apa": f"Lovelace, A. (2024). A Paper. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” 6 May 2024, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” May 6, 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” May 2024. [Online]. Available: {URL}",
        },
    ),
    "preprint": (
        {"arxiv": "2401.12340", "date": "2024-09"},
        {
            "apa": "Lovelace, A. (2024). A Paper (arXiv:2401.12340). arXiv. "
            "https://arxiv.org/abs/2401.12340",
            "mla": "Lovelace, Ada. “A Paper.” arXiv, Sept. 2024, https://arxiv.org/abs/2401.12340.",
            "chicago": "Lovelace, Ada. “A Paper.” arXiv, September 2024. "
            "https://arxiv.org/abs/2401.12340.",
            "ieee": "A. Lovelace, “A Paper,” arXiv:2401.12340, Sept. 2024. [Online]. Available: "
            "https://arxiv.org/abs/2401.12340",
        },
    ),
    "article": (
        {
            "venue": "Nature",
            "volume": "12",
            "issue": "3",
            "pages": "101-118",
            "doi": "10.1000/182",
            "authors": ["Ada Lovelace", "Kurt Gödel"],
        },
        {
            "apa": "Lovelace, A., & Gödel, K. (2024). A Paper. Nature, 12(3), 101–118. "
            "https://doi.org/10.1000/182",
            "mla": "Lovelace, Ada, and Kurt Gödel. “A Paper.” Nature, vol. 12, no. 3, 2024, "
            "pp. 101–18, https://doi.org/10.1000/182.",
            "chicago": "Lovelace, Ada, and Kurt Gödel. “A Paper.” Nature 12, no. 3 (2024): "
            "101–118. https://doi.org/10.1000/182.",
            "ieee": "A. Lovelace and K. Gödel, “A Paper,” Nature, vol. 12, no. 3, pp. 101–118, "
            "May 2024, doi: 10.1000/182.",
        },
    ),
    "conference": (
        {
            "type": "paper-conference",
            "venue": "Proc. X",
            "pages": "9",
            "volume": "2",
            "publisher": "ACM",
            "place": "Vienna",
            "series": "LNCS",
            "editors": ["Emmy Noether", "Ludwig van Beethoven"],
        },
        {
            "apa": "Lovelace, A. (2024). A Paper. In E. Noether & L. van Beethoven (Eds.), Proc. X "
            f"(Vol. 2, p. 9). ACM. {URL}",
            "mla": "Lovelace, Ada. “A Paper.” Proc. X, edited by Emmy Noether and Ludwig van "
            f"Beethoven, vol. 2, ACM, 2024, p. 9, {URL}.",
            "chicago": "Lovelace, Ada. “A Paper.” In Proc. X, vol. 2, edited by Emmy Noether and "
            f"Ludwig van Beethoven, 9. LNCS. Vienna: ACM, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” in Proc. X, E. Noether and L. van Beethoven, Eds., "
            f"LNCS, vol. 2, Vienna, ACM, May 2024, p. 9. [Online]. Available: {URL}",
        },
    ),
    "conference, little known": (
        {"venue": "NeurIPS", "date": "2024"},
        {
            "apa": f"Lovelace, A. (2024). A Paper. In NeurIPS. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” NeurIPS, 2024, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” In NeurIPS, 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” in NeurIPS, 2024. [Online]. Available: {URL}",
        },
    ),
    "chapter": (
        {
            "type": "chapter",
            "venue": "The Book",
            "pages": "1-9",
            "publisher": "MIT Press",
            "place": "Cambridge, MA",
            "editors": ["Emmy Noether"],
        },
        {
            "apa": "Lovelace, A. (2024). A Paper. In E. Noether (Ed.), The Book (pp. 1–9). "
            f"MIT Press. {URL}",
            "mla": "Lovelace, Ada. “A Paper.” The Book, edited by Emmy Noether, MIT Press, 2024, "
            f"pp. 1–9, {URL}.",
            "chicago": "Lovelace, Ada. “A Paper.” In The Book, edited by Emmy Noether, 1–9. "
            f"Cambridge, MA: MIT Press, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” in The Book, E. Noether, Ed., Cambridge, MA: MIT "
            f"Press, 2024, pp. 1–9. [Online]. Available: {URL}",
        },
    ),
    "chapter of nothing": (
        {"type": "chapter", "pages": "1-9", "editors": ["A Bee", "C Dee", "E Eff"]},
        {
            "apa": f"Lovelace, A. (2024). A Paper. pp. 1–9. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” Edited by A Bee et al., 2024, pp. 1–9, {URL}.",
            "chicago": "Lovelace, Ada. “A Paper.” Edited by A Bee, C Dee, and E Eff, 1–9, 2024. "
            f"{URL}.",
            "ieee": "A. Lovelace, “A Paper,” A. Bee, C. Dee, and E. Eff, Eds., 2024, pp. 1–9. "
            f"[Online]. Available: {URL}",
        },
    ),
    "book": (
        {"type": "book", "publisher": "MIT Press", "place": "Cambridge", "volume": "2"},
        {
            "apa": f"Lovelace, A. (2024). A Paper (Vol. 2). MIT Press. {URL}",
            "mla": f"Lovelace, Ada. A Paper. Vol. 2, MIT Press, 2024, {URL}.",
            "chicago": f"Lovelace, Ada. A Paper. Vol. 2. Cambridge: MIT Press, 2024. {URL}.",
            "ieee": "A. Lovelace, A Paper, vol. 2. Cambridge: MIT Press, 2024. [Online]. "
            f"Available: {URL}",
        },
    ),
    "thesis": (
        {"type": "thesis", "venue": "PhD thesis, TU Wien", "place": "Vienna"},
        {
            "apa": f"Lovelace, A. (2024). A Paper [Doctoral dissertation, TU Wien]. {URL}",
            "mla": f"Lovelace, Ada. A Paper. 2024. TU Wien, PhD dissertation, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” PhD diss., TU Wien, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” Ph.D. dissertation, TU Wien, Vienna, 2024. [Online]. "
            f"Available: {URL}",
        },
    ),
    "thesis of no known degree": (
        {"type": "thesis"},
        {
            "apa": f"Lovelace, A. (2024). A Paper [Thesis]. {URL}",
            "mla": f"Lovelace, Ada. A Paper. 2024. Thesis, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” Thesis, 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” thesis, 2024. [Online]. Available: {URL}",
        },
    ),
    "report": (
        {"type": "report", "publisher": "RAND", "number": "TR-12", "place": "Boston"},
        {
            "apa": f"Lovelace, A. (2024). A Paper (No. TR-12). RAND. {URL}",
            "mla": f"Lovelace, Ada. A Paper. No. TR-12, RAND, 2024, {URL}.",
            "chicago": f"Lovelace, Ada. A Paper. No. TR-12. Boston: RAND, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” RAND, Boston, Rep. TR-12, May 2024. [Online]. "
            f"Available: {URL}",
        },
    ),
    "dataset": (
        {"type": "dataset", "publisher": "Zenodo"},
        {
            "apa": f"Lovelace, A. (2024). A Paper [Data set]. Zenodo. {URL}",
            "mla": f"Lovelace, Ada. A Paper. Zenodo, 6 May 2024, {URL}.",
            "chicago": f"Lovelace, Ada. A Paper. Data set. Zenodo, May 6, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” data set, Zenodo, May 2024. [Online]. "
            f"Available: {URL}",
        },
    ),
    "software": (
        {"type": "software"},
        {
            "apa": f"Lovelace, A. (2024). A Paper [Computer software]. {URL}",
            "mla": f"Lovelace, Ada. A Paper. 6 May 2024, {URL}.",
            "chicago": f"Lovelace, Ada. A Paper. Software. May 6, 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” software, May 2024. [Online]. Available: {URL}",
        },
    ),
    "speech": (
        {"type": "speech", "venue": "ICML", "place": "Vienna"},
        {
            "apa": f"Lovelace, A. (2024, May 6). A Paper [Presentation]. ICML, Vienna. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” ICML, 6 May 2024, Vienna, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” Presented at ICML, Vienna, May 6, 2024. {URL}.",
            "ieee": "A. Lovelace, “A Paper,” presented at ICML, Vienna, May 6, 2024. [Online]. "
            f"Available: {URL}",
        },
    ),
    "post": (
        {"type": "post-weblog", "venue": "The Blog", "date": "2024"},
        {
            "apa": f"Lovelace, A. (2024). A Paper. The Blog. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” The Blog, 2024, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” The Blog (blog), 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” The Blog, 2024. [Online]. Available: {URL}",
        },
    ),
    "magazine": (
        {"type": "article-magazine", "venue": "Wired", "volume": "2", "date": "2024-05"},
        {
            "apa": f"Lovelace, A. (2024, May). A Paper. Wired, 2. {URL}",
            "mla": f"Lovelace, Ada. “A Paper.” Wired, vol. 2, May 2024, {URL}.",
            "chicago": f"Lovelace, Ada. “A Paper.” Wired, May 2024. {URL}.",
            "ieee": f"A. Lovelace, “A Paper,” Wired, vol. 2, May 2024. [Online]. Available: {URL}",
        },
    ),
}


@pytest.mark.parametrize("style", citation.STYLES)
@pytest.mark.parametrize("case", CASES)
def test_kinds(make_paper: MakePaper, case: str, style: str) -> None:
    """Each kind of paper is cited with what is known of it, and with nothing else."""
    changes, expected = CASES[case]
    assert (
        citation.STYLES[style].cite(citation.read(make_paper(**changes), URL)).plain
        == expected[style]
    )


@pytest.mark.parametrize(
    ("authors", "et_al", "expected"),
    [
        (
            ["Plato"],
            "false",
            ("Plato. (", "Plato. “", "Plato. “", "Plato, “"),
        ),
        (
            ["King, Jr., Martin Luther"],
            "false",
            (
                "King, M. L., Jr. (",
                "King, Martin Luther, Jr. “",
                "King, Martin Luther, Jr. “",
                "M. L. King Jr., “",
            ),
        ),
        (
            ["Ludwig van Beethoven", "Jean-Stanislas Denain"],
            "false",
            (
                "van Beethoven, L., & Denain, J.-S. (",
                "van Beethoven, Ludwig, and Jean-Stanislas Denain. “",
                "van Beethoven, Ludwig, and Jean-Stanislas Denain. “",
                "L. van Beethoven and J.-S. Denain, “",
            ),
        ),
        (
            ["A Bee", "C Dee", "E Eff"],
            "false",
            (
                "Bee, A., Dee, C., & Eff, E. (",
                "Bee, A, et al. “",
                "Bee, A, C Dee, and E Eff. “",
                "A. Bee, C. Dee, and E. Eff, “",
            ),
        ),
        (
            ["A Bee", "C Dee"],
            "true",
            (
                "Bee, A., Dee, C., et al. (",
                "Bee, A, et al. “",
                "Bee, A, C Dee, et al. “",
                "A. Bee, C. Dee, et al., “",
            ),
        ),
        (
            ["A Bee"],
            "true",
            ("Bee, A., et al. (", "Bee, A, et al. “", "Bee, A, et al. “", "A. Bee et al., “"),
        ),
        (
            [{"literal": "LHCb & Friends"}, "张 伟"],
            "false",
            (
                "LHCb & Friends, & 伟, 张. (",
                "LHCb & Friends, and 张 伟. “",
                "LHCb & Friends, and 张 伟. “",
                "LHCb & Friends and 张 伟, “",
            ),
        ),
    ],
)
def test_authors(
    make_paper: MakePaper, authors: list[object], et_al: str, expected: tuple[str, ...]
) -> None:
    """Authors are inverted, shortened and joined as each style has it."""
    paper = make_paper(authors=authors, et_al=et_al)
    for style, start in zip(citation.STYLES.values(), expected, strict=True):
        assert style.cite(citation.read(paper, URL)).plain.startswith(start)


def _crowd(number: int) -> list[str]:
    return [f"{letter.upper()} Bee" for letter in ascii_lowercase[:number]]


def test_many_authors(make_paper: MakePaper) -> None:
    """APA names up to twenty, Chicago ten, IEEE six, and of more only some."""
    seven, eleven, twenty, more = (make_paper(authors=_crowd(n)) for n in (7, 11, 20, 21))

    assert citation.apa(citation.read(twenty, "")).plain.startswith(
        ", ".join(f"Bee, {letter}." for letter in "ABCDEFGHIJKLMNOPQRS") + ", & Bee, T. (2024)"
    )
    assert citation.apa(citation.read(more, "")).plain.startswith(
        ", ".join(f"Bee, {letter}." for letter in "ABCDEFGHIJKLMNOPQRS") + ", . . . Bee, U. (2024)"
    )
    assert ", F Bee, and G Bee. “" in citation.chicago(citation.read(seven, "")).plain
    assert ", F Bee, G Bee, et al. “" in citation.chicago(citation.read(eleven, "")).plain
    assert citation.ieee(citation.read(seven, "")).plain.startswith("A. Bee et al., “")
    assert citation.mla(citation.read(seven, "")).plain.startswith("Bee, A, et al. “")


@pytest.mark.parametrize(
    ("title", "apa", "mla", "ieee"),
    [
        ("Why?", "Why? h", "“Why?” 6", "“Why?” May"),
        ("Stop!", "Stop! h", "“Stop!” 6", "“Stop!” May"),
        ("And so on …", "And so on … h", "“And so on …” 6", "“And so on …” May"),
        ("No.", "No. h", "“No.” 6", "“No.,” May"),
        ("“Why?”", "“Why?” h", "“‘Why?’” 6", "“‘Why?’” May"),
        ("On “*It*”", "On “It.” h", "“On ‘It.’” 6", "“On ‘It,’” May"),
        ("no free lunch", "no free lunch. h", "“no free lunch.” 6", "“no free lunch,” May"),
    ],
)
def test_ends_of_titles(make_paper: MakePaper, title: str, apa: str, mla: str, ieee: str) -> None:
    """A title's own mark is not doubled, and a mark of ours stands inside its closing quotes."""
    paper = make_paper(title=title)

    assert f"). {apa}" in citation.apa(citation.read(paper, URL)).plain
    assert f". {mla} May" in citation.mla(citation.read(paper, URL)).plain
    assert f"e, {ieee}" in citation.ieee(citation.read(paper, URL)).plain


def test_html(make_paper: MakePaper) -> None:
    """The HTML has the title's own marks, italics and a link, and escapes what is text."""
    paper = make_paper(
        title="On $x^2$, *ours* & <b>",
        authors=[{"literal": "R & <D>"}],
        venue="J & K",
        volume="<1>",
        doi='10.1000/"<x>&',
    )

    made = citation.apa(citation.read(paper, URL))

    assert made == citation.Citation(
        "R &amp; &lt;D&gt;. (2024). On <math><msup><mi>x</mi><mn>2</mn></msup></math>, "
        "<em>ours</em> &amp; &lt;b&gt;. <i>J &amp; K</i>, <i>&lt;1&gt;</i>. "
        '<a href="https://doi.org/10.1000/%22%3Cx%3E&amp;">'
        "https://doi.org/10.1000/%22%3Cx%3E&amp;</a>",
        "R & <D>. (2024). On x², ours & <b>. J & K, <1>. https://doi.org/10.1000/%22%3Cx%3E&",
    )


@pytest.mark.parametrize("style", citation.STYLES)
@pytest.mark.parametrize("kind", TYPES)
def test_html_is_well_formed(make_paper: MakePaper, kind: str, style: str) -> None:
    """Whatever is missing, no mark stands twice, and every element is closed."""
    made = citation.STYLES[style].cite(citation.read(make_paper(type=kind), ""))

    html5lib.HTMLParser(strict=True).parseFragment(made.html)
    for wrong in ("..", ",,", ", .", "  ", "()", "[]", " ,", "“”", "<i></i>"):
        assert wrong not in made.html.replace("et al.,", "")


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("retracted", "A Paper [Retracted]."),
        ("withdrawn", "A Paper [Withdrawn]."),
        ("corrected", "A Paper."),
    ],
)
def test_status(make_paper: MakePaper, status: str, title: str) -> None:
    """Who cites a paper that was taken back is told so."""
    assert title in citation.apa(citation.read(make_paper(status=status), "")).plain


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Collin", "C."),
        ("J.R.R.", "J. R. R."),
        ("M. I.", "M. I."),
        ("Jean-Stanislas", "J.-S."),
        ("J.-S.", "J.-S."),
        ("Maria de", "M. de"),
        ("伟", "伟"),
        ("Łukasz", "Ł."),
        ("(Jim)", "(Jim)"),
    ],
)
def test_initials(given: str, initials: str) -> None:
    """Given names become initials where their script has capitals."""
    assert work.initials(given) == initials


@pytest.mark.parametrize(
    ("pages", "dashed", "mla"),
    [
        ("101-118", "101–118", "pp. 101–18"),
        ("101--118", "101–118", "pp. 101–18"),
        ("96—103", "96–103", "pp. 96–103"),
        ("12-18", "12–18", "pp. 12–18"),
        ("1003-1105", "1003–1105", "pp. 1003–1105"),
        ("5", "5", "p. 5"),
        ("e12–e20", "e12–e20", "pp. e12–e20"),
        ("3-1--3-12", "3-1–3-12", "pp. 3-1–3-12"),
        ("3-1-3", "3-1-3", "p. 3-1-3"),
        ("1-5, 7", "1–5, 7", "pp. 1–5, 7"),
        ("5-", "5", "p. 5"),
    ],
)
def test_pages(make_paper: MakePaper, pages: str, dashed: str, mla: str) -> None:
    """A range of pages is read however it is written."""
    paper = make_paper(pages=pages, venue="J", type="article-journal")

    assert facts.pages(paper, "–") == dashed
    assert f", {mla}, http" in citation.mla(citation.read(paper, URL)).plain


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "article"),
        ({"venue": "NeurIPS"}, "paper-conference"),
        ({"volume": "1"}, "article-journal"),
        ({"venue": "J", "issue": "1"}, "article-journal"),
        ({"venue": "J", "issn": "2150-8097"}, "article-journal"),
        ({"venue": "arXiv preprint arXiv:2401.12340"}, "article"),
        ({"venue": "CoRR", "volume": "abs/2401.12340"}, "article"),
        ({"venue": "medRxiv", "type": "report"}, "report"),
    ],
)
def test_kind(make_paper: MakePaper, changes: dict[str, object], kind: str) -> None:
    """A paper that does not say what it is, is what its other fields tell."""
    assert facts.kind(make_paper(**changes)) == kind


@pytest.mark.parametrize(
    ("said", "degree"),
    [
        ("Master's thesis, MIT", "master"),
        ("Masterarbeit, TU Wien", "master"),
        ("M.Sc. thesis", "master"),
        ("McMaster University, Cambridge, MA", ""),
        ("PhD thesis", "doctor"),
        ("Ph. D. dissertation", "doctor"),
        ("Doctoral dissertation", "doctor"),
        ("Doktorarbeit, TU Wien", "doctor"),
        ("Diplomarbeit, TU Wien", "master"),
        ("MIT", ""),
    ],
)
def test_degree(make_paper: MakePaper, said: str, degree: str) -> None:
    """A degree is what a field says, and never a guess."""
    assert facts.degree(make_paper(venue=said)) == degree
    assert facts.degree(make_paper(publisher=said)) == degree


@pytest.mark.parametrize(
    ("said", "university"),
    [
        ("PhD thesis, University of Vienna", "University of Vienna"),
        ("Ph.D. dissertation at MIT", "MIT"),
        ("Master's thesis (MIT)", "MIT"),
        ("M.Sc. thesis: TU Wien (Vienna)", "TU Wien (Vienna)"),
        ("Masterarbeit, TU Wien", "TU Wien"),
        ("Thèse de doctorat, Sorbonne", "Sorbonne"),
        ("PhD thesis", ""),
        ("Thesis Press", "Thesis Press"),
        ("McMaster University", "McMaster University"),
        ("Dissertations of Note (Vienna)", "Dissertations of Note (Vienna)"),
        ("", ""),
    ],
)
def test_university(said: str, university: str) -> None:
    """What a thesis's venue says before the university is its degree, and no part of the name."""
    assert facts.university(said) == university


@pytest.mark.parametrize(
    ("changes", "url", "home"),
    [
        ({"doi": "10.1000/182", "arxiv": "2401.12340"}, URL, "https://doi.org/10.1000/182"),
        ({"arxiv": "2401.12340"}, URL, "https://arxiv.org/abs/2401.12340"),
        ({"arxiv": "2401.12340", "venue": "NeurIPS"}, URL, URL),
        ({"arxiv": "2401.12340", "venue": "NeurIPS"}, "", "https://arxiv.org/abs/2401.12340"),
        ({"links": {"publisher": "https://p.org/"}}, "", "https://p.org/"),
        ({}, "", ""),
    ],
)
def test_home(make_paper: MakePaper, changes: dict[str, object], url: str, home: str) -> None:
    """The address cited is the one that will last longest."""
    assert facts.home(make_paper(**changes), url) == home
