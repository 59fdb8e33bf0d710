"""Which recogniser a title gets."""

from asr.faster_whisper_model import RecognitionOptions
from asr.faster_whisper_recognizer import FasterWhisperRecognizer
from flows.engine_models import EngineModel, model_in_folder, registered_model
from flows.engines import LazyEngine
from flows.models.choose import speech_model
from flows.models.entries import Registry
from flows.request import LocalizeRequest
from flows.settings import Settings
from subtitles.language import LanguageTag


def recognizer_for(
    request: LocalizeRequest, settings: Settings, registry: Registry
) -> LazyEngine[FasterWhisperRecognizer]:
    """The folder the request names, else the tier's model for the language.

    Raises:
        ModelError: no model serves, or its licence is refused.
    """
    model = _model(request, settings, registry)
    options = RecognitionOptions(
        device=settings.device,
        compute_type=settings.compute_type,
        cpu_threads=settings.threads,
    )

    def recognizer(*, verified: bool) -> FasterWhisperRecognizer:
        # Only loading needs the folder; who it is, the recogniser can say without.
        return FasterWhisperRecognizer(
            model.folder.get() if verified else settings.models_folder,
            model_name=model.name,
            model_revision=model.revision,
            options=options,
        )

    return LazyEngine(recognizer(verified=False).signature, lambda: recognizer(verified=True))


def _model(request: LocalizeRequest, settings: Settings, registry: Registry) -> EngineModel:
    if request.speech_model is not None:
        return model_in_folder(request.speech_model)
    language = LanguageTag(request.language) if request.language else None
    return registered_model(
        speech_model(registry, request.tier or settings.tier, language), settings
    )
