"""Exact edges of speech, from the sound itself."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.exact_edges import LONGEST_LEAD_MS, LONGEST_TRAIL_MS, with_exact_edges
from subtitles.span import Span

RATE = 16


def sound(*parts, seed=0):
    """Noise from (milliseconds, level in dB below full scale) pairs."""
    rng = np.random.default_rng(seed)
    pieces = [10 ** (db / 20) * rng.uniform(-1, 1, ms * RATE) for ms, db in parts]
    return np.concatenate(pieces).astype(np.float32)


def test_a_soft_consonant_before_the_detected_vowel_belongs_to_the_word():
    samples = sound((1000, -60), (150, -35), (850, -15))
    (region,) = with_exact_edges([Span(1150, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)
    assert region.end_ms == pytest.approx(2000, abs=10)


def test_room_noise_before_the_word_does_not():
    samples = sound((500, -100), (500, -48), (1000, -15), (500, -48))
    (region,) = with_exact_edges([Span(1000, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


def test_a_closure_inside_the_onset_is_bridged():
    samples = sound((1000, -70), (40, -30), (40, -70), (940, -15))
    (region,) = with_exact_edges([Span(1090, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


def test_a_breath_well_before_the_word_is_not():
    samples = sound((700, -70), (100, -30), (200, -70), (1000, -15))
    (region,) = with_exact_edges([Span(1000, 2000)], samples)
    assert region.start_ms == pytest.approx(1000, abs=30)


def test_an_end_moves_back_to_where_the_sound_sinks_into_the_noise():
    samples = sound((500, -48), (1000, -15), (500, -48))
    (region,) = with_exact_edges([Span(500, 1650)], samples)
    assert region.end_ms == pytest.approx(1500, abs=30)


def test_a_soft_consonant_at_the_end_belongs_to_the_word():
    samples = sound((500, -60), (900, -15), (100, -38), (500, -60))
    (region,) = with_exact_edges([Span(500, 1600)], samples)
    assert region.end_ms == pytest.approx(1500, abs=30)


def test_an_end_stays_where_noise_is_as_loud_as_the_voice():
    samples = sound((500, -16), (1000, -15), (500, -16))
    assert with_exact_edges([Span(500, 1650)], samples) == (Span(500, 1650),)


@given(
    st.lists(st.integers(1, 600), min_size=2, max_size=12),
    st.lists(st.integers(-90, -5), min_size=1, max_size=12),
)
def test_edges_move_back_by_so_much_at_most_and_no_region_into_another(lengths, levels):
    samples = sound(*[(500, level) for level in levels])
    edges = np.cumsum(lengths).tolist()
    regions = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    exact = with_exact_edges(regions, samples)
    for before, after in zip(regions, exact, strict=True):
        assert 0 <= before.end_ms - after.end_ms <= LONGEST_TRAIL_MS
        assert 0 <= before.start_ms - after.start_ms <= LONGEST_LEAD_MS
        assert after.duration_ms >= min(64, before.duration_ms)
    for one, other in pairwise(exact):
        assert one.end_ms <= other.start_ms


def test_without_regions_there_are_no_edges():
    assert with_exact_edges([], np.empty(0, dtype=np.float32)) == ()
