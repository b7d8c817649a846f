"""The closure of a template: all that it extends, includes and imports."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import meta, nodes

from generator.inputs import digest
from generator.source import Location
from generator.templatefaults import explaining, failure, line_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from generator.compiled import Compiled, References
    from generator.templates import Templates

_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_UTF8_HELP = "Save the file as UTF-8 in your editor."


class Closures:
    """The closures of the templates of a theme, each read when it is first asked for.

    What is wrong with a template raises BuildError wherever its closure is asked for.
    """

    def __init__(
        self, environment: jinja2.Environment, templates: Templates, compiled: Compiled
    ) -> None:
        self._environment = environment
        self._templates = templates
        self._compiled = compiled
        self._digests: dict[str, str] = {}

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of those that were asked for."""
        return self._digests

    def digest(self, name: str) -> str:
        """Return the digest of a template with all that it extends, includes and imports."""
        if name not in self._digests:
            texts: dict[str, str] = {}
            self._collect(name, texts)
            self._digests[name] = digest(json.dumps(sorted(texts.items())).encode())
        return self._digests[name]

    def used(self) -> set[str]:
        """Return the templates of which the pages so far are made, with all that those need."""
        texts: dict[str, str] = {}
        for name in self._digests:
            self._collect(name, texts)
        return set(texts)

    def idle_blocks(self, name: str) -> list[str]:
        """Return the blocks of a template that no template which it extends has."""
        own = self._environment.parse(self._source(name)[0])
        blocks = [one.name for one in own.body if isinstance(one, nodes.Block)]
        shown: set[str] = set()
        tree = own
        while parent := tree.find(nodes.Extends):
            assert isinstance(parent.template, nodes.Const)  # any other is refused
            tree = self._environment.parse(self._source(parent.template.value)[0])
            shown |= {one.name for one in tree.find_all(nodes.Block)}
        return [one for one in blocks if one not in shown] if tree is not own else []

    def _collect(self, name: str, texts: dict[str, str], needed: Location | None = None) -> None:
        if name in texts:
            return
        with explaining(self._templates, needed or Location(f"templates/{name}")):
            text, path = self._source(name)
            read = partial(self._references, text, name, path)
            references = self._compiled.references(path or name, text, read)
        texts[name] = text
        for reference, line in references:
            at = line_of(self._templates, path or name, line)
            if reference is None:
                raise failure(
                    at,
                    "This template names another one by a variable.",
                    "Write the name out: a page's templates must be known before it is made.",
                )
            self._collect(reference, texts, at)

    def _references(self, text: str, name: str, path: str | None) -> References:
        tree = self._environment.parse(text, name, path)
        return [
            (reference, node.lineno)
            for node in tree.find_all(_REFERENCES)
            for reference in meta.find_referenced_templates(nodes.Template([node]))
        ]

    def _source(self, name: str) -> tuple[str, str | None]:
        """Return the text of a template and its file."""
        assert self._environment.loader is not None
        try:
            text, path, _ = self._environment.loader.get_source(self._environment, name)
        except UnicodeDecodeError as error:
            at = Location(f"templates/{name}")
            raise failure(at, "The template is not UTF-8.", _UTF8_HELP) from error
        return text, path
