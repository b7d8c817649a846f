"""What a build may take: of an entry, of the network, and of an output that another one has."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.build import build
from generator.diagnostics import BuildError
from generator.occupancy import locked
from generator.options import Options
from tests.conftest import PAPER, SITE

if TYPE_CHECKING:
    from tests.conftest import MakeSite, Paper

ROOT = Path(__file__).parents[1]
SECONDS = 10  # of CPU; the slowest takes two on a machine of 2020
MEMORY = 1 << 30  # bytes of addresses, of which Python itself takes a quarter

COUNT = 20_000
HEAVY = {
    "aliases of aliases": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    ),
    # A parser that recurses falls over this; one that only bounds what it made of it, too.
    "a deep list": f"title: {'[' * 100_000}{']' * 100_000}",
    "deep lists in a line": f"title:\n{'- ' * 100_000}x",
    "a deep block": "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 900)),
    "a title of a megabyte": f"title: {'x' * 1_000_000}",
    "a field of a megabyte": f"{'x' * 900_000}: 1",
    "a date of a megabyte": f"date: {'9' * 1_000_000}",
    "unknown fields": "\n".join(f"field{n}: x" for n in range(COUNT)),
    "a field again and again": "title: A\n" * COUNT,
    "anchors": "\n".join(f"field{n}: &a{n} x" for n in range(COUNT)),
    "authors": json.dumps({"authors": [f"Ada Lovelace {n}" for n in range(10_000)]})[1:-1],
    "tags": json.dumps({"tags": [f"tag {n}" for n in range(10_000)]})[1:-1],
    "wrong authors": json.dumps({"authors": [{"nme": "x"}] * 1_900})[1:-1],
    "wrong links": json.dumps({"links": {f"x{n}": "y" for n in range(10_000)}})[1:-1],
}
# Builds each of the folders that it is given, in a process of its own that has the program already.
CHILD = f"""\
import os, resource, sys, traceback
from pathlib import Path
from generator import edition, publishing
from generator.build import build
from generator.diagnostics import BuildError
from generator.options import Options

def limited(folder):
    os.chdir(folder)
    sys.stderr.flush()
    os.dup2(os.open("said", os.O_CREAT | os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    try:
        build(Path(), Path("public"), Options(), jobs=1)
    except BuildError as error:
        assert all(one.help for one in error.diagnostics)

for folder in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        status = 3
        try:
            limited(folder)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Build a site for each heavy entry; return the exit statuses, and what was said."""
    folders = []
    for given in HEAVY.values():
        folders.append(tmp_path_factory.mktemp("heavy"))
        others = (
            f"{name}: {json.dumps(value)}"
            for name, value in PAPER.items()
            if not given.replace('"', "").startswith(f"{name}:")
        )
        paper = folders[-1] / "content/papers/a.md"
        paper.parent.mkdir(parents=True)
        paper.write_text("\n".join(["---", *others, given, "---", "About.", ""]), encoding="utf-8")
        (folders[-1] / "content/site.yaml").write_text(SITE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *folders],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    said = [(folder / "said").read_text(encoding="utf-8")[-500:] for folder in folders]
    return dict(zip(HEAVY, zip(map(int, done.stdout.split()), said, strict=True), strict=True))


@pytest.mark.parametrize("what", HEAVY)
def test_an_entry_is_read_in_bounds(outcomes: dict[str, tuple[int, str]], what: str) -> None:
    """No entry takes more than so much time and memory: it is built, or refused in words."""
    assert outcomes[what] == (0, "")


def test_no_socket_is_opened(tmp_path: Path) -> None:
    """A build and a check ask nothing of any network, nor of a name."""
    shutil.copytree(ROOT / "tests/golden/lab/site", tmp_path / "site")
    program = """\
import sys
sys.addaudithook(lambda event, _: event.startswith("socket.") and sys.exit(f"asked: {event}"))
from generator import cli
sys.exit(cli.main(["build", "--jobs", "2"]) or cli.main(["check"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path / "site",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lock for a folder")
def test_two_builds_into_one_output(make_site: MakeSite, paper: Paper, tmp_path: Path) -> None:
    """While one process builds into an output another one is refused, and changes nothing."""
    root = make_site({"content/papers/a.md": paper()})
    public = tmp_path / "public"
    hold = """\
import sys
from pathlib import Path
from generator.occupancy import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(public)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BuildError) as caught:
            build(root, public, Options())
        (found,) = caught.value.diagnostics
        assert "is being written by another build" in found.message
        assert not list(public.iterdir())
        other.kill()
    build(root, public, Options())
    with locked(public):
        pass


@pytest.mark.parametrize("is_same", [True, False], ids=["one output", "two outputs"])
def test_builds_at_once(
    make_site: MakeSite, paper: Paper, tmp_path: Path, *, is_same: bool
) -> None:
    """Of builds at once into one output some are refused; each output is a clean build's."""
    root = make_site({f"content/papers/p{n}.md": paper(title=f"Paper {n}") for n in range(5)})
    outputs = [tmp_path / f"public-{0 if is_same else n}" for n in range(3)]
    program = """\
import sys
from pathlib import Path
from generator.build import build
from generator.options import Options
build(Path(sys.argv[1]), Path(sys.argv[2]), Options())
"""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, root, output], cwd=ROOT, stderr=subprocess.PIPE
        )
        for output in outputs
    ]
    told = [one.communicate(timeout=120)[1].decode() for one in started]
    statuses = [one.returncode for one in started]
    assert 0 in statuses
    for status, words in zip(statuses, told, strict=True):
        assert status == 0 or (is_same and "another build" in words), words
    build(root, tmp_path / "clean", Options())
    for output in outputs:
        assert tree(output) == tree(tmp_path / "clean")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
