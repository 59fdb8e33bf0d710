"""Word times one can cut on (pure).

Whisper's word times come from attention, and attention does not see silence: the last word before
a pause is stretched into it, the first word after it begins in it, 0.2 to 0.5 s early (measured;
worse after longer pauses). Inside running speech the times are good to about 50 ms.

So each pause between two regions of speech is matched with the word boundary that belongs to it
(`asr.hearing.pause_boundaries`), and the words at that boundary are moved to the edges of speech:

- a word after a pause starts where speech starts: never earlier; pulled back when it starts up to
  `LATE_START_MS` later;
- a word before a pause ends where speech ends: never later; stretched when it ends up to
  `EARLY_END_MS` earlier.

A pause with no boundary near it is inside a word (a long plosive, a detector's slip) and moves
nothing. Where the sound before a region is as loud as the voice, nobody can tell when the voice
starts: there a word keeps its own start as long as it is not longer than its letters account for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from asr.hearing.pause_boundaries import matched_pauses
from asr.hearing.word_times import (
    LEAST_WORD_MS,
    Bounds,
    TimedText,
    apart,
    spoken_fast_ms,
    squeezed_shared,
)
from subtitles.errors import PolycueError
from subtitles.span import Span

LATE_START_MS = 300
EARLY_END_MS = 300
UNHEARD_MS = 600
"""A word in a pause, further than this from speech, was heard by Whisper alone: it stays."""


class CrowdedWordsError(PolycueError, ValueError):
    """More words than the stretch of audio has room for: nobody speaks that fast."""

    def __init__(self, count: int, duration_ms: int) -> None:
        super().__init__(count, duration_ms)
        self.count, self.duration_ms = count, duration_ms

    def __str__(self) -> str:
        return f"{self.count} words cannot be said within {self.duration_ms} ms"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """Words whose times are being moved."""

    words: tuple[TimedText, ...]
    starts: list[int]
    ends: list[int]
    bounds: Bounds

    @property
    def moved(self) -> tuple[TimedText, ...]:
        times = zip(self.words, self.starts, self.ends, strict=True)
        return tuple(replace(word, start_ms=start, end_ms=end) for word, start, end in times)


def settle(
    words: Sequence[TimedText],
    *,
    speech: Sequence[Span],
    within: Span,
    vague: Sequence[Span] = (),
) -> tuple[TimedText, ...]:
    """The same words in the same order, in time order, snapped to the edges of speech.

    Afterwards no two words overlap, and each lasts at least `LEAST_WORD_MS` and lies in
    ``within``.

    Args:
        words: Of one stretch of audio.
        speech: Regions of speech in it, in order.
        within: That stretch.
        vague: Stretches right before a region in which the voice may already be heard.

    Raises:
        CrowdedWordsError: when it has no room for so many words.
    """
    if len(words) * LEAST_WORD_MS > within.duration_ms:
        raise CrowdedWordsError(len(words), within.duration_ms)
    bounds = Bounds(lows=[within.start_ms] * len(words), highs=[within.end_ms] * len(words))
    ordered = apart(words, bounds)
    draft = _Draft(
        words=ordered,
        starts=[word.start_ms for word in ordered],
        ends=[word.end_ms for word in ordered],
        bounds=bounds,
    )
    earliest = {stretch.end_ms: stretch.start_ms for stretch in vague}
    for pause, boundary in matched_pauses(speech, ordered, within=within):
        if _has_room(bounds, pause, boundary):
            _end_before(draft, pause, boundary)
            _start_after(draft, pause, boundary, earliest.get(pause.end_ms, pause.end_ms))
    return squeezed_shared(apart(draft.moved, bounds), bounds)


def _start_after(draft: _Draft, pause: Span, boundary: int, earliest_ms: int) -> None:
    """Move the first word after a pause to where speech starts, and keep the rest behind it."""
    starts, ends = draft.starts, draft.ends
    if boundary == len(starts) or ends[boundary] < pause.end_ms - UNHEARD_MS:
        return
    own = max(starts[boundary], ends[boundary] - spoken_fast_ms(draft.words[boundary].text))
    edge = min(pause.end_ms, max(own, earliest_ms, pause.start_ms))
    if starts[boundary] <= pause.end_ms + LATE_START_MS:
        starts[boundary] = edge
    draft.bounds.lows[boundary:] = [max(low, edge) for low in draft.bounds.lows[boundary:]]


def _end_before(draft: _Draft, pause: Span, boundary: int) -> None:
    """Move the last word before a pause to where speech ends, and keep the others ahead of it."""
    starts, ends = draft.starts, draft.ends
    if boundary == 0 or starts[boundary - 1] > pause.start_ms + UNHEARD_MS:
        return
    if ends[boundary - 1] >= pause.start_ms - EARLY_END_MS:
        ends[boundary - 1] = pause.start_ms
    highs = draft.bounds.highs
    highs[:boundary] = [min(high, pause.start_ms) for high in highs[:boundary]]


def _has_room(bounds: Bounds, pause: Span, boundary: int) -> bool:
    """Whether the words since the last boundary, and all the rest, still fit on their sides."""
    lows, highs = bounds.lows, bounds.highs
    before = [index for index in range(boundary) if highs[index] > pause.start_ms]
    after = len(lows) - boundary
    fits_before = not before or (pause.start_ms - lows[before[0]] >= LEAST_WORD_MS * len(before))
    return fits_before and (not after or highs[-1] - pause.end_ms >= LEAST_WORD_MS * after)
