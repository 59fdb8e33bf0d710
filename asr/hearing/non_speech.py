"""What is heard where nobody speaks: silence, or music, effects and noise (pure)."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listening import NonSpeech, SoundKind
from asr.hearing.speech_regions import DETECTOR_FRAME_MS
from subtitles.span import Span

LEAST_NON_SPEECH_MS = 1_000
"""A shorter stretch is a pause between words."""

# Sound this far over the noise floor is not noise any more.
_OVER_FLOOR_DB = 8.0
# The floor is looked for among levels that are not digital silence…
_DIGITAL_SILENCE_DB = -75.0
# …and a quietest tenth louder than this is no floor: there is music or traffic in it throughout.
_LOUDEST_FLOOR_DB = -50.0
_LEAST_POWER = 1e-10


def non_speech(
    regions: Sequence[Span], powers: Sequence[float], *, duration_ms: int
) -> tuple[NonSpeech, ...]:
    """Everything outside speech that lasts at least `LEAST_NON_SPEECH_MS`, in order.

    A stretch is judged second by second, so that it may change from silence to sound and back.

    Args:
        regions: Speech, in order, apart.
        powers: Mean square per detector frame of the whole stream.
        duration_ms: Of the stream.
    """
    levels = 10 * np.log10(np.asarray(powers, dtype=np.float64) + _LEAST_POWER)
    threshold_db = _floor_db(levels) + _OVER_FLOOR_DB
    return tuple(
        part
        for stretch in _between(regions, duration_ms)
        if stretch.duration_ms >= LEAST_NON_SPEECH_MS
        for part in _told_apart(stretch, powers, threshold_db)
    )


def _floor_db(levels: NDArray[np.float64]) -> float:
    sounding = levels[levels > _DIGITAL_SILENCE_DB]
    if not len(sounding):
        return _DIGITAL_SILENCE_DB
    return min(float(np.percentile(sounding, 10)), _LOUDEST_FLOOR_DB)


def _between(regions: Sequence[Span], duration_ms: int) -> Iterator[Span]:
    edges = [Span(0, 0), *regions, Span(duration_ms, duration_ms)]
    for one, other in pairwise(edges):
        if other.start_ms > one.end_ms:
            yield Span(one.end_ms, other.start_ms)


def _told_apart(stretch: Span, powers: Sequence[float], threshold_db: float) -> Iterator[NonSpeech]:
    """Silence and sound in one stretch, cut into pieces of a second or a little more."""
    count = stretch.duration_ms // LEAST_NON_SPEECH_MS
    cuts = [stretch.start_ms + stretch.duration_ms * n // count for n in range(count + 1)]
    pieces = [Span(one, other) for one, other in pairwise(cuts)]
    for kind, alike in groupby(pieces, key=lambda piece: _kind(piece, powers, threshold_db)):
        first, *rest = alike
        yield NonSpeech(span=Span(first.start_ms, (rest or [first])[-1].end_ms), kind=kind)


def _kind(piece: Span, powers: Sequence[float], threshold_db: float) -> SoundKind:
    heard = powers[piece.start_ms // DETECTOR_FRAME_MS : piece.end_ms // DETECTOR_FRAME_MS]
    level_db = 10 * np.log10(np.mean(heard) + _LEAST_POWER)
    return SoundKind.SOUND if level_db > threshold_db else SoundKind.SILENCE
