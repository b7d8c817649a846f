"""What a stranger writes is refused with a diagnostic, or is only ever words.

What comes of that in a built site, `tests/browser/test_hostile.py` holds.
"""

from __future__ import annotations

import io
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image

from generator.build import build
from generator.cards import drawing
from generator.config import Config, Person, Tag
from generator.diagnostics import BuildError
from generator.options import Options
from generator.pages.kinds.programs import SocialCard
from tests import hostile
from tests.serving import PATIENCE, Serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite, Paper


@pytest.mark.parametrize(("name", "model"), [("site", Config), ("tags", Tag), ("people", Person)])
def test_settings(name: str, model: type[Config | Tag | Person], tmp_path: Path) -> None:
    """Settings too take each payload as words or refuse it with a diagnostic."""
    outcomes = {
        hostile.accepts(tmp_path, name, fields)
        for payload in hostile.PAYLOADS
        for fields in hostile.settings(model, payload)
    }
    assert outcomes == {True, False}


def test_cards() -> None:
    """A social card is drawn of any words."""
    for payload in hostile.PAYLOADS:
        card = SocialCard(
            "papers/a/a.png",
            label=payload,
            title=payload,
            byline=(payload, payload),
            et_al=False,
            source=payload,
            year="2024",
            site=payload,
            colors=("#ffffff", "#000000", "#0000ff", "#ff0000"),
        )
        assert Image.open(io.BytesIO(drawing.draw(card))).size == (1200, 630)


@pytest.mark.parametrize(("origin", "status"), [("", 101), ("http://harm.example", 403)])
def test_what_the_preview_tells(
    make_site: MakeSite, paper: Paper, origin: str, status: int
) -> None:
    """The preview tells what is being written to its own pages, and to no other site's."""
    with Serving(make_site({"content/papers/a.md": paper()})) as preview:
        host = urlsplit(preview.address).netloc
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",  # the sample of RFC 6455
            "Sec-WebSocket-Version": "13",
            "Origin": origin or f"http://{host}",
        }
        asking = HTTPConnection(host, timeout=PATIENCE)
        asking.request("GET", "/.offprint/livereload", headers=headers)
        assert asking.getresponse().status == status
        asking.close()


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
