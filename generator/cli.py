"""The commands of Offprint, and nothing else."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.diagnostics import Diagnostic


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults in the content, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    for name in ("source", "old", "new"):
        folder = getattr(options, name, None)
        if folder and not folder.is_dir():
            print(f"offprint: there is no folder '{folder}'.", file=sys.stderr)  # noqa: T201
            return 2
    from generator.diagnostics import BuildError  # noqa: PLC0415 - --help and --version need none of this

    try:
        return int(options.run(options))
    except BuildError as error:
        _report(error.diagnostics, getattr(options, "format", "text"))
        return 1
    except KeyboardInterrupt:
        print("offprint: stopped.", file=sys.stderr)  # noqa: T201 - for whoever stopped it
        return 130  # as shells count it: 128 and the number of SIGINT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="offprint", description="A static site generator for publications pages."
    )
    parser.add_argument("--version", action="version", version=f"offprint {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

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
    check.set_defaults(run=_check)

    add = commands.add_parser(
        "add", help="add a paper by its arXiv number, its DOI or its address, or a .bib file"
    )
    add.add_argument("reference", help="arxiv:NUMBER, doi:DOI, an address, or a .bib file")
    _add_folder(add)
    add.add_argument("--category", default="", help="its category, where nothing else tells it")
    add.add_argument("--dry-run", action="store_true", help="show the entry; write nothing")
    add.set_defaults(run=_add)

    new = commands.add_parser("new", help="make an entry in which every field is explained")
    new.add_argument("title", help="the paper's title")
    _add_folder(new)
    new.set_defaults(run=_new)

    init = commands.add_parser("init", help="make a new site in a folder")
    init.add_argument("folder", type=Path, help="where to; it need not exist")
    init.set_defaults(run=_init)

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
    serve.set_defaults(run=_serve)
    return parser


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
    build.set_defaults(run=_build)


def _add_for_maintainers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add what serves a site in the long run, beside building it."""
    record = commands.add_parser(
        "record", help="write the addresses of the site down, so that none of them is ever lost"
    )
    _add_source(record)
    record.set_defaults(run=_record)

    diff = commands.add_parser(
        "diff", help="tell in Markdown what differs between two outputs, broken addresses first"
    )
    diff.add_argument("old", type=Path, help="the output folder as it was")
    diff.add_argument("new", type=Path, help="the output folder as it is")
    diff.set_defaults(run=_diff)

    schema = commands.add_parser(
        "schema", help="print the JSON Schema of an entry on this site, for editors"
    )
    _add_folder(schema)
    schema.set_defaults(run=_schema)


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
    from generator.config import base_url  # noqa: PLC0415 - as above

    address = base_url(text)
    if address is None:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no address such as https://example.org/papers/"
        )
    return address


def _build(options: argparse.Namespace) -> int:
    from generator import progress, workshop  # noqa: PLC0415 - as above
    from generator.build import build  # noqa: PLC0415 - as above
    from generator.diagnostics import plural  # noqa: PLC0415 - as above
    from generator.options import Options  # noqa: PLC0415 - as above

    start = time.perf_counter()
    # A build makes many values and drops few, and the process ends with it.
    gc.disable()
    result = build(
        options.source,
        options.output,
        Options(options.drafts, options.base_url),
        strict=options.strict,
        force=options.force,
        changes=options.changes,
        search=True,
        shop=workshop.opened(
            options.source,
            options.jobs,
            options.cluster,
            progress.Progress() if options.quiet else progress.shown(sys.stderr),
        ),
    )
    _report(result.warnings)
    if options.verbose:
        for file, reason in sorted(result.rendered.items()):
            print(f"{file}: {reason}")  # noqa: T201 - the command's answer
    if options.quiet:
        return 0
    print(  # noqa: T201 - the command's answer
        f"{plural(result.papers, 'paper')}: {plural(len(result.rendered), 'page')} rendered, "
        f"{plural(len(result.written), 'file')} written, {result.unchanged:,} unchanged, "
        f"{len(result.removed):,} removed, "
        f"in {time.perf_counter() - start:.2f} s, to {options.output}"
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.site:
        return _check_site(options)
    from generator.diagnostics import plural  # noqa: PLC0415 - as above
    from generator.edition import check  # noqa: PLC0415 - as above
    from generator.options import Options  # noqa: PLC0415 - as above

    start = Options(options.drafts, options.base_url)
    prepared, found = check(options.source, start, strict=options.strict, report=options.report)
    _report(found, options.format)
    if options.format == "text":
        pages = plural(len(prepared.pages), "page")
        print(f"{plural(prepared.papers, 'paper')}, {pages}: no errors.")  # noqa: T201 - the answer
    return 0


def _add(options: argparse.Namespace) -> int:
    from generator import accession  # noqa: PLC0415 - as above
    from generator.diagnostics import plural  # noqa: PLC0415 - as above
    from generator.importers import references, web  # noqa: PLC0415 - as above

    given = options.reference
    reference = None if given.lower().endswith(".bib") else references.recognize(given)
    if reference is None and not Path(given).is_file():
        missing = f"there is no file '{given}'"
        if not given.lower().endswith(".bib"):
            missing = f"'{given}' holds no arXiv number and no DOI, and there is no such file"
        print(  # noqa: T201 - the answer
            f"offprint: {missing}. "
            "Write one such as arxiv:2212.03827, doi:10.1000/182 or papers.bib.",
            file=sys.stderr,
        )
        return 2
    try:
        if reference is None:
            new = accession.from_bibtex(options.source, Path(given), options.category)
        else:
            new = accession.from_service(options.source, reference, options.category)
        if not options.dry_run:
            new.write()
    except web.ServiceError as error:
        print(f"offprint: {error} {error.help}", file=sys.stderr)  # noqa: T201 - the answer
        return 1
    except accession.CategoryError as error:
        print(f"offprint: {error}", file=sys.stderr)  # noqa: T201 - the answer
        return 2
    except OSError as error:
        print(f"offprint: {error.filename}: {error.strerror}.", file=sys.stderr)  # noqa: T201 - as above
        return 1
    _report(new.warnings)
    for one in new.files:
        print(f"{one.path}\n\n{one.text}" if options.dry_run else one.path)  # noqa: T201 - as above
    done = "would be added" if options.dry_run else "added"
    print(f"{plural(len(new.files), 'paper')} {done}.", file=sys.stderr)  # noqa: T201 - as above
    return 0


def _new(options: argparse.Namespace) -> int:
    from generator import accession  # noqa: PLC0415 - as above

    if not options.title.strip():
        print("offprint: the title is empty.", file=sys.stderr)  # noqa: T201 - the answer
        return 2
    # The one place that looks at the clock: what is written is the maintainer's from then on.
    today = datetime.now().astimezone().date().isoformat()
    made = accession.blank(options.source, options.title, today)
    made.write()
    print(made.files[0].path)  # noqa: T201 - the answer
    return 0


def _init(options: argparse.Namespace) -> int:
    from generator import scaffold  # noqa: PLC0415 - as above

    try:
        made = scaffold.write(options.folder)
    except scaffold.OccupiedError as error:
        print(  # noqa: T201 - the answer
            f"offprint: '{error}' is there already, and is left as it is. Name another folder.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(f"offprint: {error.filename}: {error.strerror}.", file=sys.stderr)  # noqa: T201 - as above
        return 1
    for path in made:
        print((options.folder / path).as_posix())  # noqa: T201 - the answer
    print(  # noqa: T201 - the answer
        f"A site is in {options.folder}. See it with: offprint serve --source {options.folder}\n"
        "Then write your address into content/site.yaml, and replace the two example papers.",
        file=sys.stderr,
    )
    return 0


def _record(options: argparse.Namespace) -> int:
    from generator.diagnostics import plural  # noqa: PLC0415 - as above
    from generator.edition import record  # noqa: PLC0415 - as above
    from generator.options import Options  # noqa: PLC0415 - as above
    from generator.published import FILE  # noqa: PLC0415 - as above

    known, new = record(options.source, Options(base_url=options.base_url))
    print(f"{plural(known, 'address')} in {FILE}, {new:,} of them new.")  # noqa: T201 - the answer
    return 0


def _diff(options: argparse.Namespace) -> int:
    from generator import comparison  # noqa: PLC0415 - as above

    found = comparison.compare(options.old, options.new)
    print(comparison.to_markdown(found))  # noqa: T201 - the answer
    return 1 if found.broken else 0


def _schema(options: argparse.Namespace) -> int:
    from generator import content, schema  # noqa: PLC0415 - as above
    from generator.diagnostics import Diagnostics  # noqa: PLC0415 - as above
    from generator.options import Options  # noqa: PLC0415 - as above

    found = Diagnostics()
    site = content.load(options.source, found, Options())
    # A paper with faults is what a schema is for; faults of the settings would make it wrong.
    settings = [one for one in found if not one.location.path.startswith("content/papers/")]
    Diagnostics(settings).raise_errors()
    text = json.dumps(schema.entry(site), ensure_ascii=False, indent=2)
    print(text)  # noqa: T201 - the answer
    return 0


def _check_site(options: argparse.Namespace) -> int:
    from generator.diagnostics import plural  # noqa: PLC0415 - as above

    if not options.site.is_dir():
        print(f"offprint: there is no folder '{options.site}'.", file=sys.stderr)  # noqa: T201 - as above
        return 2
    try:
        from generator.linter.lint import lint  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        if error.name != "lxml":
            raise
        print(_NO_LXML, file=sys.stderr)  # noqa: T201 - as above
        return 2
    gc.disable()  # as a build does
    count, found = lint(options.site, options.base_url or "")
    found.raise_errors(strict=options.strict)
    _report(found, options.format)
    if options.format == "text":
        print(f"{plural(count, 'page')}: no errors.")  # noqa: T201 - the answer
    return 0


_NO_LXML = """\
offprint: looking at a built site needs lxml, a parser of HTML.
help: Install it with: pip install 'offprint[lint]'"""


def _serve(options: argparse.Namespace) -> int:
    from generator.options import Options  # noqa: PLC0415 - as above
    from generator.preview.server import serve  # noqa: PLC0415 - as above

    return serve(
        options.source,
        Options(options.drafts, options.base_url),
        host=options.host,
        port=options.port,
        open_browser=options.open,
        poll=options.poll,
        report=_report,
    )


def _report(found: Iterable[Diagnostic], form: str = "text") -> None:
    """Write diagnostics to standard error, in the form that was asked for."""
    from generator import diagnostics  # noqa: PLC0415 - as above

    found = list(found)
    if form == "json":
        sys.stderr.write(diagnostics.to_json(found))
    elif form == "github":
        sys.stderr.write(diagnostics.to_github(found))
    elif found:
        color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        sys.stderr.write(diagnostics.to_text(found, color=color))
        sys.stderr.write(f"\n{diagnostics.count(found)}\n")
