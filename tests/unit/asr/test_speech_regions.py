"""Regions of speech: hysteresis over the detector, exact starts from the sound itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.speech_regions import (
    AUDIBLE,
    DETECTOR_FRAME_MS,
    EDGES,
    speech_edges,
    speech_regions,
    with_exact_starts,
)
from subtitles.span import Span

RATE = 16
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


@given(probabilities)
def test_edges_hold_all_sure_speech_and_soft_speech_only_where_there_is_none(heard):
    sure, edges = speech_regions(heard, EDGES), speech_edges(heard)
    assert set(sure) <= set(edges)
    for one, other in pairwise(edges):
        assert one.end_ms <= other.start_ms
    for audible in speech_regions(heard, AUDIBLE):
        assert any(audible.overlap_ms(edge) for edge in edges)


def sound(*parts, seed=0):
    """Noise from (milliseconds, level in dB below full scale) pairs."""
    rng = np.random.default_rng(seed)
    pieces = [10 ** (db / 20) * rng.uniform(-1, 1, ms * RATE) for ms, db in parts]
    return np.concatenate(pieces).astype(np.float32)


def test_a_soft_consonant_before_the_detected_vowel_belongs_to_the_word():
    samples = sound((1000, -60), (150, -35), (850, -15))
    (region,) = with_exact_starts([Span(1150, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)
    assert region.end_ms == 2000


def test_room_noise_before_the_word_does_not():
    samples = sound((500, -100), (500, -48), (1000, -15), (500, -48))
    (region,) = with_exact_starts([Span(1000, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


def test_a_closure_inside_the_onset_is_bridged():
    samples = sound((1000, -70), (40, -30), (40, -70), (940, -15))
    (region,) = with_exact_starts([Span(1090, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


def test_a_breath_well_before_the_word_is_not():
    samples = sound((700, -70), (100, -30), (200, -70), (1000, -15))
    (region,) = with_exact_starts([Span(1000, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


@given(
    st.lists(st.integers(1, 600), min_size=2, max_size=12),
    st.lists(st.integers(-90, -5), min_size=1, max_size=12),
)
def test_starts_move_back_by_a_quarter_second_at_most_and_never_into_the_region_before(
    lengths, levels
):
    samples = sound(*[(500, level) for level in levels])
    edges = np.cumsum(lengths).tolist()
    regions = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    exact = with_exact_starts(regions, samples)
    for before, after in zip(regions, exact, strict=True):
        assert before.end_ms == after.end_ms
        assert 0 <= before.start_ms - after.start_ms <= 250
    for one, other in pairwise(exact):
        assert one.end_ms <= other.start_ms


def test_no_sound_has_no_regions():
    assert with_exact_starts([], np.empty(0, dtype=np.float32)) == ()
    assert speech_regions([], EDGES) == ()
