"""The composition root: settings in, engines and stores out. Nothing else here decides anything."""

from asr.picture.av_shots import AvShotFinder
from asr.sound.chunking import ChunkPlan
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from flows.aids import aids_for
from flows.answers import SqliteAnswerStore
from flows.artifacts.opening import store_for
from flows.delivering.outputs import naming_of, outlet_of, refuse_same_names
from flows.engine_models import model_in_folder
from flows.engines import Lazy, LazyEngine
from flows.errors import UsageError
from flows.llm_settings import LlmSettings
from flows.llm_wiring import llm_engine
from flows.localizing import Localizer
from flows.models.commands import ModelState, list_models
from flows.models.entries import Registry
from flows.models.registry import load_registry
from flows.pipeline import Pipeline
from flows.process_memory import keep_work_memory
from flows.request import LocalizeRequest, TargetsRequest
from flows.settings import Settings
from flows.speaker_wiring import diarizer_for
from flows.speech_wiring import speech_engines, voice_detector
from flows.transcribing import Transcriber
from flows.translation_engines import TranslationEngines
from flows.translation_wiring import TranslatorChooser
from review.release.port import ApprovedTranscripts
from review.store import ReviewStore
from review.timeline import Timelines
from subtitles.span import MS_PER_SECOND
from translate.memory.port import TranslationMemory


def build_pipeline(settings: Settings, request: LocalizeRequest) -> Pipeline:
    """Everything one title needs; models are looked up, not loaded, and no database is opened yet.

    Raises:
        PolycueError: no model serves, or its licence is refused.
    """
    keep_work_memory()
    registry = load_registry()
    speech = speech_engines(request, settings, registry)
    store = store_for(settings)
    return Pipeline(
        store=store,
        transcriber=Transcriber(
            store=store,
            recognizer=speech.recognizer,
            detector=voice_detector(),
            plan=ChunkPlan.around(settings.chunk_seconds * MS_PER_SECOND),
            diarizer=diarizer_for(request.speakers, settings, registry),
        ),
        shot_finder=AvShotFinder(threads=settings.threads),
        localizer=build_localizer(settings, request, registry, speech.translator),
        timelines=Lazy(lambda: _timelines(settings)),
        transcripts=Lazy(lambda: _transcripts(settings)),
        listened_for=speech.expected,
    )


def build_localizer(
    settings: Settings,
    request: TargetsRequest,
    registry: Registry,
    speech: LazyEngine[FasterWhisperSpeechTranslator] | None = None,
) -> Localizer:
    """What translates, delivers and parks; no model is loaded and no database opened yet.

    Args:
        settings: Of this process.
        request: What is asked.
        registry: Of models.
        speech: Who translates what is heard; None where there is nothing to hear.

    Raises:
        UsageError: two engines are named.
        InvalidNamingError: two files of the request would have one name.
        InvalidEndpointError: the chat endpoint is asked for, and none is set that may be.
    """
    folder = request.translation_model
    if request.llm and folder is not None:
        raise UsageError("name --llm or --translation-model, not both")
    template = naming_of(request, settings)
    refuse_same_names(request, outlet_of(request, template))
    answers = SqliteAnswerStore(settings.answers_file)
    return Localizer(
        store=store_for(settings),
        review=Lazy(lambda: _review(settings)),
        answers=answers,
        naming=template,
        translator_for=TranslatorChooser(
            request=request,
            settings=settings,
            registry=registry,
            engines=TranslationEngines(settings=settings),
            answers=answers,
            speech=speech,
            # Naming it means hashing it: once a run, whatever the number of languages.
            own_model=None if folder is None else Lazy(lambda: model_in_folder(folder)),
            llm=llm_engine(LlmSettings(), offline=settings.offline) if request.llm else None,
        ),
        aids=Lazy(lambda: aids_for(request, settings, lambda: _memory(settings))),
    )


def _review(settings: Settings) -> ReviewStore:
    from flows.review_wiring import open_review  # noqa: PLC0415 -- it says why

    return open_review(settings)


def _timelines(settings: Settings) -> Timelines:
    from flows.review_wiring import open_timelines  # noqa: PLC0415 -- it says why

    return open_timelines(settings)


def _transcripts(settings: Settings) -> ApprovedTranscripts | None:
    from flows.review_wiring import approved_transcripts  # noqa: PLC0415 -- it says why

    return approved_transcripts(settings)


def _memory(settings: Settings) -> TranslationMemory | None:
    from flows.review_wiring import memory_of  # noqa: PLC0415 -- it says why

    return memory_of(settings)


def model_states(settings: Settings) -> dict[str, bool]:
    """The models of the settings' tier and whether each could be used now."""
    usable = {ModelState.READY, ModelState.IN_WHEEL}
    rows = list_models(load_registry(), cache_dir=settings.models_folder)
    return {row.name: row.state in usable for row in rows if settings.tier in row.tiers}
