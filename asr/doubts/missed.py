"""Finding speech that has no words (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.span import Span
from subtitles.words import Word

# How far from a word speech still belongs to it: recognisers shorten words at both ends, and a
# breath or a hesitation beside a word is no loss.
_NEAR_MS = 500
# No word takes longer, but one drawn out. Recognisers stretch the word after speech that they left
# out back over all of it (seen: one word over 17 s and three sentences): it is said at its end.
_LONGEST_WORD_MS = 1500
# Less speech than this holds no word that anybody would miss.
_LEAST_SURE_MS = 700
_LEAST_AUDIBLE_MS = 700
# Stretches no further apart are one: nobody wants to listen twice.
_JOIN_MS = 1500


def missed(
    words: Sequence[Word],
    audible: Sequence[Span],
    sure: Sequence[Span],
    *,
    known: Sequence[DoubtfulSpan] = (),
) -> tuple[DoubtfulSpan, ...]:
    """Stretches of speech without words near them, in order of their start.

    Args:
        words: Everything recognised, in time order.
        audible: Regions worth listening to, in order.
        sure: Regions that are surely speech, in order.
        known: Stretches whose text was set aside: they are to be listened to already.
    """
    taken = [_around(span) for word in words for span in certain_spans(word.span)]
    taken += [one.span for one in known if one.set_aside]
    taken = _joined(sorted(taken), apart_ms=0)
    stretches = _joined(_uncovered(audible, taken), apart_ms=_JOIN_MS)
    return tuple(_doubtful(stretches, sure, taken))


def certain_spans(word: Span) -> tuple[Span, ...]:
    """Where a word is surely said: in all of its time, when it is stretched only at its end."""
    return (Span(max(word.start_ms, word.end_ms - _LONGEST_WORD_MS), word.end_ms),)


def _doubtful(
    stretches: Sequence[Span], sure: Sequence[Span], taken: Sequence[Span]
) -> Iterator[DoubtfulSpan]:
    surely = list(_uncovered(sure, taken))
    for stretch in stretches:
        sure_ms = sum(map(stretch.overlap_ms, surely))
        if sure_ms >= _LEAST_SURE_MS:
            yield DoubtfulSpan(span=stretch, doubts=(Doubt.SPEECH_WITHOUT_WORDS,))
        elif stretch.duration_ms >= _LEAST_AUDIBLE_MS:
            yield DoubtfulSpan(span=stretch, doubts=(Doubt.QUIET_SPEECH,))


def _around(word: Span) -> Span:
    return Span(max(0, word.start_ms - _NEAR_MS), word.end_ms + _NEAR_MS)


def _uncovered(regions: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """What of the regions lies outside everything taken; both in order and apart."""
    first = 0
    for region in regions:
        while first < len(taken) and taken[first].end_ms <= region.start_ms:
            first += 1
        free_ms = region.start_ms
        for other in islice(taken, first, None):
            if other.start_ms >= region.end_ms:
                break
            if other.start_ms > free_ms:
                yield Span(free_ms, other.start_ms)
            free_ms = max(free_ms, other.end_ms)
        if free_ms < region.end_ms:
            yield Span(free_ms, region.end_ms)


def _joined(stretches: Iterable[Span], *, apart_ms: int) -> list[Span]:
    """Stretches in the order of their starts, those no further apart than that made one."""
    joined: list[Span] = []
    for stretch in stretches:
        if joined and stretch.start_ms - joined[-1].end_ms <= apart_ms:
            joined[-1] = Span(joined[-1].start_ms, max(joined[-1].end_ms, stretch.end_ms))
        else:
            joined.append(stretch)
    return joined
