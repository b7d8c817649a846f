"""Work on many items, dealt out to processes where they are many enough to pay for them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")

POOL_FROM = 400  # items below which a second process costs more than it saves
_RUNS = 4  # runs of items for each process, so that none waits long for the last
_LONGEST = 200  # items of a run that is not sent away, so that progress is told of often enough


def run(
    work: Callable[[State, Sequence[Item]], Result], state: State, items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """Yield what the work gives for runs of items, in their order.

    Forked processes share the state and the items as they are; only the results are sent back.
    """
    if jobs <= 1 or len(items) < POOL_FROM or "fork" not in multiprocessing.get_all_start_methods():
        for start, end in _bounds(len(items), 1, _LONGEST):
            yield work(state, items[start:end])
        return
    bounds = _bounds(len(items), jobs, _LONGEST)
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _adopt, (work, state, items)) as pool:
        yield from pool.map(_run, bounds)


def send(
    work: Callable[[State, Sequence[Item]], Result],
    state: State,
    items: Sequence[Item],
    executor: Executor,
    width: int,
) -> Iterator[Result]:
    """Yield what the work gives for runs of items, in their order, from any executor.

    State and items are sent to its processes, `width` of which work at once; no more is on its way
    than keeps them busy.
    """
    waiting: deque[Future[Result]] = deque()
    for start, end in _bounds(len(items), width, len(items)):
        waiting.append(executor.submit(work, state, items[start:end]))
        if len(waiting) > 2 * width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _bounds(count: int, processes: int, longest: int) -> list[tuple[int, int]]:
    """Return the first item of each run, and the one after its last."""
    step = min(-(-count // (processes * _RUNS)), longest) or 1
    return [(start, start + step) for start in range(0, count, step)]


_adopted: tuple[Callable[..., Any], Any, Sequence[Any]] | None = None


def _adopt(work: Callable[..., Any], state: object, items: Sequence[Any]) -> None:
    """Keep, in a forked process, what it shares with the one it came from."""
    global _adopted  # noqa: PLW0603 - the pool's own way of giving its processes something to keep
    _adopted = (work, state, items)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one it came from was killed; it would wait for work for ever.

    Until then it would write into an output, and hold a lock, that belong to the next build.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _run(bounds: tuple[int, int]) -> Any:  # noqa: ANN401 - whatever the work gives
    assert _adopted is not None
    work, state, items = _adopted
    return work(state, items[slice(*bounds)])
