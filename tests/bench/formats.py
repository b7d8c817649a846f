"""What writing each format of a paper costs: CPU seconds for so many papers, in one process."""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator import machines
from generator.content import load
from generator.diagnostics import Diagnostics
from generator.formats.files import FORMATS
from generator.options import Options
from generator.pages import plan as planning
from generator.pages.kinds.readers import PaperPage
from generator.workshop import Workshop
from tests.bench import sites

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.pages.kinds.parts import Header


def pages_of(count: int) -> tuple[list[PaperPage], Header]:
    """Return the planned pages of so many papers, and the header of their site."""
    with tempfile.TemporaryDirectory(prefix="offprint-bench-") as folder:
        ours = sites.Offprint(Path(folder), count)
        ours.write()
        site = load(ours.site, Diagnostics(), Options(), Workshop(ours.site))
    pages = [page for page in planning.pages(site) if isinstance(page, PaperPage)]
    return pages, planning.header(site, (), {})


def measure(count: int) -> None:
    """Print what each format costs, and all of them together."""
    pages, header = pages_of(count)
    makers: dict[str, Callable[[PaperPage], object]] = {
        one.label: lambda page, write=one.record: write(  # type: ignore[misc]  # bound by default
            page.cited.paper, page.cited.key, page.cited.url, page.cited.primary_class
        )
        for one in FORMATS.values()
    }
    makers |= {
        "BibTeX to be copied": lambda page: machines.snippet(page.cited),
        "references": lambda page: machines.references(page.cited),
        "Highwire tags": lambda page: machines.highwire_tags(page.cited),
        "JSON-LD": lambda page: machines.linked_data(page, header),
        "Open Graph": lambda page: machines.open_graph(page, header),
        "Signposting": lambda page: machines.signposts(page.cited),
        "COinS": lambda page: machines.open_url(page.cited),
    }
    gc.disable()  # as the command does
    total = 0.0
    sys.stdout.write(f"\n{count:,} papers: seconds of CPU\n")
    for name, make in makers.items():
        start = time.process_time()
        for page in pages:
            make(page)
        seconds = time.process_time() - start
        total += seconds
        sys.stdout.write(f"{name:20}{seconds:8.3f}\n")
    sys.stdout.write(f"{'all':20}{total:8.3f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000, metavar="PAPERS")
    measure(parser.parse_args().count)
