"""Work that goes on beside the main work: in a thread of its own, and giving way to it."""

import os
import sys
import threading
from collections.abc import Callable
from contextvars import copy_context
from types import TracebackType
from typing import Generic, Self, TypeVar

from flows.errors import AbandonedError

T = TypeVar("T")

# As the `nice` command counts: enough that the main work keeps its cores when there is no idle one.
_NICENESS = 10


class Abandon:
    """Tells work that nobody waits for it any more.

    Args:
        within: Whoever waits for the whole of which this is a part, if anybody.
    """

    def __init__(self, within: "Abandon | None" = None) -> None:
        self._event = threading.Event()
        self._within = within

    def now(self) -> None:
        """The work is to end at its next `check`."""
        self._event.set()

    def check(self) -> None:
        """AbandonedError once nobody waits."""
        if self._event.is_set():
            raise AbandonedError
        if self._within is not None:
            self._within.check()


class Aside(Generic[T]):
    """A context manager: the work starts on the way in, and has ended on the way out.

    Whoever leaves the block without its result (an error, a stop signal) abandons the work, which
    then ends at its next check. It runs in a copy of the caller's context, so that progress arrives
    where the caller's does. The thread is its own, because a lowered priority cannot be raised
    again and a pool would keep it.
    """

    def __init__(
        self, name: str, work: Callable[[Abandon], T], *, within: Abandon | None = None
    ) -> None:
        self._work = work
        self._abandon = Abandon(within)
        self._values: list[T] = []
        self._error: BaseException | None = None
        context = copy_context()
        self._thread = threading.Thread(
            target=lambda: context.run(self._run), name=name, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._abandon.now()
        self._thread.join()

    def result(self) -> T:
        """What the work gave, once it has ended; raises what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._values[0]

    def _run(self) -> None:
        _give_way()
        try:
            self._values.append(self._work(self._abandon))
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            self._error = error


def _give_way() -> None:
    """Lower the priority of this thread and of those it starts; Linux alone keeps one for each."""
    if sys.platform == "linux":
        now = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(19, now + _NICENESS))
