"""Rendering on a real Dask cluster of two workers on the loopback: always the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from generator.stamp import MANIFEST, STAGING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

# The parent of a worker that dies starts another one. Its end comes when nobody writes to it more.
CLUSTER = """
import json, sys
from distributed import LocalCluster
if __name__ == "__main__":
    given = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**given, host="127.0.0.1", silence_logs=50) as cluster:
        workers = [worker.pid for worker in cluster.workers.values()]
        print(json.dumps([cluster.scheduler_address, workers]), flush=True)
        sys.stdin.read()
"""


class Cluster(NamedTuple):
    """A cluster's address, and the numbers of its workers' processes."""

    address: str
    workers: list[int]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Give a cluster of two workers."""
    (tmp_path / "cluster.py").write_text(CLUSTER)
    command = [sys.executable, str(tmp_path / "cluster.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        yield Cluster(*json.loads(process.stdout.readline()))
        process.stdin.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the demonstration site, so that nothing is kept of other builds."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


@pytest.fixture(scope="module")
def expected(site: Path) -> dict[str, bytes]:
    """Return what one process makes of the site."""
    build(site, site.parent / "expected", "--jobs", "1").communicate()
    return tree(site.parent / "expected")


def build(site: Path, output: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a build of the site."""
    options = ("--quiet", "--output", str(output))
    command = [sys.executable, "-m", "generator", "build", *options, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command,
        cwd=site,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, but for Pagefind's, which may differ."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.parts[len(folder.parts)] != "pagefind"
    }
    lines = files[MANIFEST].splitlines()
    files[MANIFEST] = b"\n".join(line for line in lines if not line.startswith(b'"pagefind/'))
    return files


def test_the_same_bytes(
    site: Path, tmp_path: Path, cluster: Cluster, expected: dict[str, bytes]
) -> None:
    """What a cluster renders is what one process makes, the manifest too."""
    with build(site, tmp_path / "public", "--cluster", cluster.address) as building:
        _, faults = building.communicate()
    assert (building.returncode, faults) == (0, "")
    assert len(expected) > 500
    assert tree(tmp_path / "public") == expected


def test_a_worker_is_killed(
    site: Path, tmp_path: Path, cluster: Cluster, expected: dict[str, bytes]
) -> None:
    """When a worker dies in the middle, another does its work, and nobody sees it in the site."""
    public = tmp_path / "public"
    with build(site, public, "--cluster", cluster.address) as building:
        while not (public / STAGING).exists():
            assert building.poll() is None, building.communicate()
            time.sleep(0.001)
        os.kill(cluster.workers[0], signal.SIGKILL)
        assert not (public / "index.html").exists()  # the build had not come to its end
        building.communicate()
    assert building.returncode == 0
    assert tree(public) == expected


def test_a_fault_in_a_template(site: Path, tmp_path: Path, cluster: Cluster) -> None:
    """A fault that a worker meets is told as it is here, with the template's file and line."""
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / "templates").mkdir()
    (tmp_path / "site" / "templates" / "card.html").write_text("\n{{ fragment.nothing }}\n")
    told = []
    for arguments in (("--jobs", "1"), ("--cluster", cluster.address)):
        with build(tmp_path / "site", tmp_path / "public", *arguments) as building:
            told.append(building.communicate()[1])
        assert building.returncode == 1
        assert not (tmp_path / "public").exists()
    assert told[0] == told[1]
    assert told[0].startswith("templates/card.html:2: error: There is no field 'nothing' in a Card")


def test_no_cluster(site: Path, tmp_path: Path) -> None:
    """An address where nothing answers is told, with a way out, and nothing is written."""
    with build(site, tmp_path / "public", "--cluster", "tcp://127.0.0.1:9") as building:
        faults = building.communicate()[1]
    assert building.returncode == 1
    assert "tcp://127.0.0.1:9: error: The cluster failed: " in faults
    assert "Traceback" not in faults
    assert not (tmp_path / "public").exists()
