"""The recogniser: voice detection, windows of speech, Whisper, word times one can cut on."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.chunking import SAMPLES_PER_MS
from asr.decode_windows import decode_windows
from asr.faster_whisper_model import RecognitionOptions, WhisperModelHandle
from asr.recognizer import AudioChunk, ChunkTranscript
from asr.speech_regions import AUDIBLE, speech_edges, speech_regions, with_exact_starts
from asr.word_times import TimedText, settle
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

RULES_VERSION = "1"
"""Part of the signature: raise it when windows, word times or the guard come out otherwise."""


class FasterWhisperRecognizer:
    """Implements `asr.recognizer.Recognizer` with a faster-whisper model.

    Args:
        model_dir: Folder of the model.
        model_name: As in the registry.
        model_revision: Digest or commit of the model.
        options: How it decodes.
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
        audible = speech_regions(probabilities, AUDIBLE)
        windows = decode_windows(audible, duration_ms=chunk.duration_ms)
        if not windows:
            return ChunkTranscript(language=language, language_probability=0.0, words=())
        probability = 1.0
        if language is None:
            language, probability = self.model.detect_language(_cut(chunk.samples, audible))
        edges = with_exact_starts(speech_edges(probabilities), chunk.samples)
        words: list[Word] = []
        for window in windows:
            heard = self.model.transcribe(_cut(chunk.samples, [window]), language).words
            shifted = [_shifted(word, window.start_ms) for word in heard]
            settled = settle(shifted, speech=edges, within=window)
            words += [_on_clock(word, chunk.start_ms) for word in settled]
        return ChunkTranscript(
            language=language, language_probability=probability, words=tuple(words)
        )


def _cut(samples: NDArray[np.float32], spans: Sequence[Span]) -> NDArray[np.float32]:
    return np.concatenate(
        [samples[s.start_ms * SAMPLES_PER_MS : s.end_ms * SAMPLES_PER_MS] for s in spans]
    )


def _shifted(word: TimedText, offset_ms: int) -> TimedText:
    return TimedText(
        text=word.text,
        start_ms=word.start_ms + offset_ms,
        end_ms=word.end_ms + offset_ms,
        probability=word.probability,
    )


def _on_clock(word: TimedText, chunk_start_ms: int) -> Word:
    span = Span(word.start_ms, word.end_ms).shifted(chunk_start_ms)
    return Word(text=word.text, span=span, probability=word.probability)
