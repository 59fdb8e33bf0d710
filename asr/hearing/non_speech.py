"""What is heard where nobody speaks: silence, or music, effects and noise (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listening import NonSpeech, SoundKind
from asr.hearing.speech_regions import DETECTOR_FRAME_MS
from subtitles.span import Span

LEAST_NON_SPEECH_MS = 1_000
"""A shorter stretch is a pause between words."""

# Sound this far over the noise floor is not noise any more.
_OVER_FLOOR_DB = 8.0
# A room, a fan, tape hiss: in a second of it the middle four fifths of the levels of its frames
# (32 ms) lie within this. Of 56 seconds of music one in twenty came within 7.9 dB, of recorded
# rooms most within 0.5 dB.
_STEADY_RANGE_DB = 6.0
# The floor is looked for among levels that are not digital silence…
_DIGITAL_SILENCE_DB = -75.0
# …and a quietest tenth louder than this is no floor, unless it is steady.
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
    heard = np.asarray(powers, dtype=np.float64)
    levels = 10 * np.log10(heard + _LEAST_POWER)
    pieces = [piece for stretch in _between(regions, duration_ms) for piece in _pieces(stretch)]
    threshold_db = _floor_db(levels, pieces) + _OVER_FLOOR_DB
    kinds = [_kind(_frames(piece, heard), threshold_db) for piece in pieces]
    return tuple(_alike(zip(pieces, kinds, strict=True)))


def _floor_db(levels: NDArray[np.float64], pieces: Sequence[Span]) -> float:
    """The title's own noise: its quietest tenth, or what is steady where nobody speaks."""
    sounding = levels[levels > _DIGITAL_SILENCE_DB]
    if not len(sounding):
        return _DIGITAL_SILENCE_DB
    quietest_db = min(float(np.percentile(sounding, 10)), _LOUDEST_FLOOR_DB)
    steady = [
        float(middle)
        for low, middle, high in (
            np.percentile(_frames(piece, levels), (10, 50, 90)) for piece in pieces
        )
        if high - low <= _STEADY_RANGE_DB
    ]
    return max(quietest_db, float(np.percentile(steady, 10))) if steady else quietest_db


def _between(regions: Sequence[Span], duration_ms: int) -> Iterator[Span]:
    edges = [Span(0, 0), *regions, Span(duration_ms, duration_ms)]
    for one, other in pairwise(edges):
        if other.start_ms > one.end_ms:
            yield Span(one.end_ms, other.start_ms)


def _pieces(stretch: Span) -> Iterator[Span]:
    """A stretch in pieces of a second or a little more; none when it is shorter."""
    count = stretch.duration_ms // LEAST_NON_SPEECH_MS
    for number in range(count):
        yield Span(
            stretch.start_ms + stretch.duration_ms * number // count,
            stretch.start_ms + stretch.duration_ms * (number + 1) // count,
        )


def _alike(pieces: Iterable[tuple[Span, SoundKind]]) -> Iterator[NonSpeech]:
    """Pieces that touch and are of the same kind are one."""
    last: NonSpeech | None = None
    for span, kind in pieces:
        if last and last.kind is kind and last.span.end_ms == span.start_ms:
            last = replace(last, span=Span(last.span.start_ms, span.end_ms))
            continue
        if last:
            yield last
        last = NonSpeech(span=span, kind=kind)
    if last:
        yield last


def _kind(powers: NDArray[np.float64], threshold_db: float) -> SoundKind:
    level_db = 10 * np.log10(np.mean(powers) + _LEAST_POWER)
    return SoundKind.SOUND if level_db > threshold_db else SoundKind.SILENCE


def _frames(piece: Span, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[piece.start_ms // DETECTOR_FRAME_MS : piece.end_ms // DETECTOR_FRAME_MS]
