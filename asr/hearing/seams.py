"""Joining the words of two windows that overlap, so that none is lost or doubled (pure).

Both windows heard the same speech in the overlap, each with a border there at which it may have
heard half a word. So the words of both are matched in the overlap: equal text (letters and digits,
whatever the case) at about the same time. The seam is put behind the match that is safest: among
other matches, and far from both borders. Left of it everything comes from the left window, right
of it from the right one. Where nothing matches, the seam is where the least time with words is lost
or doubled, near the middle of the overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from asr.hearing.word_times import TimedText
from subtitles.span import Span
from subtitles.words import Word

SEAMS_VERSION = "1"
"""Part of every key or signature of joined words: raise it when a seam is put elsewhere."""

# Two recognitions of a word differ by 50 ms mostly, at a window's border by a few hundred.
_SAME_WORD_MS = 500
# A match next to another match is worth being that much further from the middle.
_COMPANY_BONUS_MS = 400
# Being that many milliseconds nearer to the middle is worth one that is lost or doubled.
_MIDDLE_SHARE = 4

AnyWord = TypeVar("AnyWord", Word, TimedText)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A word, reduced to what a seam needs, and its number in its window."""

    number: int
    key: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """Which words are kept.

    Attributes:
        left_count: So many of the left window, from its first on.
        right_first: Those of the right window from this one on.
    """

    left_count: int
    right_first: int


_Pair = tuple[_Said, _Said]


def join_words(
    left: Sequence[AnyWord], right: Sequence[AnyWord], overlap: Span
) -> tuple[AnyWord, ...]:
    """The words of both windows, what both heard once; in time order when both are.

    Words of the left window that start before the overlap and words of the right one that end
    after it are all kept; a word that would run into the next one is cut there.

    Args:
        left: Of the earlier window, in time order, all ending within or before the overlap.
        right: Of the later window, in time order, all starting within or after the overlap.
        overlap: What both windows heard.
    """
    seam = find_seam(left, right, overlap)
    kept: list[AnyWord] = list(left[: seam.left_count])
    following: Sequence[AnyWord] = right[seam.right_first :]
    if kept and following:
        kept[-1] = _ending_before(kept[-1], _said(0, following[0]).start_ms)
    kept.extend(following)
    return tuple(kept)


def find_seam(left: Sequence[AnyWord], right: Sequence[AnyWord], overlap: Span) -> Seam:
    """Where the words of one window give way to those of the other; see `join_words`."""
    ones = [said for n, word in enumerate(left) if _in(overlap, said := _said(n, word))]
    others = [said for n, word in enumerate(right) if _in(overlap, said := _said(n, word))]
    matches = _matches(ones, others)
    # Words that only one window heard whole are not for choosing.
    least = sum(_said(0, word).start_ms < overlap.start_ms for word in left)
    most = next((other.number for other in others if other.end_ms > overlap.end_ms), None)
    if most is None:
        most = others[-1].number + 1 if others else 0
    middle_ms = (overlap.start_ms + overlap.end_ms) // 2
    seams = [
        (cost, seam)
        for cost, seam in _seams_at(matches, middle_ms)
        if seam.left_count >= least and seam.right_first <= most and _keeps_order(left, right, seam)
    ]
    if seams:
        return min(seams, key=lambda pair: pair[0])[1]
    return _seam_between(ones, others, overlap, len(left))


def _in(overlap: Span, said: _Said) -> bool:
    return said.end_ms > overlap.start_ms and said.start_ms < overlap.end_ms


def _seams_at(matches: Sequence[_Pair], middle_ms: int) -> list[tuple[float, Seam]]:
    """Seams behind and before each match, with their cost."""
    known = {(one.number, other.number) for one, other in matches}
    seams = []
    for one, other in matches:
        at_ms = (one.start_ms + one.end_ms) / 2
        company = sum((one.number + step, other.number + step) in known for step in (-1, 1))
        cost = abs(at_ms - middle_ms) - _COMPANY_BONUS_MS * company
        # The better copy is that of the window whose border is further away.
        for follows in (0, 1):
            is_worse = follows == (at_ms > middle_ms)
            seam = Seam(left_count=one.number + follows, right_first=other.number + follows)
            seams.append((cost + is_worse / 2, seam))
    return seams


def _keeps_order(
    left: Sequence[Word | TimedText], right: Sequence[Word | TimedText], seam: Seam
) -> bool:
    if not seam.left_count or seam.right_first == len(right):
        return True
    before, after = left[seam.left_count - 1], right[seam.right_first]
    return _said(0, before).start_ms < _said(0, after).start_ms


def _matches(ones: Sequence[_Said], others: Sequence[_Said]) -> list[_Pair]:
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
    matches, i, j = [], 0, 0
    while i < len(ones) and j < len(others):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            matches.append((ones[i], others[j]))
            i, j = i + 1, j + 1
    return matches


def _matched(one: _Said, other: _Said, rest: tuple[int, int]) -> tuple[int, int]:
    """The rest and a match of these two; nothing when they do not match."""
    distance_ms = _distance_ms(one, other)
    return (0, 0) if distance_ms is None else (rest[0] + 1, rest[1] - distance_ms)


def _distance_ms(one: _Said, other: _Said) -> int | None:
    """How far apart in time two equal words are; None when they are not the same."""
    if not one.key or one.key != other.key:
        return None
    distance = (abs(one.start_ms - other.start_ms) + abs(one.end_ms - other.end_ms)) // 2
    return distance if distance <= _SAME_WORD_MS else None


def _seam_between(
    ones: Sequence[_Said], others: Sequence[_Said], overlap: Span, left_count: int
) -> Seam:
    """Where least is lost or doubled, near the middle: nothing was heard alike."""
    # Not inside a word that only the right window heard whole.
    outside = [other.start_ms for other in others if other.end_ms > overlap.end_ms]
    latest_ms = max(overlap.start_ms, min([overlap.end_ms, *outside]))
    middle_ms = (overlap.start_ms + overlap.end_ms) // 2
    edges = {edge for said in (*ones, *others) for edge in (said.start_ms, said.end_ms)}
    moments = [edge for edge in edges if overlap.start_ms <= edge <= latest_ms]

    def cost(moment: int) -> tuple[int, int]:
        return _harm_ms(ones, others, moment) + abs(moment - middle_ms) // _MIDDLE_SHARE, moment

    at_ms = min([min(middle_ms, latest_ms), *moments], key=cost)
    dropped = [one for one in ones if one.start_ms >= max(at_ms, overlap.start_ms)]
    gone = [other for other in others if other.start_ms < at_ms]
    return Seam(
        left_count=dropped[0].number if dropped else left_count,
        right_first=gone[-1].number + 1 if gone else 0,
    )


def _harm_ms(ones: Sequence[_Said], others: Sequence[_Said], moment: int) -> int:
    """How much time with words a seam at a moment would lose, and how much it would double."""
    kept = [one for one in ones if one.start_ms < moment]
    following = [other for other in others if other.start_ms >= moment]
    dropped = [one for one in ones if one.start_ms >= moment]
    gone = [other for other in others if other.start_ms < moment]
    lost = sum(word.end_ms - word.start_ms for word in (*dropped, *gone))
    return (
        lost - _common_ms(dropped, following) - _common_ms(gone, kept) + _common_ms(kept, following)
    )


def _common_ms(ones: Sequence[_Said], others: Sequence[_Said]) -> int:
    return sum(
        max(0, min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms))
        for one in ones
        for other in others
    )


def _said(number: int, word: Word | TimedText) -> _Said:
    start_ms, end_ms = (
        (word.span.start_ms, word.span.end_ms)
        if isinstance(word, Word)
        else (word.start_ms, word.end_ms)
    )
    key = "".join(filter(str.isalnum, word.text.casefold()))
    return _Said(number=number, key=key, start_ms=start_ms, end_ms=end_ms)


def _ending_before(word: AnyWord, limit_ms: int) -> AnyWord:
    """The word, cut where the next one starts if it runs into it."""
    said = _said(0, word)
    if not said.start_ms < limit_ms < said.end_ms:
        return word
    if isinstance(word, Word):
        return replace(word, span=Span(said.start_ms, limit_ms))
    return replace(word, end_ms=limit_ms)
