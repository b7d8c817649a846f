"""What `offprint diff` tells of two outputs, broken addresses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import comparison, manifest
from generator.comparison import Change
from generator.stamp import MANIFEST
from tests.conftest import paper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import MakeSite, Run


def page(title: str, body: str = "") -> str:
    """Return a page as the theme writes it."""
    return f'<title>{title} · Site</title>\n<meta property="og:title" content="{title}">\n{body}'


def redirect(target: str) -> str:
    """Return a page that leads to another."""
    return f'<title>T</title>\n<meta http-equiv="refresh" content="0; url={target}">\n'


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write an output folder without a manifest."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_each_kind(tmp_path: Path) -> None:
    """Pages are gone, moved, added or changed; what lies beside them counts with them."""
    old = write(
        tmp_path / "old",
        {
            "index.html": page("Home"),
            "papers/gone/index.html": page("A &amp; B"),
            "papers/gone/gone.bib": "x",
            "papers/old/index.html": page("Old"),
            "papers/old/old.bib": "x",
            "papers/same/index.html": page("Same"),
            "papers/same/same.ris": "x",
            "papers/changed/index.html": page("Changed"),
            "about/index.html": page("About"),
            "feed.xml": "x",
        },
    )
    new = write(
        tmp_path / "new",
        {
            "index.html": page("Home", "more"),
            "papers/old/index.html": redirect("../../papers/new/"),
            "papers/new/index.html": page("Old"),
            "papers/new/new.bib": "x",
            "papers/same/index.html": page("Same"),
            "papers/changed/index.html": page("Changed Title"),
            "about/index.html": page("About"),
            "feed.xml": "y",
            "moved.html": redirect("https://elsewhere.example/"),
        },
    )

    found = comparison.compare(old, new)

    assert found.broken == (
        Change("/papers/gone/", "A & B"),
        Change("/papers/same/same.ris", ""),
    )
    assert found.moved == (
        Change("/papers/old/", "T", "Old", "/papers/new/"),
        Change("/moved.html", "T", "", "https://elsewhere.example/"),
    )
    assert found.added == (Change("/papers/new/", "Old"),)
    assert found.changed == (
        Change("/papers/changed/", "Changed Title", "Changed"),
        Change("/", "Home", "Home"),
    )
    assert (found.files, found.unchanged) == (1, 2)


def test_names_of_assets_are_no_change(tmp_path: Path) -> None:
    """A style sheet that changed changes no page, though each names it by its fingerprint."""
    names = ("static/site.0123456789.css", "static/fonts/a-b.abcdef0123.woff2")
    others = ("static/site.9876543210.css", "static/fonts/a-b.0000000000.woff2")
    old = write(tmp_path / "old", {"index.html": page("Home", "".join(names)), names[0]: "x"})
    new = write(tmp_path / "new", {"index.html": page("Home", "".join(others)), others[0]: "y"})

    found = comparison.compare(old, new)

    assert found == comparison.Comparison((), (), (), (), 0, 1)


def test_markdown(tmp_path: Path) -> None:
    """The text names titles and addresses, and no title of a page can be markup or a mention."""
    old = write(
        tmp_path / "old",
        {"papers/a/index.html": page("*A* [b](c) @someone #1 https://x.io &lt;b&gt;")},
    )
    new = write(tmp_path / "new", {f"papers/n{n:02}/index.html": page(f"N{n}") for n in range(52)})

    lines = comparison.to_markdown(comparison.compare(old, new)).splitlines()

    assert lines[:8] == [
        "# What changes",
        "",
        "1 broken address, 0 moved, 52 pages added, 0 changed, 0 other files changed, 0 unchanged.",
        "",
        "## Broken addresses (1)",
        "",
        "Nothing is there any more, and nothing says where it went.",
        "",
    ]
    assert lines[8] == (
        "- `/papers/a/` \\*A\\* \\[b\\](c) @\u2060someone #\u20601 https:\u2060//x.io \\<b\\>"
    )
    assert lines[-2:] == ["- `/papers/n49/` N49", "- and 2 more"]


def test_what_manifests_tell_to_be_equal_is_not_read(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two builds by one program only what differs is read, and the command tells of that."""
    site = make_site({"content/papers/a.md": paper(), "content/papers/b.md": paper(title="B")})
    run("build", "--output", "old", cwd=site)
    (site / "content/papers/a.md").write_text(paper(title="Another"), encoding="utf-8")
    run("build", "--output", "new", cwd=site)
    alike = manifest.alike(site / "old", site / "new")
    read: list[str] = []
    original = comparison._is_same  # noqa: SLF001 - what is counted

    def counting(old: Path, new: Path) -> bool:
        read.append(new.relative_to("new").as_posix())
        return original(old, new)

    monkeypatch.setattr(comparison, "_is_same", counting)
    result = run("diff", "old", "new", cwd=site)

    assert (result.status, result.err) == (0, "")
    assert "- `/papers/a/` Another (was: A Paper)\n" in result.out
    assert "papers/b/b.bib" in alike
    assert set(read).isdisjoint(alike)
    assert "papers/a/index.html" in read


def test_statuses(make_site: MakeSite, run: Run) -> None:
    """A broken address has status 1, a folder that is not there is wrong usage."""
    site = make_site({"content/papers/a.md": paper(), "content/papers/b.md": paper(title="B")})
    run("build", "--output", "old", cwd=site)
    (site / "content/papers/b.md").unlink()
    run("build", "--output", "new", cwd=site)

    assert run("diff", "old", "new", cwd=site).status == 1
    assert run("diff", "old", "old", cwd=site).status == 0
    assert run("diff", "old", "other", cwd=site).status == 2


def test_outputs_of_other_programs_are_read(make_site: MakeSite, run: Run) -> None:
    """Fingerprints of different programs tell nothing, nor does a missing manifest."""
    site = make_site({"content/papers/a.md": paper()})
    run("build", "--output", "old", cwd=site)
    run("build", "--output", "new", cwd=site)
    assert manifest.alike(site / "old", site / "new")

    file = site / "new" / MANIFEST
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"program": "', '"program": "x'), encoding="utf-8")
    assert manifest.alike(site / "old", site / "new") == frozenset()

    file.unlink()
    assert manifest.alike(site / "old", site / "new") == frozenset()
    assert run("diff", "old", "new", cwd=site).status == 0
