"""The policy of every page: nothing that stands in a page runs, nothing comes from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Demonstration, NewReader

pytestmark = pytest.mark.browser

LOADING = frozenset({"script", "style", "link", "img"})
POLICY = re.compile(r"default-src '(self|none)'(;|$)")

# What someone might smuggle into a page, and what becomes of it: only the policy refuses these.
SMUGGLED = """
async address => {
  const refused = new Set()
  addEventListener('securitypolicyviolation', event => refused.add(event.effectiveDirective))
  const add = (name, values) =>
    document.body.append(Object.assign(document.createElement(name), values))
  add('script', { textContent: 'window.smuggled = true' })
  add('style', { textContent: 'body { color: rgb(1, 2, 3) }' })
  add('p', { innerHTML: '<b style="color: red">x</b>' })
  add('img', { src: `${address}x.png` })
  add('base', { href: address })
  add('form', { action: address })
  document.forms[document.forms.length - 1].submit()
  await fetch(`${address}x.json`).catch(() => {})
  while (refused.size < 7) await new Promise(resolve => setTimeout(resolve, 20))
  return [window.smuggled ?? null, getComputedStyle(document.body).color, [...refused].sort()]
}
"""
COLOR = "getComputedStyle(document.body).color"
REFUSED = [
    "base-uri",
    "connect-src",
    "form-action",
    "img-src",
    "script-src-elem",
    "style-src-attr",
    "style-src-elem",
]


def _faults(text: str) -> list[str]:
    """Return what is wrong with the policy of a page, and what in the page would be against it."""
    faults = []
    policies: list[str] = []
    for one in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if one.get("http-equiv") == "Content-Security-Policy":
            policies.append(one.get("content", ""))
        elif one.tag in LOADING and not policies:
            faults.append(f"{one.tag} before the policy")
        if one.tag == "script" and not one.get("src") and one.get("type") != "application/ld+json":
            faults.append("a script in the page")
        faults += [name for name in one.attrib if name == "style" or str(name).startswith("on")]
    faults += [one for one in policies if "unsafe-inline" in one or "//" in one]
    return faults if any(map(POLICY.match, policies)) else [*faults, "no policy"]


def test_every_page_has_a_policy(site: Demonstration) -> None:
    """Each file of HTML says its policy before all that it loads, and holds nothing against it."""
    files = sorted(site.folder.rglob("*.html"))

    faults = {path: _faults(path.read_text(encoding="utf-8")) for path in files}

    assert {str(path): found for path, found in faults.items() if found} == {}


def test_what_is_smuggled_in_is_refused(site: Demonstration, new_reader: NewReader) -> None:
    """On each kind of page scripts, styles and addresses of another host are refused."""
    reader = new_reader()

    for kind, page in site.kinds.items():
        tab = reader.open(page.path)
        color = tab.evaluate(COLOR)
        outcome = tab.evaluate(SMUGGLED, "https://elsewhere.example/")
        assert (kind, outcome) == (kind, [None, color, REFUSED])
