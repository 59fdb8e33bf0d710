"""Listening again where a voice detector hears nobody, with fresh ears (pure).

A detector that remembers goes deaf after music and noise: of a whisper that follows them it may
hear nothing, of which it is sure when it starts there, and surer when it is louder. So what sounds
and is not audible is given to it again, in short pieces, each from a new start and raised to the
level of usual speech.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listening import VoiceDetector
from asr.hearing.speech_regions import AUDIBLE, DETECTOR_FRAME_SAMPLES

# A pause shorter than this lies inside speech.
_LEAST_FRAMES = 31
# 6 s: short enough that noise at its start is soon forgotten. Pieces of 4 and 10 s found as much.
_PIECE_FRAMES = 187
# Root mean square: usual for speech in recordings, -20 dBFS.
_SPEECH_LEVEL = 0.1
# More than 40 dB would make speech of a microphone's own noise.
_MOST_GAIN = 100.0
# Below -90 dBFS there is nothing to raise: one step of 16 bits.
_LEAST_LEVEL = 3e-5


def listen_again(
    samples: NDArray[np.float32], probabilities: Sequence[float], detector: VoiceDetector
) -> list[float]:
    """The probabilities, frame by frame the higher one of both times.

    Args:
        samples: What the detector was given.
        probabilities: What it said.
        detector: Who listens.
    """
    heard = np.asarray(probabilities, dtype=np.float64)
    for first, last in _pieces(heard < AUDIBLE.leave):
        piece = samples[first * DETECTOR_FRAME_SAMPLES : last * DETECTOR_FRAME_SAMPLES]
        level = float(np.sqrt(np.mean(np.square(piece, dtype=np.float64))))
        if level < _LEAST_LEVEL:
            continue
        gain = min(_MOST_GAIN, max(1.0, _SPEECH_LEVEL / level))
        raised = np.clip(piece * np.float32(gain), -1.0, 1.0)
        again = np.asarray(detector.speech_probabilities(raised))
        heard[first:last] = np.maximum(heard[first:last], again)
    return [float(one) for one in heard]


def _pieces(silent: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First frame and the one after the last, of every piece of every long enough silence."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], silent, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start >= _LEAST_FRAMES:
            for first in range(start, end, _PIECE_FRAMES):
                yield first, min(end, first + _PIECE_FRAMES)
