"""Links: bare addresses, and Markdown's own with the targets that are allowed here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import image, link

from generator.markup.context import context

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_FOREIGN = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"://(?:\\[_%#&~$-]|[^\s<>\"`{}|\\^“”‘’«»…—。，、；：）】」》\u00a0])+")
_ESCAPED = re.compile(r"\\([_%#&~${}-])")
_TILDE = re.compile(r"\\textasciitilde(?:\{\}|\s)?|\\~\{\}|\$\\sim\$|\{\\~\}")
_TARGET = re.compile(r"\[[^\]\n]{0,200}\]\(\s*<?([^\s<>()]*[:/][^\s<>()]*)")
_NO_TARGET = re.compile(r"\]\(\s*[)\"'(]")
_TRAILING = ".,;:!?'*"
_PAIRS = {")": "(", "]": "["}
_HTTP = 5
_LONGEST_LABEL = 1_000


def bare_address(state: StateInline, silent: bool) -> bool:
    r"""Read `https://..` as a link, whole, with the marks that end a sentence outside."""
    source, start = state.src, state.pos
    if source[start] != ":" or context(state).code or state.linkLevel:
        return False
    scheme = _SCHEME.search(source, max(0, start - _HTTP - 1), start)
    match = scheme and _ADDRESS.match(source, start, state.posMax)
    if not scheme or not match:
        return False
    rest = _without_trailing(match[0])
    address = unescaped(scheme[0] + rest)
    if not silent and (not state.pending.endswith(scheme[0]) or not can_link(state, address)):
        return False
    if len(rest) <= len("://"):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        add_link(state, address, address)
    state.pos = start + len(rest)
    return True


def guarded_link(state: StateInline, silent: bool) -> bool:
    """Read `[text](target)`, and say so where the target may not be linked to."""
    if state.src[state.pos] != "[" or context(state).code or state.linkLevel:
        return False
    start = state.pos
    if not _is_label(state, start) or _lacks_target(state, start):
        return False
    if link(state, silent):
        return True
    state.pos = start
    target = None if silent else _TARGET.match(state.src, start, state.posMax)
    if target and not can_link(state, target[1]):
        context(state).report(
            state,
            start,
            f"The link to '{target[1]}' is shown as text, because its target is not a web address.",
            "Give the whole address, beginning with https:// or http:// or mailto:.",
        )
    return False


def guarded_image(state: StateInline, silent: bool) -> bool:
    """Read `![text](target)`; one on another host becomes a link, for a page asks nothing of it."""
    source, start = state.src, state.pos
    if source[start] != "!" or context(state).code or not _is_label(state, start):
        return False
    if source[start + 1] != "[" or _lacks_target(state, start + 1):
        return False
    if not image(state, silent):
        return False
    address = "" if silent else str(state.tokens[-1].attrs["src"])
    if _FOREIGN.match(address):
        shown = state.tokens.pop().content or address
        add_link(state, address, shown)
        context(state).report(
            state,
            start,
            f"The image '{address}' lies on another host, so it is shown as a link.",
            "Copy the image into content/pages, and name it by its place there.",
        )
    return True


def _is_label(state: StateInline, start: int) -> bool:
    """Say whether a label can end here; one without an end would be looked for at every bracket."""
    closing = "]" if "references" in state.env else "]("
    return state.src.find(closing, start, min(state.posMax, start + _LONGEST_LABEL)) >= 0


def _lacks_target(state: StateInline, start: int) -> bool:
    """Say whether a label is followed by no target or a title alone: `[x]()`, `[x]("y")`."""
    if not _NO_TARGET.search(state.src, start, min(state.posMax, start + _LONGEST_LABEL)):
        return False
    end = parseLinkLabel(state, start, disableNested=True)
    return end >= 0 and _NO_TARGET.match(state.src, end, state.posMax) is not None


def add_link(state: StateInline, address: str, shown: str) -> None:
    """Add a link whose text is known."""
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(address)}
    token.markup = "autolink"
    state.append_pending(shown)
    state.push("link_close", "a", -1)


def can_link(state: StateInline, address: str) -> bool:
    """Say whether an address may be linked to from here."""
    return state.md.validateLink(state.md.normalizeLink(address))


def unescaped(address: str) -> str:
    r"""Take TeX's escapes out of an address: `fm\_sam` is fm_sam."""
    return _ESCAPED.sub(r"\1", _TILDE.sub("~", address))


def _without_trailing(address: str) -> str:
    """Leave the punctuation of the sentence outside an address."""
    end = len(address)
    surplus = {
        close: address.count(close) - address.count(open_) for close, open_ in _PAIRS.items()
    }
    while end:
        last = address[end - 1]
        if last in _TRAILING:
            end -= 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            break
    return address[:end]
