"""Titles and abstracts as publishers give them, in JATS XML or HTML, as Markdown and TeX.

What they deposit is not always well-formed, so it is read as leniently as HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_PARAGRAPHS = frozenset(
    {"p", "sec", "list", "list-item", "title", "div", "disp-formula", "abstract"}
)
_MARKS = {
    "italic": ("*", "*"),
    "i": ("*", "*"),
    "em": ("*", "*"),
    "bold": ("**", "**"),
    "b": ("**", "**"),
    "strong": ("**", "**"),
    "sub": (r"\textsubscript{", "}"),
    "sup": (r"\textsuperscript{", "}"),
    "sc": (r"\textsc{", "}"),
    "scp": (r"\textsc{", "}"),
    "monospace": ("`", "`"),
    "code": ("`", "`"),
}
_FORMS = {
    "msup": "{{{}}}^{{{}}}",
    "msub": "{{{}}}_{{{}}}",
    "msubsup": "{{{}}}_{{{}}}^{{{}}}",
    "mfrac": r"\frac{{{}}}{{{}}}",
    "msqrt": r"\sqrt{{{}}}",
    "mover": r"\overset{{{1}}}{{{0}}}",
    "munder": r"\underset{{{1}}}{{{0}}}",
}
_ARITY = {"msup": 2, "msub": 2, "msubsup": 3, "mfrac": 2, "mover": 2, "munder": 2}
_NO_TITLE = re.compile(r"\s*(?:abstract|summary)\s*[:.]?\s*", re.IGNORECASE)
_IN_MATH = re.compile(r"([%&#$_{}])")
# What would be Markdown here and was only a character there.
_IN_TEXT = re.compile(r"[*`]")


@dataclass(slots=True)
class _Node:
    """An element with what stands in it: texts and elements."""

    tag: str
    children: list[_Node | str] = field(default_factory=list)


def line(source: str) -> str:
    """Return a title as one line."""
    return " ".join(_text(_parse(source)).split())


def paragraphs(source: str) -> str:
    """Return an abstract as paragraphs, without the heading "Abstract"."""
    parts = re.split(r"\n\s*\n", _text(_parse(source)))
    lines = [" ".join(part.split()) for part in parts]
    return "\n\n".join(one for one in lines if one and not _NO_TITLE.fullmatch(one.strip("*")))


class _Reader(HTMLParser):
    """Builds the tree; a tag that closes nothing means nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as HTMLParser calls it
        node = _Node(tag.rpartition(":")[2])
        self.open[-1].children.append(node)
        if node.tag not in {"br", "break", "mspace"} and len(self.open) < _DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as HTMLParser calls it
        self.open[-1].children.append(_Node(tag.rpartition(":")[2]))

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        for i in range(len(self.open) - 1, 0, -1):
            if self.open[i].tag == name:
                del self.open[i:]
                break

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


_DEEPEST = 60


def _parse(source: str) -> _Node:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.open[0]


def _text(node: _Node | str) -> str:
    if isinstance(node, str):
        return _IN_TEXT.sub(r"\\\g<0>", node)
    if node.tag in {"math", "tex-math"}:
        tex = _formula(node) if node.tag == "math" else _tex_math(node)
        return f"${' '.join(tex.split())}$" if tex.strip() else ""
    if node.tag == "alternatives":
        return _text(_best(node))
    inner = "".join(map(_text, node.children))
    words = inner.strip()
    if node.tag == "title" and words:
        inner = f"**{words}**"
    elif node.tag in _MARKS and words:
        before, after = _MARKS[node.tag]
        inner = inner.replace(words, f"{before}{words}{after}")
    return f"\n\n{inner}\n\n" if node.tag in _PARAGRAPHS else inner


def _best(alternatives: _Node) -> _Node | str:
    """Return the one of several forms of a formula that says most: TeX, or else the first."""
    forms = [one for one in alternatives.children if isinstance(one, _Node)]
    return next((one for one in forms if one.tag == "tex-math"), forms[0] if forms else "")


def _tex_math(node: _Node) -> str:
    r"""Return the formula of a `tex-math` element, which may be a whole LaTeX document."""
    document = "".join(one for one in node.children if isinstance(one, str))
    body = re.search(r"\\begin\{document\}(.*?)\\end\{document\}", document, re.DOTALL)
    tex = (body[1] if body else document).strip()
    return re.sub(r"^(\$\$?|\\[(\[])|(\$\$?|\\[)\]])$", "", tex)


def _formula(node: _Node | str) -> str:
    """Return MathML as TeX: the usual elements; of others what stands in them."""
    if isinstance(node, str):
        return _IN_MATH.sub(r"\\\1", node.strip())
    if node.tag in {"annotation", "annotation-xml", "mspace"}:
        return ""
    inner = [
        _formula(one) for one in node.children if not (isinstance(one, str) and not one.strip())
    ]
    if node.tag == "mtext" or (node.tag == "mi" and len("".join(inner)) > 1):
        return rf"\text{{{''.join(inner)}}}"
    form = _FORMS.get(node.tag)
    if form and node.tag == "msqrt":
        return form.format("".join(inner))
    if form and len(inner) == _ARITY[node.tag]:
        return form.format(*inner)
    return "".join(inner)
