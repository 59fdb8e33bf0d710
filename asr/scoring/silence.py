"""Words where nobody speaks, and speech without words (pure)."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from subtitles.doubts import INVENTED, MISSED, Doubt, DoubtfulSpan
from subtitles.span import Span
from subtitles.span_sets import inside, merged, outside
from subtitles.words import Word

BREATH_MS = 1000
"""Words this near to each other are said in one breath: no speech is missed between them."""

EDGE_MS = 300
"""Speech this short beside a word is a late start or an early end, not a word that was missed; a
word this near to speech is early or late, not invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """How much of something there is, and how much of it the transcript itself doubts.

    Attributes:
        total_ms: All of it.
        flagged_ms: The part inside doubtful stretches.
        of_ms: What it is a part of.
    """

    total_ms: int
    flagged_ms: int
    of_ms: int

    @property
    def unflagged_ms(self) -> int:
        """The part that nobody is told about."""
        return self.total_ms - self.flagged_ms

    @property
    def share(self) -> float:
        """Of the whole, 0…1; 0 when that is empty."""
        return self.total_ms / self.of_ms if self.of_ms else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedWords:
    """Words that were heard where nobody speaks, in order."""

    flagged: tuple[Word, ...]
    unflagged: tuple[Word, ...]


def invented(
    heard: Iterable[Span], speech: Iterable[Span], doubts: Iterable[DoubtfulSpan] = ()
) -> Seconds:
    """Time of words, or of cues, outside the speech of the reference.

    Args:
        heard: Spans of the words or cues; where two overlap, the time counts once.
        speech: When somebody speaks, by the reference.
        doubts: Of the transcript; only those that say "probably not said" flag.
    """
    said = merged(heard)
    wrong = outside(said, merged(speech))
    return Seconds(
        total_ms=_total(wrong),
        flagged_ms=_total(inside(wrong, _doubted(doubts, INVENTED))),
        of_ms=_total(said),
    )


def missed(
    words: Iterable[Span], speech: Iterable[Span], doubts: Iterable[DoubtfulSpan] = ()
) -> Seconds:
    """Speech of the reference without words.

    Pauses of up to `BREATH_MS` between two words belong to them; what is then left of the speech
    counts when it is longer than `EDGE_MS`.

    Args:
        words: Spans of the words, in any order.
        speech: When somebody speaks, by the reference.
        doubts: Of the transcript; only those that say "probably missed" flag.
    """
    said = merged(speech)
    left = outside(said, merged(words, within_ms=BREATH_MS))
    lost = tuple(span for span in left if span.duration_ms > EDGE_MS)
    return Seconds(
        total_ms=_total(lost),
        flagged_ms=_total(inside(lost, _doubted(doubts, MISSED))),
        of_ms=_total(said),
    )


def invented_words(
    words: Iterable[Word], speech: Iterable[Span], doubts: Iterable[DoubtfulSpan] = ()
) -> InventedWords:
    """Words further than `EDGE_MS` from any speech of the reference.

    Args:
        words: As recognised, in order.
        speech: When somebody speaks, by the reference.
        doubts: Of the transcript. A word is flagged by its own doubts, or by a stretch it touches.
    """
    near = merged(Span(max(0, s.start_ms - EDGE_MS), s.end_ms + EDGE_MS) for s in speech)
    doubted = _doubted(doubts, INVENTED)
    alone = [word for word in words if not _touches(word.span, near)]
    flagged = [bool(INVENTED & set(w.doubts)) or _touches(w.span, doubted) for w in alone]
    return InventedWords(
        flagged=tuple(word for word, is_flagged in zip(alone, flagged, strict=True) if is_flagged),
        unflagged=tuple(
            word for word, is_flagged in zip(alone, flagged, strict=True) if not is_flagged
        ),
    )


def _doubted(doubts: Iterable[DoubtfulSpan], kinds: frozenset[Doubt]) -> tuple[Span, ...]:
    return merged(doubt.span for doubt in doubts if kinds & set(doubt.doubts))


def _touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span, maybe without length, meets one of others that are in order and apart."""
    before = bisect_right(others, span.end_ms, key=lambda other: other.start_ms)
    return before > 0 and others[before - 1].end_ms >= span.start_ms


def _total(spans: Iterable[Span]) -> int:
    return sum(span.duration_ms for span in spans)
