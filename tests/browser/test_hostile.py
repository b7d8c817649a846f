"""In Chromium, nothing that a stranger wrote runs, and no page asks anything of another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.build import build
from generator.edition import prepare
from generator.options import Options
from generator.pages.kinds import RedirectPage
from generator.workshop import Workshop
from tests import hostile
from tests.browser.conftest import Demonstration

if TYPE_CHECKING:
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

WATCH = """
window.violations = []
document.addEventListener('securitypolicyviolation', event =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""
# What a reader may do to each element but follow it.
TOUCH = """
() => {
  const events = ['mouseover', 'mouseenter', 'focus', 'error', 'load', 'animationend', 'toggle']
  for (const element of document.querySelectorAll('*'))
    for (const name of events)
      if (element !== document.body) element.dispatchEvent(new Event(name))
  const handlers = [...document.querySelectorAll('*')]
    .flatMap(element => [...element.attributes].map(one => one.name))
    .filter(name => name.startsWith('on'))
  return { harm: window.harm ?? 0, violations: window.violations, handlers }
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build the site of all that the gate lets in, in the place of the demonstration."""
    root = tmp_path_factory.mktemp("hostile")
    hostile.site(root)
    build(root, root / "public", Options(), search=True)
    pages = prepare(Workshop(root), Options()).pages
    return Demonstration(root / "public", pages, "https://publications.example/", {})


def test_nothing_runs(site: Demonstration, new_reader: NewReader) -> None:
    """No page runs what a field holds; the policy has nothing to stop, and no other host is asked.

    Opened are the papers with a payload in every field at once, some of those with one in a field
    that decides where they lie, every page of the home list, and the indexes.
    """
    reader = new_reader()
    reader.context.add_init_script(WATCH)
    shown = [page for page in site.pages if page.file.endswith(".html")]
    paths = [page.path for page in shown if not isinstance(page, RedirectPage)]
    papers = [path for path in paths if path.startswith("papers/")]
    chosen = [path for path in papers if path.endswith("-0/")] + papers[::4]
    chosen += [path for path in paths if path.count("/") <= 1 or path.startswith("page/")]
    assert len(chosen) > len(hostile.PAYLOADS)
    for path in chosen:
        tab = reader.open(path)
        assert tab.evaluate(TOUCH) == {"harm": 0, "violations": [], "handlers": []}, path
    assert dict(reader.faults) == {}


@pytest.mark.parametrize("path", ["feed.xml", "feed.json", "sitemap.xml", "robots.txt"])
def test_no_file_runs(path: str, new_reader: NewReader) -> None:
    """A file that Chromium shows by itself runs nothing either."""
    reader = new_reader()
    reader.context.add_init_script(WATCH)
    tab = reader.open(path)
    assert tab.evaluate("window.harm ?? 0") == 0
    assert not [fault for fault in reader.faults if "other host" in fault]
