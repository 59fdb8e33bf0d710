"""The Prefect flow of a batch: one run for each title, paced by the limit of their queue."""

import asyncio
from typing import Any
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import FlowRun
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Completed, Failed

from flows.batch_report import BatchReport, TitleEnd, TitleOutcome
from flows.batch_request import BatchRequest, catalogue_of
from flows.catalogue.titles import Catalogue, WantedTitle
from flows.orchestration.title_runs import ended, start_titles
from flows.quality_table import artifact_slug
from subtitles.errors import PartialError, PolycueError


async def localize_on_prefect(catalogue: Catalogue, batch_id: str, *, wait: bool) -> BatchReport:
    """Start a run for every title of a catalogue, and wait for them when that is asked.

    Args:
        catalogue: What is asked for.
        batch_id: Of this batch: called again with it, no title is started twice.
        wait: Whether to stay until the last of them has ended.

    Raises:
        StarterDownError: the server was away for too long.
        StartRefusedError: it does not know our deployments.
    """
    ids = await start_titles([title.request for title in catalogue.titles], batch_id)
    runs = await ended(ids) if wait else {}
    outcomes = (
        _outcome(title, one, runs.get(one))
        for title, one in zip(catalogue.titles, ids, strict=True)
    )
    return BatchReport(titles=tuple(outcomes), faults=catalogue.faults)


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
    catalogue = await asyncio.to_thread(catalogue_of, request)
    report = await localize_on_prefect(catalogue, str(flow_run.id or ""), wait=request.wait)
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
