"""markdown-it with the rules of this reader: CommonMark's inline marks between those of TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, emphasis, entity, newline

from generator.markup import rules
from generator.markup.blocks import displayed_formula
from generator.markup.context import context

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

_HTTP = re.compile(r"https?://[^\s/?#\\][^\s\\]*\Z", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s\\:]+\Z", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:/(?![/\\])|#|\?|[^\s/?#\\:][^/?#\\:]*(?:[/?#]|\Z))[^\\]*\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ORDINARY = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=-]*)?\Z"
)
_BRACES = str.maketrans({"{": "%7B", "}": "%7D"})  # LaTeX would count them
_DEEPEST = 40


class Parser(MarkdownIt):
    """markdown-it with this reader's rules and its ideas of a link."""

    def __init__(self, *, is_document: bool) -> None:
        """Set the rules in their order; a document may also hold images and relative links."""
        super().__init__("zero", {"maxNesting": _DEEPEST, "html": False})
        self._is_document = is_document
        _set_rules(self, [newline, rules.guarded_image] if is_document else [])
        if is_document:
            self.enable(_BLOCKS)
            self.block.ruler.before("table", "formula", displayed_formula, {"alt": _INTERRUPTED})

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Allow the schemes of the list, matched whole, and in documents relative targets."""
        if _HTTP.match(url) or _MAIL.match(url):
            return True
        return self._is_document and not _CONTROL.search(url) and bool(_RELATIVE.match(url))

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Encode an address of the web; a relative one stays as it is, but for braces."""
        if _ORDINARY.match(url):
            return url
        if self._is_document and _RELATIVE.match(url):
            return url.translate(_BRACES)
        try:
            return super().normalizeLink(url)
        except ValueError:
            return ""


_BLOCKS = (
    *("table", "code", "fence", "blockquote", "hr", "list", "reference"),
    *("heading", "lheading", "paragraph"),
)
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


def _set_rules(parser: MarkdownIt, extra: list[Rule]) -> None:
    """Put the inline rules in order: math before escapes, escapes before commands."""
    ruler = parser.inline.ruler
    ruler.at("text", rules.text)
    ruler.enableOnly(["text"])
    in_order: list[Rule] = [
        rules.dollars,
        rules.parentheses,
        rules.accent,
        rules.escape,
        rules.command,
        rules.double_backtick,
        rules.single_backtick,
        rules.straight,
        _outside_code(backtick),
        rules.product,
        _outside_code(emphasis.tokenize),
        rules.guarded_link,
        _outside_code(_outside_link(autolink)),
        _outside_code(entity),
        rules.group,
        rules.tie,
        rules.dashes,
        rules.bare_address,
        *extra,
    ]
    for number, rule in enumerate(in_order):
        ruler.push(f"offprint_{number}", rule)
    parser.inline.ruler2.enable(["balance_pairs", "emphasis", "fragments_join"])


def _outside_code(rule: Rule) -> Rule:
    """Let a rule of Markdown's be, inside a code command."""

    def guarded(state: StateInline, silent: bool) -> bool:
        return not context(state).code and rule(state, silent)

    return guarded


def _outside_link(rule: Rule) -> Rule:
    """Let a rule that makes links be, inside a link."""

    def guarded(state: StateInline, silent: bool) -> bool:
        return not state.linkLevel and rule(state, silent)

    return guarded
