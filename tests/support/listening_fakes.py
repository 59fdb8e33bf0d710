"""Streams to listen to, and a detector that hears how loud they are."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from subtitles.signature import EngineSignature
from subtitles.span import Span

FRAME = 512
SAMPLES_PER_MS = 16


class LoudnessDetector:
    """As sure of a voice as a frame is loud; from nothing (0) at silence to sure at `SPOKEN`.

    A voice is what swings slowly: sound that changes its sign with every sample is none.

    It has a memory, as real detectors do: a tenth of what it heard one frame ago stays.
    """

    def __init__(self) -> None:
        self.longest_ms = 0

    @property
    def signature(self) -> EngineSignature:
        """Always the same."""
        return EngineSignature(engine="loudness", engine_version="1")

    def speech_probabilities(self, samples: NDArray[np.float32]) -> Sequence[float]:
        """One for every frame of 512 samples begun."""
        self.longest_ms = max(self.longest_ms, len(samples) // SAMPLES_PER_MS)
        padded = np.pad(samples, (0, -len(samples) % FRAME)).reshape(-1, FRAME)
        loudness = np.abs(padded[:, ::2] + padded[:, 1::2]).mean(axis=1) / 2
        remembered = np.concatenate(([0.0], loudness[:-1]))
        return np.clip((0.9 * loudness + 0.1 * remembered) / SPOKEN, 0.0, 1.0).tolist()


SPOKEN = 0.2
"""Mean level of somebody who surely speaks."""
ROOM = 0.002
"""Mean level of a quiet room: −52 dB of a square wave."""


def stream(duration_ms: int, speech: Sequence[Span], *, room: float = ROOM) -> NDArray[np.float32]:
    """A fast square wave at the level of a room; a slower, louder one where somebody speaks."""
    samples = np.full(duration_ms * SAMPLES_PER_MS, room, dtype=np.float32)
    samples[::2] *= -1
    for span in speech:
        voice = samples[span.start_ms * SAMPLES_PER_MS : span.end_ms * SAMPLES_PER_MS]
        voice[:] = np.resize(np.array([SPOKEN, SPOKEN, -SPOKEN, -SPOKEN]), len(voice))
    return samples


def in_blocks(samples: NDArray[np.float32], sizes: Sequence[int]) -> Iterator[NDArray[np.float32]]:
    """The samples in blocks of those sizes, again and again."""
    position = turn = 0
    while position < len(samples):
        size = sizes[turn % len(sizes)]
        yield samples[position : position + size]
        position, turn = position + size, turn + 1
