"""The stretches whose voices are compared."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from asr.speakers.voice_windows import (
    LONGEST_REGION_MS,
    SHORTEST_MS,
    STEP_MS,
    WINDOW_MS,
    shares,
    voice_regions,
)
from subtitles.span import Span


def test_a_short_region_is_one_window():
    (region,) = voice_regions([Span(100, 100 + WINDOW_MS)])
    assert region.windows == (Span(100, 100 + WINDOW_MS),)
    assert shares(region) == (region.span,)


def test_a_region_too_short_for_a_voice_has_none():
    assert voice_regions([Span(0, SHORTEST_MS - 1)]) == ()


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 150_000)), max_size=5))
def test_windows_cover_every_region_and_their_shares_divide_it(gaps_and_lengths):
    at, speech = 0, []
    for gap, length in gaps_and_lengths:
        speech.append(Span(at + gap, at + gap + length))
        at = speech[-1].end_ms
    regions = voice_regions(speech)
    covered = [span for span in speech if span.duration_ms >= SHORTEST_MS]
    assert sum(r.span.duration_ms for r in regions) == sum(s.duration_ms for s in covered)
    for region in regions:
        assert region.span.duration_ms <= LONGEST_REGION_MS
        assert all(window.duration_ms <= WINDOW_MS for window in region.windows)
        starts = [window.start_ms for window in region.windows]
        assert all(0 < b - a <= STEP_MS for a, b in pairwise(starts))
        assert starts[0] == region.span.start_ms
        assert region.windows[-1].end_ms == region.span.end_ms
        parts = shares(region)
        assert len(parts) == len(region.windows)
        assert (parts[0].start_ms, parts[-1].end_ms) == (region.span.start_ms, region.span.end_ms)
        assert all(a.end_ms == b.start_ms for a, b in pairwise(parts))
