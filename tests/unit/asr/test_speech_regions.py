"""Regions of speech: hysteresis over the detector."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.speech_regions import (
    AUDIBLE,
    DETECTOR_FRAME_MS,
    EDGES,
    speech_regions,
)
from subtitles.span import Span

probabilities = st.lists(st.floats(0, 1), max_size=120)


def frames(*runs):
    """Probabilities from (how many frames, probability) pairs."""
    return [value for count, value in runs for _ in range(count)]


@pytest.mark.parametrize(
    ("heard", "regions"),
    [
        (frames((10, 0.0)), []),
        (frames((5, 0.0), (10, 0.9), (10, 0.0)), [(160, 480)]),
        (frames((10, 0.9)), [(0, 320)]),
        # 64 ms of doubt inside speech do not end it, 160 ms do.
        (frames((10, 0.9), (2, 0.1), (10, 0.9)), [(0, 704)]),
        (frames((10, 0.9), (5, 0.1), (10, 0.9)), [(0, 320), (480, 800)]),
        # It goes on as long as it is above the lower threshold, and starts only at the upper.
        (frames((10, 0.9), (10, 0.4), (10, 0.0)), [(0, 640)]),
        (frames((10, 0.4), (10, 0.9)), [(320, 640)]),
        # A click is no speech.
        (frames((5, 0.0), (1, 1.0), (10, 0.0)), []),
    ],
)
def test_regions_follow_the_thresholds(heard, regions):
    assert speech_regions(heard, EDGES) == tuple(Span(*pair) for pair in regions)


@given(probabilities, st.sampled_from([EDGES, AUDIBLE]))
def test_regions_are_in_order_apart_long_enough_and_within_the_sound(heard, rules):
    regions = speech_regions(heard, rules)
    for one, other in pairwise(regions):
        assert other.start_ms - one.end_ms >= rules.min_pause_ms
    for region in regions:
        assert region.duration_ms >= rules.min_speech_ms
        assert region.end_ms <= len(heard) * DETECTOR_FRAME_MS
        assert heard[region.start_ms // DETECTOR_FRAME_MS] >= rules.enter


@given(probabilities)
def test_what_is_surely_speech_is_audible(heard):
    audible = speech_regions(heard, AUDIBLE)
    for sure in speech_regions(heard, EDGES):
        assert sum(map(sure.overlap_ms, audible)) == sure.duration_ms


def test_no_sound_has_no_regions():
    assert speech_regions([], EDGES) == ()
