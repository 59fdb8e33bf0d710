"""Runs whose process is gone and of which nobody has told the server.

A worker tells how its runs end, and an automation (`flows.orchestration.system.registering`) finds
those that stop showing signs of life. Both need the server: what happens while it restarts, and a
worker that dies between taking a run and starting it, leave runs ``Pending`` or ``Running`` for
ever, and whoever waits for them waits as long.
"""

import asyncio
import logging
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, WorkPoolFilter
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.events.filters import EventFilter
from prefect.states import Crashed, Scheduled

from flows.orchestration.patience import TROUBLES
from flows.orchestration.system.marks import bearers
from flows.orchestration.system.settings import POOL

SILENT_FOR = timedelta(minutes=2)
"""Of a run that has begun: four signs of life (PREFECT_FLOWS_HEARTBEAT_FREQUENCY is 30 s)."""

UNBEGUN_FOR = timedelta(minutes=1)
"""Of one that a worker has taken, which keeps its place in the queue: a start takes ten seconds,
twenty on a busy machine. One that was only slow does no harm: a title has one run at a time."""

LOOK_EVERY = timedelta(seconds=20)

_OURS = "This run's processes are gone; start it again and it goes on where it stopped."
_NEVER_BEGUN = "The worker that took this run was lost before it began."
_UNENDED = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)
_PAGE = 200
_RUN_ID = "PREFECT__FLOW_RUN_ID"

logger = logging.getLogger(__name__)


class LostRuns:
    """Finds them, and has them begin again or end.

    A run is lost when it was silent at two looks in a row: after the server was away, its runs need
    a moment to be heard again.
    """

    def __init__(self) -> None:
        self._suspects: frozenset[UUID] = frozenset()

    async def look(self, client: PrefectClient, now: datetime) -> tuple[FlowRun, ...]:
        """Bury what is lost; gives those runs. Raises what `TROUBLES` lists."""
        suspects, self._suspects = self._suspects, frozenset()
        silent = [run for run in await _unended(client) if await _is_silent(client, run, now)]
        lost = tuple(run for run in silent if run.id in suspects)
        for run in lost:
            await _bury(client, run)
        self._suspects = frozenset(run.id for run in silent) - {run.id for run in lost}
        return lost


async def _is_silent(client: PrefectClient, run: FlowRun, now: datetime) -> bool:
    if run.state is None:
        return False
    since = now - (UNBEGUN_FOR if run.state.is_pending() else SILENT_FOR)
    if run.state.timestamp > since or any(bearers(_RUN_ID, str(run.id))):
        return False
    signs = EventFilter.model_validate(
        {
            "occurred": {"since": since, "until": now},
            "resource": {"id": [f"prefect.flow-run.{run.id}"]},
        }
    )
    return not (await client.read_events(signs, limit=1)).events


async def _unended(client: PrefectClient) -> list[FlowRun]:
    """Those of our pool that somebody should be working on."""
    wanted = FlowRunFilter.model_validate({"state": {"type": {"any_": _UNENDED}}})
    pool = WorkPoolFilter.model_validate({"name": {"any_": [POOL]}})
    found: list[FlowRun] = []
    while True:
        page = await client.read_flow_runs(
            flow_run_filter=wanted, work_pool_filter=pool, limit=_PAGE, offset=len(found)
        )
        found += page
        if len(page) < _PAGE:
            return found


async def _bury(client: PrefectClient, run: FlowRun) -> None:
    has_begun = run.state is None or run.state.type is not StateType.PENDING
    state: State[Any] = Crashed(message=_OURS) if has_begun else Scheduled(message=_NEVER_BEGUN)
    await client.set_flow_run_state(run.id, state, force=True)


def look_after(stop: threading.Event) -> None:
    """Look again and again until ``stop`` is set; a server that is away is asked again later."""
    lost_runs = LostRuns()
    while not stop.wait(LOOK_EVERY.total_seconds()):
        try:
            _told(asyncio.run(_look(lost_runs)))
        except TROUBLES as error:
            logger.info("lost runs are looked for again later: %s", error)


async def _look(lost_runs: LostRuns) -> tuple[FlowRun, ...]:
    async with get_client() as client:
        return await lost_runs.look(client, datetime.now(UTC))


def _told(lost: Iterable[FlowRun]) -> None:
    for run in lost:
        was = run.state.name if run.state else "unknown"
        logger.warning("run %s (%s) was lost while %s", run.name, run.id, was)
