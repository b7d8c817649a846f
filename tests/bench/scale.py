"""How the time of a build grows with the number of papers: cold, with nothing changed, one edit."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import varied


def build(site: Path, output: Path) -> tuple[float, str]:
    """Return the seconds that a build takes, start of Python included, and what it says."""
    start = time.perf_counter()
    arguments = ["build", "--source", str(site), "--output", str(output)]
    made = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, made.stdout.split(", in ")[0]


def measure(count: int) -> None:
    """Print the time of each kind of build of a site of so many papers."""
    with tempfile.TemporaryDirectory() as folder:
        site, output = Path(folder, "site"), Path(folder, "public")
        varied.write(site, count)
        for name in ("cold", "nothing changed", "one abstract edited"):
            if name == "one abstract edited":
                paper = next((site / "content" / "papers").rglob("*.md"))
                text = paper.read_text(encoding="utf-8") + "One more.\n"
                paper.write_text(text, encoding="utf-8")
            seconds, said = build(site, output)
            each = seconds / count * 1000
            sys.stdout.write(
                f"{count:7,}  {name:20} {seconds:7.2f} s {each:6.2f} ms a paper   {said}\n"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10_000])
    for number in parser.parse_args().counts:
        measure(number)
