"""The fuzzer's harness, without the fuzzer: the seeds, and some hundred mutations of them."""

from __future__ import annotations

import random

from tests.fuzz import markup
from tests.markup import laws

MUTATIONS = 300


def test_seeds_keep_the_laws() -> None:
    """Every input that the fuzzer begins with keeps the laws."""
    seeds = markup.seeds()
    assert len(seeds) > 400
    for seed in seeds:
        markup.run(laws, seed)


def test_mutated_seeds_keep_the_laws() -> None:
    """So do seeds with pieces put in, taken out and joined, bytes that are no UTF-8 among them."""
    chance = random.Random(0)  # noqa: S311 - not for secrets: the same mutations every time
    seeds = markup.seeds()
    pieces = [*(piece.encode("utf-8", "surrogatepass") for piece in laws.PIECES), b"\xff", b""]
    for _ in range(MUTATIONS):
        first, second = chance.choices(seeds, k=2)
        cut, other = chance.randrange(len(first)), chance.randrange(len(second))
        markup.run(laws, first[:cut] + chance.choice(pieces) + second[other:][:400])


def test_short_inputs_are_tried_at_length() -> None:
    """Some short inputs are repeated, and what that costs is measured; none at all is no fault."""
    for number in range(300):
        markup.run(laws, b"\x01*%d" % number)
    markup.run(laws, b"")
