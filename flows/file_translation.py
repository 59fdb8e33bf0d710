"""One subtitle file into other languages; needs no film and no recognition."""

from flows.file_title import FileTitle, file_stage, open_file
from flows.inline import delivered_targets
from flows.localizing import Localizer
from flows.locks import title_lock
from flows.plan import PlannedStep, files_step, target_step
from flows.report import TitleReport
from flows.request import TranslateRequest
from flows.runs.opening import run_log_for
from flows.runs.recording import recorded
from flows.runs.records import RunKind
from flows.runs.requests import run_of
from flows.settings import Settings
from flows.stages.once import compute_once, stored
from flows.title import wanted_of


def translate_file(
    localizer: Localizer, request: TranslateRequest, settings: Settings
) -> TitleReport:
    """Translate the file; a language that fails is reported and leaves the others complete.

    Raises:
        PolycueError: what concerns the whole file: see `flows.file_title.open_file`; a glossary
            with faults; the lock.
    """
    new = run_of(request, settings, kind=RunKind.FILE)
    with recorded(run_log_for(settings), new) as run:
        title = open_file(request, settings)
        run.found(media_id=title.media_id, programme_ms=title.picture.duration_ms or 0)
        localizer.aids.get()  # a glossary with faults concerns every language
        return _translated(localizer, title, settings)


def _translated(localizer: Localizer, title: FileTitle, settings: Settings) -> TitleReport:
    request = title.request
    with title_lock(settings, title.media_id, request.stem):
        source = compute_once(localizer.store, file_stage(title))
        languages = tuple(delivered_targets(localizer, title, source))
        written = localizer.report(title, source.value, languages)
    return TitleReport(
        title=request.stem,
        media_id=title.media_id,
        duration_ms=title.picture.duration_ms or source.value.cues[-1].span.end_ms,
        source_language=title.language,
        transcript_cached=None,
        languages=languages,
        report_files=written.files,
    )


def plan_file(
    localizer: Localizer, request: TranslateRequest, settings: Settings
) -> tuple[PlannedStep, ...]:
    """The steps of a translation in order; reads stored results, translates and writes nothing.

    Raises:
        PolycueError: as `translate_file`.
    """
    title = open_file(request, settings)
    source = stored(localizer.store, file_stage(title))
    targets = wanted_of(request, title.language)
    return (
        *(target_step(localizer, title, source, tag, title.language) for tag in targets),
        files_step(request, localizer.naming, targets),
    )
