"""The Prefect flow of one title: thin wrappers around the stages, nothing else.

One flow run per title, one task run per stage, chunk and language, threads, no subflows. Prefect
keeps no results: the artifact store does, and a stage that found its result there ends in a state
named ``Cached``. Review never happens inside a run: the flow parks its drafts and ends.
"""

from dataclasses import dataclass
from typing import Any

from prefect import flow, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.artifacts.store import ArtifactRef
from flows.aside import Abandon
from flows.errors import TitleBusyError
from flows.inline import failed_language, open_for_work, title_report
from flows.orchestration.busy import wait_for_turn
from flows.orchestration.costs import create_cost_artifact
from flows.orchestration.environment import has_api
from flows.orchestration.limits import slot
from flows.orchestration.progress import PrefectProgress
from flows.orchestration.recognition_tasks import transcribed
from flows.orchestration.run_logger import logged_to_run
from flows.orchestration.task_options import OPTIONS, ended
from flows.orchestration.work import FlowWork, current_work
from flows.pipeline import Pipeline
from flows.progress import current_progress
from flows.quality_table import artifact_slug, markdown_table
from flows.report import LanguageReport, TitleReport
from flows.request import LocalizeRequest
from flows.runs.opening import run_log_for
from flows.runs.recording import RunRecorder, recorded
from flows.runs.records import RunKind
from flows.runs.reports import told
from flows.runs.requests import run_of
from flows.settings import Settings
from flows.title import Title, wanted_of, with_shots, with_transcript
from flows.wiring import build_pipeline
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What is known of a title before cues are made: its words, and its shot changes if any."""

    transcript: ArtifactRef
    shots: ArtifactRef | None


# Between tasks go references and reports, never transcripts or cues: Prefect walks through every
# value it is handed. A task ends in a State; who waits for it gets the State's data.


@task(name="shot-changes", task_run_name="shots-{title.request.stem}", **OPTIONS)
def shot_changes(title: Title) -> Any:  # noqa: ANN401 - a State
    """Where the picture cuts; gives a reference."""
    work = current_work.get()
    with work.pipeline.look_for_shots(title, within=work.ended) as looking:
        found = looking.result()
    return ended(cached=found.cached, data=found.ref) if found else ended(cached=True, data=None)


@task(name="source-subtitles", task_run_name="source-{title.request.stem}", **OPTIONS)
def source_subtitles(title: Title, heard: _Heard) -> Any:  # noqa: ANN401 - a State
    """Cues in the spoken language, files, review task.

    Gives (reference of the cues that are translated, report).
    """
    pipeline = current_work.get().pipeline
    transcript = pipeline.transcriber.transcript(heard.transcript)
    title = _known(title, heard)
    source = pipeline.source_track(title, transcript)
    report = pipeline.deliver_source(title, source)
    translated = pipeline.translated_source(title, source) if title.targets else source
    return ended(cached=source.cached, data=(translated.ref, report))


@task(name="target-subtitles", task_run_name="target-{title.request.stem}-{target}", **OPTIONS)
def target_subtitles(title: Title, heard: _Heard, source: ArtifactRef, target: LanguageTag) -> Any:  # noqa: ANN401 - a State
    """Cues in one target language, files, review task; gives the report."""
    pipeline = current_work.get().pipeline
    known = _known(title, heard)
    report = pipeline.localizer.deliver_target(known, pipeline.source(source), target)
    return ended(cached=report.cached, data=report)


@task(name="quality-report", task_run_name="report-{title.request.stem}", **OPTIONS)
def quality_report(
    title: Title, heard: _Heard, source: ArtifactRef, languages: list[LanguageReport]
) -> Any:  # noqa: ANN401 - a State
    """The page and the JSON about all languages; gives their paths."""
    pipeline = current_work.get().pipeline
    cues = pipeline.source(source).value
    written = pipeline.localizer.report(_known(title, heard), cues, languages)
    return ended(cached=written.cached, data=written.files)


def _known(title: Title, heard: _Heard) -> Title:
    """The title with what was found in its sound and picture."""
    pipeline = current_work.get().pipeline
    title = with_transcript(title, pipeline.transcriber.transcript(heard.transcript).value)
    return title if heard.shots is None else with_shots(title, pipeline.shots(heard.shots).value)


@flow(
    name="localize-title",
    flow_run_name="{request.stem}",
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type] # Prefect's own default
    persist_result=False,
)
def localize_title(request: LocalizeRequest) -> Any:  # noqa: ANN401 - a report, or a State of it
    """From a media file to subtitles waiting for a linguist; gives the `TitleReport`.

    Ends in a state named ``Partial`` when some language could not be made. A run of the deployment
    that finds its title in other hands waits for its turn.
    """
    try:
        report = _recorded(request, Settings())
    except TitleBusyError as busy:
        wait_for_turn(busy)
        raise
    if not report.failed:
        return report
    failed = ", ".join(one.language for one in report.failed)
    return Completed(name="Partial", message=f"failed: {failed}", data=report)


def _recorded(request: LocalizeRequest, settings: Settings) -> TitleReport:
    flow_run_id = str(runtime.flow_run.id or "")
    new = run_of(request, settings, kind=RunKind.TITLE, flow_run_id=flow_run_id)
    with logged_to_run(settings), recorded(run_log_for(settings), new) as run:
        report = _localized(request, settings, run)
        create_markdown_artifact(
            markdown_table(report),
            key=artifact_slug(report.title),
            description="Quality of the drafts",
        )
        create_cost_artifact(run)
    return report


def _localized(request: LocalizeRequest, settings: Settings, run: RunRecorder) -> TitleReport:
    pipeline = build_pipeline(settings, request)
    work = _work_of(pipeline, settings)
    token = current_work.set(work)
    listener = current_progress.set(PrefectProgress(current_progress.get(), request.stem))
    try:
        with open_for_work(pipeline, request, settings) as title:
            run.found(media_id=title.media_id, programme_ms=title.asset.duration_ms)
            return _run_tasks(title)
    finally:
        work.ended.now()
        current_progress.reset(listener)
        current_work.reset(token)


def _work_of(pipeline: Pipeline, settings: Settings) -> FlowWork:
    if not has_api():  # an embedded server has no other runs, and knows no limits
        return FlowWork(pipeline=pipeline, ended=Abandon())
    return FlowWork(
        pipeline=pipeline,
        ended=Abandon(),
        recognition_limit=settings.recognition_limit,
        translation_limit=settings.translation_limit,
    )


def _run_tasks(title: Title) -> TitleReport:
    looking = shot_changes.submit(title) if title.wants_shot_changes else None
    transcript, cached = transcribed(title)
    heard = _Heard(transcript=transcript, shots=looking.result() if looking else None)
    source, delivered = source_subtitles.submit(title, heard).result()
    told(delivered)
    wanted = wanted_of(title.request, delivered.language)
    with slot(current_work.get().translation_limit if wanted else ""):
        running = [(tag, target_subtitles.submit(title, heard, source, tag)) for tag in wanted]
        languages = [delivered, *(_outcome(tag, future) for tag, future in running)]
    files = quality_report.submit(title, heard, source, languages).result()
    return title_report(title, languages, files, transcript_cached=cached)


def _outcome(tag: LanguageTag, future: Any) -> LanguageReport:  # noqa: ANN401 - Prefect's future
    """The language's report, or the report of its failure: no language fails the title."""
    try:
        report: LanguageReport = future.result()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other languages go on
        return told(failed_language(tag, error))
    return told(report)
