"""Shot changes in real files: the exact frame, on the title's own clock, and damage survived."""

import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from film_factory import Reel, Shot, cuts_of, flashed, make_film, pictures_of
from media_factory import AudioTrack, clicks, make_media

from asr.errors import DamagedMediaError, InvalidShotsError
from asr.picture.av_shots import AvShotFinder
from asr.picture.picture_timeline import PictureClock, exact_ms
from asr.picture.shots import ShotChanges
from asr.sound.av_media import probe
from subtitles.span import ms_from_frames

SAMPLES = Path(__file__).parents[3] / "sample_media"
SHOTS = (
    Shot(seed=1, frames=19, pan=(0.01, 0.0)),
    Shot(seed=2, frames=24),
    Shot(seed=3, frames=18, zoom=0.01),
)
CUTS = cuts_of(*SHOTS)
PICTURES = pictures_of(*SHOTS)


def cuts_ms(path):
    return AvShotFinder(threads=2).find(probe(path), advanced=lambda _ms: None).at_ms


def test_the_sample_film_is_cut_exactly_where_its_manifest_says():
    manifest = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))
    film = next(one for one in manifest["sample"] if one["kind"] == "video")
    found = AvShotFinder(threads=2).find(probe(SAMPLES / film["media"]), advanced=lambda _ms: None)
    assert found == ShotChanges(at_ms=tuple(film["cut_times_ms"]), frames=film["frames"])


@pytest.mark.parametrize(
    ("rate", "suffix"),
    [
        (Fraction(24000, 1001), "mp4"),
        (Fraction(24000, 1001), "mkv"),  # whose timestamps are whole milliseconds
        (Fraction(25), "ts"),  # whose clock starts somewhere
        (Fraction(30000, 1001), "mkv"),
        (Fraction(60000, 1001), "mp4"),
        (Fraction(25), "h264"),  # which knows no times at all
    ],
)
def test_a_cut_is_at_the_time_of_its_first_frame(tmp_path, rate, suffix):
    bframes = {"preset": "ultrafast", "bf": "2", "g": "12"}
    path = make_film(tmp_path / f"film.{suffix}", PICTURES, Reel(rate=rate, options=bframes))
    assert cuts_ms(path) == tuple(ms_from_frames(cut, rate) for cut in CUTS)


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_without_a_steady_rate_the_pictures_own_times_count(tmp_path, suffix):
    steps = [(2200, 3600, 2900, 4100, 3003)[number % 5] for number in range(len(PICTURES))]
    stamps = [sum(steps[:number]) for number in range(len(PICTURES))]
    path = make_film(tmp_path / f"film.{suffix}", PICTURES, Reel(rate=Fraction(30), stamps=stamps))
    wanted = [stamps[cut] / 90 for cut in CUTS]
    assert [round(ms - wish) for ms, wish in zip(cuts_ms(path), wanted, strict=True)] == [0, 0]


def test_the_clock_starts_with_the_first_picture_wherever_the_container_starts(tmp_path):
    path = make_film(tmp_path / "late.mkv", PICTURES, Reel(rate=Fraction(25), first=50))
    assert probe(path).frame_rate == Fraction(25)
    assert cuts_ms(path) == tuple(cut * 40 for cut in CUTS)


@pytest.mark.parametrize(
    ("codec", "pixels", "suffix"),
    [
        ("libx264", "yuv420p10le", "mp4"),
        ("libx264", "yuv444p", "mp4"),
        ("mjpeg", "yuvj420p", "avi"),
        ("ffv1", "bgr0", "mkv"),
        ("ffv1", "gray16le", "mkv"),
        ("mpeg2video", "yuv420p", "ts"),
    ],
)
def test_any_kind_of_picture_is_looked_at(tmp_path, codec, pixels, suffix):
    reel = Reel(codec=codec, pixels=pixels, options={})
    path = make_film(tmp_path / f"film.{suffix}", PICTURES, reel)
    assert cuts_ms(path) == tuple(cut * 40 for cut in CUTS)


@pytest.mark.parametrize("size", [(48, 32), (66, 130), (320, 180)])
def test_any_size_of_picture_is_looked_at(tmp_path, size):
    shots = (Shot(seed=1, frames=9), Shot(seed=2, frames=9))
    path = make_film(tmp_path / "film.mp4", pictures_of(*shots, size=size))
    assert cuts_ms(path) == (360,)


def test_encoding_neither_hides_a_cut_nor_makes_one_of_a_flash(tmp_path):
    coarse = {"preset": "ultrafast", "crf": "40", "g": "10"}
    path = make_film(tmp_path / "coarse.mp4", flashed(PICTURES, [5, 30, 31]), Reel(options=coarse))
    assert cuts_ms(path) == tuple(cut * 40 for cut in CUTS)


def test_damaged_pictures_are_skipped_and_the_rest_is_searched(tmp_path, caplog):
    path = make_film(
        tmp_path / "film.avi", PICTURES, Reel(codec="mjpeg", pixels="yuvj420p", options={})
    )
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    content = bytearray(path.read_bytes())
    for position, size in packets[5:8]:
        content[position : position + size] = bytes(size)
    path.write_bytes(content)
    found = AvShotFinder().find(probe(path), advanced=lambda _ms: None)
    assert found.at_ms == tuple(cut * 40 for cut in CUTS)
    assert len(PICTURES) - 3 <= found.frames < len(PICTURES)
    assert "damaged video packets of 'film.avi' were skipped" in caplog.text


def test_a_video_of_which_nothing_can_be_decoded_is_said_to_be_damaged(tmp_path):
    path = make_film(tmp_path / "film.mp4", PICTURES)
    asset = probe(path)
    content = path.read_bytes()
    start = content.index(b"mdat") + 4
    length = int.from_bytes(content[start - 8 : start - 4], "big") - 8
    path.write_bytes(content[:start] + b"\xff" * length + content[start + length :])
    with pytest.raises(DamagedMediaError, match="none of its video can be decoded"):
        AvShotFinder().find(asset, advanced=lambda _ms: None)


def test_more_threads_find_the_same(tmp_path):
    asset = probe(make_film(tmp_path / "film.mp4", PICTURES))
    found = [AvShotFinder(threads=n).find(asset, advanced=lambda _ms: None) for n in (0, 1, 64)]
    assert found[0] == found[1] == found[2]
    assert AvShotFinder(threads=1).signature == AvShotFinder(threads=64).signature


def test_a_stream_number_that_is_no_video_is_damage(tmp_path):
    track = AudioTrack(pieces=[(0.0, clicks(1, [0.5]))])
    asset = replace(probe(make_media(tmp_path / "a.m4a", audio=[track])), video_index=0)
    with pytest.raises(DamagedMediaError):
        AvShotFinder().find(asset, advanced=lambda _ms: None)


@pytest.mark.parametrize("at_ms", [(0,), (-40, 40), (40, 40), (80, 40)])
def test_shot_changes_ascend_from_above_zero(at_ms):
    with pytest.raises(InvalidShotsError):
        ShotChanges(at_ms=at_ms)


def clock(**changes):
    values = {"origin_s": Fraction(10), "frame_s": Fraction(1, 25), "latest_s": Fraction(60)}
    return PictureClock(**values | changes)


def times(clock, *stamps):
    return [float(clock.admit(None if stamp is None else Fraction(str(stamp)))) for stamp in stamps]


def test_a_picture_without_a_timestamp_follows_the_one_before():
    assert times(clock(), 10, None, None, "10.2", None) == [0, 0.04, 0.08, 0.2, 0.24]
    assert times(clock(frame_s=None), None, None) == [0, 0.04]


def test_a_clock_that_jumps_is_followed_without_the_jump(caplog):
    assert times(clock(), 20, 5, "5.04", 900, "900.04") == [10, 10.04, 10.08, 10.12, 10.16]
    assert caplog.text.count("video clock jumps") == 2


def test_a_small_step_back_stands_still():
    assert times(clock(), "10.2", "10.1", "10.24") == [0.2, 0.2, 0.24]


def test_a_time_off_the_grid_by_more_than_rounding_stays_as_it_is():
    film = Fraction(24000, 1001)
    assert exact_ms(Fraction(42, 1000), film) == 42  # frame 1 is at 41.7 ms
    assert exact_ms(Fraction(1335, 1000), film) == 1335  # frame 32 is at 1334.7 ms
    assert exact_ms(Fraction(60, 1000), film) == 60
    assert exact_ms(Fraction(1, 3), None) == 333


def test_a_thumbnail_keeps_the_brightness_of_its_parts(tmp_path):
    ramp = np.tile(np.linspace(0, 255, 640, dtype=np.float32), (400, 1))
    path = make_film(tmp_path / "ramp.mkv", [ramp] * 3, Reel(codec="ffv1", pixels="gray"))
    seen = [picture for _, picture in AvShotFinder()._thumbnails(probe(path), 0)]
    assert np.abs(seen[0] - ramp[:40].reshape(40, 64, 10).mean(axis=2)).max() < 1.5
