"""Log-mel features of speech as the speaker networks expect them (pure).

Those networks were trained on Kaldi's filter bank (D. Povey et al., "The Kaldi speech recognition
toolkit", 2011): frames of 25 ms every 10 ms, the mean removed, pre-emphasis, Povey's window, the
power spectrum in 80 triangles that are equally wide on the mel scale from 20 Hz up.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE_HZ

MEL_BANDS = 80
FRAME_STEP = SAMPLE_RATE_HZ // 100
_FRAME = SAMPLE_RATE_HZ * 25 // 1000
_FFT = 512
_LOWEST_HZ = 20.0
_PRE_EMPHASIS = 0.97
_POVEY_EXPONENT = 0.85
# The smallest float32 step: below it, silence would have no logarithm.
_FLOOR = float(np.finfo(np.float32).eps)


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features of shape (frames, `MEL_BANDS`), each band's mean over the frames taken away.

    Args:
        samples: Mono at `asr.recognizer.SAMPLE_RATE_HZ`; fewer than a frame (25 ms) give none.
    """
    if len(samples) < _FRAME:
        return np.empty((0, MEL_BANDS), dtype=np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::FRAME_STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    # The first sample has none before it; Kaldi takes itself.
    before = np.concatenate((frames[:, :1], frames[:, :-1]), axis=1)
    windowed = (frames - _PRE_EMPHASIS * before) * _window()
    spectrum = np.abs(np.fft.rfft(windowed, n=_FFT, axis=1)) ** 2
    bands = np.log(np.maximum(spectrum @ _triangles(), _FLOOR))
    return np.asarray(bands - bands.mean(axis=0), dtype=np.float32)


@cache
def _window() -> NDArray[np.float64]:
    angle = 2 * np.pi * np.arange(_FRAME) / (_FRAME - 1)
    return np.asarray((0.5 - 0.5 * np.cos(angle)) ** _POVEY_EXPONENT)


@cache
def _triangles() -> NDArray[np.float64]:
    """Weights of shape (spectrum lines, bands)."""
    edges = np.linspace(_mel(_LOWEST_HZ), _mel(SAMPLE_RATE_HZ / 2), MEL_BANDS + 2)
    lines = _mel(np.arange(_FFT // 2 + 1) * SAMPLE_RATE_HZ / _FFT)[:, np.newaxis]
    rising = (lines - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - lines) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)))


def _mel(hertz: float | NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0))
