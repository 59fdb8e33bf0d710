"""Finding speech that has no words (pure)."""

from collections.abc import Iterator, Sequence

from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.span import Span
from subtitles.span_sets import merged, outside
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
    covered = [_around(span) for word in words for span in certain_spans(word.span)]
    covered += [one.span for one in known if one.set_aside]
    taken = merged(covered)
    stretches = merged(outside(audible, taken), within_ms=_JOIN_MS)
    return tuple(_doubtful(stretches, sure, taken))


def certain_spans(word: Span) -> tuple[Span, ...]:
    """Where a word is surely said: in all of its time, when it is stretched only at its end."""
    return (Span(max(word.start_ms, word.end_ms - _LONGEST_WORD_MS), word.end_ms),)


def _doubtful(
    stretches: Sequence[Span], sure: Sequence[Span], taken: Sequence[Span]
) -> Iterator[DoubtfulSpan]:
    surely = outside(sure, taken)
    for stretch in stretches:
        sure_ms = sum(map(stretch.overlap_ms, surely))
        if sure_ms >= _LEAST_SURE_MS:
            yield DoubtfulSpan(span=stretch, doubts=(Doubt.SPEECH_WITHOUT_WORDS,))
        elif stretch.duration_ms >= _LEAST_AUDIBLE_MS:
            yield DoubtfulSpan(span=stretch, doubts=(Doubt.QUIET_SPEECH,))


def _around(word: Span) -> Span:
    return Span(max(0, word.start_ms - _NEAR_MS), word.end_ms + _NEAR_MS)
