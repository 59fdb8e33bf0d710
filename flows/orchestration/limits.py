"""Slots that the runs of one server share: Prefect's global concurrency limits.

A limit of a task's tag would not do: Prefect does not hold it strictly, and takes a slot for each
chunk of a title, which costs a question to the server every time.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager

from prefect.client.orchestration import PrefectClient
from prefect.concurrency.asyncio import ConcurrencySlotAcquisitionError
from prefect.concurrency.sync import concurrency

from flows.dispatching.errors import StarterDownError
from flows.orchestration.patience import PATIENCE_S, TROUBLES, what_it_means
from subtitles.errors import PolycueError

LEASE_S = 60.0
"""After this long without a sign of life of its holder a slot is free again."""

_PAUSE_S = 5.0

logger = logging.getLogger(__name__)


class UnknownLimitError(PolycueError):
    """A limit that is named in the settings and that the server does not know."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        name = self.limit
        return (
            f"Prefect knows no concurrency limit {name!r}: "
            f"run `prefect gcl create {name} --limit 1`, or leave it out of the settings"
        )


async def make_limits(client: PrefectClient, slots: Mapping[str, int]) -> None:
    """Create these limits, each with so many slots; one that is there gets that many."""
    for name, count in slots.items():
        await client.upsert_global_concurrency_limit_by_name(name, count)


@contextmanager
def slot(limit: str) -> Iterator[None]:
    """Hold one slot of a limit for the block, waiting for it as long as it takes.

    When the server stays away for longer than the lease, the block goes on: who has worked for
    minutes is not thrown away for a slot, though another run may then take it.

    Args:
        limit: Its name; empty for none, and nothing is asked of anybody.

    Raises:
        UnknownLimitError: there is no such limit.
        StarterDownError: the server was away for too long before the block began.
        StartRefusedError: it does not take the question.
    """
    if not limit:
        yield
        return
    held = _taken(limit)
    try:
        yield
    finally:
        _give_back(held, limit)


def _taken(limit: str) -> ExitStack:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        held = ExitStack()
        try:
            held.enter_context(_slot_of(limit))
        except ConcurrencySlotAcquisitionError as error:
            meant = _what_it_means(error, limit)
            if not isinstance(meant, StarterDownError) or time.monotonic() > deadline:
                raise meant from error
        else:
            return held
        time.sleep(_PAUSE_S)


def _slot_of(limit: str) -> AbstractContextManager[None]:
    return concurrency(
        limit,
        occupy=1,
        strict=True,
        lease_duration=LEASE_S,
        # The server's restart is not the end of a title that is being recognised.
        raise_on_lease_renewal_failure=False,
    )


def _what_it_means(error: ConcurrencySlotAcquisitionError, limit: str) -> PolycueError:
    cause = error.__cause__
    if cause is None:
        return UnknownLimitError(limit)
    if not isinstance(cause, TROUBLES):
        raise error
    return what_it_means(cause, f"what holds a slot of {limit}")


def _give_back(held: ExitStack, limit: str) -> None:
    try:
        held.close()
    except TROUBLES as error:
        logger.warning("a slot of %s is free again only in %d s: %s", limit, LEASE_S, error)
