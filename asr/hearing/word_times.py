"""Word times one can cut on (pure).

Whisper's word times come from attention, and attention does not see silence: the last word before
a pause is stretched into it, the first word after it begins in it, 0.2 to 0.5 s early (measured;
worse after longer pauses). Inside running speech the times are good to about 50 ms.

So each pause between two regions of speech is matched with the word boundary that belongs to it,
and the words at that boundary are moved to the edges of speech:

- a word after a pause starts where speech starts: never earlier; pulled back when it starts up to
  `LATE_START_MS` later;
- a word before a pause ends where speech ends: never later; stretched when it ends up to
  `EARLY_END_MS` earlier.

A pause with no boundary near it is inside a word (a long plosive, a detector's slip) and moves
nothing. "Near" is lopsided as the error is: on 76 sentences with known starts, the boundary at a
pause came 190 ms before the pause in the median (370 ms at most, half as much inside sentences)
and hardly ever after its end (by 140 ms at most).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.errors import PolycueError
from subtitles.span import Span

LATE_START_MS = 300
EARLY_END_MS = 300
EARLY_REACH_MS = 650
LATE_REACH_MS = 250
UNHEARD_MS = 600
"""A word in a pause, further than this from speech, was heard by Whisper alone: it stays."""
LEAST_WORD_MS = 20
"""No word is shorter: one step of Whisper's own clock."""

# A pause shorter than this may be a plosive's closure, and attention is no worse than that.
_LEAST_PAUSE_MS = 120
# Where boundaries usually are: see above.
_TYPICAL_EARLY_MS = 150
_USUAL_EARLY_MS = 350
_USUAL_LATE_MS = 50
_LATE_WEIGHT = 3
# Sentences end in pauses: worth as much as being this much nearer.
_SENTENCE_BONUS_MS = 200
_CLAUSE_BONUS_MS = 100
_SENTENCE_ENDS = frozenset(".?!…。？！।؟")
_CLAUSE_ENDS = frozenset(",;:—–、，；：،")
_CLOSERS = "\"'”’»)]」』"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """A word as a recogniser gave it: any times, also reversed or out of order."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


class CrowdedWordsError(PolycueError, ValueError):
    """More words than the stretch of audio has room for: nobody speaks that fast."""

    def __init__(self, count: int, duration_ms: int) -> None:
        super().__init__(count, duration_ms)
        self.count, self.duration_ms = count, duration_ms

    def __str__(self) -> str:
        return f"{self.count} words cannot be said within {self.duration_ms} ms"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    """Starts and ends of the words, being moved."""

    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """Limits of each word: not before ``lows[i]``, not after ``highs[i]``."""

    lows: list[int]
    highs: list[int]


def settle(
    words: Sequence[TimedText], *, speech: Sequence[Span], within: Span
) -> tuple[TimedText, ...]:
    """The same words in the same order, in time order, snapped to the edges of speech.

    Afterwards no two words overlap, and each lasts at least `LEAST_WORD_MS` and lies in
    ``within``.

    Args:
        words: Of one stretch of audio.
        speech: Regions of speech in it, in order.
        within: That stretch.

    Raises:
        CrowdedWordsError: when it has no room for so many words.
    """
    if len(words) * LEAST_WORD_MS > within.duration_ms:
        raise CrowdedWordsError(len(words), within.duration_ms)
    bounds = _Bounds(lows=[within.start_ms] * len(words), highs=[within.end_ms] * len(words))
    apart = _apart(words, bounds)
    times = _Times(starts=[w.start_ms for w in apart], ends=[w.end_ms for w in apart])
    for pause, boundary in _matched(_pauses(speech, within), apart):
        if _has_room(bounds, pause, boundary):
            _snap(times, bounds, pause, boundary)
    moved = [
        replace(word, start_ms=start, end_ms=end)
        for word, start, end in zip(apart, times.starts, times.ends, strict=True)
    ]
    return _apart(moved, bounds)


def _matched(pauses: Sequence[Span], words: Sequence[TimedText]) -> Iterator[tuple[Span, int]]:
    """Each pause with the number of words said before it; those inside a word are left out."""
    earliest = 0
    for index, pause in enumerate(pauses):
        boundary: int | None
        if index == 0:
            boundary = 0
        elif index == len(pauses) - 1:
            boundary = len(words)
        else:
            boundary = _boundary_of(pause, words, earliest)
        if boundary is not None:
            earliest = boundary
            yield pause, boundary


def _snap(times: _Times, bounds: _Bounds, pause: Span, boundary: int) -> None:
    """Move the words on both sides of a pause to its edges, and keep the others off it."""
    starts, ends = times.starts, times.ends
    if boundary < len(starts) and ends[boundary] >= pause.end_ms - UNHEARD_MS:
        if starts[boundary] <= pause.end_ms + LATE_START_MS:
            starts[boundary] = pause.end_ms
        bounds.lows[boundary:] = [max(low, pause.end_ms) for low in bounds.lows[boundary:]]
    if boundary > 0 and starts[boundary - 1] <= pause.start_ms + UNHEARD_MS:
        if ends[boundary - 1] >= pause.start_ms - EARLY_END_MS:
            ends[boundary - 1] = pause.start_ms
        bounds.highs[:boundary] = [min(high, pause.start_ms) for high in bounds.highs[:boundary]]


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


def _boundary_of(pause: Span, words: Sequence[TimedText], earliest: int) -> int | None:
    """Number of words said before the pause, None when the pause is inside a word."""
    costs = []
    for boundary in range(earliest, len(words) + 1):
        left = words[boundary - 1] if boundary else None
        right = words[boundary] if boundary < len(words) else None
        early_ms = pause.start_ms - right.start_ms if right else 0
        late_ms = left.end_ms - pause.end_ms if left else 0
        if early_ms <= EARLY_REACH_MS and late_ms <= LATE_REACH_MS:
            costs.append((_cost(pause, left, right), boundary))
    return min(costs)[1] if costs else None


def _cost(pause: Span, left: TimedText | None, right: TimedText | None) -> float:
    """How badly the time between two words fits the pause, in milliseconds."""
    cost = 0.0
    if right:
        cost += max(0, pause.start_ms - _USUAL_EARLY_MS - right.start_ms)
        cost += _off_usual_ms(pause, right.start_ms) / 4
    if left:
        cost += _LATE_WEIGHT * max(0, left.end_ms - pause.end_ms - _USUAL_LATE_MS)
        cost += _off_usual_ms(pause, left.end_ms) / 4
        last = left.text.rstrip().rstrip(_CLOSERS)[-1:]
        cost -= _SENTENCE_BONUS_MS if last in _SENTENCE_ENDS else 0
        cost -= _CLAUSE_BONUS_MS if last in _CLAUSE_ENDS else 0
    return cost


def _off_usual_ms(pause: Span, time_ms: int) -> int:
    """Distance from the two places where attention usually puts the boundary at a pause."""
    return min(abs(time_ms - pause.start_ms + _TYPICAL_EARLY_MS), abs(time_ms - pause.end_ms))


def _has_room(bounds: _Bounds, pause: Span, boundary: int) -> bool:
    """Whether the words since the last boundary, and all the rest, still fit on their sides."""
    lows, highs = bounds.lows, bounds.highs
    before = [index for index in range(boundary) if highs[index] > pause.start_ms]
    after = len(lows) - boundary
    fits_before = not before or (pause.start_ms - lows[before[0]] >= LEAST_WORD_MS * len(before))
    return fits_before and (not after or highs[-1] - pause.end_ms >= LEAST_WORD_MS * after)


def _apart(words: Sequence[TimedText], bounds: _Bounds) -> tuple[TimedText, ...]:
    """In time order, without overlap, within the bounds, moved as little as that takes."""
    latest_ends = list(bounds.highs)
    for index in range(len(words) - 2, -1, -1):
        latest_ends[index] = min(latest_ends[index], latest_ends[index + 1] - LEAST_WORD_MS)
    settled: list[TimedText] = []
    for index, word in enumerate(words):
        free = settled[-1].end_ms if settled else bounds.lows[index]
        latest_start = latest_ends[index] - LEAST_WORD_MS
        start = min(max(word.start_ms, free, bounds.lows[index]), latest_start)
        end = min(max(word.end_ms, start + LEAST_WORD_MS), latest_ends[index])
        if index + 1 < len(words):
            # Where two words claim the same time, the later one's start counts.
            end = min(end, max(words[index + 1].start_ms, start + LEAST_WORD_MS))
        settled.append(replace(word, start_ms=start, end_ms=end))
    return tuple(settled)
