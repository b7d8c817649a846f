"""The commands of Offprint, and nothing else."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator import arguments as arguments_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.diagnostics import Diagnostic


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults in the content, 2 wrong usage."""
    options = arguments_of.parser().parse_args(arguments)
    for name in ("source", "old", "new"):
        folder = getattr(options, name, None)
        if folder and not folder.is_dir():
            _refuse(f"there is no folder '{folder}'.")
            return 2
    from generator.diagnostics import BuildError

    try:
        return _COMMANDS[options.command](options)
    except BuildError as error:
        _report(error.diagnostics, getattr(options, "format", "text"), refused=True)
        return 1
    except KeyboardInterrupt:
        _refuse("stopped.")
        return 130  # as shells count it: 128 and the number of SIGINT


def _build(options: argparse.Namespace) -> int:
    from generator import progress, workshop
    from generator.build import build
    from generator.diagnostics import plural
    from generator.options import Options

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
            print(f"{file}: {reason}")
    if options.quiet:
        return 0
    print(
        f"{plural(result.papers, 'paper')}: {plural(len(result.rendered), 'page')} rendered, "
        f"{plural(len(result.written), 'file')} written, {result.unchanged:,} unchanged, "
        f"{len(result.removed):,} removed, "
        f"in {time.perf_counter() - start:.2f} s, to {options.output}"
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.site:
        return _check_site(options)
    from generator.diagnostics import plural
    from generator.edition import check
    from generator.options import Options

    start = Options(options.drafts, options.base_url)
    prepared, found = check(options.source, start, strict=options.strict, report=options.report)
    _report(found, options.format)
    if options.format == "text":
        pages = plural(len(prepared.pages), "page")
        print(f"{plural(prepared.papers, 'paper')}, {pages}: no errors.")
    return 0


def _add(options: argparse.Namespace) -> int:
    from generator import accession
    from generator.diagnostics import plural
    from generator.importers import references, web

    given = options.reference
    reference = None if given.lower().endswith(".bib") else references.recognize(given)
    if reference is None and not Path(given).is_file():
        missing = f"there is no file '{given}'"
        if not given.lower().endswith(".bib"):
            missing = f"'{given}' holds no arXiv number and no DOI, and there is no such file"
        print(
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
        _refuse(f"{error} {error.help}")
        return 1
    except accession.CategoryError as error:
        _refuse(f"{error}")
        return 2
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}.")
        return 1
    _report(new.warnings)
    for one in new.files:
        print(f"{one.path}\n\n{one.text}" if options.dry_run else one.path)
    done = "would be added" if options.dry_run else "added"
    print(f"{plural(len(new.files), 'paper')} {done}.", file=sys.stderr)
    return 0


def _new(options: argparse.Namespace) -> int:
    from generator import accession

    if not options.title.strip():
        _refuse('the title is empty. Write it in quotes: offprint new "A Paper of Ours"')
        return 2
    # The one place that looks at the clock: what is written is the maintainer's from then on.
    today = datetime.now().astimezone().date().isoformat()
    made = accession.blank(options.source, options.title, today)
    made.write()
    print(made.files[0].path)
    return 0


def _init(options: argparse.Namespace) -> int:
    from generator import scaffold

    try:
        made = scaffold.write(options.folder)
    except scaffold.OccupiedError as error:
        print(
            f"offprint: '{error}' is there already, and is left as it is. Name another folder.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}.")
        return 1
    for path in made:
        print((options.folder / path).as_posix())
    print(
        f"A site is in {options.folder}. See it with: offprint serve --source {options.folder}\n"
        "Then write your address into content/site.yaml, and replace the two example papers.",
        file=sys.stderr,
    )
    return 0


def _record(options: argparse.Namespace) -> int:
    from generator.diagnostics import plural
    from generator.edition import record
    from generator.options import Options
    from generator.published import FILE

    known, new = record(options.source, Options(base_url=options.base_url))
    print(f"{plural(known, 'address')} in {FILE}, {new:,} of them new.")
    return 0


def _diff(options: argparse.Namespace) -> int:
    from generator import comparison

    found = comparison.compare(options.old, options.new)
    print(comparison.to_markdown(found))
    return 1 if found.broken else 0


def _schema(options: argparse.Namespace) -> int:
    from generator import content, schema
    from generator.diagnostics import Diagnostics
    from generator.options import Options

    found = Diagnostics()
    site = content.load(options.source, found, Options())
    # A paper with faults is what a schema is for; faults of the settings would make it wrong.
    settings = [one for one in found if not one.location.path.startswith("content/papers/")]
    Diagnostics(settings).raise_errors()
    text = json.dumps(schema.entry(site), ensure_ascii=False, indent=2)
    print(text)
    return 0


def _check_site(options: argparse.Namespace) -> int:
    from generator.diagnostics import plural

    if not options.site.is_dir():
        way_out = f"Make it with: offprint build --output {options.site}"
        _refuse(f"there is no folder '{options.site}'. {way_out}")
        return 2
    try:
        from generator.linter.lint import lint
    except ModuleNotFoundError as error:
        if error.name != "lxml":
            raise
        print(_NO_LXML, file=sys.stderr)
        return 2
    gc.disable()  # as a build does
    count, found = lint(options.site, options.base_url or "")
    found.raise_errors(strict=options.strict)
    _report(found, options.format)
    if options.format == "text":
        print(f"{plural(count, 'page')}: no errors.")
    return 0


_NO_LXML = """\
offprint: looking at a built site needs lxml, a parser of HTML.
help: Install it with: pip install lxml"""


def _serve(options: argparse.Namespace) -> int:
    from generator.options import Options
    from generator.preview.server import serve

    return serve(
        options.source,
        Options(options.drafts, options.base_url),
        host=options.host,
        port=options.port,
        open_browser=options.open,
        poll=options.poll,
        report=_report,
    )


def _refuse(message: str) -> None:
    """Say what is wrong with what was asked for."""
    print(f"offprint: {message}", file=sys.stderr)


def _report(found: Iterable[Diagnostic], form: str = "text", *, refused: bool = False) -> None:
    """Write diagnostics to standard error, in the form that was asked for.

    What they are told of was `refused` for them, or done all the same.
    """
    from generator import diagnostics

    found = list(found)
    if form == "json":
        sys.stderr.write(diagnostics.to_json(found))
    elif form == "github":
        sys.stderr.write(diagnostics.to_github(found))
        if refused:  # among annotations, for whoever reads the log
            sys.stderr.write(f"{diagnostics.count(found, refused=True)}\n")
    elif found:
        color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        sys.stderr.write(diagnostics.to_text(found, color=color))
        sys.stderr.write(f"\n{diagnostics.count(found, refused=refused)}\n")


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "add": _add,
    "build": _build,
    "check": _check,
    "diff": _diff,
    "init": _init,
    "new": _new,
    "record": _record,
    "schema": _schema,
    "serve": _serve,
}
