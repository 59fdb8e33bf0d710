"""The outline of a title's sound is the same however the sound arrives."""

from base64 import b64decode

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from listening_fakes import in_blocks

from asr.hearing.waveform import PEAKS_HZ, Outline


def pairs_of(waveform):
    return np.frombuffer(b64decode(waveform.peaks), dtype=np.int8).reshape(-1, 2)


def drawn(samples, sizes=(16_000,)):
    outline = Outline()
    passed = [block.copy() for block in outline.drawn(in_blocks(samples, sizes))]
    np.testing.assert_array_equal(np.concatenate([*passed, samples[:0]]), samples)
    return outline.waveform()


def test_a_stretch_holds_its_lowest_and_highest_sample():
    samples = np.zeros(16_000, dtype=np.float32)
    samples[650], samples[700] = 0.5, -1.0  # both in the second stretch of 640
    waveform = drawn(samples)
    assert waveform.peaks_hz == PEAKS_HZ
    pairs = pairs_of(waveform)
    assert len(pairs) == PEAKS_HZ
    assert pairs[1].tolist() == [-127, 64]
    assert not pairs[0].any()
    assert not pairs[2:].any()


@given(
    st.integers(0, 20_000), st.lists(st.integers(1, 3_000), min_size=1, max_size=4), st.integers(0)
)
def test_blocks_of_any_size_give_the_same_outline(count, sizes, seed):
    samples = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    assert drawn(samples, sizes) == drawn(samples, (max(count, 1),))
    assert len(pairs_of(drawn(samples, sizes))) == -(-count // 640)


def test_what_is_no_sound_is_drawn_as_none():
    samples = np.array([np.nan, np.inf, -np.inf, 7.0] + [0.0] * 636, dtype=np.float32)
    assert pairs_of(drawn(samples)).tolist() == [[-127, 127]]
