"""Rendering groups of pages into an output's staging folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from generator import cluster, program, reasons, workers
from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.inputs import Inputs, digest
from generator.manifest import Record
from generator.pages import plan
from generator.pages.groups import PaperGroup
from generator.pages.stock import Stock
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.outline import Whole
    from generator.output import Output
    from generator.pages.groups import Group
    from generator.site import Settings
    from generator.theme import Theme
    from generator.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Task:
    """A group to be made: what is known of its files, and which of them are as they were left.

    `wholes` are the papers that it shows, where the task is sent to another machine.
    """

    group: Group
    known: Mapping[str, Record]
    intact: frozenset[str]
    wholes: Mapping[str, Whole] | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """All that makes pages but what is in their groups; `makers` made those that are in place."""

    theme: Theme
    settings: Settings
    makers: Mapping[str, str]
    force: bool
    version: str


@dataclass(slots=True)
class Made:
    """What was made of some groups.

    `records` are those of each group's files, by its name; `reasons` tell of each page that was
    rendered why; `staged` are the files that are not as they were; `makers` made the pages;
    `pieces` are what lists show of papers, to be kept.
    """

    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    staged: list[str] = field(default_factory=list)
    makers: dict[str, str] = field(default_factory=dict)
    pieces: list[tuple[str, bytes]] = field(default_factory=list)
    makes_pieces: bool = False

    def add(self, other: Made) -> None:
        """Take over what was made of other groups."""
        self.records |= other.records
        self.reasons |= other.reasons
        self.staged += other.staged
        self.makers |= other.makers
        self.makes_pieces |= bool(other.pieces)


@dataclass(frozen=True, slots=True)
class _File:
    """A page of a group: its record; where it is rendered, its bytes, and the reason for it."""

    name: str
    record: Record
    data: bytes | None
    reason: str


def render(
    shop: Workshop,
    press: Press,
    tasks: Sequence[Task],
    wholes: Mapping[str, Whole],
    folder: Output,
) -> Made:
    """Render what is not in place as it should be, and stage what has new bytes."""
    made = Made()
    pieces = press.theme.pieces
    shop.progress.begin("Rendering pages", len(tasks))
    # What lists show of a paper is made together with its page, while the whole of it is at hand.
    papers = [task for task in tasks if isinstance(task.group, PaperGroup)]
    others = [task for task in tasks if not isinstance(task.group, PaperGroup)]
    if len(tasks) >= workers.POOL_FROM:
        press.theme.compile()
    for some_tasks in (papers, others):
        for some in _runs(shop, press, some_tasks, wholes, folder):
            shop.progress.advance(len(some.records))
            pieces.keep(some.pieces)
            shop.cache.relieve()
            made.add(some)
    return made


def _runs(
    shop: Workshop, press: Press, tasks: Sequence[Task], wholes: Mapping[str, Whole], folder: Output
) -> Iterator[Made]:
    if shop.cluster and len(tasks) >= workers.POOL_FROM:
        whole_tasks = [
            Task(
                task.group,
                task.known,
                task.intact,
                {one.paper.slug: wholes[one.paper.slug] for one in task.group.shown()},
            )
            for task in tasks
        ]
        with cluster.joined(shop.cluster) as (executor, width):
            for files, makers in workers.send(_render_there, press, whole_tasks, executor, width):
                made = _stage(folder, files)
                made.makers |= makers
                yield made
    else:
        # Groups that lie together share their papers, so each process takes a whole run of them.
        state = press, Stock(press.settings, wholes), folder
        yield from workers.run(_render_here, state, tasks, shop.jobs)


def _render_here(state: tuple[Press, Stock, Output], tasks: Sequence[Task]) -> Made:
    press, stock, folder = state
    made = _stage(folder, _render(press, stock, tasks))
    made.makers |= press.theme.makers()
    made.pieces += press.theme.pieces.news()
    return made


def _render_there(
    press: Press, tasks: Sequence[Task]
) -> tuple[list[tuple[str, list[_File]]], dict[str, str]]:
    """Render groups on another machine, which must have the same program."""
    if press.version != _version():
        message = "A worker of the cluster has another version of Offprint, or of its libraries."
        way_out = "Install the same ones everywhere."
        raise BuildError([Diagnostic(Location("cluster"), Severity.ERROR, message, way_out)])
    wholes = {slug: whole for task in tasks for slug, whole in (task.wholes or {}).items()}
    files = list(_render(press, Stock(press.settings, wholes), tasks))
    return files, press.theme.makers()


@lru_cache(maxsize=1)
def _version() -> str:
    return digest(program.version(Inputs({})).encode())


def _render(press: Press, stock: Stock, tasks: Iterable[Task]) -> Iterator[tuple[str, list[_File]]]:
    """Yield the files of each group, with the bytes of those that are not as they should be."""
    for task in tasks:
        files = []
        for page in plan.expand(task.group, stock):
            known = task.known.get(page.file)
            mark = press.theme.fingerprint(page)
            if not press.force and known and known.fingerprint == mark and page.file in task.intact:
                files.append(_File(page.file, known, None, ""))
                continue
            why = reasons.reason(page, mark, press.theme, known, press.makers, force=press.force)
            data = press.theme.file(page)
            files.append(_File(page.file, Record(mark, len(data)), data, why))
        if isinstance(task.group, PaperGroup) and not task.group.place.paper.unlisted:
            place = task.group.place
            press.theme.prepare(stock.card(place), stock.feed_entry(place), stock.cited(place))
        yield task.group.name, files


def _stage(folder: Output, groups: Iterable[tuple[str, list[_File]]]) -> Made:
    made = Made()
    for name, files in groups:
        made.records[name] = {one.name: one.record for one in files}
        for one in files:
            if one.data is None:
                continue
            made.reasons[one.name] = one.reason
            if folder.differs(one.name, one.data):
                folder.stage(one.name, one.data)
                made.staged.append(one.name)
    return made
