"""Damaged and lying files: a clear error or a right result, within bounds of time and memory."""

import struct

import pytest
from hostile_media import damaged_copies, read_apart
from media_factory import AudioTrack, VideoTrack, clicks, make_media

FORMATS = [
    ("f.mp4", "aac", "mpeg4"),
    ("f.mkv", "aac", "mpeg4"),
    ("f.ts", "ac3", "mpeg2video"),
    ("f.webm", "libopus", "libvpx"),
    ("f.mp3", "libmp3lame", None),
    ("f.ogg", "libopus", None),
    ("f.flac", "flac", None),
    ("f.wav", "pcm_s16le", None),
]


def sound(name, folder, codec, picture=None):
    return make_media(
        folder / name,
        audio=[
            AudioTrack(
                pieces=[(0, clicks(2, [0.5, 1.5], channels=2))], codec=codec, layout="stereo"
            )
        ],
        video=VideoTrack(seconds=2, codec=picture) if picture else None,
    )


def wav(*, rate=48_000, channels=1, claimed=None, seconds=0.05, bits=16):
    data = b"\x10\x20" * int(max(rate, 100) * seconds * channels)
    byte_rate = min(rate * channels * 2, 2**32 - 1)
    head = struct.pack("<HHIIHH", 1, channels, rate, byte_rate, channels * 2, bits)
    size = len(data) if claimed is None else claimed
    return (
        b"RIFF" + struct.pack("<I", min(size + 36, 2**32 - 1)) + b"WAVEfmt "
        + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", size) + data
    )  # fmt: skip


LYING_WAVS = {
    "8 Hz": (wav(rate=8), "DamagedMediaError", 0),
    "768 kHz": (wav(rate=768_000), "heard", 0.05),
    "4 GHz": (wav(rate=2**32 - 1, seconds=1e-7), "NotMediaError", 0),
    "64 channels": (wav(channels=64), "heard", 0.05),
    "4 GB": (wav(claimed=2**32 - 1), "heard", 0.05),
    "no samples": (wav(seconds=0), "heard", 0),
}


def test_headers_that_lie_cost_neither_time_nor_memory(tmp_path):
    paths = []
    for number, (content, _, _) in enumerate(LYING_WAVS.values()):
        paths.append(tmp_path / f"{number}.wav")
        paths[-1].write_bytes(content)
    outcomes = read_apart(paths)
    for path, (name, (_, kind, heard_s)) in zip(paths, LYING_WAVS.items(), strict=True):
        outcome = outcomes[str(path)]
        assert (name, outcome.kind) == (name, kind)
        assert outcome.heard_s == pytest.approx(heard_s, abs=0.01), name


def test_damaged_files_of_every_format_end_in_an_error_or_in_what_is_left(tmp_path):
    copies = []
    for name, codec, picture in FORMATS:
        path = sound(name, tmp_path, codec, picture)
        copies += damaged_copies(path, tmp_path, count=4, seed=name == "f.ts")
    outcomes = read_apart(copies)
    assert len(outcomes) == len(copies)
    assert "unprintable" not in {o.kind for o in outcomes.values()}
    assert {"heard", "NotMediaError", "DamagedMediaError"} <= {o.kind for o in outcomes.values()}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "codec", "picture"), FORMATS)
def test_two_hundred_damaged_files_end_in_an_error_or_in_what_is_left(
    name, codec, picture, tmp_path
):
    path = sound(name, tmp_path, codec, picture)
    outcomes = read_apart(damaged_copies(path, tmp_path, count=200, seed=2))
    # Two seconds of sound: a stamp may move a piece of it, never fill days.
    assert max(outcome.heard_s for outcome in outcomes.values()) < 7 * 3600


def test_a_title_in_an_old_encoding_is_no_reason_to_refuse_the_film(tmp_path):
    path = sound("old.mp3", tmp_path, "libmp3lame")
    tag = b"TIT2" + struct.pack(">I", 12) + b"\x00\x00" + b"\x03caf\xe9 \xfcber!"
    path.write_bytes(b"ID3\x03\x00\x00" + bytes((0, 0, 0, len(tag))) + tag + path.read_bytes())
    assert read_apart([path])[str(path)].kind == "heard"


def test_a_file_of_three_hundred_streams_is_read(tmp_path):
    path = make_media(
        tmp_path / "many.mka",
        audio=[
            AudioTrack(
                pieces=[(0, clicks(0.02, [], rate_hz=8000))], codec="pcm_s16le", rate_hz=8000
            )
            for _ in range(300)
        ],
        container_format="matroska",
    )
    assert read_apart([path])[str(path)].kind == "heard"
