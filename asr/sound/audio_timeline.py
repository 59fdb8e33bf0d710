"""Placing decoded audio on the title's own clock (pure).

A container says for each piece of audio when it is heard. Mostly the pieces follow each other;
sometimes there is a gap (silence that was not stored), an overlap, or a clock that jumps because
two recordings were glued together. `AudioClock` decides which is which, `lay_out` turns placed
pieces into one gapless stream of samples that starts at 0.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE_HZ

# Half a frame of film: below it a viewer cannot tell, and containers round timestamps (Matroska
# to 1 ms, FLV to 1 ms, live recordings to more).
_JITTER_S = Fraction(20, 1000)
# A real overlap is a resent packet or two. A longer step back is a clock that started again.
_LONGEST_OVERLAP_S = Fraction(1)
# No title pauses this long; a damaged timestamp easily claims it does.
_LONGEST_GAP_S = Fraction(6 * 3600)
# Silence is handed on in pieces, so that an hour of it is never held at once.
_SILENCE_BLOCK = 10 * SAMPLE_RATE_HZ

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedAudio:
    """Samples (mono, float32, 16 kHz) and the sample number on the clock where they start."""

    at_sample: int
    samples: NDArray[np.float32] = field(repr=False)


class AudioClock:
    """Follows the timestamps of one audio stream.

    Args:
        latest_s: No audio is later than this on the title's clock; a timestamp beyond it is
            taken for a clock that jumped.
    """

    def __init__(self, *, latest_s: Fraction) -> None:
        self._latest_s = latest_s
        self._expected_s: Fraction | None = None
        self._shift_s = Fraction(0)

    @staticmethod
    def is_plausible_step(step_s: float) -> bool:
        """Whether one stamp may follow another so much later (or earlier) in one recording."""
        return -float(_LONGEST_OVERLAP_S) <= step_s <= float(_LONGEST_GAP_S)

    def admit(self, time_s: Fraction | None, duration_s: Fraction) -> Fraction | None:
        """Take the next piece; return the start of a new run, or None when it simply continues.

        ``time_s`` is None for a piece without timestamp: it continues, or starts at 0.
        """
        is_first = self._expected_s is None
        expected = self._expected_s or Fraction(0)
        start = expected if time_s is None else time_s + self._shift_s
        step = start - expected
        steps_back = step < -_LONGEST_OVERLAP_S and not is_first
        leaps = step > _JITTER_S and (start > self._latest_s or step > _LONGEST_GAP_S)
        if steps_back or leaps:
            logger.warning(
                "audio clock jumps by %+.3f s at %.3f s: taken as continuous",
                float(step),
                float(expected),
            )
            self._shift_s -= step
            start, step = expected, Fraction(0)
        if -_JITTER_S <= step <= _JITTER_S and not is_first:
            # The end is extended by what was heard, not by the stamp, so that drift adds up
            # until it is worth correcting.
            self._expected_s = expected + duration_s
            return None
        self._expected_s = start + duration_s
        return start


def lay_out(
    pieces: Iterable[PlacedAudio], *, start_sample: int = 0
) -> Iterator[NDArray[np.float32]]:
    """One gapless stream from ``start_sample`` on.

    Gaps become silence; what lies before the start, or where audio was already laid, is dropped.
    """
    position = start_sample
    for piece in pieces:
        while piece.at_sample > position:
            length = min(piece.at_sample - position, _SILENCE_BLOCK)
            yield np.zeros(length, dtype=np.float32)
            position += length
        fresh = piece.samples[max(0, position - piece.at_sample) :]
        if len(fresh):
            yield fresh
            position += len(fresh)
