"""The levels of two channels, on the title's own clock."""

import numpy as np
import pytest
from media_factory import AudioTrack, VideoTrack, make_media
from speaker_fakes import interview, turn

from asr.sound.av_channels import channel_levels
from asr.sound.av_media import probe
from asr.sound.stream_choice import stream_choice
from asr.speakers.channel_diarizer import ChannelDiarizer
from asr.speakers.channel_dominance import STEP_MS
from subtitles.span import Span

RATE_HZ = 48_000


def burst(seconds, *, left_s, right_s):
    """A tenth of a second of noise on each channel, at different times."""
    samples = np.zeros((2, round(seconds * RATE_HZ)), dtype=np.float32)
    noise = 0.5 * np.random.default_rng(0).standard_normal(RATE_HZ // 10).clip(-1.5, 1.5)
    for channel, start_s in ((0, left_s), (1, right_s)):
        start = round(start_s * RATE_HZ)
        samples[channel, start : start + len(noise)] = noise
    return samples


def levels_of(path):
    asset = probe(path)
    return channel_levels(asset, stream_choice(asset, None).stream, advanced=lambda _done_ms: None)


def loud_ms(power):
    return [int(step) * STEP_MS for step in np.flatnonzero(power > 0.02)]


@pytest.mark.parametrize(("suffix", "codec"), [("mkv", "flac"), ("mp4", "aac"), ("mkv", "libopus")])
@pytest.mark.parametrize("offset_s", [0.0, 0.5])
def test_levels_stand_at_the_time_they_are_heard(tmp_path, suffix, codec, offset_s):
    samples = burst(3, left_s=1.0, right_s=2.0)
    track = AudioTrack(pieces=[(offset_s, samples)], codec=codec, layout="stereo")
    video = VideoTrack(seconds=4)
    levels = levels_of(make_media(tmp_path / f"film.{suffix}", audio=[track], video=video))
    begin = round(offset_s * 1000)
    for power, start_ms in ((levels.left, 1000), (levels.right, 2000)):
        loud = loud_ms(power)
        assert loud
        assert abs(loud[0] - start_ms - begin) <= STEP_MS
        assert abs(loud[-1] + STEP_MS - start_ms - begin - 100) <= STEP_MS


def test_a_gap_in_the_sound_is_silence_on_both_channels(tmp_path):
    pieces = [(0.0, burst(1, left_s=0.5, right_s=0.5)), (5.0, burst(1, left_s=0.5, right_s=0.5))]
    track = AudioTrack(pieces=pieces, codec="flac", layout="stereo")
    levels = levels_of(make_media(tmp_path / "film.mkv", audio=[track]))
    assert loud_ms(levels.left) == loud_ms(levels.right) == [500, 550, 5500, 5550]
    assert not levels.left[1100 // STEP_MS : 4900 // STEP_MS].any()


@pytest.mark.parametrize(("layout", "channels"), [("mono", 1), ("5.1", 6)])
def test_only_two_channels_can_be_two_microphones(tmp_path, layout, channels):
    talk = (turn("S1", 0, 8000), turn("S2", 8000, 16_000))
    sound = np.resize(interview(talk, 16), (channels, 16 * 16_000))
    track = AudioTrack(pieces=[(0.0, sound)], codec="flac", layout=layout, rate_hz=16_000)
    asset = probe(make_media(tmp_path / "film.mkv", audio=[track]))
    stream = stream_choice(asset, None).stream
    speech = [Span(0, 16_000)]
    assert ChannelDiarizer().turns(asset, stream, speech, advanced=lambda _done_ms: None) == ()
