"""The port every speech recogniser implements."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listening import ChunkSpeech
from subtitles.doubts import DoubtfulSpan
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.words import Word

SAMPLE_RATE_HZ = 16_000
"""What every recogniser here is fed: 16 kHz mono (the rate Whisper was trained on)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AudioChunk:
    """A stretch of decoded audio.

    Attributes:
        index: 0 for the first chunk of the stream.
        start_ms: Where its first sample lies on the title's own clock.
        samples: Shape (n,), float32 within [−1, 1], mono at `SAMPLE_RATE_HZ`.
    """

    index: int
    start_ms: int
    samples: NDArray[np.float32] = field(repr=False)

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return round(len(self.samples) * 1000 / SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguage:
    """What is spoken in a title, as far as anybody knows before listening to every word.

    Attributes:
        tag: The language.
        probability: How sure, 0…1; 1.0 when a person said so.
        is_forced: A person said so: nothing is taken for another language.
    """

    tag: LanguageTag
    probability: float = 1.0
    is_forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkTranscript:
    """What was said in one chunk, on the title's own clock.

    Attributes:
        language: Spoken longest in it; None when nobody speaks, unless a person said what is
            spoken.
        language_probability: How sure that is.
        words: In time order. Those in another language than the title's carry their own.
        doubts: Stretches of it to listen to, in order of their start.
    """

    language: LanguageTag | None
    language_probability: float
    words: tuple[Word, ...]
    doubts: tuple[DoubtfulSpan, ...] = ()


class Recognizer(Protocol):
    """Audio in, timed words out."""

    @property
    def signature(self) -> EngineSignature:
        """Who makes these transcripts."""
        ...

    def detect_language(self, speech: NDArray[np.float32]) -> tuple[LanguageTag, float]:
        """The language of speech (mono, `SAMPLE_RATE_HZ`) and how sure that is, 0…1."""
        ...

    def recognize(
        self, chunk: AudioChunk, speech: ChunkSpeech, spoken: SpokenLanguage
    ) -> ChunkTranscript:
        """Words in time order; silence gives none, never an error.

        Args:
            chunk: The audio.
            speech: Where in it somebody speaks, and the windows to listen to.
            spoken: The language of the title.
        """
        ...
