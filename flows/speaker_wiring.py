"""Who tells speakers apart, by what the request asks for."""

from pathlib import Path

from asr.speakers.channel_diarizer import ChannelDiarizer
from asr.speakers.diarizer import Diarizer
from asr.speakers.embedding_diarizer import EmbeddingDiarizer
from asr.speakers.first_that_tells import FirstThatTells
from flows.engine_models import EngineModel, registered_model
from flows.engines import LazyEngine
from flows.models.entries import Registry
from flows.models.registry import require
from flows.request import Speakers
from flows.settings import Settings

VOICE_MODEL = "campplus-voices"
"""The model of ``voices`` and ``auto``; `polycue models pull campplus-voices` fetches it."""


def diarizer_for(
    speakers: Speakers, settings: Settings, registry: Registry
) -> LazyEngine[Diarizer] | None:
    """None for ``off``; the model of voices is looked for when it is needed, not here.

    Raises:
        UnknownModelError, ModelError: the registry does not allow the model.
    """
    if speakers == "off":
        return None
    if speakers == "channels":
        return _channels()
    voices = _voices(registered_model(require(registry, VOICE_MODEL), settings), settings)
    return voices if speakers == "voices" else _first_of(_channels(), voices)


def _channels() -> LazyEngine[Diarizer]:
    diarizer = ChannelDiarizer()
    return LazyEngine(diarizer.signature, lambda: diarizer)


def _voices(model: EngineModel, settings: Settings) -> LazyEngine[Diarizer]:
    def diarizer(folder: Path) -> EmbeddingDiarizer:
        return EmbeddingDiarizer(folder, model_name=model.name, model_revision=model.revision)

    # Its signature needs no folder; only loading does, and then a verified one.
    unloaded = diarizer(settings.models_folder)
    return LazyEngine(unloaded.signature, lambda: diarizer(model.folder.get()))


def _first_of(*engines: LazyEngine[Diarizer]) -> LazyEngine[Diarizer]:
    diarizer = FirstThatTells([(engine.signature, engine.get) for engine in engines])
    return LazyEngine(diarizer.signature, lambda: diarizer)
