"""The inline engine: the very stages of the Prefect flow, called one after another."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.errors import exit_code_of, in_one_line
from flows.localizing import Localizer
from flows.locks import title_lock
from flows.pipeline import Pipeline
from flows.report import LanguageReport, TitleReport
from flows.request import LocalizeRequest
from flows.runs.opening import run_log_for
from flows.runs.recording import recorded
from flows.runs.records import RunKind
from flows.runs.reports import told
from flows.runs.requests import run_of
from flows.settings import Settings
from flows.stages.once import StageResult
from flows.title import Localizable, Title, wanted_of, with_shots, with_transcript
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag

logger = logging.getLogger(__name__)


@contextmanager
def open_for_work(
    pipeline: Pipeline, request: LocalizeRequest, settings: Settings
) -> Iterator[Title]:
    """Probe the title and hold its lock for the length of the block.

    What would stop it later is found now: an impossible language, a glossary with faults.
    """
    title = pipeline.open_title(request)
    pipeline.refuse_the_impossible(title)
    with title_lock(settings, title.asset.media_id, request.stem):
        yield title


def localize_inline(
    pipeline: Pipeline, request: LocalizeRequest, settings: Settings
) -> TitleReport:
    """Run one title; a language that fails is reported and leaves the others complete.

    Raises:
        PolycueError: what concerns the whole title (media, recognition model, disk, lock).
    """
    new = run_of(request, settings, kind=RunKind.TITLE)
    with (
        recorded(run_log_for(settings), new) as run,
        open_for_work(pipeline, request, settings) as opened,
    ):
        run.found(media_id=opened.media_id, programme_ms=opened.asset.duration_ms)
        with pipeline.look_for_shots(opened) as looking:
            transcript = pipeline.transcribe(opened)
            found = looking.result()
        title = with_transcript(opened, transcript.value)
        title = with_shots(title, found.value if found else None)
        source = pipeline.source_track(title, transcript)
        localizer = pipeline.localizer
        spoken = told(pipeline.deliver_source(title, source))
        translated = pipeline.translated_source(title, source) if title.targets else source
        languages = [spoken, *delivered_targets(localizer, title, translated)]
        written = localizer.report(title, translated.value, languages)
        return title_report(title, languages, written.files, transcript_cached=transcript.cached)


def delivered_targets(
    localizer: Localizer, title: Localizable, source: StageResult[CueTrack]
) -> Iterator[LanguageReport]:
    """Every target in turn; one that fails is reported, and the others go on."""
    for target in wanted_of(title.request, source.value.language):
        try:
            yield told(localizer.deliver_target(title, source, target))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other languages go on
            yield told(failed_language(target, error))


def failed_language(target: LanguageTag, error: Exception) -> LanguageReport:
    """What is reported of a language that could not be made."""
    if not isinstance(error, PolycueError):
        logger.error("%s failed unexpectedly", target, exc_info=error)
    return LanguageReport(language=target, error=in_one_line(error), exit_code=exit_code_of(error))


def title_report(
    title: Title,
    languages: Sequence[LanguageReport],
    report_files: Sequence[Path],
    *,
    transcript_cached: bool,
) -> TitleReport:
    """The whole run in one value; the first of ``languages`` is the spoken one."""
    return TitleReport(
        title=title.request.stem,
        media_id=title.media_id,
        duration_ms=title.asset.duration_ms,
        source_language=languages[0].language,
        transcript_cached=transcript_cached,
        languages=tuple(languages),
        report_files=tuple(report_files),
    )
