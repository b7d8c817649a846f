"""Templates compiled by an earlier build: jinja2 takes longer to read them than to fill them in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jinja2

from generator.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.bccache import Bucket

    from generator.cache import Cache

    # What a template extends, includes and imports, each with its line; None: it says a variable.
    References = list[tuple[str | None, int]]


class Compiled(jinja2.BytecodeCache):
    """Keeps what follows from the text of each template, for one version of the program."""

    def __init__(self, cache: Cache, version: str = "") -> None:
        self._cache = cache
        self._version = version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give jinja2 the code of a template; it looks by itself whether it is that of the text."""
        version, code = self._cache.get("template", bucket.key) or ("", b"")
        if version == self._version and code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._cache.put("template", bucket.key, (self._version, bucket.bytecode_to_string()))

    def references(self, name: str, text: str, read: Callable[[], References]) -> References:
        """Return what a template refers to, read only when its text is a new one."""
        origin = digest(json.dumps([self._version, text]).encode())
        known: tuple[str, References] | None = self._cache.get("references", name)
        if known is None or known[0] != origin:
            known = origin, read()
            self._cache.put("references", name, known)
        return known[1]
