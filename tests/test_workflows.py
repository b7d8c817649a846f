"""The files in `.github/`: sound for GitHub, pinned, with the least rights, deaf to injections."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator import __version__, github
from tests.conftest import paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeSite

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
BASH = "/bin/bash"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))


def load(path: Path) -> dict[str, Any]:
    """Return a workflow as it is written: `on` is a word, not a truth value."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    return loaded


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every step of a workflow."""
    for job in load(path)["jobs"].values():
        yield from job["steps"]


def script(workflow: str, step: str) -> str:
    """Return what a step of a workflow runs."""
    path = GITHUB / f"workflows/{workflow}.yml"
    [found] = [str(one["run"]) for one in steps(path) if one.get("name") == step]
    return found


def tool(name: str, *arguments: str | Path) -> None:
    """Run a linter that is installed beside the tests' Python; what it finds fails the test."""
    program = Path(sys.executable).parent / name
    done = subprocess.run(
        [program, *arguments], capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_workflows() -> None:
    """The workflows are found, so that no test below is about nothing."""
    names = {path.stem for path in WORKFLOWS}
    assert {"add", "check", "comment", "publish", "review"} <= names


def test_zizmor_finds_nothing() -> None:
    """A linter for the security of workflows has no finding."""
    tool("zizmor", "--offline", "--quiet", GITHUB)


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("github-workflows", "workflows/*.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/*.yml"),
        ("dependabot", "dependabot.yml"),
    ],
)
def test_schemas(schema: str, pattern: str) -> None:
    """Each file is as GitHub's schema for its kind says."""
    files = sorted(GITHUB.glob(pattern))

    assert files
    tool("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned(path: Path) -> None:
    """Each action is named by a whole commit, with its version beside it, the same everywhere."""
    pins = re.findall(r"uses: *(\S+)(.*)", path.read_text(encoding="utf-8"))
    everywhere = "\n".join(one.read_text(encoding="utf-8") for one in WORKFLOWS)

    for action, comment in pins:
        name, _, commit = action.partition("@")
        assert re.fullmatch("[0-9a-f]{40}", commit), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
        assert set(re.findall(rf"{re.escape(name)}@(\w+)", everywhere)) == {commit}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights(path: Path) -> None:
    """A workflow starts with no right to write, and what a fork can start never gets one."""
    workflow = load(path)
    jobs = workflow["jobs"].values()
    started_by = workflow["on"] if isinstance(workflow["on"], dict) else [workflow["on"]]

    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in started_by
    if "pull_request" in started_by:
        assert all("permissions" not in job for job in jobs)
    for job in jobs:
        granted = job.get("permissions", {})
        writes = {name for name, right in granted.items() if right == "write"}
        uses = [str(step.get("uses", "")) for step in job["steps"]]
        if "pull-requests" in writes:
            # What can write to pull requests installs and runs no program of its own.
            assert not any("setup-python" in one for one in uses)
        for step in job["steps"]:
            if "checkout" in str(step.get("uses", "")):
                assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_written_into_a_script(path: Path) -> None:
    """No script holds an expression, whose value could be a program; each is valid for bash."""
    scripts = [str(step["run"]) for step in steps(path) if "run" in step]

    for one in scripts:
        assert "${{" not in one
        subprocess.run([BASH, "-n"], input=one, encoding="utf-8", check=True)


def test_a_site_gets_the_workflows_of_this_repository() -> None:
    """A new site is given the very files that stand here, and what they install, by its version."""
    given = dict(github.files())

    requirements = given.pop(".github/requirements.txt")
    assert f"offprint=={__version__}\n" in requirements
    assert given == {name: (ROOT / name).read_text(encoding="utf-8") for name in given}
    needed = {f".github/workflows/{path.name}" for path in WORKFLOWS} - {
        ".github/workflows/check.yml"  # which tests the program
    }
    assert needed <= given.keys()


# The scripts, run as GitHub runs them, with the commands that reach out replaced.


def stub(folder: Path, name: str, text: str) -> None:
    """Write a command that stands in for one of the same name."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{text}", encoding="utf-8")
    (folder / name).chmod(0o755)


def run_script(
    text: str, cwd: Path, commands: Path | None = None, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run a script as a step of a workflow."""
    paths = [str(commands)] * bool(commands) + [str(Path(sys.executable).parent)]
    environment = {
        "PATH": os.pathsep.join([*paths, os.environ["PATH"]]),
        "RUNNER_TEMP": str(cwd.parent / "temp"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PYTHONPATH": str(ROOT),
    }
    (cwd.parent / "temp").mkdir(exist_ok=True)
    return subprocess.run(
        [BASH, "-e", "-o", "pipefail", "-c", text],
        cwd=cwd,
        env=environment | changes,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *names, *arguments],  # noqa: S607 - the git that is found
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def commit(folder: Path, message: str = "Change") -> None:
    """Commit all that is in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


HOSTILE = "$(touch pwned) `touch pwned` \"; touch pwned; ' && touch pwned #"


@pytest.mark.parametrize(
    ("reference", "category", "bibtex"),
    [
        ("arxiv:2212.03827", "", ""),
        (HOSTILE, HOSTILE, ""),
        ("--source=/", "--source=/", ""),
        ("", "CL", "@misc{a, title = {" + HOSTILE + "}}"),
        ("10.1000/182", "CL", "@misc{b}"),
        ("", "", ""),
    ],
)
def test_an_issue_is_only_a_value(
    tmp_path: Path, reference: str, category: str, bibtex: str
) -> None:
    """What an issue says is a value in the arguments of `offprint add`, and runs nowhere."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "content").mkdir()
    git(site, "init", "--quiet")
    commands = tmp_path / "commands"
    log = tmp_path / "log"
    stub(
        commands,
        "offprint",
        f"""exec >> {log}; printf '%s\\0' "$@"; [ ! -f "${{4-}}" ] || cat "$4"; echo""",
    )
    body = (
        "### arXiv number, DOI or address\n\n"
        f"{reference or '_No response_'}\n\n### Category\n\n"
        f"{category or '_No response_'}\n\n### BibTeX\n\n```bibtex\n{bibtex}\n```\n"
    )

    done = run_script(
        script("add", "Make an entry of the issue"), site, commands, BODY=body.replace("\n", "\r\n")
    )

    assert done.returncode == 0, done.stderr
    calls = log.read_text(encoding="utf-8")
    assert (f"add\0--category={category}\0--\0{reference}\0" in calls) == bool(reference)
    assert ("@misc" in calls) == bool(bibtex)
    assert bibtex in calls
    assert calls.count("add\0") == bool(reference) + bool(bibtex)
    assert calls.endswith("check\0--strict\0\n")
    assert not list(tmp_path.rglob("pwned"))


def test_the_report_of_an_issue_is_no_markup(tmp_path: Path) -> None:
    """Where no entry could be made, the answer shows the report as code: it is only text."""
    site = tmp_path / "site"
    site.mkdir()
    report = tmp_path / "temp/paper/report.txt"
    report.parent.mkdir(parents=True)
    report.write_text("error: @someone\n![x](https://x.example)\n", encoding="utf-8")
    (report.parent / "paper.patch").touch()
    commands = tmp_path / "commands"
    stub(commands, "gh", f'echo "$@" > {tmp_path}/called; cat "${{@: -1}}" > {tmp_path}/answer')

    done = run_script(
        script("add", "Open a pull request"), site, commands, NUMBER="7", BASE="main", GH_REPO="a/b"
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "called").read_text(encoding="utf-8").startswith("issue comment 7 ")
    assert (tmp_path / "answer").read_text(encoding="utf-8") == (
        "No entry could be made of this:\n\n    error: @someone\n    ![x](https://x.example)\n"
    )


def test_a_pull_request_is_opened(tmp_path: Path) -> None:
    """Of a new entry a branch is pushed and a pull request opened; nothing but papers is in it."""
    origin, site = tmp_path / "o/a/b", tmp_path / "site"
    origin.mkdir(parents=True)
    git(origin, "init", "--quiet", "--bare")
    site.mkdir()
    git(site, "init", "--quiet")
    (site / "content/papers").mkdir(parents=True)
    (site / "content/site.yaml").write_text("title: T\n", encoding="utf-8")
    commit(site)
    (site / "content/papers/new.md").write_text(paper(), encoding="utf-8")
    (site / "content/site.yaml").write_text("title: Taken over\n", encoding="utf-8")
    git(site, "add", "--all")
    folder = tmp_path / "temp/paper"
    folder.mkdir(parents=True)
    patch = git(site, "diff", "--cached", "--binary")
    (folder / "paper.patch").write_text(patch, encoding="utf-8")
    (folder / "report.txt").write_text("Written.\n", encoding="utf-8")
    git(site, "reset", "--quiet", "--hard")
    commands = tmp_path / "commands"
    stub(commands, "gh", f'echo "$@" >> {tmp_path}/called')
    text = script("add", "Open a pull request").replace("https://x-access-token:$GH_TOKEN@", "")

    done = run_script(
        text,
        site,
        commands,
        NUMBER="7",
        BASE="main",
        GH_REPO="a/b",
        GITHUB_REPOSITORY="a/b",
        GITHUB_SERVER_URL=f"https://{tmp_path}/o",
    )

    assert done.returncode == 0, done.stderr
    changed = git(origin, "show", "--name-only", "--format=%s", "paper-7").split("\n")
    assert changed[:3] == ["Add the paper of issue #7", "", "content/papers/new.md"]
    assert changed[3:] == [""]
    called = (tmp_path / "called").read_text(encoding="utf-8")
    assert called.startswith("pr create --base main --head paper-7 --title Add the paper")


def test_a_review_tells_what_changes(make_site: MakeSite, tmp_path: Path) -> None:
    """The site is built with and without the change; the difference is the summary."""
    site = make_site({"content/papers/a.md": paper(), ".gitignore": "public\n"})
    git(site, "init", "--quiet")
    commit(site)
    summary = tmp_path / "summary.md"
    build = script("review", "Build the preview")
    tell = script("review", "Tell what changes")
    temp = tmp_path / "temp"

    (site / "content/papers/b.md").write_text(paper(title="Another"), encoding="utf-8")
    commit(site)
    assert run_script(build, site).returncode == 0
    done = run_script(tell, site, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "`/papers/b/` Another" in summary.read_text(encoding="utf-8")
    assert (temp / "changes.md").read_text(encoding="utf-8").startswith("# What changes")

    git(site, "worktree", "remove", "--force", str(temp / "base"))
    (site / "content/papers/a.md").unlink()
    commit(site)
    assert run_script(build, site).returncode == 0
    done = run_script(tell, site, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    assert "## Broken addresses" in summary.read_text(encoding="utf-8")


def test_a_comment_shows_what_a_fork_says_as_text(tmp_path: Path) -> None:
    """The pull request is found by the fork's branch and commit; what its review says is code."""
    site = tmp_path / "site"
    site.mkdir()
    commands = tmp_path / "commands"
    stub(
        commands,
        "gh",
        f"""
        echo "$@" >> {tmp_path}/called
        case "$1 $2" in
          "run download") echo '@everyone <script>' > changes.md ;;
          "api --method") echo 12 ;;
          "pr comment") cat "$5" > {tmp_path}/comment ;;
        esac
        """,
    )

    done = run_script(
        script("comment", "Comment on the pull request"),
        site,
        commands,
        GH_REPO="a/b",
        RUN="99",
        ADDRESS="https://github.com/a/b/actions/runs/99",
        OWNER="someone",
        BRANCH=HOSTILE,
        COMMIT="c" * 40,
    )

    assert done.returncode == 0, done.stderr
    comment = (tmp_path / "comment").read_text(encoding="utf-8").splitlines()
    assert comment[-1] == "    @everyone <script>"
    called = (tmp_path / "called").read_text(encoding="utf-8")
    assert f"-f head=someone:{HOSTILE}" in called
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("is_new", [True, False])
def test_what_was_published_is_committed(
    make_site: MakeSite, tmp_path: Path, *, is_new: bool
) -> None:
    """After a publication the addresses are recorded and pushed; without new ones nothing is."""
    origin = tmp_path / "o/a/b"
    origin.mkdir(parents=True)
    git(origin, "init", "--quiet", "--bare")
    site = make_site({"content/papers/a.md": paper()})
    git(site, "init", "--quiet")
    record = script("publish", "Record the published addresses")
    if not is_new:
        assert run_script(record, site).returncode == 0
    commit(site)
    git(site, "push", "--quiet", str(origin), "HEAD:main")
    assert run_script(record, site).returncode == 0
    text = script("publish", "Commit them").replace("https://x-access-token:$GH_TOKEN@", "")

    done = run_script(
        text,
        site,
        GITHUB_REPOSITORY="a/b",
        GITHUB_SERVER_URL=f"https://{tmp_path}/o",
        GITHUB_REF="refs/heads/main",
    )

    assert done.returncode == 0, done.stderr
    assert len(git(origin, "log", "--format=%s", "main").splitlines()) == 1 + is_new
    assert "/papers/a/ lovelace-2024-paper" in git(origin, "show", "main:content/addresses.txt")
