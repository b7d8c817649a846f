"""Whatever is edited, an incremental build gives what a clean one gives, byte for byte."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from generator import workers
from generator.build import build
from generator.diagnostics import BuildError
from generator.options import Options
from generator.stamp import MANIFEST
from generator.workshop import Workshop

TAGS = ("alpha", "beta", "gamma")
SLUGS = st.sampled_from([f"paper-{n}" for n in range(8)])
WORDS = st.text("abcé \n$_^*{}\\%&<>'\"`~-2", max_size=60)
ENTRIES = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["A Paper", "On $R^2$", "Zoë's *proof*", "Über <b>", "1984"]),
        "authors": st.lists(
            st.sampled_from(["Ada Lovelace", "Kurt Gödel", "Max van Beek", "张伟", "Plato"]),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        "category": st.sampled_from(["CL", "LG"]),
        "date": st.sampled_from(["2022", "2022-03", "2022-03-04", "2023-12-31", "2024-02-29"]),
        "tags": st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
    },
    optional={
        "venue": st.sampled_from(["NeurIPS", "Journal of $x$"]),
        "organizations": st.just(["Example University"]),
        "et_al": st.sampled_from(["true", "false"]),
        "code": st.sampled_from(["true", "https://example.org/code"]),
        "unlisted": st.just("true"),
        "draft": st.just("true"),
        "featured": st.just("1"),
        "notes": st.just("## More\n\nSee [tags](/tags/)."),
        "slug": st.sampled_from(["paper-1", "other", "another"]),
        "aliases": st.sampled_from([["/old/"], ["/papers/paper-2/"], ["/old/", "/older/page/"]]),
        "links": st.just({"pdf": "paper.pdf"}),
    },
)
PEOPLE: tuple[dict[str, object], ...] = (
    {},
    {"Ada Lovelace": {"aliases": ["Plato"], "url": "https://example.org/", "member": "true"}},
    {"Kurt Gödel": {"orcid": "0000-0002-1825-0097"}, "Ada Lovelace": {}},
)
BIBTEX = (
    "@article{lovelace1843, title = {A Sketch}, author = {Ada Lovelace}, year = 1843, "
    "category = {CL}, keywords = {alpha}}\n"
)
OTHER_BIBTEX = (
    '@inproceedings{godel1931, title = {On $R^2$}, author = {Kurt G{\\"o}del and others}, '
    "year = 1931, category = {LG}, booktitle = {NeurIPS}}\n"
)
FEW = {"authors": ["Plato"], "category": "CL", "date": "2021", "abstract": "Words."}
# Files that come and go beside the entries, each in a few versions.
FILES: dict[str, tuple[str, ...]] = {
    "content/papers/list.bib": (BIBTEX, OTHER_BIBTEX, BIBTEX + OTHER_BIBTEX, "@article{a"),
    "content/papers/more.yaml": (
        json.dumps([{"title": "One of Two", "slug": "one", **FEW}]),
        json.dumps([{"title": "Two", "slug": "two", **FEW}, {"title": "I", "slug": "one", **FEW}]),
    ),
    "content/papers/paper.pdf": ("%PDF-1.4 one", "%PDF-1.4 two"),
    "content/people.yaml": tuple(map(json.dumps, PEOPLE)),
    "content/pages/about.md": (
        "---\ntitle: About\n---\nHello.\n",
        "---\ntitle: On us\n---\nGo to [tags](/tags/).\n",
    ),
    "content/pages/data/list.txt": ("one\n", "another\n"),
    "content/pages/old.md": ("---\ntitle: Where an alias may be\n---\nWords.\n",),
    "static/custom.css": ("a { color: red }\n", "a { color: blue }\n"),
    "static/site.js": ("// none\n",),
    "templates/card.html": tuple(f'{{% include "builtin/card.html" %}}<!-- {n} -->' for n in "12"),
    "templates/paper.html": tuple(
        f'{{% include "builtin/paper.html" %}}<!-- {n} -->' for n in "12"
    ),
}
CHANGES = st.sampled_from([(path, text) for path in FILES for text in ("", *FILES[path])])
# An edit builds a site three times, so that this law gets fewer examples than the others; `make
# property` goes 20 ways of 50 edits.
WAYS, EDITS = (20, 50) if settings().max_examples >= 1_000 else (6, 12)


class Edits(RuleBasedStateMachine):
    """Random edits of a small site; after each, the incremental output equals a clean one.

    So does that of a preview, which keeps what it knows and is told what changed. An edit that
    breaks the site is told alike in all, and what was published stays as it was.
    """

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.site = self.folder / "site"
        self.settings: dict[str, object] = {
            "title": "Publications",
            "url": "https://publications.example/",
            "categories": {"CL": "Language", "LG": "Learning"},
            "paginate": "2",
        }
        self.options = Options()
        self.jobs = 1
        self.shop = Workshop(self.site)
        self.changed: set[str] = set()
        self.write("content/site.yaml", json.dumps(self.settings))
        self.write("content/papers/paper.pdf", "%PDF-1.4")
        self.describe_tags("What it is.")
        self.published: dict[str, bytes] = {}

    def teardown(self) -> None:
        """Delete the site and what was built of it."""
        shutil.rmtree(self.folder)

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        self.changed.add(str(file))

    def remove(self, path: str) -> None:
        """Delete a file of the site, if it is there."""
        (self.site / path).unlink(missing_ok=True)
        self.changed.add(str(self.site / path))

    @rule(target=papers, slug=SLUGS, fields=ENTRIES, abstract=WORDS)
    def put(self, slug: str, fields: dict[str, object], abstract: str) -> str:
        """Add a paper, or change the one that has this file."""
        lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
        body = abstract.replace("\n## ", "\n# ")
        self.write(f"content/papers/{slug}.md", "\n".join(["---", *lines, "---", body, ""]))
        return slug

    @rule(slug=papers, word=WORDS)
    def lengthen(self, slug: str, word: str) -> None:
        """Add a sentence to the abstract of a paper, and change nothing else."""
        file = self.site / f"content/papers/{slug}.md"
        if file.exists():
            text = file.read_text(encoding="utf-8")
            self.write(f"content/papers/{slug}.md", f"{text}And {word.strip()}.\n")

    @rule(slug=consumes(papers))
    def delete(self, slug: str) -> None:
        """Delete a paper."""
        self.remove(f"content/papers/{slug}.md")

    @rule(slug=consumes(papers), other=SLUGS, target=papers)
    def rename(self, slug: str, other: str) -> str:
        """Rename a paper's file."""
        file = self.site / f"content/papers/{slug}.md"
        if file.exists():
            file.replace(file.with_name(f"{other}.md"))
            self.changed |= {str(file), str(file.with_name(f"{other}.md"))}
        return other

    @rule(description=st.sampled_from(["What it is.", "On $\\alpha$.", "Something *else*."]))
    def describe_tags(self, description: str) -> None:
        """Change the tags' descriptions."""
        self.write("content/tags.yaml", json.dumps(dict.fromkeys(TAGS, description)))

    @rule(
        change=st.sampled_from(
            [
                {"title": "Publications"},
                {"title": "Papers & notes"},
                {"categories": {"CL": "Computation and Language", "LG": "Learning"}},
                {"paginate": "3"},
                {"theme": {"all": {"measure": "40rem"}}},
                {"theme": {"light": {"accent": "#7a1f2b"}}},
                {"footer": "Made with *care*."},
                {"language": "de"},
            ]
        )
    )
    def change_settings(self, change: dict[str, object]) -> None:
        """Change `site.yaml`."""
        self.settings |= change
        self.write("content/site.yaml", json.dumps(self.settings))

    @rule(change=CHANGES)
    def change_file(self, change: tuple[str, str]) -> None:
        """Add or change a file, or take it away."""
        path, text = change
        if text:
            self.write(path, text)
        else:
            self.remove(path)

    @rule(drafts=st.booleans(), url=st.sampled_from([None, "https://example.org/below/"]))
    def ask_for(self, *, drafts: bool, url: str | None) -> None:
        """Build with other options from now on."""
        self.options = Options(drafts=drafts, base_url=url)

    @rule()
    def share_the_work(self) -> None:
        """Let two processes do the next build."""
        self.jobs = 2

    @rule(number=st.integers(0, 1_000), data=st.sampled_from([None, b"", b"Not by Offprint."]))
    def damage(self, number: int, data: bytes | None) -> None:
        """Delete or alter a published file; the next build that is one restores it."""
        # Without the manifest whose they are no build touches them, which other tests hold.
        if files := sorted(self.published.keys() - {MANIFEST}):
            file = files[number % len(files)]
            if data is None:
                (self.folder / "incremental" / file).unlink()
            else:
                (self.folder / "incremental" / file).write_bytes(data)
            self.published = tree(self.folder / "incremental")

    @invariant()
    def incremental_equals_clean(self) -> None:
        """Build again into the same folder and into a new one: both hold, or say, the same."""
        incremental, clean = self.folder / "incremental", self.folder / "clean"
        # With nothing of what earlier builds kept.
        faults = self.built(clean, shop=Workshop(self.site))
        assert self.built(incremental, jobs=self.jobs) == faults
        self.jobs = 1
        preview = self.folder / "preview"
        before = tree(preview)
        told, self.changed = self.changed, set()
        assert self.built(preview, shop=self.shop, changed=told) == faults
        if faults:
            assert tree(incremental) == self.published
            assert tree(preview) == before
        else:
            self.published = tree(incremental)
            assert self.published == tree(clean) == tree(preview)
        shutil.rmtree(clean, ignore_errors=True)

    def built(
        self,
        folder: Path,
        *,
        jobs: int = 1,
        shop: Workshop | None = None,
        changed: set[str] | None = None,
    ) -> list[str]:
        """Build the site into a folder; return its faults."""
        with pytest.MonkeyPatch.context() as patched:
            if jobs > 1:
                patched.setattr(workers, "POOL_FROM", 1)
            try:
                build(self.site, folder, self.options, jobs=jobs, shop=shop, changed=changed)
            except BuildError as error:
                return [f"{one.location}: {one.message}" for one in error.diagnostics]
        return []


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder with their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


Edits.TestCase.settings = settings(stateful_step_count=EDITS, max_examples=WAYS)
TestEdits = pytest.mark.property(Edits.TestCase)
