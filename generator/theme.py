"""The theme: the templates, the site's over the built-in ones, and the fingerprints of pages."""

from __future__ import annotations

import json
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import jinja2
from markupsafe import Markup

from generator import assets, machines
from generator.cache import Cache
from generator.closures import Closures
from generator.compiled import Compiled
from generator.diagnostics import BuildError
from generator.formats.files import FORMATS
from generator.inputs import digest
from generator.pages.kinds.page import Page, TemplatePage
from generator.pages.kinds.parts import (
    ROOT,
    AtomEntry,
    Card,
    Cited,
    Fragment,
    Header,
    SearchIndex,
    Shared,
)
from generator.pages.kinds.programs import CitationFile, JsonFeedPage, SocialCard
from generator.paper import Paper
from generator.pieces import Pieces
from generator.source import Location
from generator.templatefaults import MissingFileError, explaining

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from generator.templates import Template

S = TypeVar("S", bound=Shared)

_HELD = 1000  # values of which it is known what is made of them


def _known(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise MissingFileError(f"there is no static file '{name}'")
    return files[name]


def _called(macro: Callable[..., Markup], *values: object) -> Markup:
    """Return what a macro makes of values; a template's `once(macro, …)` keeps it for all pages."""
    return macro(*values)


def _values(value: object) -> Any:  # noqa: ANN401 - anything that JSON can hold
    """Return a value of the plan as JSON sees it."""
    if isinstance(value, Paper):
        return value.model_dump_json()
    return _fields_of(type(value))(value)  # type: ignore[arg-type]  # mypy: classes have no hash


@cache
def _fields_of(kind: type[Any]) -> Callable[[object], Any]:
    """Return what reads all fields of a kind of value at once, as is done for every value."""
    assert is_dataclass(kind)
    names = [one.name for one in fields(kind)]
    # Of a single name, Python's own reader gives the value alone.
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, names[0])]


class _Environment(jinja2.Environment):
    """An environment in which no template has globals of its own.

    Jinja compares them at every import, and is slow to find that there are none.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


@dataclass(slots=True)
class Theme:
    """Renders pages, and tells whether a page must be rendered: its fingerprint."""

    templates: Mapping[str, Template]
    header: Header
    inline: Mapping[str, str] = field(default_factory=dict)
    compiled: Compiled = field(default_factory=lambda: Compiled(Cache()))
    pieces: Pieces = field(default_factory=Pieces)
    _environment: jinja2.Environment = field(init=False)
    _header_digest: str = field(init=False)
    closures: Closures = field(init=False)
    _at_hand: OrderedDict[int, tuple[Shared, dict[str, str]]] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self._environment = _Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=jinja2.select_autoescape(("html", "xml")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # a theme is made for one build
            bytecode_cache=self.compiled,
        )
        self.closures = Closures(self._environment, self.templates, self.compiled)
        paths = dict(self.header.assets)
        self._environment.globals.update(
            site=self.header,
            root=ROOT,
            asset=lambda name: ROOT + _known(paths, name),
            inline=self._inline,
            once=cache(_called),
        )
        self._environment.filters.update(
            render=self.fragment,
            hash_source=lambda text: Markup(assets.hash_source(text)),  # noqa: S704 - base64 in quotes
            number="{:,}".format,
            bibtex=self._bibtex,
            coins=self._coins,
            citations=machines.references,
            highwire=machines.highwire_tags,
            signposts=machines.signposts,
            open_graph=lambda page: machines.open_graph(page, self.header),
            linked_data=lambda page: machines.linked_data(page, self.header),
        )
        self._header_digest = digest(json.dumps(self.header, default=_values).encode())

    @property
    def digest(self) -> str:
        """The digest of all that any page may follow from beside its fields."""
        texts = (f"{name} {digest(one.data)}" for name, one in sorted(self.templates.items()))
        return digest("\n".join([self._header_digest, *texts]).encode())

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what it is made of again in another process."""
        return Theme, (self.templates, self.header, self.inline)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Return the text of a template and its file, as jinja2 asks for it."""
        one = self.templates.get(name)
        return (one.data.decode("utf-8"), one.path, None) if one else None

    def _inline(self, name: str, root: str) -> Markup:
        """Return a style sheet to stand in a page, given the way from there to the root."""
        return Markup(assets.standing_alone(_known(self.inline, name), root))  # noqa: S704 - a theme's

    def fingerprint(self, page: Page | Shared) -> str:
        """Return the digest of what a page follows from: its template, its fields, the header."""
        text = json.dumps(
            [self._maker(page), page.mark or _values(page)],
            # Of a feed in JSON the template of the other feeds makes nothing.
            default=self._entry if isinstance(page, JsonFeedPage) else self._nested,
            ensure_ascii=False,
        )
        return digest(text.encode())

    def _entry(self, value: object) -> Any:  # noqa: ANN401 - anything that JSON can hold
        assert isinstance(value, AtomEntry)
        return value.mark or self._nested(value.entry)

    def _nested(self, value: object) -> Any:  # noqa: ANN401 - anything that JSON can hold
        if not isinstance(value, Shared):
            return _values(value)
        if mark := value.mark:
            return [*self._maker(value), mark]
        return self._once(value, "fingerprint", self.fingerprint)

    def makers(self) -> dict[str, str]:
        """Return what makes the pages that were asked for, in words, each with its digest."""
        templates = {f"the template {name}": one for name, one in self.closures.digests.items()}
        return {"what all pages share": self._header_digest} | templates

    def makers_of(self, page: Page) -> list[str]:
        """Return what makes a page beside its fields, as `makers` names it."""
        if isinstance(page, TemplatePage):
            return ["what all pages share", f"the template {page.template}"]
        return ["what all pages share"] if isinstance(page, JsonFeedPage) else []

    def _maker(self, page: Page | Shared) -> tuple[str, ...]:
        """Return the digests of what makes a page: template and header, or the program alone."""
        if isinstance(page, TemplatePage | Fragment):
            return self._header_digest, self.closures.digest(page.template)
        if isinstance(page, SocialCard):
            from generator.cards import drawing  # noqa: PLC0415 - only sites with cards need Pillow

            return (drawing.maker(),)
        if isinstance(page, SearchIndex):
            return tuple(map(self.closures.digest, page.templates))
        return (self._header_digest,) if isinstance(page, JsonFeedPage) else ()

    def compile(self) -> None:
        """Compile all templates, so that they are kept, and forked processes need not do it.

        A fault is told by the page that shows it.
        """
        for kind in _kinds(TemplatePage, Fragment):
            with suppress(BuildError):
                self.closures.digest(kind.template)
        for name in self.closures.used():
            with suppress(jinja2.TemplateError, UnicodeDecodeError):
                self._environment.get_template(name)

    def file(self, page: Page) -> bytes:
        """Return the bytes of a page's file. Raises BuildError as `render` does."""
        if isinstance(page, SocialCard):
            from generator.cards import drawing  # noqa: PLC0415 - only sites with cards need Pillow

            return drawing.draw(page)
        return self.render(page).encode()

    def render(self, page: Page) -> str:
        """Return the text of a page. Raises BuildError with the template's line and the page."""
        if isinstance(page, CitationFile):
            write = partial(machines.record, page.format)
            records = (self._written(page.format, one, write) for one in page.cited)
            return FORMATS[page.format].join(records)
        if isinstance(page, JsonFeedPage):
            items = map(self._item, page.entries)
            return machines.json_feed(page, self.header, items)
        assert isinstance(page, TemplatePage)
        at = Location(f"templates/{page.template}")
        with explaining(self.templates, at, f" The page being made is /{page.path}."):
            text = self._environment.get_template(page.template).render(page=page)
        return text.replace(ROOT, page.root)

    def _written(self, form: str, value: S, write: Callable[[S], str]) -> str:
        """Return what a format makes of a value, written once for all files."""
        if value.kept and (mark := value.mark):
            return self._piece(mark, form, lambda: write(value))
        return self._once(value, form, write)

    def _once(self, value: S, name: str, make: Callable[[S], str]) -> str:
        """Return what is made of a value, once for pages that lie together."""
        held = self._at_hand.get(id(value))
        if held is None:  # and as long as it is held, no other value can have its id
            if len(self._at_hand) >= _HELD:
                self._at_hand.popitem(last=False)
            held = self._at_hand[id(value)] = value, {}
        texts = held[1]
        if name not in texts:
            texts[name] = make(value)
        return texts[name]

    def _piece(self, mark: str, name: str, make: Callable[[], str]) -> str:
        known = self.pieces.get(mark, name)
        if known is None:
            known = make()
            self.pieces.put(mark, name, str(known))
        return known

    def _item(self, entry: AtomEntry) -> str:
        """Return a paper as JSON Feeds have it, written once for all of them."""
        return self._written(f"item {self._header_digest}", entry, machines.json_item)

    def _bibtex(self, cited: Cited) -> str:
        """Return a paper as BibTeX to be copied, written once for its pages."""
        return self._written("snippet", cited, machines.snippet)

    def _coins(self, cited: Cited) -> str:
        """Return what tells reference managers of a paper in a list, written once for all lists."""
        return self._written("coins", cited, machines.open_url)

    def fragment(self, fragment: Fragment) -> Markup:
        """Return the HTML of a fragment, rendered once; links in it wait for the page's depth."""
        name = " ".join((fragment.template, *self._maker(fragment)))
        text = self._written(name, fragment, self._rendered)
        return text if isinstance(text, Markup) else Markup(text)  # noqa: S704 - as it was rendered

    def _rendered(self, fragment: Fragment) -> Markup:
        text = self._environment.get_template(fragment.template).render(fragment=fragment)
        return Markup(text)  # noqa: S704 - autoescaped by the template

    def prepare(self, card: Card, entry: AtomEntry, cited: Cited) -> None:
        """Make all that lists show of a paper; a fault is told by the page that shows it."""
        with suppress(Exception):
            self.fragment(card)
        with suppress(Exception):
            self.fragment(entry)
        self._item(entry)
        self._coins(cited)
        for form in FORMATS:
            self._written(form, cited, partial(machines.record, form))


def _kinds(*roots: type[Any]) -> Iterator[type[Any]]:
    """Yield the kinds of values that name a template."""
    for root in roots:
        for kind in root.__subclasses__():
            yield from _kinds(kind)
            if hasattr(kind, "template"):
                yield kind
