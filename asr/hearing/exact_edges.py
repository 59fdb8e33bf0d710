"""Exactly when speech starts and ends, from the power of the sound (pure).

A voice detector is sure of vowels and slow on soft consonants: its starts are up to a quarter of
a second late on "f", "h" or "p", and its ends as late, since it waits for what may follow. The
power of the sound finds both, but takes any noise for speech. So the detector says where, and
power says exactly when (measured on 68 sentences with known starts: detector alone 75 % within
60 ms and 244 ms at worst, with power 97 % and 144 ms; on 97 with known ends: the median error is
114 ms by the detector alone and 50 ms with power).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

LEVEL_FRAME_MS = 10

NOISE_REACH_MS = 3000
"""The noise is looked for this far around a region, among levels that are no digital silence."""

LONGEST_LEAD_MS = 250
"""How far before the detector a start is looked for: its own delay, no breath before it."""

LONGEST_TRAIL_MS = 200
"""How far before the detector's an end is looked for; never further than to `_LEAST_REGION_MS`."""

_LEAST_REGION_MS = 64
# A consonant's closure inside the sought onset is shorter than this.
_LONGEST_DIP_FRAMES = 3
# Sound this far over the noise is not noise any more.
_OVER_NOISE_DB = 8.0
_DIGITAL_SILENCE_DB = -75.0
_LEAST_POWER = 1e-10


def with_exact_edges(regions: Sequence[Span], samples: NDArray[np.float32]) -> tuple[Span, ...]:
    """The same regions, each from where the sound rises out of the noise to where it sinks into it.

    A start moves back by `LONGEST_LEAD_MS` at most, never into the region before; an end by
    `LONGEST_TRAIL_MS`. An edge at which the sound does neither stays.
    """
    levels = levels_db(samples)
    exact: list[Span] = []
    previous_end_ms = 0
    for region in regions:
        threshold = _noise_db(levels, region) + _OVER_NOISE_DB
        start_ms = _onset_ms(levels, region, threshold, not_before_ms=previous_end_ms)
        exact.append(Span(start_ms, _offset_ms(levels, region, threshold)))
        previous_end_ms = region.end_ms
    return tuple(exact)


def levels_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power per `LEVEL_FRAME_MS`, smoothed over three."""
    frame = LEVEL_FRAME_MS * SAMPLES_PER_MS
    count = len(samples) // frame
    power = np.square(samples[: count * frame].astype(np.float64)).reshape(count, frame)
    levels = 10 * np.log10(power.mean(axis=1) + _LEAST_POWER)
    return np.convolve(levels, np.ones(3) / 3, mode="same") if count else levels


def _onset_ms(
    levels: NDArray[np.float64], region: Span, threshold: float, *, not_before_ms: int
) -> int:
    start = min(region.start_ms // LEVEL_FRAME_MS, len(levels) - 1)
    earliest = max(not_before_ms, region.start_ms - LONGEST_LEAD_MS, 0)
    first = -(-earliest // LEVEL_FRAME_MS)
    if first >= start:
        return region.start_ms
    onset, dip = start, 0
    for frame in range(start - 1, first - 1, -1):
        if levels[frame] > threshold:
            onset, dip = frame, 0
        else:
            dip += 1
        if dip >= _LONGEST_DIP_FRAMES:
            break
    return min(region.start_ms, onset * LEVEL_FRAME_MS)


def _offset_ms(levels: NDArray[np.float64], region: Span, threshold: float) -> int:
    earliest = max(region.start_ms + _LEAST_REGION_MS, region.end_ms - LONGEST_TRAIL_MS)
    first = -(-earliest // LEVEL_FRAME_MS)
    loud = np.flatnonzero(levels[first : region.end_ms // LEVEL_FRAME_MS] > threshold)
    if not len(loud):
        return region.end_ms
    return min(region.end_ms, (first + int(loud[-1]) + 1) * LEVEL_FRAME_MS)


def _noise_db(levels: NDArray[np.float64], region: Span) -> float:
    first = max(0, region.start_ms - NOISE_REACH_MS) // LEVEL_FRAME_MS
    near = levels[first : (region.end_ms + NOISE_REACH_MS) // LEVEL_FRAME_MS]
    sounding = near[near > _DIGITAL_SILENCE_DB]
    # The quietest tenth lies between words, where only the room is heard.
    return float(np.percentile(sounding, 10)) if len(sounding) else _DIGITAL_SILENCE_DB
