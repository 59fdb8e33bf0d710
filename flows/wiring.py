"""The composition root: settings in, engines and stores out. Nothing else here decides anything."""

from pathlib import Path

from sqlalchemy import Engine

from asr.picture.av_shots import AvShotFinder
from asr.sound.chunking import ChunkPlan
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from flows.aids import aids_for
from flows.answers import SqliteAnswerStore
from flows.artifacts.store import FolderArtifactStore
from flows.engine_models import model_in_folder
from flows.engines import Lazy, LazyEngine
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
from review.database import open_database
from review.migrate import upgrade_database
from review.passwords import argon2id
from review.sql_memory import SqlTranslationMemory
from review.sql_people import SqlPeople
from review.sql_store import SqlReviewStore
from review.store import utc_now
from subtitles.span import MS_PER_SECOND


def build_pipeline(settings: Settings, request: LocalizeRequest) -> Pipeline:
    """Everything one title needs; models are looked up, not loaded, and no database is opened yet.

    Raises:
        PolycueError: no model serves, or its licence is refused.
    """
    keep_work_memory()
    registry = load_registry()
    speech = speech_engines(request, settings, registry)
    store = FolderArtifactStore(settings.artifacts_folder)
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
    """
    folder = request.translation_model
    answers = SqliteAnswerStore(settings.answers_file)
    return Localizer(
        store=FolderArtifactStore(settings.artifacts_folder),
        review=Lazy(lambda: open_review(settings)),
        answers=answers,
        translator_for=TranslatorChooser(
            request=request,
            settings=settings,
            registry=registry,
            engines=TranslationEngines(settings=settings),
            answers=answers,
            speech=speech,
            # Naming it means hashing it: once a run, whatever the number of languages.
            own_model=None if folder is None else Lazy(lambda: model_in_folder(folder)),
        ),
        aids=Lazy(lambda: aids_for(request, settings, lambda: memory_of(settings))),
    )


def open_review(settings: Settings | None = None) -> SqlReviewStore:
    """The review queue, its tables brought up to date."""
    return SqlReviewStore(_database(settings or Settings()), utc_now)


def memory_of(settings: Settings) -> SqlTranslationMemory | None:
    """What was approved in this workspace; None where no review database has been made yet."""
    engine = open_database(settings.review_database_url)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return None
    upgrade_database(settings.review_database_url)
    return SqlTranslationMemory(engine)


def open_memory(settings: Settings | None = None) -> SqlTranslationMemory:
    """The translation memory, its tables brought up to date."""
    return SqlTranslationMemory(_database(settings or Settings()))


def open_people(settings: Settings | None = None) -> SqlPeople:
    """Accounts and sessions, their tables brought up to date."""
    return SqlPeople(_database(settings or Settings()), utc_now, argon2id())


def _database(settings: Settings) -> Engine:
    upgrade_database(settings.review_database_url)
    return open_database(settings.review_database_url)


def model_states(settings: Settings) -> dict[str, bool]:
    """The models of the settings' tier and whether each could be used now."""
    usable = {ModelState.READY, ModelState.IN_WHEEL}
    rows = list_models(load_registry(), cache_dir=settings.models_folder)
    return {row.name: row.state in usable for row in rows if settings.tier in row.tiers}
