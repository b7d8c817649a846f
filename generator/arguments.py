"""The command line: which commands there are, and what each of them may be told."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """Return the parser; what it gives names the command that is asked for as `command`."""
    program = _Parser(
        prog="offprint", description="A static site generator for publications pages."
    )
    program.add_argument("--version", action="version", version=f"offprint {__version__}")
    commands = program.add_subparsers(required=True, dest="command", metavar="COMMAND")

    _add_build(commands.add_parser("build", help="build the site into a folder"))

    check = commands.add_parser("check", help="report every fault of the content; write nothing")
    _add_source(check)
    check.add_argument("--drafts", action="store_true", help="look at drafts' pages too")
    check.add_argument(
        "--site",
        type=Path,
        metavar="OUTPUT",
        help="look at a built site instead, as search engines and feed readers do",
    )
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument(
        "--strict", action="store_true", help="fail also when there are only warnings"
    )
    check.add_argument(
        "--report", action="store_true", help="tell also what is no fault, but wants looking after"
    )

    add = commands.add_parser(
        "add", help="add a paper by its arXiv number, its DOI or its address, or a .bib file"
    )
    add.add_argument("reference", help="arxiv:NUMBER, doi:DOI, an address, or a .bib file")
    _add_folder(add)
    add.add_argument("--category", default="", help="its category, where nothing else tells it")
    add.add_argument("--dry-run", action="store_true", help="show the entry; write nothing")

    new = commands.add_parser("new", help="make an entry in which every field is explained")
    new.add_argument("title", help="the paper's title")
    _add_folder(new)

    init = commands.add_parser("init", help="make a new site in a folder")
    init.add_argument("folder", type=Path, help="where to; it need not exist")

    _add_for_maintainers(commands)

    serve = commands.add_parser(
        "serve", help="show the site in a browser, and again when it changes"
    )
    _add_source(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    serve.add_argument("--open", action="store_true", help="open the browser")
    serve.add_argument(
        "--drafts",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="show drafts too, which is what it does",
    )
    serve.add_argument(
        "--poll",
        action="store_true",
        help="look for changes again and again, for folders of other machines, as on NFS",
    )
    return program


class _Parser(argparse.ArgumentParser):
    """A parser that says what a mistyped command or option may have been meant to be."""

    def parse_known_args(  # type: ignore[override]  # the base class's three ways in one
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Refuse what is not known here, where the options of the command are."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what may have been meant, and exit with status 2."""
        from generator.diagnostics import nearest  # noqa: PLC0415 - only a mistake needs it

        typed = re.search(r"(?:invalid choice: '|unrecognized arguments: )([\w-]+)", message)
        known = re.findall(r"'([\w-]+)'", message.partition("choose from")[2])
        close = nearest(typed[1], known or self._option_string_actions) if typed else None
        super().error(f"{message}. Did you mean '{close}'?" if close else message)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", type=Path, default=Path(), help="the folder that holds 'content' (this one)"
    )


def _add_build(build: argparse.ArgumentParser) -> None:
    _add_source(build)
    build.add_argument("--output", type=Path, default=Path("public"), help="where to (public)")
    build.add_argument("--drafts", action="store_true", help="publish drafts too")
    build.add_argument(
        "--force", action="store_true", help="render every page, also unchanged ones"
    )
    build.add_argument("--jobs", type=_positive, help="processes to use (one for each core)")
    build.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="let this Dask cluster render the pages"
    )
    build.add_argument("--strict", action="store_true", help="refuse to build with warnings")
    build.add_argument(
        "--changes", type=_new_file, help="list here what was written (+) and removed (-)"
    )
    telling = build.add_mutually_exclusive_group()
    telling.add_argument(
        "--quiet", action="store_true", help="tell nothing but errors and warnings"
    )
    telling.add_argument(
        "--verbose", action="store_true", help="tell of each page why it was rendered"
    )


def _add_for_maintainers(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add what serves a site in the long run, beside building it."""
    record = commands.add_parser(
        "record", help="write the addresses of the site down, so that none of them is ever lost"
    )
    _add_source(record)

    diff = commands.add_parser(
        "diff", help="tell in Markdown what differs between two outputs, broken addresses first"
    )
    diff.add_argument("old", type=Path, help="the output folder as it was")
    diff.add_argument("new", type=Path, help="the output folder as it is")

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of an entry on this site, for editors"
    )
    _add_folder(schema)


def _add_source(parser: argparse.ArgumentParser) -> None:
    _add_folder(parser)
    parser.add_argument(
        "--base-url", type=_base_url, help="where it is published, instead of 'url:'"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not '{text}'")
    return int(text)


def _new_file(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"'{text}' is no file in a folder that exists")
    return path


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise argparse.ArgumentTypeError(f"must be a number from 1 to 65535, not '{text}'")
    return int(text)


def _base_url(text: str) -> str:
    from generator.config import base_url  # noqa: PLC0415 - only this option needs it

    address = base_url(text)
    if address is None:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no address such as https://example.org/papers/"
        )
    return address
