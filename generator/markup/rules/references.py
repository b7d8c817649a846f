r"""Commands that point elsewhere: citations and references, `\href` and `\url`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.markup.context import context, scan, tokenize
from generator.markup.rules.links import add_link, can_link, unescaped
from generator.markup.symbols import names

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_CITATION = re.compile(
    r"(?:no|paren|text|auto|foot|full|super|smart)?[Cc]ite"
    r"(?:s|p|t|alp|alt|al|author|year|yearpar|num|title|n)?\Z"
)
_REFERENCE = re.compile(r"(?:eq|c|C|auto|page|name|v|sub)?ref\Z")
_SILENT = names("vspace label pagestyle thanks index footnotemark color")
_OPTIONAL = re.compile(r"\*?\s*(?:\[[^\[\]]*\]\s*){0,2}")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:[:/?#]|\Z)")
_MAILBOX = re.compile(r"[^\s@:/]+@[^\s@:/]+\.[A-Za-z]{2,}\Z")


def points_elsewhere(name: str) -> bool:
    """Say whether a command is a citation, a reference, or a mark that shows nothing."""
    return bool(name in _SILENT or _CITATION.match(name) or _REFERENCE.match(name))


def reference(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    """Leave out a citation or a reference, with the tie before it; return where it ends."""
    start = after - len(name) - 1
    options = _OPTIONAL.match(state.src, after, state.posMax)
    argument = scan(state).argument(options.end() if options else after, state.posMax)
    if argument is None and name != "footnotemark":
        return -1
    end = argument[1] + 1 if argument else after
    if silent:
        return end
    if name not in _SILENT:
        shown = state.src[start:end]
        state.pending = state.pending.rstrip(" \u00a0\n" + "~" * (state.src[start - 1] == "~"))
        if state.pending.endswith(("(", "[")) and state.src[end : end + 1] in {")", "]"}:
            state.pending = state.pending[:-1].rstrip(" \u00a0")
            end += 1
        context(state).report(
            state,
            start,
            f"The command '{shown}' is left out, because it points to something "
            "that is not in this text.",
            "Take it out, or write in words what it refers to.",
        )
    return end


def address(state: StateInline, name: str, after: int, *, silent: bool) -> int:
    r"""Read `\url{u}` and `\href{u}{text}`, and return where it ends, or -1."""
    found = scan(state)
    first = found.argument(after, state.posMax)
    if first is None:
        return -1
    target = unescaped("".join(state.src[slice(*first)].split()))
    shown = target
    second = found.argument(first[1] + 1, state.posMax) if name == "href" else None
    end = (second or first)[1] + 1
    if silent:
        return end
    if _DOMAIN.match(target):
        target = f"https://{target}"
    elif _MAILBOX.match(target):
        target = f"mailto:{target}"
    if state.linkLevel or name not in {"href", "url"} or not can_link(state, target):
        _without_link(state, name, after, shown, second)
    elif second is None:
        add_link(state, target, shown)
    else:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(target)}
        state.linkLevel += 1
        tokenize(state, *second)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
    return end


def _without_link(
    state: StateInline, name: str, after: int, shown: str, second: tuple[int, int] | None
) -> None:
    """Show the text of a link whose target is not allowed, and say so."""
    if second is None:
        state.append_pending(shown)
    else:
        tokenize(state, *second)
    if name in {"href", "url"} and not state.linkLevel:
        context(state).report(
            state,
            after - len(name) - 1,
            f"The link to '{shown}' is shown as text, because its target is not a web address.",
            "Give the whole address, beginning with https:// or http:// or mailto:.",
        )
