"""References timed by clip edges, trimmed to what is heard in them (pure).

A corpus times its sentences by the edges of its recordings, which hold up to a second of room
before and after the voice. Word times cannot be measured against that; so each passage is cut
down to where its own sound rises out of its own floor. Neither the voice detector nor a recogniser
has a say in it, so that it favours none.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from asr.scoring.timing import TimedPassage
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

_FRAME_MS = 10
_FRAME_SAMPLES = _FRAME_MS * SAMPLES_PER_MS
_LEAST_POWER = 1e-10
# Of the levels in a passage: its floor lies under nearly all of them, its voice over nearly all.
_FLOOR_PERCENTILE, _VOICE_PERCENTILE = 5, 95
# A soft consonant is this far under the vowels; the room is quieter still.
_SOFT_DB = 30.0
# With a floor so near, the softer half of the range is noise.
_OVER_FLOOR_SHARE = 0.4
# A click is shorter than any sound of speech.
_LEAST_FRAMES = 4


def trimmed(
    reference: Sequence[TimedPassage], samples: NDArray[np.float32], *, start_ms: int = 0
) -> tuple[TimedPassage, ...]:
    """The same passages, each from its first to its last sound.

    Args:
        reference: Timed on the clip's clock.
        samples: Mono, 16 kHz, of the clip.
        start_ms: Where their first sample lies on that clock.
    """
    count = len(samples) // _FRAME_SAMPLES
    power = np.square(samples[: count * _FRAME_SAMPLES].astype(np.float64))
    means = power.reshape(count, _FRAME_SAMPLES).mean(axis=1)
    levels = 10 * np.log10(means + _LEAST_POWER)
    return tuple(
        replace(passage, span=_trimmed(passage.span, levels, start_ms)) for passage in reference
    )


def _trimmed(span: Span, levels: NDArray[np.float64], start_ms: int) -> Span:
    first = max(0, span.start_ms - start_ms) // _FRAME_MS
    own = levels[first : max(0, span.end_ms - start_ms) // _FRAME_MS]
    if len(own) < _LEAST_FRAMES:
        return span
    floor, voice = np.percentile(own, [_FLOOR_PERCENTILE, _VOICE_PERCENTILE])
    threshold = max(voice - _SOFT_DB, floor + _OVER_FLOOR_SHARE * (voice - floor))
    loud = np.convolve(own > threshold, np.ones(_LEAST_FRAMES), mode="valid") == _LEAST_FRAMES
    starts = np.flatnonzero(loud)
    if not len(starts):
        return span
    begin = (first + int(starts[0])) * _FRAME_MS + start_ms
    end = (first + int(starts[-1]) + _LEAST_FRAMES) * _FRAME_MS + start_ms
    return Span(max(span.start_ms, begin), min(span.end_ms, max(end, begin)))
