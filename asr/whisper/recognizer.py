"""The recogniser: windows of speech, Whisper, word times one can cut on."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.hearing.invented_text import invention, says_something
from asr.hearing.listening import ChunkSpeech
from asr.hearing.speech_edge_aligner import SpeechEdgeAligner
from asr.hearing.word_aligner import AlignedAudio, WordAligner
from asr.hearing.word_times import TimedText
from asr.recognizer import AudioChunk, ChunkTranscript, SpokenLanguage
from asr.sound.chunking import SAMPLES_PER_MS
from asr.whisper.model import RecognitionOptions, WhisperModelHandle
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

RULES_VERSION = "2"
"""Part of the signature: raise it when words come out otherwise."""

logger = logging.getLogger(__name__)


class FasterWhisperRecognizer:
    """Implements `asr.recognizer.Recognizer` with a faster-whisper model.

    Args:
        model_dir: Folder of the model; only looked at when first needed.
        model_name: As in the registry.
        model_revision: Digest or commit of the model.
        options: How it decodes.
        aligner: Who says when exactly each word is spoken.

    Attributes:
        model: What a `FasterWhisperSpeechTranslator` takes to share the model.
    """

    def __init__(
        self,
        model_dir: Path,
        *,
        model_name: str,
        model_revision: str,
        options: RecognitionOptions,
        aligner: WordAligner | None = None,
    ) -> None:
        self.model = WhisperModelHandle(
            model_dir, model_name=model_name, model_revision=model_revision, options=options
        )
        self._aligner = aligner or SpeechEdgeAligner()

    @property
    def signature(self) -> EngineSignature:
        """Who makes these transcripts."""
        return self.model.signature(aligner=self._aligner.name, rules=RULES_VERSION)

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """See `Recognizer.detect_language`.

        Raises:
            UnusableModelError: the model cannot be loaded.
        """
        return self.model.detect_language(speech)

    def recognize(
        self, chunk: AudioChunk, speech: ChunkSpeech, spoken: SpokenLanguage
    ) -> ChunkTranscript:
        """See `Recognizer.recognize`.

        Raises:
            UnheardLanguageError: the model does not understand the language.
            UnusableModelError: the model cannot be loaded.
        """
        here = _in_chunk(speech, chunk)
        words: list[TimedText] = []
        for window in here.windows:
            heard = self._heard(chunk, window, spoken.tag, here)
            audio = AlignedAudio(
                samples=chunk.samples,
                window=window,
                audible=here.audible,
                sure=here.sure,
                language=spoken.tag,
            )
            words += self._aligner.align(heard, audio)
        if not words and not spoken.is_forced:
            return ChunkTranscript(language=None, language_probability=0.0, words=())
        return ChunkTranscript(
            language=spoken.tag,
            language_probability=spoken.probability,
            words=tuple(_on_clock(word, chunk.start_ms) for word in words),
        )

    def _heard(
        self, chunk: AudioChunk, window: Span, language: LanguageTag, speech: ChunkSpeech
    ) -> list[TimedText]:
        """What Whisper hears in one window, times from the start of the chunk, still raw."""
        passage = self.model.transcribe(_cut(chunk.samples, [window]), language)
        why = invention(
            passage.text,
            mean_log_probability=passage.mean_log_probability,
            duration_ms=window.duration_ms,
            speech_share=sum(map(window.overlap_ms, speech.sure)) / window.duration_ms,
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


def _in_chunk(speech: ChunkSpeech, chunk: AudioChunk) -> ChunkSpeech:
    """The same in milliseconds from the chunk's first sample, cut at its ends."""
    end_ms = chunk.start_ms + chunk.duration_ms

    def here(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(
            Span(max(span.start_ms, chunk.start_ms), min(span.end_ms, end_ms)).shifted(
                -chunk.start_ms
            )
            for span in spans
            if span.overlap_ms(Span(chunk.start_ms, end_ms))
        )

    return replace(
        speech, windows=here(speech.windows), audible=here(speech.audible), sure=here(speech.sure)
    )
