"""What a voice detector makes of a whole audio stream, before any word is recognised.

Everything later is planned from it: which windows are listened to, where the stream is cut into
chunks, where words may begin and end, and where speech without words was missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from subtitles.signature import EngineSignature
from subtitles.span import Span


class SoundKind(StrEnum):
    """What is heard where nobody speaks."""

    SILENCE = "silence"
    """Nothing above the title's own noise floor."""
    SOUND = "sound"
    """Music, effects or noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonSpeech:
    """A stretch in which nobody speaks, on the title's own clock."""

    span: Span
    kind: SoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSpeech:
    """Where somebody speaks in one chunk; all times on the title's own clock.

    Attributes:
        span: What of the title the chunk holds. Only where somebody speaks for minutes without a
            pause do the spans of two chunks overlap.
        windows: Stretches to give the recogniser, in order, none longer than
            `asr.hearing.decode_windows.LONGEST_WINDOW_MS`. They overlap only where speech had to
            be cut without a pause; the words of two such windows are joined by
            `asr.hearing.seams`.
        audible: Regions worth listening to (whispered and distant speech among them).
        sure: Regions that are surely speech.
    """

    span: Span
    windows: tuple[Span, ...]
    audible: tuple[Span, ...]
    sure: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """Peaks of a whole stream.

    Attributes:
        peaks_hz: Stretches a second.
        peaks: Base64 of pairs of signed bytes: lowest and highest sample of each stretch, of which
            127 is full scale.
    """

    peaks_hz: int
    peaks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """All of one audio stream.

    Attributes:
        duration_ms: Of the stream, on the title's own clock.
        chunks: In order; together they hold every window. Chunks in which nobody speaks at all are
            not made.
        non_speech: Stretches without speech, in order, apart.
        waveform: What the sound looks like; None where nobody drew it.
    """

    duration_ms: int
    chunks: tuple[ChunkSpeech, ...]
    non_speech: tuple[NonSpeech, ...]
    waveform: Waveform | None = None

    @property
    def speech_ms(self) -> int:
        """How much is surely speech."""
        return sum(region.duration_ms for chunk in self.chunks for region in chunk.sure)


class VoiceDetector(Protocol):
    """Samples in, how sure it is that somebody speaks out; several threads may ask at once."""

    @property
    def signature(self) -> EngineSignature:
        """Who listens."""
        ...

    def speech_probabilities(self, samples: NDArray[np.float32]) -> Sequence[float]:
        """How sure, 0…1, per frame of `asr.hearing.speech_regions.DETECTOR_FRAME_MS`."""
        ...
