"""The static files: whose file wins, what a file is called, what a style sheet names."""

from __future__ import annotations

import ast
import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from generator import assets, program
from generator.assets import Asset
from generator.config import Theme as Tokens
from generator.diagnostics import Diagnostics
from generator.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the folder of a site."""
    (tmp_path / "site" / "templates").mkdir(parents=True)
    return tmp_path / "site"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that stands for the built-in theme."""
    for name in ("templates", "static"):
        (tmp_path / "builtin" / name).mkdir(parents=True)
    monkeypatch.setattr(program, "builtin", lambda name: tmp_path / "builtin" / name)
    return tmp_path / "builtin"


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)


def read(own: Path, tokens: Tokens | None = None) -> tuple[Asset, ...]:
    """Read the static files of a site, without a fault."""
    found = Diagnostics()
    made = assets.read(own, tokens or Tokens(), found)
    assert not list(found)
    return made


def test_builtin() -> None:
    """The built-in theme lies beside the package, with its templates and static files."""
    assert (program.builtin("templates") / "paper.html").is_file()
    assert (program.builtin("static") / "site.css").is_file()


def test_builtin_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel the built-in theme lies inside the package."""
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
    assert program.builtin("templates") == tmp_path / "templates"
    assert program.builtin("static") == tmp_path.parent / "static"


def test_a_small_icon_stands_in_the_page() -> None:
    """A small drawing is an address by itself, in which nothing has a meaning in HTML."""
    drawing = b'<svg a="#b">\n  <g/>\n</svg>\n'
    address = assets.icon([Asset("icon.svg", "static/icon.svg", drawing)])

    assert address == "data:image/svg+xml,%3Csvg%20a=%22%23b%22%3E%3Cg/%3E%3C/svg%3E"
    assert unquote(address) == 'data:image/svg+xml,<svg a="#b"><g/></svg>'


@pytest.mark.parametrize("size", [0, 601])
def test_a_large_icon_stays_a_file(size: int) -> None:
    """A drawing that is larger than what fetching it takes is a file, as where there is none."""
    assert assets.icon([Asset("icon.svg", "static/icon.svg", b"x" * size)]) == ""
    assert assets.icon([]) == ""


def test_assets(own: Path, built: Path) -> None:
    """The site's files win over the built-in ones, and each has its fingerprint in its name."""
    write(built / "static", {"site.css": "a{}", "js/x.js": "1", "b.svg": "<svg/>"})
    write(own / "static", {"js/x.js": "2", "custom.css": "b{}", "noext": "n"})
    made = {asset.name: asset for asset in read(own)}
    assert sorted(made) == ["b.svg", "custom.css", "js/x.js", "noext", "site.css"]
    assert made["js/x.js"] == Asset("js/x.js", f"static/js/x.{digest(b'2')[:10]}.js", b"2")
    assert made["noext"].path == f"static/noext.{digest(b'n')[:10]}"
    assert assets.style_sheets(made.values()) == (made["site.css"].path, made["custom.css"].path)


def test_no_static_folder(own: Path, built: Path) -> None:
    """A site needs no static files of its own."""
    write(built / "static", {"site.css": "a{}"})
    assert [asset.name for asset in read(own)] == ["site.css"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("site.css", "url(img/a.png)", "url(img/a.{0}.png)"),
        ("site.css", "url( 'img/a.png' )", "url( 'img/a.{0}.png' )"),
        ("site.css", 'url("img/a.png?v=1#x")', 'url("img/a.{0}.png?v=1#x")'),
        ("css/site.css", "url(../img/a.png)", "url(../img/a.{0}.png)"),
        ("img/site.css", "url(a.png)", "url(a.{0}.png)"),
        ("site.css", "url(data:image/png;base64,AA)", "url(data:image/png;base64,AA)"),
        ("site.css", "url(https://x.org/a.png)", "url(https://x.org/a.png)"),
        ("site.css", "url(/img/a.png)", "url(/img/a.png)"),
        ("site.css", "url(#a)", "url(#a)"),
        ("site.css", "url(../../none.png)", "url(../../none.png)"),
    ],
)
def test_urls_in_style_sheets(own: Path, built: Path, name: str, before: str, after: str) -> None:
    """A style sheet names the theme's files by their new names, and all else as it did."""
    write(built / "static", {"img/a.png": "png"})
    write(own / "static", {name: f"a{{background:{before}}}"})
    made = {asset.name: asset for asset in read(own)}
    expected = after.format(digest(b"png")[:10])
    assert made[name].data.decode() == f"a{{background:{expected}}}"


@pytest.mark.parametrize(
    "before",
    ['@import "parts/a.css" screen;', "@import 'parts/a.css';", "@import url(parts/a.css);"],
)
def test_style_sheets_import_others(own: Path, before: str) -> None:
    """A style sheet imports another one by its new name, which changes when that one does."""
    write(own / "static", {"custom.css": before, "parts/a.css": "a{}"})
    old = {asset.name: asset for asset in read(own)}
    write(own / "static", {"parts/a.css": "b{}"})
    new = {asset.name: asset for asset in read(own)}

    for made in (old, new):
        path = made["parts/a.css"].path.removeprefix("static/")
        assert made["custom.css"].data.decode() == before.replace("parts/a.css", path)
    assert old["custom.css"].path != new["custom.css"].path


def test_names_in_modules(own: Path, built: Path) -> None:
    """A module names those it imports by their new names, which change when one of them does."""
    files = {
        "site.js": "import('./parts/a.js'); // 'parts/a.js'",
        "parts/a.js": 'import "./b.js"; import "../c.js"; new URL("../x.css", import.meta.url)',
        "parts/b.js": "import './none.js'",
        "c.js": "1",
        "x.css": "a{}",
    }
    write(built / "static", files)
    made = {asset.name: asset for asset in read(own)}
    paths = {name: asset.path.removeprefix("static/") for name, asset in made.items()}

    assert made["site.js"].data.decode() == f"import('./{paths['parts/a.js']}'); // 'parts/a.js'"
    assert made["parts/a.js"].data.decode() == (
        f'import "./{paths["parts/b.js"].removeprefix("parts/")}"; import "../{paths["c.js"]}"; '
        f'new URL("../{paths["x.css"]}", import.meta.url)'
    )
    assert made["parts/b.js"].data.decode() == files["parts/b.js"]
    write(own / "static", {"c.js": "2"})
    assert {asset.path for asset in read(own)}.isdisjoint(
        asset.path for name, asset in made.items() if name in {"site.js", "parts/a.js", "c.js"}
    )


def test_modules_in_a_circle(own: Path, built: Path) -> None:
    """Modules that import each other are all published, though they cannot all tell new names."""
    write(built / "static", {"a.js": "import './b.js'", "b.js": "import './a.js'", "c.js": ""})
    assert [asset.name for asset in read(own)] == ["a.js", "b.js", "c.js"]


def test_comments_of_scripts(own: Path, built: Path) -> None:
    """The built-in scripts are sent without their comments, a site's own as they are."""
    text = "// why\nlet a = '// b'\n  // c\n"
    write(built / "static", {"a.js": text})
    assert [asset.data.decode() for asset in read(own)] == ["let a = '// b'\n"]
    write(own / "static", {"a.js": f"{text}// d\n"})
    assert [asset.data.decode() for asset in read(own)] == [f"{text}// d\n"]


def test_new_image_gives_a_new_style_sheet(own: Path, built: Path) -> None:
    """When a file changes, the style sheet that names it has a new name too."""
    write(built / "static", {"site.css": "a{background:url(a.png)}", "a.png": "1"})
    before = assets.style_sheets(read(own))
    write(built / "static", {"a.png": "2"})
    assert assets.style_sheets(read(own)) != before


def test_values(own: Path, built: Path) -> None:
    """The values of the settings are a style sheet between the theme's and the site's own."""
    write(built / "static", {"site.css": "a{}"})
    write(own / "static", {"custom.css": "b{}"})
    tokens = Tokens.model_validate(
        {"all": {"c": "2", "b": "1"}, "light": {"a": "red"}, "dark": {"a": "blue"}}
    )
    made = {asset.name: asset for asset in read(own, tokens)}
    assert made["theme.css"].data.decode() == (
        ":root{--b:1;--c:2}"
        "@media not (prefers-color-scheme:dark){:root{--a:red}}"
        "@media (prefers-color-scheme:dark){:root{--a:blue}}"
    )
    assert [path.split(".")[0] for path in assets.style_sheets(made.values())] == [
        "static/site",
        "static/theme",
        "static/custom",
    ]


def test_not_utf_8(own: Path, built: Path) -> None:
    """A style sheet in another encoding is named."""
    assert built.is_dir()
    write(own / "static", {"custom.css": b"\xff"})
    found = Diagnostics()
    assets.read(own, Tokens(), found)
    assert [(one.location.path, one.message) for one in found] == [
        ("static/custom.css", "The style sheet is not UTF-8.")
    ]


def test_unreadable(own: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is named, and so is a folder; the others are read."""
    write(built / "static", {"site.css": "a{}", "deep/x.js": "1"})
    write(own / "static", {"a.js": "1"})
    scandir, opened = os.scandir, os.open

    def refuse_folder(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    def refuse_file(path: str, flags: int) -> int:
        if str(path).endswith("a.js"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(os, "open", refuse_file)
    found = Diagnostics()
    assert [one.name for one in assets.read(own, Tokens(), found)] == ["site.css"]
    assert [str(one.location) + ": " + one.message for one in found] == [
        "static/a.js: The file cannot be read: Permission denied.",
        "static/deep: The folder cannot be read: Permission denied.",
    ]


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("/* The ground */\na { color: red }", "a{color:red}"),
        ("a /* the link */ { color/**/: red; }", "a{color :red}"),
        (
            "a::before { content: '/* no;  comment; } */' }",
            "a::before{content:'/* no;  comment; } */'}",
        ),
        ('a { content: "\\"/*" } /* x */ b {}', 'a{content:"\\"/*"}b{}'),
        ("a { background: url( data:x/*y ) } /* z */", "a{background:url( data:x/*y )}"),
        ("a { background: url('a)/*b') }", "a{background:url('a)/*b')}"),
        ("a { background: url(data:x/*y) }", "a{background:url(data:x/*y)}"),
        ("/*! © us */ a {}", "/*! © us */ a{}"),
        (
            "a :hover,\n  b > c { margin: 0  1px ;\n  top: calc(1px + 2px); }\n",
            "a :hover,b > c{margin:0 1px;top:calc(1px + 2px)}",
        ),
        (".\\31  a { color: red }", ".\\31  a{color:red}"),
        ("@media (min-width: 1px) and (x) { a { } }", "@media (min-width:1px) and (x){a{}}"),
    ],
)
def test_style_sheets_are_published_compact(
    own: Path, built: Path, given: str, published: str
) -> None:
    """Comments and lines are left out of what readers load, but for comments that ask to stay."""
    write(built / "static", {"site.css": given})

    (made,) = read(own)

    assert made.data.decode() == published


def test_style_sheet_tells_what_the_second_math_font_has() -> None:
    """The characters for which browsers ask for the second part of the font are those in it."""
    tree = ast.parse((ROOT / ".ci" / "math_font.py").read_text(encoding="utf-8"))
    assigned = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    rare = [f"{low:X}-{high:X}" for low, high in ast.literal_eval(assigned["RARE"])]
    css = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"U\+([0-9A-F-]+)", css) == rare
