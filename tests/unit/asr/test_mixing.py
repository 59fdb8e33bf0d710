"""Any layout becomes one channel in which speech is heard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.mixing import mixing_weights, mono_mix

FILM = ("FL", "FR", "FC", "LFE", "BL", "BR")
KNOWN = ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR", "BC", "NONE", "USR0", "TFL")


@pytest.mark.parametrize(
    ("channels", "weights"),
    [
        (("FC",), [1]),
        (("FL",), [1]),
        (("FL", "FR"), [0.5, 0.5]),
        (FILM, [0.2, 0.2, 0.4, 0, 0.1, 0.1]),
        (("FL", "FR", "LFE"), [0.5, 0.5, 0]),
        (("NONE", "NONE", "NONE"), [1 / 3, 1 / 3, 1 / 3]),
        (("LFE",), [1]),
    ],
)
def test_dialogue_channels_weigh_most(channels, weights):
    np.testing.assert_allclose(mixing_weights(channels), weights, atol=1e-6)


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=12).map(tuple))
def test_weights_are_shares_of_one(channels):
    weights = mixing_weights(channels)
    assert len(weights) == len(channels)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (np.array([[0, 128, 255]], dtype=np.uint8), [-1, 0, 127 / 128]),
        (np.array([[-32768, 0, 16384]], dtype=np.int16), [-1, 0, 0.5]),
        (np.array([[-(2**31), 0, 2**30]], dtype=np.int32), [-1, 0, 0.5]),
        (np.array([[-1, 0, 0.5]], dtype=np.float32), [-1, 0, 0.5]),
        (np.array([[-1, 0, 0.5]], dtype=np.float64), [-1, 0, 0.5]),
    ],
)
def test_every_sample_format_spans_minus_one_to_one(samples, expected):
    np.testing.assert_allclose(mono_mix(samples, mixing_weights(("FC",))), expected, atol=1e-6)


def test_interleaved_and_planar_frames_mix_alike():
    planar = np.array([[0.1, 0.2, 0.3], [0.5, 0.6, 0.7]], dtype=np.float32)
    interleaved = planar.T.reshape(1, -1)
    weights = mixing_weights(("FL", "FR"))
    np.testing.assert_allclose(mono_mix(planar, weights), [0.3, 0.4, 0.5], atol=1e-6)
    np.testing.assert_array_equal(mono_mix(interleaved, weights), mono_mix(planar, weights))
