"""What a run would do, found out without doing it."""

from dataclasses import dataclass

from flows.delivering.naming import NamingTemplate
from flows.delivering.outputs import outlet_of
from flows.known_title import known_title
from flows.localizing import Localizer
from flows.pipeline import Pipeline
from flows.request import LocalizeRequest, TargetsRequest
from flows.settings import Settings
from flows.stages.once import STORED_ALREADY, StageResult, stored
from flows.title import Localizable, Title, wanted_of
from flows.wiring import build_pipeline
from subtitles.cues import CueTrack
from subtitles.errors import PolycueError
from subtitles.language import LanguageTag, language_name
from subtitles.span import MS_PER_MINUTE
from translate.translator import LanguagePair

TO_DO = "to do"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of a run.

    Attributes:
        what: For people.
        state: ``stored already``, ``to do``, ``to do: 2 of 9 chunks stored already``, or
            ``cannot: …`` with the reason.
        model: Name of the model that serves, empty when none is needed or none does.
        engine: Printed signature of the engine that serves, empty when none does.
    """

    what: str
    state: str
    model: str = ""
    engine: str = ""


def plan_title(request: LocalizeRequest, settings: Settings) -> tuple[PlannedStep, ...]:
    """The steps of a run in order; reads stored results, computes and writes nothing.

    Raises:
        PolycueError: what would stop the whole title.
    """
    return plan(build_pipeline(settings, request), request)


def plan(pipeline: Pipeline, request: LocalizeRequest) -> tuple[PlannedStep, ...]:
    """See `plan_title`."""
    known_of = known_title(pipeline, request)
    title, transcript, shots = known_of.title, known_of.transcript, known_of.shots
    source, translated = known_of.source, known_of.translated
    spoken = transcript.value.language if transcript else None
    known = spoken or title.request.language or title.stream.language
    recognizer = pipeline.transcriber.recognizer.signature
    targets = title.targets if spoken is None else wanted_of(request, spoken)
    minutes = f"({title.asset.duration_ms / MS_PER_MINUTE:.1f} min)"
    looking = PlannedStep(
        what=f"Find shot changes {minutes}", state=STORED_ALREADY if shots else TO_DO
    )
    return (
        *((looking,) if title.wants_shot_changes else ()),
        PlannedStep(
            what=f"Recognise speech {minutes}",
            state=STORED_ALREADY if transcript else _recognition_to_do(pipeline, title),
            model=recognizer.model,
            engine=str(recognizer),
        ),
        PlannedStep(
            what=f"Cues in {language_name(spoken) if spoken else 'the spoken language'}",
            state=STORED_ALREADY if source else TO_DO,
        ),
        *(target_step(pipeline.localizer, title, translated, tag, known) for tag in targets),
        files_step(request, pipeline.localizer.naming, (spoken, *targets) if spoken else None),
    )


def _recognition_to_do(pipeline: Pipeline, title: Title) -> str:
    """What is left of recognition, as far as earlier runs have come."""
    done, count = pipeline.transcriber.stored_share(title)
    return f"{TO_DO}: {done} of {count} chunks {STORED_ALREADY}" if done else TO_DO


def files_step(
    request: TargetsRequest, naming: NamingTemplate, languages: tuple[LanguageTag, ...] | None
) -> PlannedStep:
    """The files of these languages; None while nobody knows which they are."""
    outlet = outlet_of(request, naming)
    are_there = languages is not None and all(
        outlet.path(tag, extension).exists() for tag in languages for extension in request.formats
    )
    return PlannedStep(
        what=f"Files in {outlet.folder}", state=STORED_ALREADY if are_there else TO_DO
    )


def target_step(
    localizer: Localizer,
    title: Localizable,
    source: StageResult[CueTrack] | None,
    target: LanguageTag,
    known: str | None,
) -> PlannedStep:
    """The translation into one language.

    Args:
        localizer: Who would make it.
        title: Of what.
        source: The source track, if it is stored.
        target: Into which language.
        known: The source language, as far as anybody knows.
    """
    what = f"Translate into {language_name(target)}"
    if known is None:
        return PlannedStep(what=what, state=TO_DO, model="depends on the language detected")
    try:
        title.request.profile(target)
        translator = localizer.translator_for(LanguagePair(LanguageTag(known), target), title)
    except PolycueError as error:
        return PlannedStep(what=what, state=f"cannot: {error}")
    done = False
    if source is not None:
        done = stored(localizer.store, localizer.target_stage(title, source, target)) is not None
    signature = translator.signature
    return PlannedStep(
        what=what,
        state=STORED_ALREADY if done else TO_DO,
        model=signature.model,
        engine=str(signature),
    )
