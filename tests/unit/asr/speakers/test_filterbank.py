"""Log-mel features."""

import numpy as np
import pytest

from asr.speakers.filterbank import MEL_BANDS, log_mel

RATE_HZ = 16_000


def tone(hertz, seconds=0.5):
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ).astype(
        np.float32
    )


def loudest_band(hertz):
    """Where a tone raises the features: it must sound half of the time, for means are removed."""
    hush = 1e-4 * np.random.default_rng(0).standard_normal(8000).astype(np.float32)
    features = log_mel(np.concatenate([hush, tone(hertz)]))
    return int((features[60:].mean(axis=0) - features[:40].mean(axis=0)).argmax())


def mel(hertz):
    return 1127.0 * np.log(1 + hertz / 700)


@pytest.mark.parametrize("hertz", [200, 440, 1000, 3000, 7000])
def test_a_tone_is_loudest_in_the_band_around_it(hertz):
    width = (mel(8000) - mel(20)) / (MEL_BANDS + 1)
    expected = (mel(hertz) - mel(20)) / width - 1
    assert abs(loudest_band(hertz) - expected) <= 1


def test_frames_are_25_ms_long_and_10_ms_apart():
    assert log_mel(tone(440)[: 400 + 160 * 9]).shape == (10, MEL_BANDS)
    assert log_mel(tone(440)[:400]).shape == (1, MEL_BANDS)
    assert log_mel(tone(440)[:399]).shape == (0, MEL_BANDS)


def test_the_mean_of_every_band_is_gone_and_loudness_with_it():
    noise = np.random.default_rng(1).standard_normal(16_000).astype(np.float32)
    features = log_mel(noise)
    assert np.abs(features.mean(axis=0)).max() < 1e-4
    assert np.allclose(features, log_mel(0.05 * noise), atol=1e-3)


def test_digital_silence_has_features_too():
    assert np.isfinite(log_mel(np.zeros(1600, dtype=np.float32))).all()
