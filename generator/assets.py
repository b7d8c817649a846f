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

from generator import overlay
from generator.inputs import digest
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.config import Theme as Tokens
    from generator.diagnostics import Diagnostics


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file: its name in the theme, its path in the site, and its bytes."""

    name: str
    path: str
    data: bytes


def read(root: Path, tokens: Tokens, found: Diagnostics) -> tuple[Asset, ...]:
    """Read the static files, those of the site over the built-in ones of the same name.

    Style sheets are read last, because they name other files, whose new names they must hold.
    """
    builtin, own = overlay.read(root, "static", found)
    files = builtin | own
    if theme := _theme_css(tokens):
        files["theme.css"] = theme
    made: dict[str, Asset] = {}
    for name in sorted(files, key=lambda name: (name.endswith(".css"), name)):
        data = files[name]
        if name.endswith(".css"):
            data = _with_new_names(name, data, made, found)
        made[name] = Asset(name, _fingerprinted(name, data), data)
    return tuple(made[name] for name in sorted(made))


def style_sheets(assets: Iterable[Asset]) -> tuple[str, ...]:
    """Return the paths of the style sheets in order: the theme's, its values, the site's own."""
    by_name = {asset.name: asset.path for asset in assets}
    return tuple(
        by_name[name] for name in ("site.css", "theme.css", "custom.css") if name in by_name
    )


def _fingerprinted(name: str, data: bytes) -> str:
    stem, extension = posixpath.splitext(name)
    return f"static/{stem}.{digest(data)[:10]}{extension}"


_CSS_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|https?:|/|#)([^'\")?#]+)([^'\")]*)\1\s*\)")


def _with_new_names(name: str, data: bytes, made: Mapping[str, Asset], found: Diagnostics) -> bytes:
    """Return a style sheet in which the files it names have their fingerprinted names."""

    def renamed(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        if target not in made:
            return match[0]
        start = posixpath.dirname(f"static/{name}")
        return f'url("{posixpath.relpath(made[target].path, start)}{match[3]}")'

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        message = "The style sheet is not UTF-8."
        found.error(Location(f"static/{name}"), message, "Save the file as UTF-8 in your editor.")
        return data
    return _CSS_URL.sub(renamed, _without_comments(text)).encode("utf-8")


# Within a string or an unquoted address, what looks like a comment is none (CSS Syntax Level 3,
# sections 4.3.5 and 4.3.6). One that begins with `!` is there for the reader of what is published.
_CSS_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\burl\(\s*[^"'\s)][^)]*\)|/\*!.*?\*/)|/\*.*?\*/\s*""",
    re.DOTALL,
)


def _without_comments(css: str) -> str:
    """Return a style sheet as readers' browsers need it: comments are for who reads the source."""
    return _CSS_COMMENT.sub(lambda match: match[1] or " ", css).lstrip(" ")


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
