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

A pause for which no boundary lies within `REACH_MS` is inside a word (a long plosive, a detector's
slip) and moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from subtitles.errors import PolycueError
from subtitles.span import Span

LATE_START_MS = 300
EARLY_END_MS = 300
REACH_MS = 600
LEAST_WORD_MS = 20
"""No word is shorter: one step of Whisper's own clock."""

# A pause shorter than this may be a plosive's closure, and attention is no worse than that.
_LEAST_PAUSE_MS = 120
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
    apart = _apart(
        words, _Bounds(lows=[within.start_ms] * len(words), highs=[within.end_ms] * len(words))
    )
    starts, ends = [word.start_ms for word in apart], [word.end_ms for word in apart]
    bounds = _Bounds(lows=[within.start_ms] * len(words), highs=[within.end_ms] * len(words))
    earliest = 0
    for pause in _pauses(speech, within):
        boundary = _boundary_of(pause, apart, earliest)
        if boundary is None or not _has_room(bounds, pause, boundary):
            continue
        earliest = boundary
        if boundary < len(apart) and apart[boundary].end_ms >= pause.end_ms - REACH_MS:
            if starts[boundary] <= pause.end_ms + LATE_START_MS:
                starts[boundary] = pause.end_ms
            _raise(bounds.lows, boundary, pause.end_ms)
        if boundary > 0 and apart[boundary - 1].start_ms <= pause.start_ms + REACH_MS:
            if ends[boundary - 1] >= pause.start_ms - EARLY_END_MS:
                ends[boundary - 1] = pause.start_ms
            _lower(bounds.highs, boundary, pause.start_ms)
    moved = [
        replace(word, start_ms=start, end_ms=end)
        for word, start, end in zip(apart, starts, ends, strict=True)
    ]
    return _apart(moved, bounds)


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
        distance = _distance_ms(pause, left, right)
        if distance <= REACH_MS:
            costs.append((distance + _misfit(pause, left, right), boundary))
    return min(costs)[1] if costs else None


def _distance_ms(pause: Span, left: TimedText | None, right: TimedText | None) -> int:
    """How far the time between two words lies from the pause; 0 when they touch."""
    too_early = pause.start_ms - right.start_ms if right else 0
    too_late = left.end_ms - pause.end_ms if left else 0
    return max(0, too_early, too_late)


def _misfit(pause: Span, left: TimedText | None, right: TimedText | None) -> float:
    """A little for how far each word is from its edge of the pause, less what punctuation says."""
    misfit = 0.0
    if right:
        misfit += abs(right.start_ms - pause.end_ms) / 4
    if left:
        misfit += abs(left.end_ms - pause.start_ms) / 4
        last = left.text.rstrip().rstrip(_CLOSERS)[-1:]
        misfit -= _SENTENCE_BONUS_MS if last in _SENTENCE_ENDS else 0
        misfit -= _CLAUSE_BONUS_MS if last in _CLAUSE_ENDS else 0
    return misfit


def _has_room(bounds: _Bounds, pause: Span, boundary: int) -> bool:
    """Whether the words since the last boundary, and all the rest, still fit on their sides."""
    lows, highs = bounds.lows, bounds.highs
    before = [index for index in range(boundary) if highs[index] > pause.start_ms]
    after = len(lows) - boundary
    fits_before = not before or (pause.start_ms - lows[before[0]] >= LEAST_WORD_MS * len(before))
    return fits_before and (not after or highs[-1] - pause.end_ms >= LEAST_WORD_MS * after)


def _raise(lows: list[int], boundary: int, least: int) -> None:
    lows[boundary:] = [max(low, least) for low in lows[boundary:]]


def _lower(highs: list[int], boundary: int, most: int) -> None:
    highs[:boundary] = [min(high, most) for high in highs[:boundary]]


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
