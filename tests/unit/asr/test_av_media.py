"""Media of every kind: what is in it, and sound on the video's own clock."""

import logging
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest
from media_factory import RATE_HZ, AudioTrack, VideoTrack, clicks, make_media, onsets_s

from asr.errors import (
    DamagedMediaError,
    NoAudioError,
    NoSuchAudioStreamError,
    NotMediaError,
    UnreadableMediaError,
)
from asr.sound.av_media import decode_blocks, decode_spans, probe
from asr.sound.stream_choice import stream_choice
from subtitles.span import Span

CLICKS_S = (0.5, 1.0, 2.25, 2.75)
TOLERANCE_S = 0.02


def track(start_s=0.0, *, seconds=3.0, at_s=CLICKS_S, **options):
    return AudioTrack(pieces=[(start_s, clicks(seconds, at_s))], **options)


def heard(path, *, index=None):
    asset = probe(path)
    return np.concatenate(list(decode_blocks(asset, stream_choice(asset, index).stream)))


def assert_clicks(path, expected_s):
    found = onsets_s(heard(path))
    assert found == pytest.approx(list(expected_s), abs=TOLERANCE_S), found


CONTAINERS = [
    ("film.mp4", "aac", "libx264"),
    ("film.mkv", "aac", "libx264"),
    ("film.ts", "aac", "libx264"),
    ("film.webm", "libopus", "libvpx"),
    ("film.mov", "pcm_s16le", "mpeg4"),
    ("film.mkv", "flac", "mpeg4"),
    ("film.ts", "ac3", "mpeg2video"),
]
every_container = pytest.mark.parametrize(("name", "sound", "picture"), CONTAINERS)


@every_container
@pytest.mark.parametrize("offset_s", [0.0, 0.48, 2.0])
def test_sound_that_starts_later_than_the_picture_is_heard_later(
    name, sound, picture, offset_s, tmp_path
):
    path = make_media(
        tmp_path / name,
        audio=[track(offset_s, codec=sound)],
        video=VideoTrack(seconds=4, codec=picture),
    )
    assert_clicks(path, [time + offset_s for time in CLICKS_S])
    (stream,) = probe(path).audio_streams
    assert stream.start_ms == pytest.approx(offset_s * 1000, abs=25)


@every_container
@pytest.mark.parametrize("offset_s", [0.48, 2.0])
def test_sound_before_the_first_picture_is_dropped(name, sound, picture, offset_s, tmp_path):
    path = make_media(
        tmp_path / name,
        audio=[track(codec=sound)],
        video=VideoTrack(seconds=3, start_s=offset_s, codec=picture),
    )
    assert_clicks(path, [time - offset_s for time in CLICKS_S if time >= offset_s])
    (stream,) = probe(path).audio_streams
    assert stream.start_ms == pytest.approx(-offset_s * 1000, abs=25)


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("a.mp3", "libmp3lame"),
        ("a.m4a", "aac"),
        ("a.opus", "libopus"),
        ("a.flac", "flac"),
        ("a.wav", "pcm_s16le"),
        ("a.mka", "aac"),
    ],
)
def test_without_a_picture_the_first_sample_is_zero(name, sound, tmp_path):
    path = make_media(tmp_path / name, audio=[track(codec=sound)])
    assert_clicks(path, CLICKS_S)
    asset = probe(path)
    assert not asset.has_video
    assert asset.frame_rate is None
    assert asset.duration_ms == pytest.approx(3000, abs=40)


@pytest.mark.parametrize(("name", "sound"), [("gap.mkv", "flac"), ("gap.mp4", "aac")])
def test_a_gap_in_the_timestamps_is_heard_as_silence(name, sound, tmp_path, caplog):
    pieces = [(0, clicks(2, [0.5])), (10, clicks(2, [0.5]))]
    path = make_media(
        tmp_path / name,
        audio=[AudioTrack(pieces=pieces, codec=sound)],
        video=VideoTrack(seconds=12),
    )
    assert_clicks(path, [0.5, 10.5])
    assert "1 gaps or overlaps" in caplog.text


def test_an_hour_of_nothing_is_heard_in_short_blocks(tmp_path):
    pieces = [(0, clicks(1, [0.5])), (3600, clicks(1, [0.5]))]
    path = make_media(tmp_path / "sparse.mkv", audio=[AudioTrack(pieces=pieces, codec="flac")])
    asset = probe(path)
    count, longest, end = 0, 0, np.empty(0, dtype=np.float32)
    for block in decode_blocks(asset, asset.audio_streams[0]):
        count, longest = count + len(block), max(longest, len(block))
        end = np.concatenate([end, block])[-16_000:]
    assert count == 3_601 * 16_000
    assert longest <= 60 * 16_000
    found = [3600 + time for time in onsets_s(end)]
    assert found == pytest.approx([3600.5], abs=TOLERANCE_S)


def test_two_languages_are_told_apart_and_chosen(tmp_path):
    path = make_media(
        tmp_path / "film.mkv",
        audio=[
            track(at_s=[0.5], language="eng", title="Original"),
            track(at_s=[1.5], language="por", title="\x1b[31mBR", is_default=True),
            track(at_s=[2.5], language="und"),
        ],
        video=VideoTrack(seconds=3),
    )
    asset = probe(path)
    assert [stream.language for stream in asset.audio_streams] == ["en", "pt", None]
    assert [stream.index for stream in asset.audio_streams] == [0, 1, 2]
    assert stream_choice(asset, None).stream.index == 0  # called the original
    assert stream_choice(asset, None, language="pt").stream.index == 1
    for index, second in enumerate([0.5, 1.5, 2.5]):
        assert onsets_s(heard(path, index=index)) == pytest.approx([second], abs=TOLERANCE_S)
    with pytest.raises(NoSuchAudioStreamError) as caught:
        stream_choice(asset, 7)
    message = str(caught.value)
    assert "no audio stream 7" in message
    assert "0 (en, 'Original', 1 channels)" in message
    assert "\x1b" not in message


def test_without_a_default_the_first_stream_is_chosen(tmp_path):
    path = make_media(tmp_path / "film.mkv", audio=[track(), track()])
    assert stream_choice(probe(path), None).stream.index == 0


@pytest.mark.parametrize(
    ("layout", "channels", "codec"),
    [
        ("stereo", 2, "flac"),
        ("stereo", 2, "aac"),
        ("5.1", 6, "aac"),
        ("5.1(side)", 6, "ac3"),
        ("7.1", 8, "flac"),
        # Planar, which PyAV itself does not survive.
        ("7.1", 8, "aac"),
    ],
)
def test_dialogue_in_any_channel_layout_is_heard(layout, channels, codec, tmp_path):
    samples = np.zeros((channels, RATE_HZ * 3), dtype=np.float32)
    samples[2 if channels > 2 else 0] = clicks(3, CLICKS_S)[0]
    path = make_media(
        tmp_path / "film.mkv",
        audio=[AudioTrack(pieces=[(0, samples)], codec=codec, layout=layout)],
    )
    assert_clicks(path, CLICKS_S)
    assert probe(path).audio_streams[0].channels == channels


def test_channels_without_a_layout_are_heard(tmp_path):
    samples = np.zeros((3, RATE_HZ * 3), dtype=np.float32)
    samples[1] = clicks(3, CLICKS_S)[0]
    path = make_media(
        tmp_path / "a.wav",
        audio=[AudioTrack(pieces=[(0, samples)], codec="pcm_s16le", layout="3 channels")],
    )
    assert_clicks(path, CLICKS_S)


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le", "pcm_f64le"])
def test_every_sample_format_is_heard_at_full_scale(codec, tmp_path):
    path = make_media(tmp_path / "a.wav", audio=[track(codec=codec)])
    assert_clicks(path, CLICKS_S)
    assert np.abs(heard(path)).max() == pytest.approx(0.9, abs=0.05)


def test_samples_beyond_full_scale_are_clipped(tmp_path):
    pieces = [(0, 5 * clicks(3, CLICKS_S))]
    path = make_media(tmp_path / "a.wav", audio=[AudioTrack(pieces=pieces, codec="pcm_f32le")])
    assert np.abs(heard(path)).max() == 1.0


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100, 96_000, 192_000])
def test_any_sample_rate_lands_on_the_same_clock(rate_hz, tmp_path):
    pieces = [(0, clicks(3, CLICKS_S, rate_hz=rate_hz))]
    path = make_media(
        tmp_path / "a.wav", audio=[AudioTrack(pieces=pieces, codec="pcm_s16le", rate_hz=rate_hz)]
    )
    assert_clicks(path, CLICKS_S)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Fraction(24000, 1001), Fraction(24000, 1001)),
        (Fraction(25), Fraction(25)),
        (Fraction(60000, 1001), Fraction(60000, 1001)),
        (Fraction(1000), None),
    ],
)
def test_frame_rates_are_exact_and_absurd_ones_are_none(rate, expected, tmp_path):
    path = make_media(
        tmp_path / "film.mp4", audio=[track()], video=VideoTrack(seconds=1, rate=rate)
    )
    assert probe(path).frame_rate == expected


def test_cover_art_is_no_video(tmp_path):
    path = make_media(
        tmp_path / "song.m4a",
        audio=[track()],
        video=VideoTrack(seconds=0, codec="mjpeg", is_cover=True),
        container_format="mp4",
    )
    asset = probe(path)
    assert not asset.has_video
    assert (asset.frame_rate, asset.video_index) == (None, None)
    assert_clicks(path, CLICKS_S)


def test_a_video_without_sound_says_so(tmp_path):
    path = make_media(tmp_path / "mute.mp4", video=VideoTrack(seconds=1))
    asset = probe(path)
    assert asset.has_video
    with pytest.raises(NoAudioError, match="no audio stream"):
        stream_choice(asset, None)


def test_a_fifth_of_a_second_is_enough(tmp_path):
    path = make_media(
        tmp_path / "short.wav", audio=[track(seconds=0.2, at_s=[0.1], codec="pcm_s16le")]
    )
    assert_clicks(path, [0.1])
    assert probe(path).duration_ms == 200


def test_the_same_bytes_have_the_same_id_wherever_they_lie(tmp_path):
    path = make_media(tmp_path / "one.wav", audio=[track(codec="pcm_s16le")])
    copy = shutil.copy(path, tmp_path / "другой.wav")
    assert probe(path).media_id == probe(copy).media_id


def mp4(tmp_path):
    return make_media(tmp_path / "film.mp4", audio=[track()], video=VideoTrack(seconds=3))


def test_an_mp4_without_its_index_is_damaged(tmp_path):
    path = mp4(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedMediaError, match="index is missing"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.mp4", "Dear Sir,\nthis is no film.\n" * 50),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n"),
        ("list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n"),
        ("joined.ffconcat", "ffconcat version 1.0\nfile other.mkv\n"),
        ("note.txt", "plain text\n" * 20),
        ("lines.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n"),
        ("noise.mkv", "\x00\x01\x02" * 400),
    ],
)
def test_text_and_lists_of_other_files_are_no_media(name, content, tmp_path):
    make_media(tmp_path / "other.mkv", audio=[track()])
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(NotMediaError, match="is not a media file"):
        probe(path)


def test_a_playlist_does_not_make_us_ask_another_machine(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        path = tmp_path / "list.m3u8"
        path.write_text(
            "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n"
            f"#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n"
        )
        with ThreadPoolExecutor(1) as pool:
            probed = pool.submit(probe, path)
            with pytest.raises(TimeoutError):
                server.accept()
            with pytest.raises(NotMediaError, match="it points to 'http://127"):
                probed.result(timeout=10)


@pytest.mark.parametrize("other", ["other.ts", "file:///etc/passwd", "../secret.mkv"])
def test_a_playlist_does_not_make_us_read_other_files(other, tmp_path):
    make_media(tmp_path / "other.ts", audio=[track()])
    path = tmp_path / "list.m3u8"
    path.write_text(
        f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{other}\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(NotMediaError):
        probe(path)


def test_sound_that_changes_its_format_and_restarts_its_clock_is_heard_on(tmp_path, caplog):
    """Two broadcasts glued together: mono 48 kHz, then stereo 44.1 kHz from time 0 again."""
    one = make_media(tmp_path / "one.ts", audio=[track(at_s=[0.5, 1.5])])
    stereo = clicks(3, [0.5, 1.5], channels=2, rate_hz=44_100)
    other = make_media(
        tmp_path / "other.ts",
        audio=[AudioTrack(pieces=[(0, stereo)], layout="stereo", rate_hz=44_100)],
    )
    path = tmp_path / "both.ts"
    path.write_bytes(one.read_bytes() + other.read_bytes())
    # Both encoders round 3 s up to whole frames and put one frame of delay before it.
    found = onsets_s(heard(path))
    assert found == pytest.approx([0.52, 1.52, 3.56, 4.56], abs=0.06)
    assert "clock jumps" in caplog.text


def test_damage_in_the_middle_costs_only_the_damaged_part(tmp_path, caplog):
    seconds = [0.5, 4.5, 8.5]
    path = make_media(
        tmp_path / "film.mkv",
        audio=[track(seconds=9, at_s=seconds, codec="flac")],
        video=VideoTrack(seconds=9),
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle - 1500 : middle + 1500] = b"\xff" * 3000
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        found = onsets_s(heard(path))
    assert found[0] == pytest.approx(0.5, abs=TOLERANCE_S)
    assert found[-1] == pytest.approx(8.5, abs=TOLERANCE_S)
    assert "gaps or overlaps" in caplog.text


def test_damaged_packets_are_counted_and_left_silent(tmp_path, caplog):
    tone = np.sin(np.arange(9 * RATE_HZ) / 20)[np.newaxis].astype(np.float32) * 0.1
    samples = tone + clicks(9, [0.5, 8.5])
    path = make_media(tmp_path / "a.mp4", audio=[AudioTrack(pieces=[(0, samples)])])
    content = bytearray(path.read_bytes())
    start, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    middle = (start + end) // 2
    content[middle - 2000 : middle + 2000] = b"\xff" * 4000
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        found = onsets_s(heard(path))
    assert found[0] == pytest.approx(0.5, abs=TOLERANCE_S)
    assert found[-1] == pytest.approx(8.5, abs=TOLERANCE_S)
    assert "damaged audio packets of 'a.mp4' were skipped" in caplog.text


def test_a_stream_that_ends_early_is_reported(tmp_path, caplog):
    path = make_media(
        tmp_path / "film.mp4",
        audio=[track(seconds=30, at_s=[0.5, 29])],
        video=VideoTrack(seconds=30),
        options={"movflags": "faststart"},
    )
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    with caplog.at_level(logging.WARNING):
        assert onsets_s(heard(path)) == pytest.approx([0.5], abs=TOLERANCE_S)
    assert "promised" in caplog.text


def test_sound_of_which_nothing_can_be_decoded_is_damaged(tmp_path):
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (1, 3 * RATE_HZ)).astype(np.float32)
    path = make_media(tmp_path / "a.mp4", audio=[AudioTrack(pieces=[(0, noise)])])
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4
    end = content.index(b"moov") - 4
    content[start:end] = b"\xff" * (end - start)
    path.write_bytes(content)
    with pytest.raises(DamagedMediaError, match="none of its audio"):
        heard(path)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_spans_are_decoded_at_their_own_times(name, tmp_path):
    times = [0.5, 10.25, 20.5, 29.0]
    path = make_media(
        tmp_path / name,
        audio=[track(0.48, seconds=30, at_s=times)],
        video=VideoTrack(seconds=31),
    )
    asset = probe(path)
    spans = [Span(10_000, 12_000), Span(10_500, 22_000), Span(29_000, 29_200), Span(40_000, 41_000)]
    chunks = list(decode_spans(asset, stream_choice(asset, None).stream, spans))
    assert [chunk.start_ms for chunk in chunks] == [span.start_ms for span in spans]
    found = [[chunk.start_ms / 1000 + time for time in onsets_s(chunk.samples)] for chunk in chunks]
    assert found[0] == pytest.approx([10.73], abs=TOLERANCE_S)
    assert found[1] == pytest.approx([10.73, 20.98], abs=TOLERANCE_S)
    assert found[2] == []
    assert len(chunks[3].samples) == 0
    assert [chunk.duration_ms for chunk in chunks[:3]] == [2_000, 11_500, 200]


def test_a_file_that_vanished_after_probing_says_so(tmp_path):
    path = mp4(tmp_path)
    asset = probe(path)
    blocks = decode_blocks(asset, stream_choice(asset, None).stream)
    path.unlink()
    with pytest.raises(UnreadableMediaError, match="not there any more"):
        next(blocks)


def test_no_spans_decode_nothing(tmp_path):
    asset = probe(mp4(tmp_path))
    assert list(decode_spans(asset, stream_choice(asset, None).stream, [])) == []
