"""Where nobody can tell when exactly a voice starts (pure).

A voice detector is up to half a second late in noise or music as loud as the voice, and there is
no rise of the sound to go by either.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asr.hearing.exact_edges import LEVEL_FRAME_MS, levels_db
from subtitles.span import Span

SLOWEST_DETECTOR_MS = 500
"""A detector is later than this only where it hears no voice at all."""

# Before 99 onsets in a quiet room, in music 10 dB under the voice and in noise as loud as the
# voice the difference was at least 11, at least 4 and at most 2 dB.
_LEAST_RISE_DB = 4.0
_VOICE_MS = 1000


def vague_onsets(regions: Sequence[Span], samples: NDArray[np.float32]) -> tuple[Span, ...]:
    """Stretches before a region in which its voice may already be heard, each up to its start.

    Args:
        regions: Speech, in order, apart.
        samples: Mono, 16 kHz, of all of them.
    """
    levels = levels_db(samples)
    found: list[Span] = []
    previous_end_ms = 0
    for region in regions:
        before = Span(max(previous_end_ms, region.start_ms - SLOWEST_DETECTOR_MS), region.start_ms)
        voice = Span(region.start_ms, min(region.end_ms, region.start_ms + _VOICE_MS))
        rise_db = _usual_db(levels, voice) - _usual_db(levels, before)
        if rise_db < _LEAST_RISE_DB:
            found.append(before)
        previous_end_ms = region.end_ms
    return tuple(found)


def _usual_db(levels: NDArray[np.float64], span: Span) -> float:
    """Median over the span; infinitely quiet where there is no sound to measure."""
    measured = levels[span.start_ms // LEVEL_FRAME_MS : span.end_ms // LEVEL_FRAME_MS]
    return float(np.median(measured)) if len(measured) else -np.inf
