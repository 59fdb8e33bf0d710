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

from asr.hearing.word_times import LEAST_WORD_MS, TimedText
from asr.hearing.words_heard_twice import Pair, Said, matches, said
from subtitles.span import Span
from subtitles.words import Word

SEAMS_VERSION = "2"
"""Part of every key or signature of joined words: raise it when a seam is put elsewhere."""

# A match next to another match is worth being that much further from the middle.
_COMPANY_BONUS_MS = 400
# A recogniser that begins in the middle of a sentence may skip the rest of it; the first word that
# it does hear is then stretched back to the border. No word is as long as that, so it is judged by
# where it ends, and never dropped.
_STRETCHED_MS = 1_000
_STRETCHED_PENALTY_MS = 1_000
# Being that many milliseconds nearer to the middle is worth one that is lost or doubled.
_MIDDLE_SHARE = 4

AnyWord = TypeVar("AnyWord", Word, TimedText)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """Which words are kept.

    Attributes:
        left_count: So many of the left window, from its first on.
        right_first: Those of the right window from this one on.
    """

    left_count: int
    right_first: int


def join_words(
    left: Sequence[AnyWord], right: Sequence[AnyWord], overlap: Span
) -> tuple[AnyWord, ...]:
    """The words of both windows, what both heard once; in time order when both are.

    Words of the left window that start before the overlap and words of the right one that end
    after it are all kept. Where two words would run into each other at the seam, one of them is
    cut: the one that only its own window heard whole gives way to what both heard.

    Args:
        left: Of the earlier window, in time order, all ending within or before the overlap.
        right: Of the later window, in time order, all starting within or after the overlap.
        overlap: What both windows heard.
    """
    seam = find_seam(left, right, overlap)
    kept: list[AnyWord] = list(left[: seam.left_count])
    following: Sequence[AnyWord] = right[seam.right_first :]
    if kept and following:
        kept[-1], first = _apart(kept[-1], following[0], overlap)
        kept.append(first)
        following = following[1:]
    kept.extend(following)
    return tuple(kept)


def find_seam(left: Sequence[AnyWord], right: Sequence[AnyWord], overlap: Span) -> Seam:
    """Where the words of one window give way to those of the other; see `join_words`."""
    ones = [one for n, word in enumerate(left) if _in(overlap, one := said(n, word))]
    others = [one for n, word in enumerate(right) if _in(overlap, one := said(n, word))]
    others = [_by_its_end(other, overlap) for other in others]
    common = matches(ones, others)
    # Words that only one window heard whole are not for choosing.
    least = sum(said(0, word).start_ms < overlap.start_ms for word in left)
    most = next((other.number for other in others if other.end_ms > overlap.end_ms), None)
    if most is None:
        most = others[-1].number + 1 if others else 0
    middle_ms = (overlap.start_ms + overlap.end_ms) // 2
    seams = [
        (cost, seam)
        for cost, seam in _seams_at(common, middle_ms)
        if seam.left_count >= least and seam.right_first <= most and _keeps_order(left, right, seam)
    ]
    if seams:
        return min(seams, key=lambda pair: pair[0])[1]
    return _seam_between(ones, others, overlap, len(left))


def _in(overlap: Span, word: Said) -> bool:
    return word.end_ms > overlap.start_ms and word.start_ms < overlap.end_ms


def _seams_at(common: Sequence[Pair], middle_ms: int) -> list[tuple[float, Seam]]:
    """Seams behind and before each match, with their cost."""
    known = {(one.number, other.number) for one, other in common}
    seams = []
    for one, other in common:
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
    return said(0, before).start_ms < said(0, after).start_ms


def _seam_between(
    ones: Sequence[Said], others: Sequence[Said], overlap: Span, left_count: int
) -> Seam:
    """Where least is lost or doubled, near the middle: nothing was heard alike."""
    middle_ms = (overlap.start_ms + overlap.end_ms) // 2
    edges = {edge for word in (*ones, *others) for edge in (word.start_ms, word.end_ms)}
    moments = [edge for edge in edges if overlap.start_ms <= edge <= overlap.end_ms]

    def cost(moment: int) -> tuple[int, int]:
        return _harm_ms(ones, others, moment, overlap) + abs(
            moment - middle_ms
        ) // _MIDDLE_SHARE, moment

    at_ms = min([middle_ms, *moments], key=cost)
    dropped = [one for one in ones if one.start_ms >= max(at_ms, overlap.start_ms)]
    gone = [other for other in others if _gives_way(other, at_ms, overlap)]
    return Seam(
        left_count=dropped[0].number if dropped else left_count,
        right_first=gone[-1].number + 1 if gone else 0,
    )


def _harm_ms(ones: Sequence[Said], others: Sequence[Said], moment: int, overlap: Span) -> int:
    """How much time with words a seam at a moment would lose, and how much it would double."""
    kept = [one for one in ones if one.start_ms < moment]
    following = [other for other in others if not _gives_way(other, moment, overlap)]
    dropped = [one for one in ones if one.start_ms >= moment]
    gone = [other for other in others if _gives_way(other, moment, overlap)]
    lost_ms = sum(word.end_ms - word.start_ms for word in (*dropped, *gone))
    lost_ms -= _common_ms(dropped, following) + _common_ms(gone, kept)
    lost_ms += _STRETCHED_PENALTY_MS * sum(word.is_stretched for word in gone)
    return lost_ms + _common_ms(kept, following)


def _gives_way(other: Said, moment: int, overlap: Span) -> bool:
    """Whether a word of the right window is left to the left one by a seam at a moment."""
    return other.start_ms < moment and other.end_ms <= overlap.end_ms


def _by_its_end(other: Said, overlap: Span) -> Said:
    """A word that is stretched back to the border of its window, as if it were short."""
    is_at_border = other.start_ms <= overlap.start_ms + LEAST_WORD_MS
    if not is_at_border or other.end_ms - other.start_ms < _STRETCHED_MS:
        return other
    return replace(other, start_ms=other.end_ms - _STRETCHED_MS // 5, is_stretched=True)


def _common_ms(ones: Sequence[Said], others: Sequence[Said]) -> int:
    return sum(
        max(0, min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms))
        for one in ones
        for other in others
    )


def _apart(before: AnyWord, after: AnyWord, overlap: Span) -> tuple[AnyWord, AnyWord]:
    """The words on both sides of the seam, neither running into the other."""
    one, other = said(0, before), said(0, after)
    if one.end_ms <= other.start_ms:
        return before, after
    is_whole_behind = other.end_ms > overlap.end_ms or other.start_ms <= one.start_ms
    limit_ms = one.end_ms if is_whole_behind else other.start_ms
    limit_ms = max(one.start_ms + 1, min(limit_ms, other.end_ms - LEAST_WORD_MS))
    start_ms = max(limit_ms, other.start_ms)
    return _timed(before, one.start_ms, min(one.end_ms, limit_ms)), _timed(
        after, start_ms, max(start_ms, other.end_ms)
    )


def _timed(word: AnyWord, start_ms: int, end_ms: int) -> AnyWord:
    if isinstance(word, Word):
        return replace(word, span=Span(start_ms, end_ms))
    return replace(word, start_ms=start_ms, end_ms=end_ms)
