"""The Prefect flow of one title: thin wrappers around the stages, nothing else.

One flow run per title, one task run per stage and language, threads, no subflows. Prefect keeps
no results: the artifact store does, and a stage that found its result there ends in a state
named ``Cached``. Review never happens inside a run: the flow parks its drafts and ends.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.artifacts.store import ArtifactRef
from flows.aside import Abandon
from flows.inline import failed_language, open_for_work, title_report
from flows.pipeline import Pipeline
from flows.quality_table import artifact_slug, markdown_table
from flows.report import LanguageReport, TitleReport
from flows.request import LocalizeRequest
from flows.settings import Settings
from flows.title import Title, with_shots
from flows.wiring import build_pipeline
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the tasks of one flow run share.

    Attributes:
        pipeline: Engines and stores.
        ended: Abandoned when the run ends, since Prefect waits for every task it has started.
    """

    pipeline: Pipeline
    ended: Abandon


# Prefect copies the context into its task threads; a pipeline must not travel as a parameter.
_run: ContextVar[_Run] = ContextVar("run")


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
    transcript = _run.get().pipeline.transcribe(title)
    return _ended(cached=transcript.cached, data=(transcript.ref, transcript.cached))


@task(name="shot-changes", task_run_name="shots-{title.request.stem}", **_OPTIONS)
def shot_changes(title: Title) -> Any:  # noqa: ANN401 - a State
    """Where the picture cuts; gives a reference."""
    run = _run.get()
    with run.pipeline.look_for_shots(title, within=run.ended) as looking:
        found = looking.result()
    return _ended(cached=found.cached, data=found.ref) if found else _ended(cached=True, data=None)


@task(name="source-subtitles", task_run_name="source-{title.request.stem}", **_OPTIONS)
def source_subtitles(title: Title, transcript: ArtifactRef, shots: ArtifactRef | None) -> Any:  # noqa: ANN401 - a State
    """Cues in the spoken language, files, review task; gives (reference of the cues, report)."""
    pipeline = _run.get().pipeline
    title = _seen(title, shots)
    source = pipeline.source_track(title, pipeline.transcript(transcript))
    return _ended(cached=source.cached, data=(source.ref, pipeline.deliver_source(title, source)))


@task(name="target-subtitles", task_run_name="target-{title.request.stem}-{target}", **_OPTIONS)
def target_subtitles(
    title: Title, source: ArtifactRef, shots: ArtifactRef | None, target: LanguageTag
) -> Any:  # noqa: ANN401 - a State
    """Cues in one target language, files, review task; gives the report."""
    pipeline = _run.get().pipeline
    report = pipeline.deliver_target(_seen(title, shots), pipeline.source(source), target)
    return _ended(cached=report.cached, data=report)


@task(name="quality-report", task_run_name="report-{title.request.stem}", **_OPTIONS)
def quality_report(
    title: Title, source: ArtifactRef, shots: ArtifactRef | None, languages: list[LanguageReport]
) -> Any:  # noqa: ANN401 - a State
    """The page and the JSON about all languages; gives their paths."""
    pipeline = _run.get().pipeline
    cues = pipeline.source(source).value
    written = pipeline.report(_seen(title, shots), cues, languages)
    return _ended(cached=written.cached, data=written.files)


def _seen(title: Title, shots: ArtifactRef | None) -> Title:
    return title if shots is None else with_shots(title, _run.get().pipeline.shots(shots).value)


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
    run = _Run(pipeline=pipeline, ended=Abandon())
    token = _run.set(run)
    try:
        with open_for_work(pipeline, request, settings) as title:
            report = _run_tasks(title)
    finally:
        run.ended.now()
        _run.reset(token)
    create_markdown_artifact(
        markdown_table(report), key=artifact_slug(report.title), description="Quality of the drafts"
    )
    if not report.failed:
        return report
    failed = ", ".join(one.language for one in report.failed)
    return Completed(name="Partial", message=f"failed: {failed}", data=report)


def _run_tasks(title: Title) -> TitleReport:
    looking = shot_changes.submit(title) if title.wants_shot_changes else None
    transcript, cached = recognize.submit(title).result()
    shots = looking.result() if looking else None
    source, delivered = source_subtitles.submit(title, transcript, shots).result()
    wanted = Pipeline.wanted(title, delivered.language)
    running = [(tag, target_subtitles.submit(title, source, shots, tag)) for tag in wanted]
    languages = [delivered, *(_outcome(tag, future) for tag, future in running)]
    files = quality_report.submit(title, source, shots, languages).result()
    return title_report(title, languages, files, transcript_cached=cached)


def _outcome(tag: LanguageTag, future: Any) -> LanguageReport:  # noqa: ANN401 - Prefect's future
    """The language's report, or the report of its failure: no language fails the title."""
    try:
        report: LanguageReport = future.result()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other languages go on
        return failed_language(tag, error)
    return report
