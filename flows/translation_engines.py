"""Translation models made into engines: loaded once, shared, dropped for want of room."""

import importlib.metadata
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from flows.engine_models import EngineModel
from flows.engines import Lazy, LazyEngine
from flows.settings import Settings
from subtitles.signature import EngineSignature
from translate.engines.batching import SharedTranslator
from translate.engines.decoding import Decoding
from translate.engines.model_folder import ModelFolder
from translate.engines.pool import EnginePool, PooledTranslator, folder_size_mb
from translate.engines.torch_extra import require_torch
from translate.translator import LanguagePair, Translator

CTRANSLATE2 = "ctranslate2"
FIREFOX = "firefox"
TRANSFORMERS = "transformers"


@cache
def engine_pool(limit_mb: int) -> EnginePool:
    """The pool of this process: runs that follow each other find their models still loaded."""
    return EnginePool(limit_mb)


@dataclass(frozen=True, kw_only=True)
class TranslationEngines:
    """One engine for each model; languages that share it share its batches, too."""

    settings: Settings
    _made: dict[str, LazyEngine[Translator]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(
        self, engine: str, model: EngineModel, pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        """The engine of a model, its files neither verified nor loaded yet.

        Args:
            engine: Its software, as the registry names it.
            model: Its model.
            pairs: What the model serves, for models that do not say so themselves.
        """
        with self._lock:
            if model.name not in self._made:
                make = {
                    FIREFOX: self._firefox,
                    TRANSFORMERS: self._transformers,
                }.get(engine, self._ctranslate2)
                self._made[model.name] = make(model, pairs)
            return self._made[model.name]

    def _ctranslate2(
        self, model: EngineModel, pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        # Costs a third of a second; a title that only needs the starter tier does not pay it.
        from translate.engines.ctranslate2_model import open_model_folder  # noqa: PLC0415
        from translate.engines.ctranslate2_translator import (  # noqa: PLC0415
            CTranslate2Translator,
        )

        decoding = self._decoding()
        signature = EngineSignature(
            engine=CTRANSLATE2,
            engine_version=importlib.metadata.version(CTRANSLATE2),
            model=model.name,
            model_revision=model.revision,
            options=decoding.options,
        )

        def loaded() -> Translator:
            return CTranslate2Translator(
                model.folder.get(),
                model_name=model.name,
                model_revision=model.revision,
                pairs=pairs,
                decoding=decoding,
            )

        return self._pooled(
            model, signature, loaded, lambda folder: open_model_folder(folder, pairs)
        )

    def _transformers(
        self, model: EngineModel, pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        require_torch()
        # Takes seconds, and only those who name a checkpoint need it.
        from translate.engines.checkpoint import open_checkpoint  # noqa: PLC0415
        from translate.engines.transformers_translator import (  # noqa: PLC0415
            TransformersTranslator,
            transformers_signature,
        )

        decoding = self._decoding()

        def loaded() -> Translator:
            return TransformersTranslator(
                model.folder.get(),
                model_name=model.name,
                model_revision=model.revision,
                pairs=pairs,
                decoding=decoding,
            )

        return self._pooled(
            model,
            transformers_signature(model.name, model.revision, decoding),
            loaded,
            lambda folder: open_checkpoint(folder, pairs).folder,
        )

    def _decoding(self) -> Decoding:
        settings = self.settings
        return Decoding(
            compute_type=settings.compute_type, device=settings.device, threads=settings.threads
        )

    def _pooled(
        self,
        model: EngineModel,
        signature: EngineSignature,
        loaded: Callable[[], Translator],
        opened: Callable[[Path], ModelFolder],
    ) -> LazyEngine[Translator]:
        """An engine of the process's pool, its batches shared by the languages that use it."""

        def shared() -> Translator:
            folder = model.folder.get()
            served = Lazy(lambda: opened(folder))
            return SharedTranslator(
                PooledTranslator(
                    engine_pool(self.settings.engine_memory_mb),
                    loaded,
                    signature=signature,
                    supports=lambda pair: served.get().supports(pair),
                    size_mb=folder_size_mb(folder),
                )
            )

        return LazyEngine(signature, shared)

    def _firefox(
        self, model: EngineModel, _pairs: tuple[LanguagePair, ...]
    ) -> LazyEngine[Translator]:
        from translate.engines.firefox_translator import FirefoxTranslator  # noqa: PLC0415 - as above

        engine = FirefoxTranslator(model.revision, threads=self.settings.threads)

        def verified() -> Translator:
            model.folder.get()
            return engine

        return LazyEngine(engine.signature, verified)
