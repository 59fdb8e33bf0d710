"""The Prefect flow of a batch: one run for each title, paced by the limit of their queue."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.deployments.flow_runs import arun_deployment
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Completed, Failed

from flows.batch_report import BatchReport, TitleEnd, TitleOutcome
from flows.batch_request import BatchRequest, catalogue_of
from flows.catalogue.titles import Catalogue, WantedTitle
from flows.orchestration.patience import patiently
from flows.quality_table import artifact_slug
from subtitles.errors import PartialError, PolycueError

DEPLOYMENT = "localize-title/local"
_AT_ONCE = 8
"""Runs asked for at a time; the server writes each into its database."""
_FIRST_LOOK_S, _LAST_LOOK_S = 1.0, 10.0
_ASKED_TOGETHER = 200


async def hand_over(catalogue: Catalogue, batch_id: str = "") -> BatchReport:
    """Start a run for every title, and wait for none of them."""
    ids = await _started(catalogue, batch_id or uuid4().hex)
    outcomes = (_outcome(*one, None) for one in zip(catalogue.titles, ids, strict=True))
    return BatchReport(titles=tuple(outcomes), faults=catalogue.faults)


async def localize_on_prefect(request: BatchRequest, batch_id: str) -> BatchReport:
    """Start a run for every title of the catalogue, and wait for them when that is asked.

    Args:
        request: What is asked for.
        batch_id: Of this batch: called again with it, no title is started twice.

    Raises:
        CatalogueError: the catalogue cannot be read.
    """
    catalogue = await asyncio.to_thread(catalogue_of, request)
    ids = await _started(catalogue, batch_id)
    runs = await _ended(ids) if request.wait else {}
    outcomes = (
        _outcome(title, one, runs.get(one))
        for title, one in zip(catalogue.titles, ids, strict=True)
    )
    return BatchReport(titles=tuple(outcomes), faults=catalogue.faults)


async def _started(catalogue: Catalogue, batch_id: str) -> list[UUID]:
    room = asyncio.Semaphore(_AT_ONCE)

    async def started(title: WantedTitle) -> UUID:
        async with room:
            return await start_title(title, batch_id)

    return await asyncio.gather(*map(started, catalogue.titles))


async def start_title(title: WantedTitle, batch_id: str) -> UUID:
    """A run of one title; gives its id. The same title of the same batch is one run."""
    asked = title.request.model_dump(mode="json")
    told = f"{batch_id}\x1f{title.request.model_dump_json()}"
    key = hashlib.sha256(told.encode()).hexdigest()

    async def start() -> FlowRun:
        return await arun_deployment(
            DEPLOYMENT,
            parameters={"request": asked},
            flow_run_name=title.request.stem,
            timeout=0,
            idempotency_key=key,
            as_subflow=False,
        )

    return (await patiently(start, DEPLOYMENT)).id


async def _ended(ids: Sequence[UUID]) -> dict[UUID, FlowRun]:
    """The runs, once all of them have ended; looked for less and less often."""
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


def _outcome(title: WantedTitle, run_id: UUID, run: FlowRun | None) -> TitleOutcome:
    page = f"{get_current_settings().ui_url or ''}/runs/flow-run/{run_id}".removeprefix("/")
    media = title.request.media
    state = None if run is None else run.state
    if state is None:
        return TitleOutcome(media=media, end=TitleEnd.QUEUED, run=page)
    if state.is_completed():
        is_partial = state.name == "Partial"
        return TitleOutcome(
            media=media,
            end=TitleEnd.PARTIAL if is_partial else TitleEnd.DONE,
            failed=(("some", state.message or ""),) if is_partial else (),
            exit_code=PartialError.exit_code if is_partial else 0,
            run=page,
        )
    error = f"{state.name}: {state.message or 'see its run'}".splitlines()[0]
    return TitleOutcome(
        media=media,
        end=TitleEnd.FAILED,
        error=error,
        exit_code=PolycueError.exit_code,
        run=page,
    )


@flow(name="localize-batch", flow_run_name="{request.stem}", persist_result=False)
async def localize_batch(request: BatchRequest) -> Any:  # noqa: ANN401 - a report, or a State of it
    """A run for each title of a folder or a manifest; gives the `BatchReport`.

    Ends in a state named ``Partial`` when some titles, or languages of them, could not be made;
    fails when none could.
    """
    report = await localize_on_prefect(request, str(flow_run.id or ""))
    await create_table_artifact(  # type: ignore[misc] # awaitable where an event loop runs
        table=_table(report),
        key=f"batch-{artifact_slug(request.stem)}",
        description=report.summary(),
    )
    if not report.not_well and not report.faults:
        return report
    if any(one.end is not TitleEnd.FAILED for one in report.titles):
        return Completed(name="Partial", message=report.summary(), data=report)
    return Failed(message=report.summary())


def _table(report: BatchReport) -> list[dict[str, Any]]:
    rows = [
        {
            "title": one.media.name,
            "end": one.end.value,
            "why": one.error or "; ".join(why for _, why in one.failed),
            "run": one.run,
        }
        for one in report.titles
    ]
    faults = [
        {"title": one.where, "end": "cannot be asked for", "why": one.why, "run": ""}
        for one in report.faults
    ]
    return rows + faults
