"""Read all files of a folder, and write them, when a second folder is named, anew into that one."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(source: str, target: str | None = None) -> None:
    """Read one folder and write the other, with as few calls of the system as it takes."""
    held = {
        parent: {file: Path(parent, file).read_bytes() for file in files}
        for parent, _, files in os.walk(source)
    }
    if target is None:
        return
    for parent, files in held.items():
        folder = target + parent.removeprefix(source)
        os.mkdir(folder)  # noqa: PTH102 - a text
        for file, data in files.items():
            with open(f"{folder}/{file}", "wb") as written:  # noqa: PTH123 - a text
                written.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
