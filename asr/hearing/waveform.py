"""The outline of a title's sound, as editors draw it: a lowest and a highest value per stretch."""

from base64 import b64encode
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listening import Waveform
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import MS_PER_SECOND

PEAKS_HZ = 25
"""Stretches a second: one per frame of European television, and 180 kB for an hour of sound."""

_SAMPLES = SAMPLES_PER_MS * MS_PER_SECOND // PEAKS_HZ
_FULL_SCALE = 127


class Outline:
    """Draws a waveform of blocks of sound while somebody else listens to them."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, dtype=np.float32)
        self._pairs = bytearray()

    def drawn(self, blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
        """The same blocks: mono, `asr.recognizer.SAMPLE_RATE_HZ`, without gaps."""
        for block in blocks:
            yield block
            self._add(block)

    def waveform(self) -> Waveform:
        """Of all that has gone by; the last stretch may be shorter than the others."""
        last = _peaks(self._rest[np.newaxis, :]).tobytes() if len(self._rest) else b""
        pairs = self._pairs + last
        return Waveform(peaks_hz=PEAKS_HZ, peaks=b64encode(pairs).decode("ascii"))

    def _add(self, block: NDArray[np.float32]) -> None:
        samples = np.concatenate([self._rest, block])
        whole = len(samples) // _SAMPLES * _SAMPLES
        if whole:
            self._pairs += _peaks(samples[:whole].reshape(-1, _SAMPLES)).tobytes()
        self._rest = samples[whole:].copy()  # a view would keep the whole block


def _peaks(stretches: NDArray[np.float32]) -> NDArray[np.int8]:
    pairs = np.stack([np.fmin.reduce(stretches, axis=1), np.fmax.reduce(stretches, axis=1)], axis=1)
    # Decoders give samples a little beyond full scale, and broken files give no numbers at all.
    levels: NDArray[np.float32] = np.rint(np.clip(np.nan_to_num(pairs), -1.0, 1.0) * _FULL_SCALE)
    return levels.astype(np.int8)
