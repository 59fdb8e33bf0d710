"""Time on the screen that is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from review.merging.alignment import MIN_OVERLAP
from subtitles.span import Span
from subtitles.span_sets import outside


class Occupied:
    """The times of cues, in order and apart."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start_ms for span in spans]
        self._ends = [span.end_ms for span in spans]

    def owner(self, span: Span) -> int | None:
        """The place of who has most of a span's time; None while most of it is free."""
        places = self._touching(span)
        shares = [self._spans[place].overlap_ms(span) for place in places]
        if not sum(shares) or sum(shares) < MIN_OVERLAP * span.duration_ms:
            return None
        return places[max(range(len(shares)), key=shares.__getitem__)]

    def free_part(self, span: Span) -> Span:
        """The longest stretch of a span that nobody has."""
        taken = [self._spans[place] for place in self._touching(span)]
        parts = outside([span], taken) if taken else ()
        return max(parts, key=lambda part: part.duration_ms, default=span)

    def _touching(self, span: Span) -> range:
        return range(
            bisect_right(self._ends, span.start_ms), bisect_left(self._starts, span.end_ms)
        )
