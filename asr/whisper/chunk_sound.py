"""A chunk as a recogniser works on it: its sound by span, and what is known about the span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asr.doubts.heard import HeardWindow
from asr.hearing.listening import ChunkSpeech
from asr.hearing.word_aligner import AlignedAudio, WordAligner
from asr.hearing.word_times import TimedText
from asr.recognizer import AudioChunk
from asr.sound.chunking import SAMPLES_PER_MS
from asr.whisper.passage import Passage, compression_ratio
from subtitles.language import LanguageTag
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChunkSound:
    """All times are on the title's own clock, and none lies outside the audio.

    Attributes:
        chunk: The audio.
        speech: Where in it somebody speaks.
    """

    chunk: AudioChunk
    speech: ChunkSpeech

    def samples(self, span: Span) -> NDArray[np.float32]:
        """What is heard in a span."""
        start = (span.start_ms - self.chunk.start_ms) * SAMPLES_PER_MS
        return self.chunk.samples[start : start + span.duration_ms * SAMPLES_PER_MS]

    def heard(self, window: Span, passage: Passage) -> HeardWindow:
        """A decoding of a window with everything that speaks for or against it."""
        return HeardWindow(
            window=window,
            language=passage.language,
            text=passage.text,
            words=tuple(shifted(word, window.start_ms) for word in passage.words),
            mean_log_probability=passage.mean_log_probability,
            no_speech_probability=passage.no_speech_probability,
            compression_ratio=compression_ratio(passage.text) if passage.text else 0.0,
            speech_share=_share(window, self.speech.sure),
            audible_share=_share(window, self.speech.audible),
        )

    def aligned(self, heard: HeardWindow, aligner: WordAligner) -> HeardWindow:
        """The same window, its words when exactly they are spoken."""
        back_ms = -self.chunk.start_ms
        audio = AlignedAudio(
            samples=self.chunk.samples,
            window=heard.window.shifted(back_ms),
            audible=tuple(span.shifted(back_ms) for span in self.speech.audible),
            sure=tuple(span.shifted(back_ms) for span in self.speech.sure),
            language=heard.language,
        )
        words = aligner.align([shifted(word, back_ms) for word in heard.words], audio)
        return replace(heard, words=tuple(shifted(word, -back_ms) for word in words))


def chunk_sound(chunk: AudioChunk, speech: ChunkSpeech) -> ChunkSound:
    """The chunk with its speech, as far as there is audio."""
    whole = Span(chunk.start_ms, chunk.start_ms + len(chunk.samples) // SAMPLES_PER_MS)

    def inside(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(
            Span(max(span.start_ms, whole.start_ms), min(span.end_ms, whole.end_ms))
            for span in spans
            if span.overlap_ms(whole)
        )

    return ChunkSound(
        chunk=chunk,
        speech=replace(
            speech,
            windows=inside(speech.windows),
            audible=inside(speech.audible),
            sure=inside(speech.sure),
        ),
    )


def nothing_heard(window: Span, language: LanguageTag) -> HeardWindow:
    """A window in which no word was heard."""
    return HeardWindow(
        window=window,
        language=language,
        text="",
        words=(),
        mean_log_probability=0.0,
        no_speech_probability=0.0,
        compression_ratio=0.0,
        speech_share=0.0,
        audible_share=0.0,
    )


def shifted(word: TimedText, offset_ms: int) -> TimedText:
    """The same word, later."""
    return replace(word, start_ms=word.start_ms + offset_ms, end_ms=word.end_ms + offset_ms)


def _share(window: Span, regions: Sequence[Span]) -> float:
    return min(1.0, sum(map(window.overlap_ms, regions)) / window.duration_ms)
