"""Which recogniser a title gets, and the speech translator that shares its model."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from asr.whisper.voice import SileroVoiceDetector
from flows.engine_models import EngineModel, model_in_folder, registered_model
from flows.engines import Lazy, LazyEngine
from flows.glossary_files import show_glossary
from flows.models.choose import speech_model
from flows.models.entries import Registry
from flows.names import expected_words
from flows.request import LocalizeRequest
from flows.settings import Settings
from subtitles.language import LanguageTag
from translate.glossary.heard import heard_words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEngines:
    """What one Whisper model can do; it is loaded once for both.

    Attributes:
        recognizer: Hears.
        translator: Translates what it hears.
        expected: The words it listens for.
    """

    recognizer: LazyEngine[FasterWhisperRecognizer]
    translator: LazyEngine[FasterWhisperSpeechTranslator]
    expected: tuple[str, ...]


def speech_engines(
    request: LocalizeRequest, settings: Settings, registry: Registry
) -> SpeechEngines:
    """The model in the folder the request names, else the tier's for the language.

    Raises:
        ModelError: no model serves, or its licence is refused.
    """
    model = _model(request, settings, registry)
    # Who it is, a recogniser can say without its folder; only loading needs that, verified.
    expected = _expected(request, settings)
    options = RecognitionOptions(
        device=settings.device,
        compute_type=settings.compute_type,
        cpu_threads=settings.threads,
        hotwords=", ".join(expected),
    )
    unloaded = _recognizer(model, settings.models_folder, options)
    loadable = Lazy(lambda: _kept(model.name, model.revision, model.folder.get(), options))
    return SpeechEngines(
        recognizer=LazyEngine(unloaded.signature, loadable.get),
        translator=LazyEngine(
            FasterWhisperSpeechTranslator(unloaded.model).signature,
            lambda: FasterWhisperSpeechTranslator(loadable.get().model),
        ),
        expected=expected,
    )


def _expected(request: LocalizeRequest, settings: Settings) -> tuple[str, ...]:
    """Names of the request, then the show's words in the language spoken, as far as known.

    Or those that the request has instead of both.
    """
    if request.listen_for is not None:
        return request.listen_for
    spoken = LanguageTag(request.language) if request.language else None
    glossary = show_glossary(request, settings)
    expected = expected_words(request.names, heard_words(glossary, spoken))
    if expected.left_out:
        logger.warning(
            "%d words of the glossary are not listened for: the recogniser has no room for more",
            len(expected.left_out),
        )
    return expected.words


def voice_detector() -> LazyEngine[SileroVoiceDetector]:
    """Who tells where somebody speaks; its model comes with the recogniser's package."""
    detector = SileroVoiceDetector()
    return LazyEngine(detector.signature, lambda: detector)


@lru_cache(maxsize=1)
def _kept(
    name: str, revision: str, folder: Path, options: RecognitionOptions
) -> FasterWhisperRecognizer:
    """The recogniser of this process: titles that follow each other find their model loaded.

    One only, for a model takes gigabytes; titles that ask for another one take its place.
    """
    return FasterWhisperRecognizer(
        folder, model_name=name, model_revision=revision, options=options
    )


def _recognizer(
    model: EngineModel, folder: Path, options: RecognitionOptions
) -> FasterWhisperRecognizer:
    return FasterWhisperRecognizer(
        folder, model_name=model.name, model_revision=model.revision, options=options
    )


def _model(request: LocalizeRequest, settings: Settings, registry: Registry) -> EngineModel:
    if request.speech_model is not None:
        return model_in_folder(request.speech_model)
    language = LanguageTag(request.language) if request.language else None
    return registered_model(
        speech_model(registry, request.tier or settings.tier, language), settings
    )
