"""The static files of a site: style sheets, scripts, icons, fonts; its own over the built-in ones.

Each gets a name that holds its fingerprint, so that browsers may keep it for ever.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator import overlay
from generator.diagnostics import nearest
from generator.inputs import digest
from generator.source import Location, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.config import Theme as Tokens
    from generator.diagnostics import Diagnostics
    from generator.site import Token


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file: its name in the theme, its path in the site, and its bytes."""

    name: str
    path: str
    data: bytes


def read(root: Path, tokens: Tokens, found: Diagnostics) -> tuple[Asset, ...]:
    """Read the static files, those of the site over the built-in ones of the same name.

    Scripts and style sheets name other files by their new names.
    """
    builtin, own = overlay.read(root, "static", found)
    files = builtin | own
    for name, data in builtin.items():
        if name.endswith(".js") and files[name] == data:
            files[name] = _JS_COMMENT.sub(b"", data)
    for name, data in own.items():
        if name.endswith(".css"):
            _warn_of_missing(
                Source(f"static/{name}", data.decode("utf-8", "replace")), files, found
            )
    if theme := _theme_css(tokens):
        files[_VALUES] = theme
    made: dict[str, Asset] = {}
    waiting = dict(sorted(files.items()))
    while waiting:
        # A script or a style sheet comes after all that it names, since it must hold their names.
        free = [name for name in waiting if not _named(name, waiting)] or list(waiting)
        for name in free:
            data = _with_new_names(name, waiting[name], made, found)
            made[name] = Asset(name, _fingerprinted(name, data), data)
        waiting = {name: data for name, data in waiting.items() if name not in made}
    return tuple(made[name] for name in sorted(made))


_VALUES = "theme.css"  # the style sheet of the values that `site.yaml` sets
# A comment on a line of its own. In a script of the site's own it may be a part of a text.
_JS_COMMENT = re.compile(rb"^[ ]*// .*\n", re.MULTILINE)


def style_sheets(assets: Iterable[Asset]) -> tuple[str, ...]:
    """Return the paths of the style sheets in order: the theme's, its values, the site's own."""
    by_name = {asset.name: asset.path for asset in assets}
    return tuple(by_name[name] for name in ("site.css", _VALUES, "custom.css") if name in by_name)


_SMALL = 600  # bytes: fetching a file takes about as many in headers alone


def icon(assets: Iterable[Asset]) -> str:
    """Return the icon as an address that holds it (RFC 2397), "" where it is no small drawing."""
    drawing = next((one.data for one in assets if one.name == "icon.svg"), b"")
    text = _BETWEEN_TAGS.sub(b"><", drawing.strip())
    return f"data:image/svg+xml,{quote(text, safe='/:=!(),;+')}" if 0 < len(text) <= _SMALL else ""


_BETWEEN_TAGS = re.compile(rb">\s+<")


def _fingerprinted(name: str, data: bytes) -> str:
    stem, extension = posixpath.splitext(name)
    return f"static/{stem}.{digest(data)[:10]}{extension}"


# How a file names another one beside it. A style sheet may do so in `@import` without `url()` (CSS
# Cascading and Inheritance Level 4, section 2). A module does so in `import`, in `import()` and in
# `new URL(…, import.meta.url)`, with `./` or `../` before the name.
_CSS_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|https?:|/|#)(?P<file>[^'\")?#]+)([^'\")]*)\1\s*\)")
_CSS_NAME = re.compile(
    r"(?:\burl\(\s*['\"]?|@import\s+['\"])(?!data:|https?:|/|#)(?P<file>[^'\")?#]+)"
)
_NAMES = {".css": _CSS_NAME, ".js": re.compile(r"(['\"])(?P<file>\.\.?/[\w./-]+\.\w+)\1")}


def _warn_of_missing(sheet: Source, files: Mapping[str, bytes], found: Diagnostics) -> None:
    """Warn of files that a style sheet of the site's own names, and that are not in `static`."""
    text = _CSS_COMMENT.sub(lambda it: it[1] or re.sub(r"[^\n]", " ", it[0]), sheet.text)
    for match in _CSS_NAME.finditer(text):
        name = _beside(sheet.path.removeprefix("static/"), match["file"])
        if name not in files and not name.startswith("..") and ":" not in name:
            close = nearest(name, files)
            found.warning(
                sheet.location_at(match.start("file")),
                f"The style sheet names '{match['file']}', and there is no such file in 'static'.",
                f"Did you mean '{close}'?" if close else "Add the file, or correct its name.",
            )


def _named(name: str, among: Mapping[str, bytes]) -> set[str]:
    """Return which of some files a script or a style sheet names, itself left out."""
    pattern = _NAMES.get(posixpath.splitext(name)[1])
    if pattern is None:
        return set()
    text = among[name].decode("utf-8", "replace")
    return {_beside(name, match["file"]) for match in pattern.finditer(text)} & {*among} - {name}


def _beside(name: str, way: str) -> str:
    """Return the name of the file to which a way leads from another one."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), way))


def _with_new_names(name: str, data: bytes, made: Mapping[str, Asset], found: Diagnostics) -> bytes:
    """Return a script or a style sheet in which the files it names have their new names."""
    pattern = _NAMES.get(posixpath.splitext(name)[1])
    if pattern is None:
        return data

    def renamed(match: re.Match[str]) -> str:
        known = made.get(_beside(name, match["file"]))
        if known is None:
            return match[0]
        way = posixpath.relpath(known.path, posixpath.dirname(f"static/{name}"))
        # In a module, what does not begin with a dot would be no file.
        way = f"./{way}" if match["file"].startswith("./") else way
        return match[0].replace(match["file"], way)

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        kind = "style sheet" if name.endswith(".css") else "script"
        message = f"The {kind} is not UTF-8."
        found.error(Location(f"static/{name}"), message, "Save the file as UTF-8 in your editor.")
        return data
    text = _compact(text) if name.endswith(".css") else text
    return pattern.sub(renamed, text).encode("utf-8")


# Within a string or an unquoted address, what looks like a comment is none (CSS Syntax Level 3,
# sections 4.3.5 and 4.3.6). One that begins with `!` is there for the reader of what is published.
_KEPT = (
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\burl\(\s*[^"'\s)][^)]*\)|/\*!.*?\*/"""
    r"|\\[0-9a-fA-F]{1,6}\s?)"
)
_CSS_COMMENT = re.compile(rf"{_KEPT}|/\*.*?\*/\s*", re.DOTALL)
# Around these, and after a colon, spaces mean nothing, in selectors and in values alike.
_CSS_SPACE = re.compile(rf"{_KEPT}|[;\s]*(}})\s*|\s*([{{;,])\s*|(:)\s+|\s+", re.DOTALL)


def _compact(css: str) -> str:
    """Return a style sheet as browsers need it: comments and lines are for who reads the source."""
    css = _CSS_COMMENT.sub(lambda match: match[1] or " ", css)
    css = _CSS_SPACE.sub(lambda match: next(filter(None, match.groups()), " "), css)
    return css.strip()


_FONT_FACE = re.compile(r"@font-face\s*{[^}]*}\s*")


def standing_alone(css: str, root: str) -> str:
    """Return a style sheet that is to stand in a page, with addresses from the site's root.

    It brings no fonts along, which such a page, shown at any depth, would ask of another address.
    """
    css = _FONT_FACE.sub("", css)
    return _CSS_URL.sub(lambda match: f'url("{root}static/{match[2]}{match[3]}")', css)


def hash_source(text: str) -> str:
    """Return what lets a style stand in a page (Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_PROPERTY = re.compile(r"--([a-z][a-z0-9-]*)")


def refuse_unknown(tokens: Sequence[Token], assets: Iterable[Asset], found: Diagnostics) -> None:
    """Report values of the theme that no style sheet knows, and no other value.

    The site's own style sheets may have values of their own.
    """
    sheets = (one for one in assets if one.name.endswith(".css") and one.name != _VALUES)
    texts = [
        *(one.data.decode("utf-8", "replace") for one in sheets),
        *(one.value for one in tokens),
    ]
    known = dict.fromkeys(_PROPERTY.findall("\n".join(texts)))
    for one in tokens:
        if one.name not in known:
            close = nearest(one.name, known)
            found.error(
                one.location,
                f"The theme has no value '{one.name}'.",
                f"Did you mean '{close}'?"
                if close
                else f"The known ones are: {', '.join(sorted(known))}.",
            )


def _theme_css(tokens: Tokens) -> bytes:
    """Return the style sheet that sets the custom properties named in `site.yaml`."""

    def block(values: Mapping[str, str]) -> str:
        return "".join(f"--{name}:{value};" for name, value in sorted(values.items()))

    css = f":root{{{block(tokens.all)}}}\n" if tokens.all else ""
    if tokens.light:
        css += f"@media not (prefers-color-scheme:dark){{:root{{{block(tokens.light)}}}}}\n"
    if tokens.dark:
        css += f"@media (prefers-color-scheme:dark){{:root{{{block(tokens.dark)}}}}}\n"
    return css.encode()
