"""Which translation engine a language pair gets."""

import importlib.metadata
import threading
from dataclasses import dataclass, field

from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from flows.engine_models import EngineModel, registered_model
from flows.engines import Lazy, LazyEngine
from flows.models.choose import translation_models
from flows.models.entries import ModelEntry, Registry
from flows.models.pins import read_pins
from flows.request import TargetsRequest
from flows.settings import Settings
from flows.speech_translator import SpeechTranslator, serves
from flows.title import Localizable
from subtitles.signature import EngineSignature
from translate.translator import LanguagePair, Translator, UnsupportedPairError

CTRANSLATE2 = "ctranslate2"
FIREFOX = "firefox"


@dataclass(frozen=True, kw_only=True)
class TranslatorChooser:
    """Chooses once per model and process, so that languages share a loaded model."""

    request: TargetsRequest
    settings: Settings
    registry: Registry
    speech: LazyEngine[FasterWhisperSpeechTranslator] | None
    own_model: Lazy[EngineModel] | None
    _chosen: dict[str, LazyEngine[Translator]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, pair: LanguagePair, title: Localizable) -> LazyEngine[Translator]:
        """The folder the request names, else the tier's best model, else Whisper into English.

        Raises:
            UnsupportedPairError: none serves it; names those that could.
            ModelError: a licence is refused, or a model cannot be had.
        """
        if self.own_model is not None:
            model = self.own_model.get()
            # A bilingual model does not say what it speaks: the request does, when it names one
            # target. With several targets only models that name their languages will do.
            return self._engine(CTRANSLATE2, model, (pair,) if self._single_target else ())
        try:
            entry = self._registered(pair)
        except UnsupportedPairError:
            listening = self._listening(pair, title)
            if listening is None:
                raise
            return listening
        return self._engine(entry.engine, registered_model(entry, self.settings), entry.pairs)

    def _registered(self, pair: LanguagePair) -> ModelEntry:
        tier = self.request.tier or self.settings.tier
        allow = self.settings.allow_noncommercial
        pinned = read_pins(self.settings.models_folder)
        return translation_models(
            self.registry, pair, tier, allow_noncommercial=allow, pinned=pinned
        )[0]

    def _listening(self, pair: LanguagePair, title: Localizable) -> LazyEngine[Translator] | None:
        """Whisper itself, where there is something to hear and English is wanted."""
        speech, asset, stream = self.speech, title.asset, title.stream
        if speech is None or asset is None or stream is None or not serves(pair):
            return None
        return LazyEngine(speech.signature, lambda: SpeechTranslator(speech.get(), asset, stream))

    @property
    def _single_target(self) -> bool:
        return len(set(self.request.targets)) == 1

    def _engine(
        self, engine: str, model: EngineModel, pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        with self._lock:
            if model.name not in self._chosen:
                make = self._firefox if engine == FIREFOX else self._ctranslate2
                self._chosen[model.name] = make(model, pairs)
            return self._chosen[model.name]

    def _ctranslate2(
        self, model: EngineModel, pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        # Costs a third of a second; a title that only needs the starter tier does not pay it.
        from translate.engines.ctranslate2_translator import (  # noqa: PLC0415
            CTranslate2Translator,
        )
        from translate.engines.decoding import Decoding  # noqa: PLC0415

        decoding = Decoding(
            compute_type=self.settings.compute_type,
            device=self.settings.device,
            threads=self.settings.threads,
        )
        signature = EngineSignature(
            engine=CTRANSLATE2,
            engine_version=importlib.metadata.version(CTRANSLATE2),
            model=model.name,
            model_revision=model.revision,
            options=decoding.options,
        )
        return LazyEngine(
            signature,
            lambda: CTranslate2Translator(
                model.folder.get(),
                model_name=model.name,
                model_revision=model.revision,
                pairs=pairs,
                decoding=decoding,
            ),
        )

    def _firefox(
        self, model: EngineModel, _pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        from translate.engines.firefox_translator import FirefoxTranslator  # noqa: PLC0415 - as above

        engine = FirefoxTranslator(model.revision, threads=self.settings.threads)

        def verified() -> FirefoxTranslator:
            model.folder.get()
            return engine

        return LazyEngine(engine.signature, verified)
