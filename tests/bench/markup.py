"""What reading the demonstration's texts costs: microseconds a text for each stage.

Math is every formula converted anew; parsing is all inline rules, with the formulas remembered;
HTML, plain and LaTeX write the tokens; the whole is what a build does.
"""

from __future__ import annotations

import statistics
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content import load
from generator.diagnostics import Diagnostics
from generator.markup import Reader, html, latex, math, plain
from generator.markup.context import Context
from generator.markup.parser import Parser
from generator.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
ROUNDS = 21
PARSER = Parser(is_document=False)


def main() -> None:
    """Print the table."""
    site = load(ROOT, Diagnostics(), Options())
    papers = [whole.paper for whole in site.wholes.values()]
    abstracts = [paper.abstract.source for paper in papers if paper.abstract]
    titles = [paper.title.source for paper in papers]
    print(f"µs a text: the median of {ROUNDS} rounds, and the spread of the middle half")  # noqa: T201 - what it is for
    report(f"{len(abstracts)} abstracts", abstracts, Reader().abstract)
    report(f"{len(titles)} titles", titles, Reader().inline)


def report(name: str, texts: Sequence[str], read: Callable[[str], object]) -> None:
    """Print what each stage costs."""
    tokens = [parse(text) for text in texts]
    formulas = [
        token.meta["formula"].latex for one in tokens for token in one if token.type == "math"
    ]
    stages: dict[str, tuple[Callable[..., object], Sequence[object]]] = {
        "math": (partial(math._read, display=False), formulas),  # noqa: SLF001 - without its memory
        "parse": (parse, texts),
        "HTML": (html.write, tokens),
        "plain": (plain.write, tokens),
        "LaTeX": (latex.write, tokens),
        "whole": (read, texts),
    }
    for stage, (work, inputs) in stages.items():
        median, spread = measure(work, inputs, len(texts))
        print(f"{name}  {stage:6}{median:8.1f} ±{spread / 2:.1f}")  # noqa: T201 - that is its purpose


def parse(text: str) -> list[Token]:
    """Read a text as one paragraph."""
    found = Context(macros={}, locate=lambda _, position: position)
    return PARSER.inline.parse(text.replace("\n", " "), PARSER, found.environment(), [])


def measure(
    work: Callable[..., object], inputs: Sequence[object], texts: int
) -> tuple[float, float]:
    """Return the median, and between which quartiles the rounds lie, in µs a text."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for one in inputs:
            work(one)
        rounds.append((time.process_time() - started) * 1e6 / texts)
    first, median, third = statistics.quantiles(rounds, n=4)
    return median, third - first


if __name__ == "__main__":
    main()
