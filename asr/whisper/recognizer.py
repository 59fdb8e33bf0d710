"""The recogniser: voice detection, windows of speech, Whisper, word times one can cut on."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.hearing.decode_windows import decode_windows
from asr.hearing.invented_text import invention, says_something
from asr.hearing.speech_regions import (
    AUDIBLE,
    EDGES,
    speech_edges,
    speech_regions,
    with_exact_starts,
)
from asr.hearing.word_times import TimedText, settle
from asr.recognizer import AudioChunk, ChunkTranscript
from asr.sound.chunking import SAMPLES_PER_MS
from asr.whisper.model import RecognitionOptions, WhisperModelHandle
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

RULES_VERSION = "1"
"""Part of the signature: raise it when windows, word times or the guard come out otherwise."""

# Less speech than this says little about its language; then all that is audible is judged.
_ENOUGH_FOR_LANGUAGE_MS = 1000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speech:
    """Where somebody speaks in a chunk: what can be heard at all, and what is surely speech."""

    audible: tuple[Span, ...]
    sure: tuple[Span, ...]

    @property
    def telling(self) -> tuple[Span, ...]:
        """What to judge the language by."""
        is_enough = sum(region.duration_ms for region in self.sure) >= _ENOUGH_FOR_LANGUAGE_MS
        return self.sure if is_enough else self.audible

    def sure_share(self, window: Span) -> float:
        """Part of a window that is surely speech."""
        return sum(map(window.overlap_ms, self.sure)) / window.duration_ms

    def quiet_tail_ms(self, window: Span) -> int:
        """How long nobody is heard at the end of a window."""
        ends = [region.end_ms for region in self.audible if region.overlap_ms(window)]
        return window.end_ms - min(window.end_ms, max(ends))


class FasterWhisperRecognizer:
    """Implements `asr.recognizer.Recognizer` with a faster-whisper model.

    Args:
        model_dir: Folder of the model; only looked at when first needed.
        model_name: As in the registry.
        model_revision: Digest or commit of the model.
        options: How it decodes.

    Attributes:
        model: What a `FasterWhisperSpeechTranslator` takes to share the model.
    """

    def __init__(
        self, model_dir: Path, *, model_name: str, model_revision: str, options: RecognitionOptions
    ) -> None:
        self.model = WhisperModelHandle(
            model_dir, model_name=model_name, model_revision=model_revision, options=options
        )

    @property
    def signature(self) -> EngineSignature:
        """Who makes these transcripts."""
        return self.model.signature(rules=RULES_VERSION)

    def recognize(self, chunk: AudioChunk, *, language: LanguageTag | None) -> ChunkTranscript:
        """See `Recognizer.recognize`.

        Raises:
            UnheardLanguageError: the model does not understand the language.
            UnusableModelError: the model cannot be loaded.
        """
        probabilities = self.model.speech_probabilities(chunk.samples)
        speech = _Speech(
            audible=speech_regions(probabilities, AUDIBLE),
            sure=speech_regions(probabilities, EDGES),
        )
        windows = decode_windows(speech.audible, duration_ms=chunk.duration_ms)
        spoken, how_sure = language, 1.0
        if spoken is None and windows:
            spoken, how_sure = self.model.detect_language(_cut(chunk.samples, speech.telling))
        words: list[TimedText] = []
        if spoken is not None:
            edges = with_exact_starts(speech_edges(probabilities), chunk.samples)
            for window in windows:
                heard = self._heard(chunk, window, spoken, speech)
                words += settle(heard, speech=edges, within=window)
        if not words and language is None:
            return ChunkTranscript(language=None, language_probability=0.0, words=())
        return ChunkTranscript(
            language=spoken,
            language_probability=how_sure,
            words=tuple(_on_clock(word, chunk.start_ms) for word in words),
        )

    def _heard(
        self, chunk: AudioChunk, window: Span, language: LanguageTag, speech: _Speech
    ) -> list[TimedText]:
        """What Whisper hears in one window, times from the start of the chunk, still raw."""
        passage = self.model.transcribe(
            _cut(chunk.samples, [window]), language, quiet_tail_ms=speech.quiet_tail_ms(window)
        )
        why = invention(
            passage.text,
            mean_log_probability=passage.mean_log_probability,
            duration_ms=window.duration_ms,
            speech_share=speech.sure_share(window),
        )
        if why and passage.text:
            logger.warning(
                "text at %d ms taken for invented and left out (%s)",
                chunk.start_ms + window.start_ms,
                why,
            )
            return []
        return [
            replace(
                word,
                start_ms=word.start_ms + window.start_ms,
                end_ms=word.end_ms + window.start_ms,
            )
            for word in passage.words
            if says_something(word.text)
        ]


def _cut(samples: NDArray[np.float32], spans: Sequence[Span]) -> NDArray[np.float32]:
    return np.concatenate(
        [samples[s.start_ms * SAMPLES_PER_MS : s.end_ms * SAMPLES_PER_MS] for s in spans]
    )


def _on_clock(word: TimedText, chunk_start_ms: int) -> Word:
    span = Span(word.start_ms, word.end_ms).shifted(chunk_start_ms)
    return Word(text=word.text, span=span, probability=word.probability)
