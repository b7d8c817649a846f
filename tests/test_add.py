"""`offprint add`: papers from services, which answer on this machine, and from BibTeX files."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest

from generator.importers import web
from tests import services as answers
from tests.conftest import paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import MakeSite, Run
    from tests.services import Services

LOVELACE = "content/papers/2016/on-the-analytical-engine-notes-and-r2.md"


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Give services on this machine, which the program asks instead of the real ones."""
    for made in answers.serve():
        monkeypatch.setenv("OFFPRINT_ARXIV", f"{made.url}/arxiv")
        monkeypatch.setenv("OFFPRINT_CROSSREF", f"{made.url}/crossref")
        monkeypatch.setenv("OFFPRINT_DOI", f"{made.url}/doi")
        monkeypatch.setenv("no_proxy", "*")
        yield made


def files(site: Path) -> list[str]:
    """Return the papers' files of a site."""
    found = (site / "content/papers").rglob("*") if (site / "content/papers").exists() else ()
    return sorted(path.relative_to(site).as_posix() for path in found if path.is_file())


def test_a_paper_of_arxiv(make_site: MakeSite, run: Run, services: Services) -> None:
    """A paper of arXiv becomes an entry in its year, with arXiv's category, that passes `check`."""
    site = make_site()

    result = run("add", "https://arxiv.org/abs/1605.08386v1", cwd=site)

    assert (result.status, result.out, result.err) == (0, f"{LOVELACE}\n", "1 paper added.\n")
    assert (site / LOVELACE).read_text(encoding="utf-8") == (
        "---\n"
        'title: "On the Analytical Engine: Notes & $R^2$"\n'
        "authors: [Ada Lovelace, Luigi Federico Menabrea]\n"
        "category: CL\n"
        "date: 2016-05-26\n"
        "arxiv: 1605.08386\n"
        "# arXiv, comment: 20 pages, 3 figures\n"
        "---\n"
        "The engine weaves algebraic patterns: 50\\% of them. It does so\n"
        "\n"
        "by cards. ## No heading\n"
    )
    assert run("check", "--strict", cwd=site).status == 0
    assert services.asked == [
        (
            "/arxiv?id_list=1605.08386&max_results=1",
            web.agent("https://publications.example/"),
        )
    ]


def test_a_paper_with_a_doi(make_site: MakeSite, run: Run, services: Services) -> None:
    """A DOI gives what Crossref knows: parts of names, ORCIDs, the abstract, what became of it."""
    site = make_site()

    result = run("add", "doi:10.1000/182", "--category", "LG", cwd=site)

    [path] = files(site)
    assert (result.status, result.out) == (0, f"{path}\n")
    assert (site / path).read_text(encoding="utf-8") == (
        "---\n"
        "title: Sketch of the Analytical Engine in CO\\textsubscript{2}\n"
        "authors:\n"
        "  - {name: Ada Lovelace, orcid: 0000-0002-1825-0097}\n"
        "  - Ludwig van Beethoven\n"
        "  - {literal: The Engine Consortium}\n"
        "category: LG\n"
        "date: 1843-09\n"
        "venue: Scientific Memoirs\n"
        "type: article-journal\n"
        "status: corrected\n"
        "doi: 10.1000/182\n"
        "issn: 1932-6203\n"
        "volume: 7\n"
        "issue: 3\n"
        "pages: 666-731\n"
        "publisher: Royal Society\n"
        "---\n"
        "The *engine* weaves.\n"
    )
    assert run("check", "--strict", cwd=site).status == 0
    assert len(services.asked) == 1


def test_a_doi_that_others_registered(make_site: MakeSite, run: Run, services: Services) -> None:
    """Where Crossref does not know a DOI, doi.org is asked, through its redirections."""
    site = make_site()
    services.others["10.5281/zenodo.1"] = {
        "type": "dataset",
        "title": "Cards",
        "author": [{"family": "Lovelace", "given": "Ada"}],
        "issued": {"date-parts": [["2020", "1", "2"]]},
        "publisher": "Zenodo",
    }
    services.before = [(404, {}), (302, {"Location": f"{services.url}/doi/10.5281/zenodo.1"})]

    result = run("add", "https://doi.org/10.5281/zenodo.1", "--category", "CL", cwd=site)

    assert (result.status, files(site)) == (0, ["content/papers/2020/cards.md"])
    assert len(services.asked) == 3


def test_a_dry_run(make_site: MakeSite, run: Run, services: Services) -> None:
    """With --dry-run the entry is shown, and nothing is written."""
    site = make_site()

    result = run("add", "1605.08386", "--dry-run", cwd=site)

    assert (result.status, files(site)) == (0, [])
    assert result.out.startswith(f"{LOVELACE}\n\n---\ntitle: ")
    assert result.err == "1 paper would be added.\n"
    assert len(services.asked) == 1


def test_a_second_run(make_site: MakeSite, run: Run, services: Services) -> None:
    """What was edited by hand is left as it is, and the message names the file."""
    site = make_site()
    run("add", "arxiv:1605.08386", cwd=site)
    edited = (site / LOVELACE).read_text(encoding="utf-8").replace("Notes", "Edited")
    (site / LOVELACE).write_text(edited, encoding="utf-8")

    result = run("add", "10.48550/arXiv.1605.08386", cwd=site)

    assert result.status == 1
    assert result.err.startswith(
        f"{LOVELACE}:2:8: error: This paper is here already, with the same arXiv number 1605.08386."
    )
    assert (site / LOVELACE).read_text(encoding="utf-8") == edited
    assert len(services.asked) == 2


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (paper(arxiv="1605.08386v1"), "arXiv number 1605.08386"),
        (paper(arxiv="https://arxiv.org/abs/1605.08386"), "arXiv number 1605.08386"),
        (paper(doi="10.48550/ARXIV.1605.08386"), "arXiv number 1605.08386"),
        (paper(versions=[{"label": "Preprint", "arxiv": "1605.08386"}]), "arXiv number 1605.08386"),
        (paper(title="ON THE ANALYTICAL ENGINE; notes, R²"), "title"),
        (paper(title="On the {A}nalytical Engine Notes $R^2$!", date="2024-13"), "title"),
        ("- title: On the Analytical Engine — Notes & R²\n", "title"),
    ],
)
def test_duplicates(
    make_site: MakeSite, run: Run, services: Services, entry: str, reason: str
) -> None:
    """A paper is the same by a number or by its title, also in an entry that has faults."""
    name = "content/papers/a.md" if entry.startswith("---") else "content/papers/a.yaml"
    site = make_site({name: entry})

    result = run("add", "arxiv:1605.08386", cwd=site)

    assert (result.status, files(site)) == (1, [name])
    assert f"error: This paper is here already, with the same {reason}." in result.err
    assert services.asked


def test_another_version(make_site: MakeSite, run: Run, services: Services) -> None:
    """A near title by the same first author in the same year is added with a warning."""
    near = paper(title="On Analytical Engines: Some Notes & R²", date="2016-11")
    site = make_site({"content/papers/a.md": near})

    result = run("add", "arxiv:1605.08386", cwd=site)

    assert (result.status, files(site)) == (0, [LOVELACE, "content/papers/a.md"])
    assert "content/papers/a.md:2:8: warning: 'On Analytical Engines: Some Notes & R²' may be" in (
        result.err
    )
    assert "versions: [{label: …, arxiv: 1605.08386}]" in result.err
    assert services.asked


def test_a_taken_name(make_site: MakeSite, run: Run, services: Services) -> None:
    """Where another paper has the name, a number is added; no file is written over."""
    taken: dict[str, str | bytes] = {
        "content/papers/on-the-analytical-engine-notes-and-r2.md": paper(),
        LOVELACE: b"\xff",
    }
    site = make_site(taken)

    result = run("add", "arxiv:1605.08386", cwd=site)

    assert result.out == LOVELACE.replace(".md", "-2.md") + "\n"
    assert (site / LOVELACE).read_bytes() == b"\xff"
    assert services.asked


def test_no_category(make_site: MakeSite, run: Run, services: Services) -> None:
    """Where nothing tells the category, nothing is written, and the message asks for it."""
    site = make_site()
    services.papers["1605.08386"] = "math.CO"

    arxiv = run("add", "arxiv:1605.08386", cwd=site)
    doi = run("add", "doi:10.1000/182", cwd=site)

    assert (arxiv.status, doi.status, files(site)) == (2, 2, [])
    assert arxiv.err == (
        "offprint: Nothing tells the paper's category here (arXiv has it under math.CO). "
        "Name one: --category CL|LG\n"
    )
    assert "Name one: --category CL|LG" in doi.err


def test_a_category_that_is_none(make_site: MakeSite, run: Run, services: Services) -> None:
    """A category that the site does not have is refused before anyone is asked, or a file read."""
    site = make_site({"old.bib": "@article{a, title = {A}, author = {A B}, year = 2020}"})

    for given in ("arxiv:1605.08386", "old.bib"):
        result = run("add", given, "--category", "XX", cwd=site)

        assert (result.status, files(site)) == (2, [])
        assert result.err == (
            "offprint: The category 'XX' is not in content/site.yaml. Name one: --category CL|LG\n"
        )
    assert not services.asked


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("arxiv:2401.99999", "arXiv knows no paper with the number 2401.99999."),
        ("arxiv:0000.00000", "arXiv knows no paper with the number 0000.00000."),
        ("doi:10.1000/none", "There is no DOI 10.1000/none."),
    ],
)
def test_an_unknown_number(
    make_site: MakeSite, run: Run, services: Services, reference: str, message: str
) -> None:
    """A number that nobody knows is one line, and status 1."""
    site = make_site()

    result = run("add", reference, "--category", "CL", cwd=site)

    assert (result.status, files(site)) == (1, [])
    assert result.err.startswith(f"offprint: {message} ")
    assert result.err.count("\n") == 1
    assert services.asked


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"null", b"[]", b'"x"', b"{", b'{"author": [1]}', b'{"issued": 5}']
)
@pytest.mark.parametrize("reference", ["arxiv:1605.08386", "doi:10.1000/182"])
def test_an_odd_answer(
    make_site: MakeSite, run: Run, services: Services, reference: str, body: bytes
) -> None:
    """An answer that cannot be read is one line, and status 1."""
    site = make_site()
    services.body = body

    result = run("add", reference, "--category", "CL", cwd=site)

    assert (result.status, files(site)) == (1, [])
    assert result.err.startswith("offprint: ")
    assert result.err.count("\n") == 1


def test_metadata_without_authors(make_site: MakeSite, run: Run, services: Services) -> None:
    """What a service does not know is asked for by the field's name, and nothing is written."""
    site = make_site()
    services.works["10.1000/182"] = {"title": ["Editorial"], "issued": {"date-parts": [[2020]]}}

    result = run("add", "doi:10.1000/182", "--category", "CL", cwd=site)

    assert (result.status, files(site)) == (1, [])
    assert "error: The required field 'authors' is missing." in result.err


def test_a_service_that_is_busy(make_site: MakeSite, run: Run, services: Services) -> None:
    """A busy service is asked again when it says so; one that asks for hours is not waited for."""
    site = make_site()
    services.before = [(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"})]
    again = run("add", "arxiv:1605.08386", "--dry-run", cwd=site)
    asked = len(services.asked)
    services.before = [(503, {"Retry-After": "7200"})]
    hours = run("add", "arxiv:1605.08386", cwd=site)
    services.before = [(429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})] * 3
    always = run("add", "arxiv:1605.08386", cwd=site)

    assert (again.status, asked) == (0, 3)
    assert (hours.status, hours.err) == (
        1,
        "offprint: 127.0.0.1 is busy. It asks to come again in 7200 seconds.\n",
    )
    assert (always.status, always.err) == (1, "offprint: 127.0.0.1 is busy. Try again later.\n")
    assert files(site) == []


def test_a_service_that_is_not_there(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that cannot be reached is one line that says why, and status 1."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("OFFPRINT_ARXIV", f"http://127.0.0.1:{port}/arxiv")
    monkeypatch.setenv("no_proxy", "*")

    result = run("add", "arxiv:1605.08386", cwd=make_site())

    said = "offprint: 127.0.0.1 cannot be reached: Connection refused."
    assert result.status == 1
    assert result.err == f"{said} Check the connection, or try again later.\n"


def test_a_service_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that takes a connection and says nothing is given up."""
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        start = time.monotonic()
        with pytest.raises(web.ServiceError, match="cannot be reached: it does not answer"):
            web.get(address, accept="*/*", user_agent="x", timeout=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x"])
def test_redirection_out_of_the_web(services: Services, target: str) -> None:
    """A redirection is followed only to a web address."""
    services.before = [(302, {"Location": target})]
    with pytest.raises(web.ServiceError, match="not on the web"):
        web.get(f"{services.url}/arxiv", accept="*/*", user_agent="x")


def test_an_endless_answer(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is longer than any paper's is not read to its end."""
    monkeypatch.setattr(web, "_MOST_BYTES", 1000)
    services.body = b"x" * 100_000
    with pytest.raises(web.ServiceError, match="its answer is too long"):
        web.get(f"{services.url}/arxiv", accept="*/*", user_agent="x")


BIB = """\
@inproceedings{lovelace1843,
  title = {Notes on the Engine}, author = {Lovelace, Ada and others}, year = 1843,
  booktitle = {Memoirs}, category = {LG}, abstract = {It weaves.},
}
@misc{godel1931,
  title = {On {F}ormally Undecidable}, author = {G{\\"o}del, Kurt}, year = 1931,
  abstract = {There are some.},
}
"""


def test_a_bibtex_file(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """Each entry of a .bib becomes a file; a second run adds what is new, and names the rest."""
    site = make_site()
    (tmp_path / "old.bib").write_text(BIB, encoding="utf-8")

    first = run("add", tmp_path / "old.bib", "--category", "CL", cwd=site)
    strict = run("check", "--strict", cwd=site)
    more = BIB + "@misc{new, title={N}, author={A B}, year=2024, abstract={x}}"
    (tmp_path / "old.bib").write_text(more, encoding="utf-8")
    second = run("add", tmp_path / "old.bib", "--category", "CL", cwd=site)

    assert first.out.splitlines() == [
        "content/papers/1843/lovelace1843.md",
        "content/papers/1931/godel1931.md",
    ]
    assert (first.status, first.err, strict.status) == (0, "2 papers added.\n", 0)
    assert (site / "content/papers/1931/godel1931.md").read_text(encoding="utf-8") == (
        "---\ntitle: On {F}ormally Undecidable\nauthors: [Kurt Gödel]\ncategory: CL\ndate: 1931\n"
        "type: article\nkey: godel1931\n---\nThere are some.\n"
    )
    assert (second.status, second.out) == (0, "content/papers/2024/new.md\n")
    assert second.err.count("warning: This paper is here already, with the same title, and") == 2


def test_a_bibtex_file_without_categories(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """A category is asked for once, with the option that gives it; never of what is here."""
    site = make_site()
    (tmp_path / "old.bib").write_text(BIB, encoding="utf-8")

    asked = run("add", tmp_path / "old.bib", cwd=site)
    run("add", tmp_path / "old.bib", "--category", "CL", cwd=site)
    again = run("add", tmp_path / "old.bib", cwd=site)

    assert asked.status == 1
    assert "old.bib:5:1: error: The entry 'godel1931' has no 'category'." in asked.err
    assert "Or name one for all that have none: --category CL." in asked.err
    assert (again.status, again.out) == (0, "")
    assert again.err.count("warning: This paper is here already") == 2
    assert "no 'category'" not in again.err


def test_a_bibtex_file_with_faults(make_site: MakeSite, run: Run, tmp_path: Path) -> None:
    """Of a .bib with a fault nothing is written; the fault is shown at its line in it."""
    site = make_site()
    bad = tmp_path / "bad.bib"
    bad.write_text(BIB.replace("year = 1931", "doi = {x}, year = 1931"), encoding="utf-8")

    result = run("add", bad, "--category", "CL", cwd=site)

    assert (result.status, files(site)) == (1, [])
    assert f"{bad}:6:75: error: 'doi' must be a DOI, not 'x'." in result.err


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("nothing", "'nothing' holds no arXiv number and no DOI, and there is no such file."),
        ("https://example.org/paper", "'https://example.org/paper' holds no arXiv number and"),
        ("no.bib", "there is no file 'no.bib'."),
    ],
)
def test_what_names_no_paper(make_site: MakeSite, run: Run, reference: str, message: str) -> None:
    """What is no number, address or file is wrong usage, with the forms there are."""
    result = run("add", reference, cwd=make_site())
    assert result.status == 2
    assert message in result.err
    assert "Write one such as arxiv:2212.03827, doi:10.1000/182 or papers.bib." in result.err


def test_no_site(tmp_path: Path, run: Run) -> None:
    """Where there is no site, the message says where to run the command."""
    result = run("add", "arxiv:1605.08386", cwd=tmp_path)
    assert result.status == 1
    assert "There is no folder 'content' here." in result.err
