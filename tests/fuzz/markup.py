"""Feeds the markup reader whatever a coverage-guided fuzzer thinks of; `make fuzz` runs it.

Of the short inputs some are repeated many times, which must take time in proportion. An input that
breaks a law is printed, and kept for a second look, as in
`python tests/fuzz/markup.py test-output/fuzz/crash-…`.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "test-output" / "fuzz"
MODES = ("inline", "abstract", "document")
_LONGEST_PIECE = 40
_LONG = 20_000
_ONE_IN = 100


def run(laws: Any, data: bytes) -> None:  # noqa: ANN401 - a module, which the fuzzer instruments
    """Hold one input against the laws: its first byte names the mode, a few are tried at length."""
    source = data[1:].decode("utf-8", "surrogateescape")
    mode = MODES[data[0] % len(MODES) if data else 0]
    laws.check(source, mode)
    if 0 < len(source) <= _LONGEST_PIECE and crc32(data) % _ONE_IN == 0:
        laws.check_cost(source, mode, _LONG)


def seeds() -> list[bytes]:
    """Return inputs to begin with: the cases, and the demonstration's papers, in each mode."""
    cases = yaml.safe_load((ROOT / "tests/markup/cases.yaml").read_text(encoding="utf-8"))
    papers = sorted((ROOT / "content/papers").rglob("*.md"))
    abstracts = [path.read_text(encoding="utf-8").split("\n---\n", 1)[1] for path in papers]
    texts = [*(case["source"] for case in cases), *abstracts]
    return [bytes([way]) + text.encode() for text in texts for way in range(len(MODES))]


def main(arguments: list[str]) -> None:
    """Run the fuzzer with its own arguments, from the seeds, and with the laws' pieces as words."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["generator.markup", "markdown_it"]):
        laws = importlib.import_module("tests.markup.laws")

    def one(data: bytes) -> None:
        try:
            run(laws, data)
        except BaseException:
            print(f"The input {data!r} breaks a law.", file=sys.stderr)  # noqa: T201 - for readers
            raise

    corpus, words = FOUND / "corpus", FOUND / "words"
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir(parents=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    pieces = [piece.encode("utf-8", "surrogatepass") for piece in laws.PIECES]
    words.write_text("".join(f'"{_hexadecimal(piece)}"\n' for piece in pieces))
    options = [f"-dict={words}", f"-artifact_prefix={FOUND}/", "-max_len=2000", "-timeout=20"]
    is_second_look = any(not argument.startswith("-") for argument in arguments)
    files = arguments if is_second_look else [*arguments, str(corpus)]
    atheris.Setup([__file__, *options, *files], one)
    atheris.Fuzz()


def _hexadecimal(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
