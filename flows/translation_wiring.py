"""Which translation engine a language pair gets."""

from dataclasses import dataclass
from pathlib import Path

from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from flows.engine_models import EngineModel, registered_model
from flows.engines import Lazy, LazyEngine
from flows.models.choose import PIVOT, Route, translation_route
from flows.models.entries import ModelEntry, Registry
from flows.models.pins import read_pins
from flows.request import TargetsRequest
from flows.settings import Settings
from flows.speech_translator import SpeechTranslator, serves
from flows.title import Localizable, targets_of
from flows.translation_engines import CTRANSLATE2, TRANSFORMERS, TranslationEngines
from translate.engines.answer_store import AnswerStore
from translate.engines.checkpoint import is_checkpoint, open_checkpoint
from translate.engines.ctranslate2_model import open_model_folder
from translate.engines.model_folder import ModelFolder
from translate.engines.pivot import PivotTranslator, pivot_signature
from translate.engines.remembering import RememberingTranslator
from translate.translator import LanguagePair, Translator, UnsupportedPairError


@dataclass(frozen=True, kw_only=True)
class TranslatorChooser:
    """Chooses by the request, the tier, and what there is to hear."""

    request: TargetsRequest
    settings: Settings
    registry: Registry
    engines: TranslationEngines
    answers: AnswerStore
    speech: LazyEngine[FasterWhisperSpeechTranslator] | None
    own_model: Lazy[EngineModel] | None
    llm: LazyEngine[Translator] | None

    def __call__(self, pair: LanguagePair, title: Localizable) -> LazyEngine[Translator]:
        """The best there is for a pair.

        The chat endpoint or the folder that the request names (a converted model, or a checkpoint
        as it is); else the tier's best model, or two of them through English; else Whisper itself,
        into English, where the title is heard.

        Raises:
            UnsupportedPairError: none serves it; names those that could.
            ModelError: a licence is refused, or a model cannot be had.
        """
        if self.llm is not None:
            return self.llm
        folder = self.request.translation_model
        if self.own_model is not None and folder is not None:
            return self._own(self.own_model.get(), folder, pair)
        try:
            route = self._route(pair)
        except UnsupportedPairError:
            listening = self._listening(pair, title)
            if listening is None:
                raise
            return listening
        legs = [self._engine(entry) for entry in route.models]
        return legs[0] if route.is_direct else self._through_pivot(*legs)

    def _own(self, model: EngineModel, folder: Path, pair: LanguagePair) -> LazyEngine[Translator]:
        """The model that a person named.

        An OPUS-MT model does not say what it translates from, and a bilingual one nothing at all:
        the request does. With several targets only a model that names them will do.
        """
        engine, opened = _opened(folder)
        names_targets = opened.has_targets
        targets = targets_of(self.request)
        is_told = names_targets or len(targets) == 1
        pairs = tuple(LanguagePair(pair.source, target) for target in targets) if is_told else ()
        return self.engines.of(engine, model, pairs)

    def _route(self, pair: LanguagePair) -> Route:
        return translation_route(
            self.registry,
            pair,
            self.request.tier or self.settings.tier,
            allow_noncommercial=self.settings.allow_noncommercial,
            pinned=read_pins(self.settings.models_folder),
        )

    def _engine(self, entry: ModelEntry) -> LazyEngine[Translator]:
        return self.engines.of(entry.engine, registered_model(entry, self.settings), entry.pairs)

    def _through_pivot(
        self, first: LazyEngine[Translator], second: LazyEngine[Translator]
    ) -> LazyEngine[Translator]:
        """Two engines in a row; several languages go the first way together, once."""
        return LazyEngine(
            pivot_signature(first.signature, second.signature, PIVOT),
            lambda: PivotTranslator(
                RememberingTranslator(first.get(), self.answers), second.get(), PIVOT
            ),
        )

    def _listening(self, pair: LanguagePair, title: Localizable) -> LazyEngine[Translator] | None:
        """Whisper itself, where there is something to hear and English is wanted."""
        speech, asset, stream = self.speech, title.asset, title.stream
        if speech is None or asset is None or stream is None or not serves(pair):
            return None
        return LazyEngine(speech.signature, lambda: SpeechTranslator(speech.get(), asset, stream))


def _opened(folder: Path) -> tuple[str, ModelFolder]:
    """What runs the model in a folder, and what it serves."""
    if is_checkpoint(folder):
        return TRANSFORMERS, open_checkpoint(folder).folder
    return CTRANSLATE2, open_model_folder(folder)
