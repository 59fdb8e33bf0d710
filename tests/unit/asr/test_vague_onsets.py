"""Onsets that nobody can place: the sound before them is as loud as the voice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.hearing.vague_onsets import SLOWEST_DETECTOR_MS, vague_onsets
from subtitles.span import Span

RATE = 16


def sound(*parts):
    """Noise from (milliseconds, level in dB below full scale) pairs."""
    rng = np.random.default_rng(0)
    pieces = [10 ** (db / 20) * rng.uniform(-1, 1, ms * RATE) for ms, db in parts]
    return np.concatenate(pieces).astype(np.float32)


@pytest.mark.parametrize(
    ("room_db", "expected"), [(-60, ()), (-22, ()), (-17, (Span(1_500, 2_000),))]
)
def test_an_onset_is_vague_when_the_room_is_nearly_as_loud_as_the_voice(room_db, expected):
    samples = sound((2_000, room_db), (1_000, -15), (500, room_db))
    assert vague_onsets([Span(2_000, 3_000)], samples) == expected


def test_only_the_pause_itself_is_measured():
    samples = sound((1_000, -15), (200, -60), (1_000, -15), (200, -15), (1_000, -15))
    regions = [Span(0, 1_000), Span(1_200, 2_200), Span(2_400, 3_400)]
    assert vague_onsets(regions, samples) == (Span(2_200, 2_400),)


def test_a_region_from_the_very_start_has_no_onset_to_doubt():
    assert vague_onsets([Span(0, 500)], sound((500, -15))) == ()


@given(st.lists(st.integers(1, 700), min_size=2, max_size=12), st.integers(-60, -10))
def test_vague_stretches_end_where_a_region_starts_and_touch_no_other(lengths, room_db):
    bounds = np.cumsum(lengths).tolist()
    regions = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    for stretch in vague_onsets(regions, sound((3_000, room_db), (3_000, -15))):
        assert stretch.duration_ms <= SLOWEST_DETECTOR_MS
        assert stretch.end_ms in {region.start_ms for region in regions}
        assert not any(stretch.overlap_ms(region) for region in regions)
