"""What a stranger writes into any field is refused with a diagnostic, or is only ever words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import rispy
from pybtex.database import parse_string

from generator.build import build
from generator.config import Config, Person, Tag
from generator.diagnostics import BuildError
from generator.options import Options
from tests import hostile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of all that is let in."""
    root = tmp_path_factory.mktemp("hostile")
    assert hostile.site(root) > 20_000
    build(root, root / "public", Options())
    return root / "public"


def test_nothing_lies_outside(public: Path) -> None:
    """No value of a field leads out of the output, nor into the program's own files there."""
    beside = {path.name for path in public.parent.iterdir()}
    assert beside == {"content", "public", ".offprint"}
    assert {path.name for path in public.iterdir() if path.name.startswith(".")} == {
        ".offprint-manifest"
    }
    assert not any(path.is_symlink() for path in public.rglob("*"))
    files = [path for path in public.rglob("*") if path.is_file()]
    assert not [path for path in files if b"root:x:0" in path.read_bytes()]


def test_pages_hold_no_code(public: Path) -> None:
    """No page has an element or an attribute that came out of a field."""
    for path in public.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "1337" not in text, "a template was run"
        for name, rest in re.findall(r"<([a-zA-Z]+)([^<>]*)>", text):
            assert name not in {"iframe", "base", "object", "embed"}, path
            assert name != "style" or path.name == "404.html", path
            assert not re.search(r"\son\w+\s*=", _unquoted(rest)), (path, rest)


def _unquoted(attributes: str) -> str:
    """Return the attributes of a tag without their values."""
    return re.sub(r"=\s*(\"[^\"]*\"|'[^']*')", "=", attributes)


def test_addresses_are_of_the_web(public: Path) -> None:
    """No link has another scheme than http, https and mailto."""
    for path in public.rglob("*.html"):
        for found in re.findall(r'(?:href|src|action)="([^"]*)"', path.read_text("utf-8")):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*)(?::|&colon;|%3a)", found, re.IGNORECASE)
            assert not scheme or scheme[1].lower() in {"http", "https", "mailto"}, found


def test_exports_hold_as_many_papers_as_there_are(public: Path) -> None:
    """No field ends its own record: each reader finds the papers that there are, and no other."""
    count = sum(1 for _ in (public / "papers").glob("*/index.html"))
    bibtex = parse_string((public / "papers.bib").read_text("utf-8"), "bibtex")
    ris = rispy.loads((public / "papers.ris").read_text("utf-8"))
    csl: list[dict[str, Any]] = json.loads((public / "papers.csl.json").read_text("utf-8"))
    listed = len(csl)
    assert len(bibtex.entries) == len(ris) == listed
    assert 0 < listed <= count
    assert "injected" not in bibtex.entries
    assert {one.get("id") for one in csl} == set(bibtex.entries)
    for feed in public.rglob("feed.xml"):
        ET.fromstring(feed.read_bytes())  # noqa: S314 - our own
    for feed in public.rglob("feed.json"):
        json.loads(feed.read_bytes())


def test_linked_data_stays_in_its_element(public: Path) -> None:
    """What stands in a page as JSON is JSON to its end."""
    script = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    for path in public.rglob("*.html"):
        for found in script.findall(path.read_text("utf-8")):
            json.loads(found)


@pytest.mark.parametrize(("name", "model"), [("site", Config), ("tags", Tag), ("people", Person)])
def test_settings(name: str, model: type[Config | Tag | Person], tmp_path: Path) -> None:
    """Settings too take each payload as words or refuse it with a diagnostic."""
    outcomes = {
        hostile.accepts(tmp_path, name, fields)
        for payload in hostile.PAYLOADS
        for fields in hostile.settings(model, payload)
    }
    assert outcomes == {True, False}


NESTED = "[" * 5_000 + "]" * 5_000
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
)


@pytest.mark.parametrize(
    "fields",
    [
        BOMB,
        f"title: {NESTED}",
        "title: " + "{a: " * 3_000 + "}" * 3_000,
        "<<: {title: A}\ntitle: B",
        "title: !!python/object/apply:os.system [true]",
        "title: !!binary aGFybQ==",
        "? [a, b]\n: c",
        "title: A\n---\ntitle: B",
        "title: &a [*a]",
        "title: |\n" + "  x\n" * 200_000,
        "title: " + "x" * 1_000_000,
        "authors: [" + ", ".join(f"Ada Lovelace {n}" for n in range(10_000)) + "]",
        "\n".join(f"field{n}: x" for n in range(20_000)),
        "title: A\n" * 20_000,
        "%YAML 9.9\n---\ntitle: A",
        'title: "\\x00\\u202e\\U0010FFFF"',
    ],
    ids=lambda fields: fields[:24],
)
def test_yaml(fields: str, tmp_path: Path) -> None:
    """Whatever YAML can say is read in bounded time and memory, or refused."""
    files = {
        "content/site.yaml": "title: T\nurl: https://publications.example/\n",
        "content/papers/a.md": f"---\n{fields}\n---\nAbout.\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        build(tmp_path, tmp_path / "public", Options())
    assert all(one.help for one in caught.value.diagnostics)
