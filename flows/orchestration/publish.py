"""The Prefect flow that publishes: `flows.publishing`, one task run for each release."""

from contextvars import ContextVar
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.orchestration.run_logger import logged_to_run
from flows.orchestration.task_options import OPTIONS, ended
from flows.publish_report import Outcome, PublishReport, TaskPublication
from flows.publish_request import PublishRequest
from flows.publish_table import markdown_table
from flows.publish_wiring import Publisher
from flows.publishing import Waiting, publish_task
from flows.publishing import publish_approved as publish
from flows.settings import Settings

EVERYTHING = PublishRequest()

_publisher: ContextVar[Publisher] = ContextVar("publisher")


@task(
    name="publish-release",
    task_run_name="publish-{waiting.task.title}-{waiting.task.language}",
    **OPTIONS,
)
def publish_release(waiting: Waiting) -> Any:  # noqa: ANN401 - a State
    """One release into the publishing folder; gives the `TaskPublication`."""
    done = publish_task(_publisher.get(), waiting)
    return ended(cached=done.outcome is Outcome.UNCHANGED, data=done)


@flow(name="publish-approved", flow_run_name="publish-{request.what}", persist_result=False)
def publish_approved(request: PublishRequest = EVERYTHING) -> Any:  # noqa: ANN401 - a report, or a State
    """Everything that was approved, into the publishing folder; gives the `PublishReport`.

    Ends in a state named ``Partial`` when some task could not be published, and fails when none
    could.
    """
    settings = Settings()
    with logged_to_run(settings):
        report = publish(
            settings,
            limit=request.limit,
            task_id=request.task_id or None,
            flow_run_id=str(flow_run.id or ""),
            publish=_as_task,
        )
    if report.publications:
        create_markdown_artifact(
            markdown_table(report), key="published", description="What was published"
        )
    return _end_of(report)


def _as_task(publisher: Publisher, waiting: Waiting) -> TaskPublication:
    token = _publisher.set(publisher)
    try:
        # Prefect copies the context into its task threads.
        done: TaskPublication = publish_release.submit(waiting).result()
    finally:
        _publisher.reset(token)
    return done


def _end_of(report: PublishReport) -> Any:  # noqa: ANN401 - a report, or a State
    if not report.failed:
        return report
    if len(report.failed) == len(report.publications):
        return Failed(message=report.summary())
    return Completed(name="Partial", message=report.summary(), data=report)
