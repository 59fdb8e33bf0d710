"""Any layout becomes one channel in which speech is heard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from media_factory import RATE_HZ, AudioTrack, make_media

from asr.sound.av_media import decode_blocks, probe
from asr.sound.av_mix import mix_of
from asr.sound.mixing import Mix, chosen_mix, mixing_weights

FILM = ("FL", "FR", "FC", "LFE", "BL", "BR")
KNOWN = ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR", "BC", "NONE", "USR0", "TFL")
TIME = np.arange(4 * RATE_HZ) / RATE_HZ
VOICE, MUSIC, OTHER_MUSIC = (0.3 * np.sin(2 * np.pi * hz * TIME) for hz in (500, 1900, 3100))


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


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=12).map(tuple), st.sampled_from(Mix))
def test_weights_are_shares_of_one(channels, mix):
    weights = mixing_weights(channels, mix)
    assert len(weights) == len(channels)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("left", "right", "common", "mix"),
    [
        (1e-2, 1e-2, 1e-2, Mix.BALANCED),
        (1e-2, 1e-2, 0, Mix.BALANCED),
        (1e-2, 1e-2, -1e-2, Mix.LEFT),
        (1e-2, 2e-2, -1.3e-2, Mix.RIGHT),
        (1e-2, 1e-7, 0, Mix.LEFT),
        (0, 1e-2, 0, Mix.RIGHT),
        (0, 0, 0, Mix.BALANCED),
    ],
)
def test_stereo_is_mixed_unless_a_side_is_dead_or_turned_over(left, right, common, mix):
    products = np.array([[left, common], [common, right]])
    assert chosen_mix(("FL", "FR"), products) is mix


def heard(tmp_path, layout, **channels):
    """The mono of a film of which some channels carry sound, and how it was mixed."""
    names = {
        "mono": ["M"],
        "stereo": ["L", "R"],
        "5.1": ["L", "R", "C", "LFE", "SL", "SR"],
        "7.1": ["L", "R", "C", "LFE", "BL", "BR", "SL", "SR"],
    }[layout]
    samples = np.array([channels.get(name, 0 * TIME) for name in names], dtype=np.float32)
    path = make_media(
        tmp_path / "film.mkv",
        audio=[AudioTrack(pieces=[(0, samples)], codec="flac", layout=layout)],
    )
    asset = probe(path)
    (stream,) = asset.audio_streams
    return np.concatenate(list(decode_blocks(asset, stream))), mix_of(asset, stream)


def level(samples, hz):
    """Amplitude of a tone."""
    time = np.arange(len(samples)) / 16_000
    return 2 * abs(np.mean(samples * np.exp(-2j * np.pi * hz * time)))


@pytest.mark.parametrize("layout", ["5.1", "7.1"])
def test_music_around_a_voice_in_the_centre_is_25_db_below_it(layout, tmp_path):
    loud = {"L": 2 * MUSIC, "R": 2 * OTHER_MUSIC, "SL": MUSIC, "SR": MUSIC}
    mono, mix = heard(tmp_path, layout, C=0.5 * VOICE, **loud)
    assert mix is Mix.CENTRE
    voice, music = level(mono, 500), max(level(mono, 1900), level(mono, 3100))
    # In the film itself, the music of a side is 12 dB above the voice.
    assert 20 * np.log10(voice / music) > 10
    assert 20 * np.log10(voice / 0.15) > -1.5


@pytest.mark.parametrize(
    ("layout", "channels", "mix", "least"),
    [
        ("5.1", {"L": VOICE, "R": VOICE}, Mix.BALANCED, 0.1),
        ("7.1", {"L": VOICE, "R": VOICE}, Mix.BALANCED, 0.08),
        ("mono", {"M": VOICE}, Mix.BALANCED, 0.29),
        ("stereo", {"L": VOICE, "R": VOICE}, Mix.BALANCED, 0.29),
        ("stereo", {"R": VOICE}, Mix.RIGHT, 0.29),
        ("stereo", {"L": VOICE, "R": -VOICE}, Mix.LEFT, 0.29),
    ],
)
def test_a_voice_is_heard_wherever_it_was_mixed(layout, channels, mix, least, tmp_path):
    mono, chosen = heard(tmp_path, layout, **channels)
    assert chosen is mix
    assert level(mono, 500) >= least


def test_a_voice_at_the_sides_of_one_scene_is_quiet_and_still_there(tmp_path):
    mono, mix = heard(tmp_path, "5.1", C=MUSIC, L=VOICE, R=VOICE)
    assert mix is Mix.CENTRE
    assert 20 * np.log10(level(mono, 500) / 0.3) > -25
