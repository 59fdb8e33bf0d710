"""Sound on the video's clock in every container, and the same samples from any moment on."""

from fractions import Fraction

import numpy as np
import pytest
from media_factory import AudioTrack, VideoTrack, clicks, make_media, onsets_s

from asr.sound import av_media, av_samples
from asr.sound.av_media import decode_blocks, decode_spans, probe
from subtitles.span import Span

SEGMENT_MS = 4_000
WRAP_S = 2**33 / 90_000


def noise(seconds, rate_hz):
    """Nothing in it repeats, so that it fits in one place only."""
    white = np.random.default_rng(5).standard_normal(seconds * rate_hz)
    return np.convolve(white, np.full(8, 0.05), "same")[np.newaxis].astype(np.float32)


STREAMS = [
    # name, codec, rate, start, picture, greatest step at a seam (samples), and whether the decoder
    # has no memory (AAC and AC-3 fill bands with noise of their own, and never the same twice)
    ("a.mp4", "aac", 48_000, 0.48, "mpeg4", 0, False),
    ("b.mp4", "aac", 44_100, 0.0, None, 0, False),
    ("a.mkv", "aac", 48_000, 0.48, "mpeg4", 0, False),
    ("b.mkv", "flac", 44_100, 0.0, None, 0, False),
    ("a.webm", "libopus", 48_000, 0.0, "libvpx", 16, False),
    ("a.ts", "aac", 48_000, 0.0, "mpeg2video", 0, False),
    ("b.ts", "ac3", 48_000, 0.48, "mpeg2video", 0, False),
    ("a.mp3", "libmp3lame", 44_100, 0.0, None, 0, False),
    ("a.opus", "libopus", 48_000, 0.0, None, 0, True),
    ("a.flac", "flac", 44_100, 0.0, None, 0, False),
    ("a.wav", "pcm_s16le", 44_100, 0.0, None, 0, False),
]


def made(folder, name, codec, rate_hz, start_s, picture):
    path = make_media(
        folder / name,
        audio=[AudioTrack(pieces=[(start_s, noise(11, rate_hz))], codec=codec, rate_hz=rate_hz)],
        video=VideoTrack(seconds=11, codec=picture, rate=Fraction(10)) if picture else None,
    )
    asset = probe(path)
    return asset, asset.audio_streams[0]


def lag(found, expected, at):
    """By how many samples what was found at a place is late, within 2 ms."""
    wanted = expected[at : at + 4000]
    lags = range(-32, 33)
    return min(lags, key=lambda n: np.abs(found[at + n : at + n + 4000] - wanted).sum())


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case[0])
def test_a_stretch_is_what_the_whole_stream_holds_there(case, tmp_path, monkeypatch):
    *stream_of, most, alike = case
    asset, stream = made(tmp_path, *stream_of)
    at_once = np.concatenate(list(decode_blocks(asset, stream)))
    monkeypatch.setattr(av_samples, "SEGMENT_MS", SEGMENT_MS)
    whole = np.concatenate(list(decode_blocks(asset, stream)))
    for span in (Span(500, 1500), Span(3900, 4100), Span(5000, 9000), Span(10_000, 11_000)):
        (chunk,) = decode_spans(asset, stream, [span])
        np.testing.assert_array_equal(chunk.samples, whole[span.start_ms * 16 : span.end_ms * 16])
    assert abs(len(whole) - len(at_once)) <= most
    for seam in (64_000, 128_000):
        assert abs(lag(whole, at_once, seam + 40)) <= most
    if alike:
        np.testing.assert_array_equal(whole, at_once)


def test_segments_that_no_span_is_in_are_not_decoded(tmp_path, monkeypatch):
    asset, stream = made(tmp_path, "a.flac", "flac", 16_000, 0.0, None)
    for module in (av_media, av_samples):
        monkeypatch.setattr(module, "SEGMENT_MS", 2_000)
    whole = np.concatenate(list(decode_blocks(asset, stream)))
    entered = []
    stretch = av_samples._stretch

    def noted(asset, stream, *, at):
        entered.append(at // 16)
        return stretch(asset, stream, at=at)

    monkeypatch.setattr(av_samples, "_stretch", noted)
    spans = [Span(500, 1500), Span(1700, 2300), Span(6500, 7000), Span(10_100, 10_300)]
    chunks = list(decode_spans(asset, stream, spans))
    assert entered == [0, 2_000, 6_000, 10_000]
    assert [(chunk.index, chunk.start_ms) for chunk in chunks] == [
        (number, span.start_ms) for number, span in enumerate(spans)
    ]
    for chunk, span in zip(chunks, spans, strict=True):
        np.testing.assert_array_equal(chunk.samples, whole[span.start_ms * 16 : span.end_ms * 16])


@pytest.mark.parametrize(
    ("name", "codec", "picture"),
    [("a.ts", "aac", "mpeg2video"), ("b.ts", "ac3", "mpeg2video"), ("c.ts", "mp2", "mpeg2video")],
)
@pytest.mark.parametrize("start_s", [3 * 3600.0, WRAP_S - 5])
def test_a_transport_stream_may_start_at_any_hour_and_wrap(
    name, codec, picture, start_s, tmp_path, monkeypatch
):
    start = round(start_s * 25) / 25
    path = make_media(
        tmp_path / name,
        audio=[AudioTrack(pieces=[(start + 0.2, clicks(10, [1.0, 6.0, 9.0]))], codec=codec)],
        video=VideoTrack(seconds=10, start_s=start, codec=picture),
    )
    monkeypatch.setattr(av_samples, "SEGMENT_MS", SEGMENT_MS)
    asset = probe(path)
    assert asset.duration_ms == pytest.approx(10_200, abs=150)
    sound = np.concatenate(list(decode_blocks(asset, asset.audio_streams[0])))
    assert onsets_s(sound) == pytest.approx([1.2, 6.2, 9.2], abs=0.02)
