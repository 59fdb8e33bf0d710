"""What a run would do, found out without doing it."""

from dataclasses import dataclass

from flows.pipeline import Pipeline, Title
from flows.request import FORMATS, LocalizeRequest
from flows.settings import Settings
from flows.stages.deliverables import file_name
from flows.stages.once import StageResult, stored
from flows.stages.recognition import transcript_stage
from flows.stages.subtitling import source_stage, target_stage
from flows.wiring import build_pipeline
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag, language_name
from subtitles.words import Transcript
from translate.translator import LanguagePair

STORED, TO_DO = "stored already", "to do"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of a run.

    Attributes:
        what: For people.
        state: ``stored already``, ``to do``, or ``cannot: …`` with the reason.
        engine: Printed signature of the engine that serves, empty when none does.
    """

    what: str
    state: str
    engine: str = ""


def plan_title(request: LocalizeRequest, settings: Settings) -> tuple[PlannedStep, ...]:
    """The steps of a run in order; reads stored results, computes and writes nothing.

    Raises:
        PolycueError: what would stop the whole title.
    """
    return plan(build_pipeline(settings, request), request)


def plan(pipeline: Pipeline, request: LocalizeRequest) -> tuple[PlannedStep, ...]:
    """See `plan_title`."""
    title = pipeline.open_title(request)
    transcript = stored(pipeline.store, transcript_stage(pipeline.store, pipeline.speech(title)))
    source = _stored_source(pipeline, title, transcript)
    spoken = transcript.value.language if transcript else None
    steps = [
        PlannedStep(
            what=f"Recognise speech ({title.asset.duration_ms / 60_000:.1f} min)",
            state=STORED if transcript else TO_DO,
            engine=str(pipeline.recognizer.signature),
        ),
        PlannedStep(
            what=f"Cues in {language_name(spoken) if spoken else 'the spoken language'}",
            state=STORED if source else TO_DO,
        ),
    ]
    steps += [_target_step(pipeline, title, source, tag) for tag in _targets(title, spoken)]
    steps += [
        PlannedStep(what=f"Write {file_name(request.stem, tag, extension)}", state=TO_DO)
        for tag in (spoken or LanguageTag("*"), *_targets(title, spoken))
        for extension in FORMATS
        if not (request.out_folder / file_name(request.stem, tag, extension)).exists()
    ]
    return tuple(steps)


def _targets(title: Title, spoken: LanguageTag | None) -> tuple[LanguageTag, ...]:
    return title.targets if spoken is None else Pipeline.wanted(title, spoken)


def _stored_source(
    pipeline: Pipeline, title: Title, transcript: StageResult[Transcript] | None
) -> StageResult[CueTrack] | None:
    if transcript is None:
        return None
    return stored(pipeline.store, source_stage(transcript, title.asset.frame_rate))


def _target_step(
    pipeline: Pipeline,
    title: Title,
    source: StageResult[CueTrack] | None,
    target: LanguageTag,
) -> PlannedStep:
    what = f"Translate into {language_name(target)}"
    known = source.value.language if source else title.request.language or title.stream.language
    if known is None:
        return PlannedStep(what=what, state=TO_DO, engine="depends on the language detected")
    try:
        translator = pipeline.translator_for(LanguagePair(LanguageTag(known), target))
    except PolycueError as error:
        return PlannedStep(what=what, state=f"cannot: {error}")
    done = False
    if source is not None:
        stage = target_stage(source, target, translator, title.asset.frame_rate)
        done = stored(pipeline.store, stage) is not None
    return PlannedStep(what=what, state=STORED if done else TO_DO, engine=str(translator.signature))
