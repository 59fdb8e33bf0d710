"""Any layout becomes one channel in which speech is heard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.sound.mixing import mixing_weights

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
