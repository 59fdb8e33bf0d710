"""Words with rough times, and how they are put in order (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

LEAST_WORD_MS = 20
"""No word is shorter: one step of Whisper's own clock."""

# What a word takes at least when it is spoken fast: 140 ms for "if", 260 for "hello". Digits are
# read out.
_WORD_MS, _LETTER_MS, _DIGIT_MS = 60, 40, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """A word as a recogniser gave it: any times, also reversed or out of order."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Limits of each word: not before ``lows[i]``, not after ``highs[i]``."""

    lows: list[int]
    highs: list[int]


def spoken_fast_ms(text: str) -> int:
    """How long a word takes when it is spoken fast."""
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    return _WORD_MS + _LETTER_MS * letters + _DIGIT_MS * digits


def apart(words: Sequence[TimedText], bounds: Bounds) -> tuple[TimedText, ...]:
    """In time order, without overlap, within the bounds, moved as little as that takes.

    Args:
        words: In the order in which they are said.
        bounds: With room for all of them, `LEAST_WORD_MS` each.
    """
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


def squeezed_shared(words: Sequence[TimedText], bounds: Bounds) -> tuple[TimedText, ...]:
    """The same words, those with hardly any time sharing that of the word after them.

    Words that attention gave no time, or that were pushed out of a pause, stand in a row of
    `LEAST_WORD_MS` each before a word of usual length. That stretch is divided as if all were
    spoken equally fast; the last of them ends where it did.

    Args:
        words: In order and apart.
        bounds: Only words with one upper bound share: no pause lies between them.
    """
    shared = list(words)
    first = 0
    while first < len(shared):
        last = first
        while last + 1 < len(shared) and _is_squeezed(shared[last]):
            if bounds.highs[last + 1] != bounds.highs[first]:
                break
            last += 1
        if last > first:
            shared[first : last + 1] = _divided(shared[first : last + 1])
        first = last + 1
    return tuple(shared)


def _is_squeezed(word: TimedText) -> bool:
    return word.end_ms - word.start_ms <= LEAST_WORD_MS


def _divided(words: Sequence[TimedText]) -> list[TimedText]:
    """As long as they take when spoken fast, less when there is less time, in a row."""
    start, end = words[0].start_ms, words[-1].end_ms
    weights = [spoken_fast_ms(word.text) for word in words]
    pace = min(1.0, (end - start) / sum(weights))
    divided, left = [], len(words)
    for word, weight in zip(words, weights, strict=True):
        left -= 1
        stop = max(start + LEAST_WORD_MS, start + round(weight * pace))
        stop = min(stop, end - left * LEAST_WORD_MS) if left else end
        # The last word keeps its own start where that is late enough.
        begin = start if left else max(start, min(word.start_ms, end - LEAST_WORD_MS))
        divided.append(replace(word, start_ms=begin, end_ms=stop))
        start = stop
    return divided
