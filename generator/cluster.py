"""Work on other machines: a Dask cluster, reached by the address of its scheduler.

Whatever a worker needs is sent to it, and what it makes is sent back, so the machines need share no
disk. A worker that dies in between costs nothing but the time: another one does its work again.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from generator.diagnostics import BuildError, Diagnostic, Severity
from generator.source import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

_PATIENCE = 10  # seconds to wait for the scheduler


@contextmanager
def joined(address: str) -> Iterator[tuple[Executor, int]]:
    """Give an executor that works on a cluster, and how many processors it has there.

    Raises BuildError where there is no cluster at the address, or it fails at its work.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra, and slow to import
        from distributed.comm.core import CommClosedError  # noqa: PLC0415 - a part of the extra
    except ImportError as error:
        message = "A cluster is reached through Dask, which is not installed."
        raise _failure(address, message, "Run: pip install distributed") from error
    try:
        connect: Any = distributed.Client  # which tells no types
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _broken(address, error) from error
    with client:
        processors = sum(client.nthreads().values())
        if not processors:
            message = "The cluster has no workers."
            raise _failure(address, message, f"Start some there: dask worker {address}")
        try:
            yield client.get_executor(), processors
        except (
            CancelledError,
            CommClosedError,
            distributed.KilledWorker,
        ) as error:
            raise _broken(address, error) from error


def _broken(address: str, error: BaseException) -> BuildError:
    reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
    way_out = "See that its scheduler and workers run, or build without --cluster."
    return _failure(address, f"The cluster failed: {reason}.", way_out)


def _failure(address: str, message: str, help: str) -> BuildError:  # noqa: A002 - the word users see
    return BuildError([Diagnostic(Location(address), Severity.ERROR, message, help)])
