"""The port every speech recogniser implements."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
class ChunkTranscript:
    """What was said in one chunk: language, how sure, and words on the title's own clock."""

    language: LanguageTag | None
    language_probability: float
    words: tuple[Word, ...]


class Recognizer(Protocol):
    """Audio in, timed words out."""

    @property
    def signature(self) -> EngineSignature:
        """Who makes these transcripts."""
        ...

    def recognize(self, chunk: AudioChunk, *, language: LanguageTag | None) -> ChunkTranscript:
        """Words in time order; silence gives none, never an error. None detects the language."""
        ...
