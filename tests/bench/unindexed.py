"""Build a site as `offprint build --quiet` does, but for the index of search, which Pagefind makes.

It is no part of what is compared: Hugo makes none.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from generator.build import build
from generator.options import Options

if __name__ == "__main__":
    gc.disable()  # as the command does
    build(Path(sys.argv[1]), Path(sys.argv[2]), Options())
