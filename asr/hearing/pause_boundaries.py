"""Which word boundary belongs to which pause in the speech (pure).

Attention does not see silence: the boundary at a pause usually comes before it. "Near" is lopsided
as that error is: on 76 sentences with known starts, the boundary came 190 ms before the pause in
the median (370 ms at most, half as much inside sentences) and hardly ever after its end (by 140 ms
at most).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from asr.hearing.word_times import TimedText, spoken_fast_ms
from subtitles.span import Span

EARLY_REACH_MS = 650
LATE_REACH_MS = 250
STRETCHED_REACH_MS = 1500
"""How much too early a word may begin that is long enough without all that is before the pause."""

# A pause shorter than this may be a plosive's closure, and attention is no worse than that.
_LEAST_PAUSE_MS = 120
# Where boundaries usually are: see above.
_TYPICAL_EARLY_MS = 150
_USUAL_EARLY_MS = 350
_USUAL_LATE_MS = 50
_LATE_WEIGHT = 3
_WORDLESS_WEIGHT = 0.5
# Sentences end in pauses: worth as much as being this much nearer.
_SENTENCE_BONUS_MS = 200
_CLAUSE_BONUS_MS = 100
_SENTENCE_ENDS = frozenset(".?!…。？！।؟")
_CLAUSE_ENDS = frozenset(",;:—–、，；：،")
_CLOSERS = "\"'”’»)]」』"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    pause: Span
    boundary: int


def matched_pauses(
    speech: Sequence[Span], words: Sequence[TimedText], *, within: Span
) -> Iterator[tuple[Span, int]]:
    """Each pause with the number of words said before it; those inside a word are left out.

    The silence before the first region and after the last are pauses, too.

    Args:
        speech: Regions, in order, apart.
        words: In order and apart.
        within: The stretch that holds the words.
    """
    pauses = _pauses(speech, within)
    last = _Matched(pause=Span(0, 0), boundary=0)
    for index, pause in enumerate(pauses):
        boundary: int | None
        if index == 0:
            boundary = 0
        elif index == len(pauses) - 1:
            boundary = len(words)
        else:
            boundary = _boundary_of(pause, words, last)
        if boundary is not None:
            last = _Matched(pause=pause, boundary=boundary)
            yield pause, boundary


def _pauses(speech: Sequence[Span], within: Span) -> list[Span]:
    """Silence before, between and after the regions; only the inner ones must be long."""
    inside = [region for region in speech if region.overlap_ms(within)]
    if not inside:
        return []
    inner = [Span(one.end_ms, other.start_ms) for one, other in pairwise(inside)]
    before = Span(within.start_ms, max(within.start_ms, inside[0].start_ms))
    after = Span(min(within.end_ms, inside[-1].end_ms), within.end_ms)
    long_enough = [pause for pause in inner if pause.duration_ms >= _LEAST_PAUSE_MS]
    return [before, *long_enough, after]


def _boundary_of(pause: Span, words: Sequence[TimedText], last: _Matched) -> int | None:
    """Number of words said before the pause, None when the pause is inside a word."""
    costs = []
    for boundary in range(last.boundary, len(words) + 1):
        left = words[boundary - 1] if boundary else None
        right = words[boundary] if boundary < len(words) else None
        late_ms = left.end_ms - pause.end_ms if left else 0
        if late_ms <= LATE_REACH_MS and (right is None or _is_near(pause, right)):
            cost = _cost(pause, left, right)
            if boundary == last.boundary:
                # Nothing would be said between the two pauses, though somebody speaks there.
                cost += (pause.start_ms - last.pause.end_ms) * _WORDLESS_WEIGHT
            costs.append((cost, boundary))
    return min(costs)[1] if costs else None


def _is_near(pause: Span, right: TimedText) -> bool:
    """Whether a word may have been said after a pause, as early as it seems to begin."""
    is_long = right.end_ms - pause.end_ms >= spoken_fast_ms(right.text)
    reach_ms = STRETCHED_REACH_MS if is_long else EARLY_REACH_MS
    return pause.start_ms - right.start_ms <= reach_ms


def _cost(pause: Span, left: TimedText | None, right: TimedText | None) -> float:
    """How badly the time between two words fits the pause, in milliseconds."""
    cost = 0.0
    if right:
        cost += max(0, pause.start_ms - _USUAL_EARLY_MS - right.start_ms)
        cost += _off_usual_ms(pause, right.start_ms) / 4
    if left:
        cost += _LATE_WEIGHT * max(0, left.end_ms - pause.end_ms - _USUAL_LATE_MS)
        cost += _off_usual_ms(pause, left.end_ms) / 4
        # What begins in the pause is stretched into it from behind.
        cost += max(0, left.start_ms - pause.start_ms)
        last = left.text.rstrip().rstrip(_CLOSERS)[-1:]
        cost -= _SENTENCE_BONUS_MS if last in _SENTENCE_ENDS else 0
        cost -= _CLAUSE_BONUS_MS if last in _CLAUSE_ENDS else 0
    return cost


def _off_usual_ms(pause: Span, time_ms: int) -> int:
    """Distance from the two places where attention usually puts the boundary at a pause."""
    return min(abs(time_ms - pause.start_ms + _TYPICAL_EARLY_MS), abs(time_ms - pause.end_ms))
