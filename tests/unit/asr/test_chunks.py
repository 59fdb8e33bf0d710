"""Windows are gathered into chunks that end in the longest pauses and never split one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.chunks import gather
from asr.hearing.decode_windows import decode_windows
from asr.sound.chunking import ChunkPlan
from subtitles.span import Span

PLAN = ChunkPlan(shortest_ms=60_000, longest_ms=120_000)


def regions_from(steps):
    regions, position = [], 0
    for pause, length in steps:
        regions.append(Span(position + pause, position + pause + length))
        position += pause + length
    return regions


def gathered(regions, plan=PLAN, tail_ms=5_000):
    duration_ms = regions[-1].end_ms + tail_ms
    windows = decode_windows(regions, duration_ms=duration_ms)
    chunks = gather(windows, audible=regions, sure=regions, plan=plan, duration_ms=duration_ms)
    return windows, chunks


speech = st.lists(
    st.tuples(
        st.integers(100, 6_000) | st.just(300_000), st.integers(64, 20_000) | st.just(150_000)
    ),
    min_size=1,
    max_size=25,
).map(regions_from)


@given(speech)
def test_every_window_is_in_one_chunk_and_none_is_longer_than_planned(regions):
    windows, chunks = gathered(regions)
    assert tuple(window for chunk in chunks for window in chunk.windows) == windows
    for chunk in chunks:
        assert chunk.windows[-1].end_ms - chunk.windows[0].start_ms <= PLAN.longest_ms
        assert chunk.span.start_ms <= chunk.windows[0].start_ms
        assert chunk.span.end_ms >= chunk.windows[-1].end_ms


@given(speech)
def test_chunks_overlap_only_where_their_windows_do(regions):
    _, chunks = gathered(regions)
    for one, other in pairwise(chunks):
        shared = one.windows[-1].end_ms - other.windows[0].start_ms
        assert one.span.end_ms - other.span.start_ms == max(0, shared) or (
            shared <= 0 and one.span.end_ms <= other.span.start_ms
        )


@given(speech)
def test_a_chunk_knows_all_speech_in_its_windows_and_nothing_beyond_them(regions):
    _, chunks = gathered(regions)
    for chunk in chunks:
        for window in chunk.windows:
            there = sum(map(window.overlap_ms, regions))
            assert sum(map(window.overlap_ms, chunk.audible)) == there
        assert chunk.audible == chunk.sure
        for region in chunk.audible:
            assert chunk.windows[0].start_ms <= region.start_ms < region.end_ms
            assert region.end_ms <= chunk.windows[-1].end_ms


def test_a_chunk_ends_at_the_longest_pause_in_reach():
    steps = [(1_000, 9_000)] * 7 + [(2_500, 9_000)] + [(1_000, 9_000)] * 10
    regions = regions_from(steps)
    _, (first, second) = gathered(regions)
    assert first.audible[-1] == regions[6]
    assert second.audible[0] == regions[7]


def test_after_a_long_silence_a_chunk_may_be_short():
    regions = regions_from([(1_000, 5_000), (600_000, 5_000), (1_000, 5_000)])
    _, (first, second) = gathered(regions)
    assert first.span == Span(0, 9_400)
    assert second.span == Span(602_600, 620_400)


def test_a_window_longer_than_the_plan_is_a_chunk_of_its_own():
    plan = ChunkPlan(shortest_ms=1_000, longest_ms=2_000)
    windows, chunks = gathered(regions_from([(500, 20_000), (900, 20_000)]), plan=plan)
    assert [chunk.windows for chunk in chunks] == [(window,) for window in windows]


@pytest.mark.parametrize(("tail_ms", "end_ms"), [(0, 6_000), (1_000, 7_000), (60_000, 9_400)])
def test_a_chunk_holds_a_little_of_what_surrounds_it(tail_ms, end_ms):
    _, (chunk,) = gathered([Span(1_000, 6_000)], tail_ms=tail_ms)
    assert chunk.span == Span(0, end_ms)
