"""The Prefect flow that looks for drafts that would come out otherwise, and starts their titles."""

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.dispatching.port import LOCALIZE, Starter
from flows.orchestration.run_logger import logged_to_run
from flows.orchestration.starting import PrefectStarter
from flows.pipeline import Pipeline
from flows.redo_text import markdown_table
from flows.redoing import Redone, RedoRequest
from flows.redoing import redo_stale as redo
from flows.report import TitleReport
from flows.request import LocalizeRequest
from flows.settings import Settings
from review.titles import ReviewedTitle


@flow(name="redo-stale", flow_run_name="redo-{request.what}", persist_result=False)
def redo_stale(request: RedoRequest) -> Any:  # noqa: ANN401 - a report, or a State of it
    """Start `localize-title/local` for each title with a stale draft; gives the `RedoReport`.

    One flow run a title, so that the queue paces them; a retry of this run starts none twice. Ends
    in a state named ``Partial`` when a title could not be looked at or started.
    """
    settings, run_id = Settings(), str(flow_run.id or "")
    starting = _Starting(PrefectStarter(), run_id)
    with logged_to_run(settings):
        report = redo(settings, request, starting, flow_run_id=run_id)
    create_markdown_artifact(markdown_table(report), key="redo", description="What was stale")
    failed = report.of(Redone.FAILED, Redone.BUSY)
    if not failed:
        return report
    what = "; ".join(f"{one.title}: {one.problem}" for one in failed)
    return Completed(name="Partial", message=what, data=report)


class _Starting:
    """Starts the titles of one run, each once."""

    def __init__(self, starter: Starter, run_id: str) -> None:
        self._starter, self._run_id = starter, run_id

    def __call__(
        self, _pipeline: Pipeline, wanted: LocalizeRequest, title: ReviewedTitle
    ) -> TitleReport | None:
        key = f"redo:{self._run_id}:{title.media_id}"
        self._starter.start(LOCALIZE, {"request": wanted.model_dump(mode="json")}, key)
        return None
