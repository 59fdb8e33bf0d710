"""Words that two overlapping windows both heard (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from asr.hearing.word_times import TimedText
from subtitles.words import Word

# Two recognitions of a word differ by 50 ms mostly, at a window's border by a few hundred.
_SAME_WORD_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A word, reduced to what a seam needs, and its number in its window."""

    number: int
    key: str
    start_ms: int
    end_ms: int
    is_stretched: bool = False


Pair = tuple[Said, Said]


def said(number: int, word: Word | TimedText) -> Said:
    """A word of a window as a seam sees it."""
    start_ms, end_ms = (
        (word.span.start_ms, word.span.end_ms)
        if isinstance(word, Word)
        else (word.start_ms, word.end_ms)
    )
    key = "".join(filter(str.isalnum, word.text.casefold()))
    return Said(number=number, key=key, start_ms=start_ms, end_ms=end_ms)


def matches(ones: Sequence[Said], others: Sequence[Said]) -> list[Pair]:
    """Equal words at about the same time, in the order of both.

    As many as possible, and of those as near in time as possible.
    """
    # best[i][j]: of the words from the i-th and j-th on, how many match and how near they are.
    best = [[(0, 0)] * (len(others) + 1) for _ in range(len(ones) + 1)]
    for i in reversed(range(len(ones))):
        for j in reversed(range(len(others))):
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], _matched(ones[i], others[j], best[i + 1][j + 1])
            )
    found, i, j = [], 0, 0
    while i < len(ones) and j < len(others):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((ones[i], others[j]))
            i, j = i + 1, j + 1
    return found


def _matched(one: Said, other: Said, rest: tuple[int, int]) -> tuple[int, int]:
    """The rest and a match of these two; nothing when they do not match."""
    distance_ms = _distance_ms(one, other)
    return (0, 0) if distance_ms is None else (rest[0] + 1, rest[1] - distance_ms)


def _distance_ms(one: Said, other: Said) -> int | None:
    """How far apart in time two equal words are; None when they are not the same."""
    if not one.key or one.key != other.key:
        return None
    distance = (abs(one.start_ms - other.start_ms) + abs(one.end_ms - other.end_ms)) // 2
    return distance if distance <= _SAME_WORD_MS else None
