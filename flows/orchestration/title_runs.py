"""Flow runs of titles: each asked for once, and waited for while the server comes and goes."""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import AsyncExitStack
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun

from flows.dispatching.port import LOCALIZE
from flows.orchestration.patience import patiently
from flows.request import LocalizeRequest

_AT_ONCE = 8
"""Runs asked for at a time; the server writes each into its database."""
_FIRST_LOOK_S, _LAST_LOOK_S = 1.0, 10.0
_ASKED_TOGETHER = 200


async def start_titles(requests: Sequence[LocalizeRequest], asked_by: str) -> list[UUID]:
    """A flow run for each title, in their order; none is waited for.

    Args:
        requests: What is asked for.
        asked_by: Who asks: the same title asked for again by the same asker is the same run.

    Raises:
        StarterDownError: the server was away for too long.
        StartRefusedError: it does not know the deployment, or does not take what it is told.
    """
    room = asyncio.Semaphore(_AT_ONCE)
    async with AsyncExitStack() as opened:
        # One for all: opening one each took nine times the processor time of asking.
        client = await patiently(lambda: opened.enter_async_context(get_client()), LOCALIZE)
        known = await patiently(lambda: client.read_deployment_by_name(LOCALIZE), LOCALIZE)

        async def started(request: LocalizeRequest) -> UUID:
            async with room:
                return await _start(client, known.id, request, asked_by)

        return await asyncio.gather(*map(started, requests))


async def _start(
    client: PrefectClient, deployment_id: UUID, request: LocalizeRequest, asked_by: str
) -> UUID:
    told = f"{asked_by}\x1f{request.model_dump_json()}"
    key = hashlib.sha256(told.encode()).hexdigest()

    async def start() -> FlowRun:
        # No subflow: who starts it neither waits for it nor owns it.
        return await client.create_flow_run_from_deployment(
            deployment_id,
            parameters={"request": request.model_dump(mode="json")},
            name=request.stem,
            idempotency_key=key,
        )

    return (await patiently(start, LOCALIZE)).id


async def ended(ids: Sequence[UUID]) -> dict[UUID, FlowRun]:
    """The runs, once all of them have ended; looked for less and less often.

    Raises:
        StarterDownError: the server was away for too long.
    """
    done: dict[UUID, FlowRun] = {}
    pause_s = _FIRST_LOOK_S
    while left := [one for one in dict.fromkeys(ids) if one not in done]:
        for start in range(0, len(left), _ASKED_TOGETHER):
            done |= await _final(left[start : start + _ASKED_TOGETHER])
        if len(done) < len(set(ids)):
            await asyncio.sleep(pause_s)
            pause_s = min(1.5 * pause_s, _LAST_LOOK_S)
    return done


async def _final(ids: Sequence[UUID]) -> dict[UUID, FlowRun]:
    """Those of some runs that have ended."""

    async def read() -> list[FlowRun]:
        wanted = FlowRunFilter.model_validate({"id": {"any_": ids}})
        async with get_client() as client:
            return await client.read_flow_runs(flow_run_filter=wanted, limit=_ASKED_TOGETHER)

    runs = await patiently(read, "runs of titles")
    return {run.id: run for run in runs if run.state and run.state.is_final()}
