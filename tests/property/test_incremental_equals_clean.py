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

from generator.build import build
from generator.options import Options

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
    },
)


class Edits(RuleBasedStateMachine):
    """Random edits of a small site; after each, the incremental output equals a clean one."""

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.site = self.folder / "site"
        self.title = "Publications"
        self.categories = {"CL": "Language", "LG": "Learning"}
        self.write_settings()
        self.write_tags("What it is.")
        self.clean = 0

    def teardown(self) -> None:
        """Delete the site and what was built of it."""
        shutil.rmtree(self.folder)

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def write_settings(self) -> None:
        """Write `site.yaml`."""
        fields = {
            "title": self.title,
            "url": "https://publications.example/",
            "categories": self.categories,
            "paginate": "2",
        }
        self.write("content/site.yaml", json.dumps(fields))

    def write_tags(self, description: str) -> None:
        """Write `tags.yaml`, each tag with a description."""
        self.write("content/tags.yaml", json.dumps(dict.fromkeys(TAGS, description)))

    @rule(target=papers, slug=SLUGS, fields=ENTRIES, abstract=WORDS)
    def put(self, slug: str, fields: dict[str, object], abstract: str) -> str:
        """Add a paper, or change the one that has this file."""
        lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
        body = abstract.replace("\n## ", "\n# ")
        self.write(f"content/papers/{slug}.md", "\n".join(["---", *lines, "---", body, ""]))
        return slug

    @rule(slug=consumes(papers))
    def delete(self, slug: str) -> None:
        """Delete a paper."""
        (self.site / f"content/papers/{slug}.md").unlink(missing_ok=True)

    @rule(slug=consumes(papers), other=SLUGS, target=papers)
    def rename(self, slug: str, other: str) -> str:
        """Rename a paper's file."""
        file = self.site / f"content/papers/{slug}.md"
        if file.exists():
            file.replace(file.with_name(f"{other}.md"))
        return other

    @rule(description=st.sampled_from(["What it is.", "On $\\alpha$.", "Something *else*."]))
    def describe_tags(self, description: str) -> None:
        """Change the tags' descriptions."""
        self.write_tags(description)

    @rule(title=st.sampled_from(["Publications", "Papers & notes"]))
    def retitle(self, title: str) -> None:
        """Change the site's title."""
        self.title = title
        self.write_settings()

    @rule(name=st.sampled_from(["Language", "Computation and Language"]))
    def rename_category(self, name: str) -> None:
        """Change what a category is called."""
        self.categories["CL"] = name
        self.write_settings()

    @rule(mark=st.sampled_from(["", "one", "two"]), block=st.sampled_from(["card", "paper"]))
    def override(self, mark: str, block: str) -> None:
        """Override a template, change the override, or take it away."""
        file = self.site / f"templates/{block}.html"
        if mark:
            line = f'{{% include "builtin/{block}.html" %}}<!-- {mark} -->\n'
            self.write(f"templates/{block}.html", line)
        else:
            file.unlink(missing_ok=True)

    @rule(text=st.sampled_from(["", "Hello.", "Go to [tags](/tags/)."]))
    def edit_page(self, text: str) -> None:
        """Change, or take away, a page of the maintainer's own."""
        file = self.site / "content/pages/about.md"
        if text:
            self.write("content/pages/about.md", f"---\ntitle: About\n---\n{text}\n")
        else:
            file.unlink(missing_ok=True)

    @invariant()
    def incremental_equals_clean(self) -> None:
        """Build again into the same folder and into a new one: both hold the same."""
        incremental, clean = self.folder / "incremental", self.folder / f"clean-{self.clean}"
        self.clean += 1
        build(self.site, incremental, Options())
        build(self.site, clean, Options())
        assert tree(incremental) == tree(clean)
        shutil.rmtree(clean)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder with their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# A step builds a site twice, so that this law gets fewer examples than the others.
Edits.TestCase.settings = settings(
    stateful_step_count=12, max_examples=max(20, settings().max_examples // 5)
)
TestEdits = pytest.mark.property(Edits.TestCase)
