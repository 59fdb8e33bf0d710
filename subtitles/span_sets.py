"""Stretches of time as sets: joined, common, and what is left (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from subtitles.span import Span


def merged(spans: Iterable[Span], *, within_ms: int = 0) -> tuple[Span, ...]:
    """The same time as spans in order and apart; gaps of up to ``within_ms`` are closed."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start_ms - found[-1].end_ms <= within_ms:
            found[-1] = Span(found[-1].start_ms, max(found[-1].end_ms, span.end_ms))
        else:
            found.append(span)
    return tuple(found)


def inside(spans: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of some spans that lie in others; both in order and apart."""
    return tuple(_common(spans, others))


def outside(spans: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of some spans that lie in none of the others; both in order and apart."""
    if not spans:
        return ()
    last_ms = max(span.end_ms for span in [*spans, *others])
    fence = [Span(0, 0), *others, Span(last_ms, last_ms)]
    gaps = [Span(one.end_ms, other.start_ms) for one, other in pairwise(fence)]
    return inside(spans, gaps)


def _common(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    one = other = 0
    while one < len(spans) and other < len(others):
        start = max(spans[one].start_ms, others[other].start_ms)
        end = min(spans[one].end_ms, others[other].end_ms)
        if start < end:
            yield Span(start, end)
        if spans[one].end_ms <= others[other].end_ms:
            one += 1
        else:
            other += 1
