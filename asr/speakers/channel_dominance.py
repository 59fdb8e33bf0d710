"""Telling two speakers apart by the channel they are louder in (pure).

An interview is often recorded with a microphone for each person, one on the left channel and one on
the right. Each microphone hears the other person too, only softer, so that the difference of the
two levels jumps between two values, one per speaker. In a mixed film it does not: dialogue sits in
the middle, whoever speaks. So the sound itself says whether it is of that sort.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from asr.speakers.diarizer import SpeakerTurn
from asr.speakers.turns import joined, named_by_appearance
from subtitles.span import Span

DOMINANCE_VERSION = "1"
"""Part of the signature of whoever uses this: raise it when the turns come out otherwise."""

STEP_MS = 50
"""Levels are taken over this long: a syllable is three or four of them."""

LEAST_DIFFERENCE_DB = 6.0
"""How far apart the two values lie at least. A microphone twice as far from a mouth hears it 6 dB
softer; people who share a table sit farther apart than that."""

MOST_BETWEEN = 0.2
"""Which part of the speech may lie in the middle half between the two values: there both talk at
once, or the middle is where all voices are, as in a mixed film."""

LEAST_SHARE = 0.05
"""Which part of the speech the quieter person has at least; less is a noise on one side."""

LEAST_SPEECH_MS = 5000
"""Speech of each side to be judged by: shorter than that, chance decides."""

# A syllable on one side inside the talk of the other is a microphone's, not a turn.
_SHORTEST_TURN_MS = 300
_TURN_PAUSE_MS = 1000
_LEAST_POWER = 1e-9
_SMOOTHED_STEPS = 5
_SPLITTING_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChannelLevels:
    """Power of both channels, from 0 on the title's own clock, a value per `STEP_MS`."""

    left: NDArray[np.float32] = field(repr=False)
    right: NDArray[np.float32] = field(repr=False)


def channel_turns(levels: ChannelLevels, speech: Sequence[Span]) -> tuple[SpeakerTurn, ...]:
    """Turns of the two speakers; none when the channels are not those of two microphones.

    Args:
        levels: Of the whole stream.
        speech: Where somebody speaks, in order.
    """
    difference = _difference_db(levels)
    steps = [_steps(region, len(difference)) for region in speech]
    spoken = np.concatenate([np.empty(0), *(difference[step] for step in steps)])
    middle = _dividing_line(spoken)
    if middle is None:
        return ()
    turns: list[SpeakerTurn] = []
    for step in steps:
        turns += _turns_in(difference[step] > middle, first=step.start)
    return named_by_appearance(joined(turns, pause_ms=_TURN_PAUSE_MS))


def _difference_db(levels: ChannelLevels) -> NDArray[np.float64]:
    """Left over right, smoothed over a quarter of a second."""
    window = np.ones(_SMOOTHED_STEPS) / _SMOOTHED_STEPS
    left, right = (
        10 * np.log10(np.convolve(power, window, mode="same") + _LEAST_POWER)
        if len(power)
        else np.empty(0)
        for power in (levels.left.astype(np.float64), levels.right.astype(np.float64))
    )
    return np.asarray(left - right)


def _steps(region: Span, count: int) -> slice:
    start = min(count, region.start_ms // STEP_MS)
    return slice(start, max(start, min(count, -(-region.end_ms // STEP_MS))))


def _dividing_line(spoken: NDArray[np.float64]) -> float | None:
    """The difference above which the left speaks; None when there are no two sides."""
    if len(spoken) * STEP_MS < 2 * LEAST_SPEECH_MS:
        return None
    low, high = (float(value) for value in np.percentile(spoken, (5, 95)))
    for _ in range(_SPLITTING_ROUNDS):
        above = spoken > (low + high) / 2
        if above.all() or not above.any():
            return None
        low, high = float(np.median(spoken[~above])), float(np.median(spoken[above]))
    middle = (low + high) / 2
    above = spoken > middle
    quieter = min(int(above.sum()), len(spoken) - int(above.sum()))
    between = float((np.abs(spoken - middle) < (high - low) / 4).mean())
    is_two_sided = (
        high - low >= LEAST_DIFFERENCE_DB
        and between <= MOST_BETWEEN
        and quieter >= LEAST_SHARE * len(spoken)
        and quieter * STEP_MS >= LEAST_SPEECH_MS
    )
    return middle if is_two_sided else None


def _turns_in(is_left: NDArray[np.bool_], *, first: int) -> list[SpeakerTurn]:
    """Turns of one region of speech; what is too short to be one goes with what precedes it."""
    sides: list[tuple[bool, int]] = []
    for side, members in groupby(is_left.tolist()):
        length = len(list(members))
        if sides and (length * STEP_MS < _SHORTEST_TURN_MS or sides[-1][0] == side):
            sides[-1] = (sides[-1][0], sides[-1][1] + length)
        elif len(sides) == 1 and sides[0][1] * STEP_MS < _SHORTEST_TURN_MS:
            sides[0] = (side, sides[0][1] + length)
        else:
            sides.append((side, length))
    turns, at = [], first
    for side, length in sides:
        span = Span(at * STEP_MS, (at + length) * STEP_MS)
        turns.append(SpeakerTurn(span=span, speaker="left" if side else "right"))
        at += length
    return turns
