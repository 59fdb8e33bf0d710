"""Windows of speech fit the recogniser, start and end in pauses where there are, miss nothing."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.decode_windows import LONGEST_WINDOW_MS, WINDOW_OVERLAP_MS, decode_windows
from subtitles.span import Span


def regions_from(steps):
    """Regions from (pause before, length) pairs."""
    regions, position = [], 0
    for pause, length in steps:
        regions.append(Span(position + pause, position + pause + length))
        position += pause + length
    return regions


speech = st.lists(
    st.tuples(st.integers(100, 6_000), st.integers(64, 20_000)), min_size=1, max_size=25
).map(regions_from)
pauseless = st.lists(
    st.tuples(st.integers(100, 6_000), st.integers(64, 100_000)), min_size=1, max_size=8
).map(regions_from)


@given(pauseless, st.data())
def test_long_speech_is_covered_by_windows_that_overlap_only_inside_it(regions, data):
    def weakest_ms(within):
        return data.draw(st.integers(within.start_ms, within.end_ms))

    windows = decode_windows(regions, duration_ms=regions[-1].end_ms, weakest_ms=weakest_ms)
    assert all(0 < window.duration_ms <= LONGEST_WINDOW_MS for window in windows)
    for one, other in pairwise(windows):
        shared = Span(other.start_ms, max(other.start_ms, one.end_ms))
        assert shared.duration_ms in {0, WINDOW_OVERLAP_MS}
        inside = [r for r in regions if r.start_ms < shared.start_ms and shared.end_ms < r.end_ms]
        assert inside or not shared.duration_ms
    for region in regions:
        reached_ms = region.start_ms
        for window in windows:
            if window.start_ms <= reached_ms:
                reached_ms = max(reached_ms, window.end_ms)
        assert reached_ms >= region.end_ms


@given(speech, st.integers(0, 2_000))
def test_windows_cover_all_speech_within_the_audio_in_order_without_overlap(regions, tail_ms):
    duration_ms = regions[-1].end_ms + tail_ms
    windows = decode_windows(regions, duration_ms=duration_ms)
    assert windows[-1].end_ms <= duration_ms
    for one, other in pairwise(windows):
        assert one.end_ms <= other.start_ms
    for region in regions:
        covering = [window for window in windows if window.overlap_ms(region)]
        assert [window.overlap_ms(region) for window in covering] == [region.duration_ms]


@given(speech)
def test_no_window_is_longer_than_the_recogniser_listens(regions):
    for window in decode_windows(regions, duration_ms=regions[-1].end_ms + 500):
        assert window.duration_ms <= LONGEST_WINDOW_MS


@given(speech)
def test_no_window_holds_a_long_pause(regions):
    for window in decode_windows(regions, duration_ms=regions[-1].end_ms):
        inside = [region for region in regions if window.overlap_ms(region)]
        for one, other in pairwise(inside):
            assert other.start_ms - one.end_ms <= 2_000


def test_speech_without_any_pause_is_cut_at_its_weakest_moment_and_heard_twice_around_it():
    searched = []

    def weakest_ms(within):
        searched.append(within)
        return within.end_ms - 1_000

    windows = decode_windows([Span(1_000, 60_000)], duration_ms=61_000, weakest_ms=weakest_ms)
    assert windows == (Span(600, 28_200), Span(26_200, 53_400), Span(51_400, 60_400))
    assert searched == [Span(13_000, 28_200), Span(38_200, 53_400)]


def test_a_full_window_ends_at_its_longest_pause():
    starts = accumulate([0, 5_100, 5_100, 5_100, 5_900, 5_100, 5_100])
    regions = [Span(start, start + 5_000) for start in starts]
    first, second = decode_windows(regions, duration_ms=60_000)
    # The 900 ms pause after the fourth region, although a fifth would fit.
    assert first.end_ms == regions[3].end_ms + 400
    assert second.start_ms == regions[4].start_ms - 400


def test_close_windows_share_the_pause_between_them():
    regions = [Span(0, 20_000), Span(20_200, 40_000)]
    assert decode_windows(regions, duration_ms=40_000) == (Span(0, 20_100), Span(20_100, 40_000))


@pytest.mark.parametrize("duration_ms", [0, 500])
def test_speech_after_the_end_of_the_audio_makes_no_window(duration_ms):
    assert decode_windows([Span(500, 900)], duration_ms=duration_ms) == ()


def test_speech_that_the_detector_rounds_past_the_end_is_cut_there():
    assert decode_windows([Span(100, 512)], duration_ms=500) == (Span(0, 500),)
