"""The Prefect flow of one title: thin wrappers around the stages, nothing else.

One flow run per title, one task run per stage and language, threads, no subflows. Prefect keeps
no results: the artifact store does, and a stage that found its result there ends in a state
named ``Cached``. Review never happens inside a run: the flow parks its drafts and ends.
"""

from contextvars import ContextVar
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.artifacts.store import ArtifactRef
from flows.inline import failed_language, open_for_work, title_report
from flows.pipeline import Pipeline, Title
from flows.quality_table import artifact_slug, markdown_table
from flows.report import LanguageReport, TitleReport
from flows.request import LocalizeRequest
from flows.settings import Settings
from flows.wiring import build_pipeline
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag

# Prefect copies the context into its task threads; a pipeline must not travel as a parameter.
_pipeline: ContextVar[Pipeline] = ContextVar("pipeline")


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry what another moment may cure (a locked database, a network), never our own errors."""
    return not isinstance(state.data, PolycueError)


def _ended(*, cached: bool, data: object) -> State[Any]:
    return Completed(name="Cached" if cached else "Completed", data=data)


_OPTIONS: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 2,
    "retry_delay_seconds": [1.0, 5.0],
    "retry_condition_fn": _may_pass,
}


# Between tasks go references and reports, never transcripts or cues: Prefect walks through every
# value it is handed. A task ends in a State; who waits for it gets the State's data.


@task(name="recognize", task_run_name="recognize-{title.request.stem}", **_OPTIONS)
def recognize(title: Title) -> Any:  # noqa: ANN401 - a State
    """Words with times; gives (reference, whether it was stored already)."""
    transcript = _pipeline.get().transcribe(title)
    return _ended(cached=transcript.cached, data=(transcript.ref, transcript.cached))


@task(name="source-subtitles", task_run_name="source-{title.request.stem}", **_OPTIONS)
def source_subtitles(title: Title, transcript: ArtifactRef) -> Any:  # noqa: ANN401 - a State
    """Cues in the spoken language, files, review task; gives (reference of the cues, report)."""
    pipeline = _pipeline.get()
    source = pipeline.source_track(title, pipeline.transcript(transcript))
    return _ended(cached=source.cached, data=(source.ref, pipeline.deliver_source(title, source)))


@task(name="target-subtitles", task_run_name="target-{title.request.stem}-{target}", **_OPTIONS)
def target_subtitles(title: Title, source: ArtifactRef, target: LanguageTag) -> Any:  # noqa: ANN401 - a State
    """Cues in one target language, files, review task; gives the report."""
    pipeline = _pipeline.get()
    report = pipeline.deliver_target(title, pipeline.source(source), target)
    return _ended(cached=report.cached, data=report)


@flow(
    name="localize-title",
    flow_run_name="{request.stem}",
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type] # Prefect's own default
    persist_result=False,
)
def localize_title(request: LocalizeRequest) -> Any:  # noqa: ANN401 - a report, or a State of it
    """From a media file to subtitles waiting for a linguist; gives the `TitleReport`.

    Ends in a state named ``Partial`` when some language could not be made.
    """
    settings = Settings()
    pipeline = build_pipeline(settings, request)
    token = _pipeline.set(pipeline)
    try:
        with open_for_work(pipeline, request, settings) as title:
            report = _run_tasks(title)
    finally:
        _pipeline.reset(token)
    create_markdown_artifact(
        markdown_table(report), key=artifact_slug(report.title), description="Quality of the drafts"
    )
    if not report.failed:
        return report
    failed = ", ".join(one.language for one in report.failed)
    return Completed(name="Partial", message=f"failed: {failed}", data=report)


def _run_tasks(title: Title) -> TitleReport:
    transcript, cached = recognize.submit(title).result()
    source, delivered = source_subtitles.submit(title, transcript).result()
    wanted = Pipeline.wanted(title, delivered.language)
    running = [(tag, target_subtitles.submit(title, source, tag)) for tag in wanted]
    languages = [delivered, *(_outcome(tag, future) for tag, future in running)]
    return title_report(title, languages, transcript_cached=cached)


def _outcome(tag: LanguageTag, future: Any) -> LanguageReport:  # noqa: ANN401 - Prefect's future
    """The language's report, or the report of its failure: no language fails the title."""
    try:
        report: LanguageReport = future.result()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other languages go on
        return failed_language(tag, error)
    return report
