"""What hosts of plain files read: where pages moved, and headers."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest

from generator.build import build
from generator.options import Options
from tests.conftest import SITE, paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite


def lines(file: Path) -> list[str]:
    """Return the lines of a file of a host, without its remarks."""
    return [line for line in file.read_text().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("base", ["/", "/group/papers/"])
def test_redirects(make_site: MakeSite, tmp_path: Path, base: str) -> None:
    """Each earlier address leads, from the host's root, to where its page is now."""
    site = SITE.replace("publications.example/", f"publications.example{base}")
    text = paper(aliases=["/old/address/", "/old.html"])
    build(
        make_site({"content/site.yaml": site, "content/papers/a.md": text}),
        tmp_path / "public",
        Options(),
    )

    assert lines(tmp_path / "public/_redirects") == [
        f"{base}papers/ {base} 301",
        f"{base}old/address/ {base}papers/a/ 301",
        f"{base}old.html {base}papers/a/ 301",
    ]


def rules(file: Path) -> dict[str, dict[str, str]]:
    """Return the headers that a host sends for each pattern of addresses."""
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in lines(file):
        if line.startswith("/"):
            pattern = line
        else:
            name, value = line.split(":", 1)
            found.setdefault(pattern, {})[name.strip()] = value.strip()
    return found


def test_headers(make_site: MakeSite, tmp_path: Path) -> None:
    """Each file of the site matches one pattern at most, and has its media type; assets stay."""
    public = tmp_path / "public"
    build(make_site({"content/papers/a.md": paper()}), public, Options())

    found = rules(public / "_headers")
    said: dict[str, dict[str, str]] = {}
    for file in public.rglob("*"):
        path = f"/{file.relative_to(public).as_posix()}"
        matching = [headers for pattern, headers in found.items() if fnmatchcase(path, pattern)]
        assert len(matching) <= 1, path
        said[path] = matching[0] if matching else {}
    types = {path: headers.get("Content-Type", "") for path, headers in said.items()}
    assert types["/papers/a/a.bib"] == types["/papers.ascii.bib"]
    assert types["/papers/a/a.bib"] == "application/x-bibtex; charset=utf-8"
    assert types["/papers/a/a.csl.json"].startswith("application/vnd.citationstyles.csl+json;")
    assert types["/feed.xml"] == types["/years/2024/feed.xml"]
    assert types["/feed.xml"] == "application/atom+xml; charset=utf-8"
    assert types["/feed.json"] == "application/feed+json; charset=utf-8"
    assert types["/papers/a/a.md"] == "text/markdown; charset=utf-8"
    assert types["/sitemap.xml"] == types["/index.html"] == ""
    sheets = [path for path in said if path.endswith((".css", ".js"))]
    assert sheets
    assert all("immutable" in said[sheet]["Cache-Control"] for sheet in sheets)


@pytest.mark.parametrize("name", ["_headers", "_redirects", "llms.txt", "robots.txt"])
def test_own_file(make_site: MakeSite, tmp_path: Path, name: str) -> None:
    """A file of the maintainer's own stands in place of the one that would be made."""
    build(make_site({f"content/pages/{name}": "mine\n"}), tmp_path / "public", Options())

    assert (tmp_path / "public" / name).read_text() == "mine\n"
