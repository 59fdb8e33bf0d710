"""One faster-whisper model in memory.

Loaded once, when first needed; used by one thread at a time. Decoding is deterministic: there is
no sampling, and the number of threads does not change the output (checked bit by bit on one, two
and three threads). That is what makes equal signatures mean equal words.
"""

import importlib.metadata
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asr.errors import UnusableModelError
from asr.sound.chunking import SAMPLES_PER_MS
from asr.whisper.batches import batches, input_ms
from asr.whisper.decoder import BatchDecoder, Manner, Task, WindowSound
from asr.whisper.languages import code_of, tag_of
from asr.whisper.passage import Passage, compression_ratio
from subtitles.language import LanguageTag, parse_language
from subtitles.signature import EngineSignature

ENGINE = "faster-whisper"

# Text this compressible repeats itself (Whisper's own limit).
_LOOPING_RATIO = 2.4
# So much speech is enough to tell the language; more costs far more and changes hardly a vote.
_DETECTION_MS = 15_000
# Without the tokenizer faster-whisper would ask the network for one.
_NEEDED_FILES = ("model.bin", "config.json", "tokenizer.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionOptions:
    """How a model is loaded and decodes.

    Attributes:
        device: ``cpu`` or ``cuda``.
        compute_type: CTranslate2's; ``int8`` is the fastest on a CPU, ``float16`` on a GPU.
        cpu_threads: 0 leaves it to CTranslate2; does not change the output.
        beam_size: Hypotheses followed at once.
        hotwords: Names and terms to expect, separated by spaces or commas; may be empty.
    """

    device: str = "cpu"
    compute_type: str = "int8"
    cpu_threads: int = 0
    beam_size: int = 5
    hotwords: str = ""


class WhisperModelHandle:
    """A model on disk that is loaded when first used, once, and then shared.

    Args:
        model_dir: Folder with ``model.bin``, ``config.json``, ``tokenizer.json`` and a vocabulary.
        model_name: As in the registry.
        model_revision: Digest or commit.
        options: See `RecognitionOptions`.
    """

    def __init__(
        self, model_dir: Path, *, model_name: str, model_revision: str, options: RecognitionOptions
    ) -> None:
        self.model_name = model_name
        self._model_dir = model_dir
        self._model_revision = model_revision
        self._options = options
        self._lock = threading.Lock()
        self._loaded: Any = None
        self._decoding: BatchDecoder | None = None

    def signature(self, **rules: str) -> EngineSignature:
        """Who makes results with this model; ``rules`` are further settings of the caller's."""
        options = {
            "beam": str(self._options.beam_size),
            "compute": self._options.compute_type,
            "ctranslate2": importlib.metadata.version("ctranslate2"),
            "device": self._options.device,
            "hotwords": self._options.hotwords,
            **rules,
        }
        return EngineSignature(
            engine=ENGINE,
            engine_version=importlib.metadata.version(ENGINE),
            model=self.model_name,
            model_revision=self._model_revision,
            options=tuple(sorted(options.items())),
        )

    @property
    def is_multilingual(self) -> bool:
        """Whether the model knows more than English; loads it."""
        return bool(self._model().model.is_multilingual)

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """The most probable language of samples that hold only speech, and how probable it is."""
        model = self._model()
        if not model.model.is_multilingual:
            return parse_language("en"), 1.0
        judged = speech[: _DETECTION_MS * SAMPLES_PER_MS]
        with self._lock:
            probabilities = self._decoder(model).languages(
                judged, input_ms=input_ms(len(judged) // SAMPLES_PER_MS)
            )
        code = max(probabilities, key=probabilities.__getitem__)
        return tag_of(code), min(1.0, probabilities[code])

    def hear(
        self,
        sounds: Sequence[NDArray[np.float32]],
        languages: Sequence[LanguageTag],
        manner: Manner,
        *,
        may_be_foreign: Sequence[bool] | None = None,
    ) -> list[Passage]:
        """What is heard in each window, in their order; one batch is held at a time.

        A window gets the same input whatever stands beside it. In another batch sums may differ in
        their last bits: that moves probabilities by less than 0.0001 and now and then a word by a
        step of Whisper's clock (20 ms). The same windows together always give the same.

        Args:
            sounds: Mono, 16 kHz, each at most 30 s.
            languages: What is spoken, one per window.
            manner: How they are decoded.
            may_be_foreign: Windows in which another language is decoded in its own when it is
                certain; none when left out.

        Raises:
            UnheardLanguageError: when the model does not know a language.
            UnusableModelError: the model cannot be loaded.
        """
        if not sounds:
            return []
        model = self._model()
        codes = {one: self._code(one) for one in set(languages)}
        is_judged = may_be_foreign is not None and bool(model.model.is_multilingual)
        judged = may_be_foreign if may_be_foreign and is_judged else [False] * len(sounds)
        windows = [
            WindowSound(samples=sound, code=codes[language], may_be_foreign=foreign)
            for sound, language, foreign in zip(sounds, languages, judged, strict=True)
        ]
        lengths = [
            input_ms(len(sound) // SAMPLES_PER_MS, whole=manner.whole_input) for sound in sounds
        ]
        heard: dict[int, Passage] = {}
        for batch in batches(lengths):
            with self._lock:
                passages = self._decoder(model).decode(
                    [windows[index] for index in batch], manner, input_ms=lengths[batch[0]]
                )
            heard.update(zip(batch, passages, strict=True))
        return [heard[index] for index in range(len(sounds))]

    def translate(self, samples: NDArray[np.float32], language: LanguageTag) -> Passage:
        """English text (without word times) for at most 30 s of audio in another language.

        Raises:
            UnheardLanguageError: when the model does not know the language.
            UnusableModelError: the model cannot be loaded.
        """
        manner = Manner(task=Task.TRANSLATE, whole_input=True)
        (passage,) = self.hear([samples], [language], manner)
        if passage.text and compression_ratio(passage.text) > _LOOPING_RATIO:
            (passage,) = self.hear([samples], [language], replace(manner, against_loops=True))
        return passage

    def _decoder(self, model: Any) -> BatchDecoder:  # noqa: ANN401
        if self._decoding is None:
            self._decoding = BatchDecoder(
                model, beam_size=self._options.beam_size, hotwords=self._options.hotwords
            )
        return self._decoding

    def _code(self, language: LanguageTag) -> str:
        return code_of(
            language,
            supported=frozenset(self._model().supported_languages),
            model_name=self.model_name,
        )

    def _model(self) -> Any:  # noqa: ANN401  (faster_whisper has no type hints of its own)
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> Any:  # noqa: ANN401
        from faster_whisper import WhisperModel  # noqa: PLC0415

        missing = [name for name in _NEEDED_FILES if not (self._model_dir / name).is_file()]
        if missing:
            raise UnusableModelError(self.model_name, f"it lacks {', '.join(missing)}")
        try:
            return WhisperModel(
                str(self._model_dir),
                device=self._options.device,
                compute_type=self._options.compute_type,
                cpu_threads=self._options.cpu_threads,
                local_files_only=True,
            )
        except Exception as error:
            raise UnusableModelError(self.model_name, _first_line(error)) from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
