"""The theme: the templates, the site's over the built-in ones, and the fingerprints of pages."""

from __future__ import annotations

import json
import re
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import jinja2
from jinja2 import meta, nodes
from markupsafe import Markup

from generator import assets, machines
from generator.cache import Cache
from generator.compiled import Compiled
from generator.diagnostics import BuildError, Diagnostic, Severity
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from generator.compiled import References
    from generator.templates import Template

S = TypeVar("S", bound=Shared)

_HELD = 1000  # values of which it is known what is made of them


class MissingFileError(LookupError):
    """A template asks for a static file that is not there."""


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
    _closures: dict[str, str] = field(default_factory=dict)
    _at_hand: dict[int, tuple[Shared, dict[str, str]]] = field(default_factory=dict)

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
        templates = {f"the template {name}": one for name, one in self._closures.items()}
        return {"what all pages share": self._header_digest} | templates

    def makers_of(self, page: Page) -> list[str]:
        """Return what makes a page beside its fields, as `makers` names it."""
        if isinstance(page, TemplatePage):
            return ["what all pages share", f"the template {page.template}"]
        return ["what all pages share"] if isinstance(page, JsonFeedPage) else []

    def _maker(self, page: Page | Shared) -> tuple[str, ...]:
        """Return the digests of what makes a page: template and header, or the program alone."""
        if isinstance(page, TemplatePage | Fragment):
            return self._header_digest, self._closure(page.template)
        if isinstance(page, SocialCard):
            from generator.cards import drawing  # noqa: PLC0415 - only sites with cards need Pillow

            return (drawing.maker(),)
        if isinstance(page, SearchIndex):
            return tuple(map(self._closure, page.templates))
        return (self._header_digest,) if isinstance(page, JsonFeedPage) else ()

    def _closure(self, name: str) -> str:
        """Return the digest of a template with all that it extends, includes and imports."""
        if name not in self._closures:
            texts: dict[str, str] = {}
            self._collect(name, texts)
            self._closures[name] = digest(json.dumps(sorted(texts.items())).encode())
        return self._closures[name]

    def used(self) -> set[str]:
        """Return the templates of which the pages so far are made, with all that those need."""
        texts: dict[str, str] = {}
        for name in self._closures:
            self._collect(name, texts)
        return set(texts)

    def compile(self) -> None:
        """Compile all templates, so that they are kept, and forked processes need not do it.

        A fault is told by the page that shows it.
        """
        for kind in _kinds(TemplatePage, Fragment):
            with suppress(BuildError):
                self._closure(kind.template)
        for name in self.used():
            with suppress(jinja2.TemplateError, UnicodeDecodeError):
                self._environment.get_template(name)

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
        with self._explaining(needed or Location(f"templates/{name}")):
            text, path = self._source(name)
            read = partial(self._references, text, name, path)
            references = self.compiled.references(path or name, text, read)
        texts[name] = text
        for reference, line in references:
            at = self._line(path or name, line)
            if reference is None:
                raise _failure(
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
            raise _failure(at, "The template is not UTF-8.", _UTF8_HELP) from error
        return text, path

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
        with self._explaining(at, f" The page being made is /{page.path}."):
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
                del self._at_hand[next(iter(self._at_hand))]
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

    @contextmanager
    def _explaining(self, at: Location, context: str = "") -> Iterator[None]:
        """Turn whatever goes wrong in a template into a diagnostic, with its own place if known."""
        try:
            yield
        except BuildError:
            raise
        except jinja2.TemplateSyntaxError as error:
            at = self._line(error.filename, error.lineno) if error.filename else at
            raise _failure(at, f"{_reason(error.message or '')}{context}", _SYNTAX_HELP) from error
        except jinja2.TemplateNotFound as error:
            message = f"There is no template '{error.name}'.{context}"
            way_out = "Correct the name, or add the file to 'templates'."
            raise _failure(at, message, way_out) from error
        except Exception as error:
            # A template is the maintainer's program: it may raise anything.
            frames = traceback.extract_tb(error.__traceback__)
            own = next((one for one in reversed(frames) if self._file(one.filename)), None)
            if own is None:
                raise
            at = self._line(own.filename, own.lineno or 0)
            reason = _reason(str(error) or type(error).__name__)
            way_out = _STATIC_HELP if isinstance(error, MissingFileError) else _FIELDS_HELP
            if isinstance(error, RecursionError):
                reason, way_out = "The template is within itself.", _WITHIN_HELP
            raise _failure(at, f"{reason}{context}", way_out) from error

    def _file(self, path: str) -> Template | None:
        return next((one for one in self.templates.values() if one.path == path), None)

    def _line(self, path: str, line: int) -> Location:
        file = self._file(path)
        return Location(path, line, 0, file.line(line) if file else "")


def _kinds(*roots: type[Any]) -> Iterator[type[Any]]:
    """Yield the kinds of values that name a template."""
    for root in roots:
        for kind in root.__subclasses__():
            yield from _kinds(kind)
            if hasattr(kind, "template"):
                yield kind


_SYNTAX_HELP = (
    "Correct the template; https://jinja.palletsprojects.com/templates/ tells the syntax."
)
_WITHIN_HELP = (
    "A template that changes a built-in one names it 'builtin/…', such as builtin/page.html."
)
_FIELDS_HELP = "The README lists what a template may read; compare with the built-in template."


_STATIC_HELP = "Correct the name, or add the file to 'static'."
_UTF8_HELP = "Save the file as UTF-8 in your editor."
_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
# Jinja names the class of a page; where it lies, and that it is made when it is looked at, is a
# program's affair.
_CLASS = re.compile(r"'generator\.[\w.]*?(?:_Later)?(\w+) object' has no attribute '([^']*)'")


def _reason(text: str) -> str:
    """Return what went wrong as a sentence."""
    text = _CLASS.sub(r"There is no field '\2' in a \1", text).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _failure(at: Location, message: str, help: str) -> BuildError:  # noqa: A002 - the word users see
    return BuildError([Diagnostic(at, Severity.ERROR, message, help)])
