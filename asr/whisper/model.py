"""One faster-whisper model in memory: the only home of ``faster_whisper``.

Loaded once, when first needed; used by one thread at a time. Decoding is deterministic: there is
no sampling, and the number of threads does not change the output (checked bit by bit on one, two
and three threads). That is what makes equal signatures mean equal words.
"""

import importlib.metadata
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asr.errors import UnusableModelError
from asr.recognizer import SAMPLE_RATE_HZ
from asr.whisper.languages import code_of, tag_of
from asr.whisper.passage import Passage, passage_of
from subtitles.language import LanguageTag, parse_language
from subtitles.signature import EngineSignature
from subtitles.span import MS_PER_SECOND

ENGINE = "faster-whisper"

# Text this compressible repeats itself (Whisper's own limit).
_LOOPING_RATIO = 2.4
# How a looping window is decoded again: no sampling, since that gives other words each time.
_AGAINST_LOOPS = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.1}
# Whisper ends words up to 0.37 s early (`asr.hearing.word_times`). Another pass over so little
# would cost as much as a full window, and is where invented words come from.
_EARLY_END_S = 0.4
# The language is judged by speech alone: the first stretches of what Whisper takes at once.
_DETECTION_SAMPLES = 30 * SAMPLE_RATE_HZ
_DETECTION_STRETCHES = 3
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
        totals: Counter[str] = Counter()
        judged = speech[: _DETECTION_SAMPLES * _DETECTION_STRETCHES]
        for start in range(0, len(judged), _DETECTION_SAMPLES):
            stretch = judged[start : start + _DETECTION_SAMPLES]
            with self._lock:
                _, _, probabilities = model.detect_language(audio=stretch)
            for code, probability in probabilities:
                totals[code] += probability * len(stretch) / len(judged)
        code, probability = totals.most_common(1)[0]
        return tag_of(code), min(1.0, float(probability))

    def transcribe(
        self, samples: NDArray[np.float32], language: LanguageTag, *, quiet_tail_ms: int = 0
    ) -> Passage:
        """Words in the spoken language, for at most 30 s of audio.

        Args:
            samples: Mono, 16 kHz.
            language: What is spoken.
            quiet_tail_ms: How much of their end is known to hold no speech.

        Raises:
            UnheardLanguageError: when the model does not know the language.
        """
        return self._decode(samples, language, task="transcribe", quiet_tail_ms=quiet_tail_ms)

    def translate(self, samples: NDArray[np.float32], language: LanguageTag) -> Passage:
        """English text (without word times) for at most 30 s of audio in another language.

        Raises:
            UnheardLanguageError: when the model does not know the language.
        """
        return self._decode(samples, language, task="translate", quiet_tail_ms=0)

    def _decode(
        self, samples: NDArray[np.float32], language: LanguageTag, *, task: str, quiet_tail_ms: int
    ) -> Passage:
        model = self._model()
        code = code_of(
            language,
            supported=frozenset(model.supported_languages),
            model_name=self.model_name,
        )
        arguments: dict[str, Any] = {
            "language": code,
            "task": task,
            "beam_size": self._options.beam_size,
            "hotwords": self._options.hotwords or None,
            "temperature": 0.0,
            "condition_on_previous_text": False,
            "word_timestamps": task == "transcribe",
        }
        speech_s = len(samples) / SAMPLE_RATE_HZ - quiet_tail_ms / MS_PER_SECOND
        with self._lock:
            segments = _heard(model, speech_s, samples, arguments)
            if any(segment.compression_ratio > _LOOPING_RATIO for segment in segments):
                segments = _heard(model, speech_s, samples, {**arguments, **_AGAINST_LOOPS})
        return passage_of(segments)

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


def _heard(
    model: Any,  # noqa: ANN401
    speech_s: float,
    samples: NDArray[np.float32],
    arguments: dict[str, Any],
) -> list[Any]:
    """All segments, without another pass over a tail in which nothing is left to hear."""
    heard = []
    for segment in model.transcribe(samples, **arguments)[0]:
        heard.append(segment)
        if speech_s - segment.end < _EARLY_END_S:
            break
    return heard


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
