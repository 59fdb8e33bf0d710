"""The sample media are what their manifest says, and their references fit them."""

import re
import subprocess
import sys
import tomllib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

SAMPLES = Path(__file__).parents[2] / "sample_media"
MANIFEST = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))
BY_NAME = {sample["name"]: sample for sample in MANIFEST["sample"]}
FILM = BY_NAME["sense_and_sensibility"]
TOTAL_LIMIT_BYTES = 4_000_000
STAMP = re.compile(r"(\d\d):(\d\d):(\d\d),(\d\d\d) --> (\d\d):(\d\d):(\d\d),(\d\d\d)")

every_sample = pytest.mark.parametrize("sample", MANIFEST["sample"], ids=list(BY_NAME))


def srt_cues(name):
    """(start ms, end ms, lines) of each block; every block must be well formed."""
    cues = []
    text = (SAMPLES / f"{name}.en.srt").read_text("utf-8")
    for number, block in enumerate(text.strip("\n").split("\n\n"), start=1):
        counter, stamp, *lines = block.split("\n")
        assert counter == str(number)
        parts = [int(part) for part in STAMP.fullmatch(stamp).groups()]
        start_ms, end_ms = (
            ((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (parts[:4], parts[4:])
        )
        cues.append((start_ms, end_ms, lines))
    return cues


def run_check(folder):
    return subprocess.run(
        [sys.executable, str(folder / "build.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def loudness(samples):
    return float(np.abs(samples).max(initial=0.0))


def mono_samples(path):
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16000)
        parts = [
            piece.to_ndarray().ravel()
            for frame in container.decode(audio=0)
            for piece in resampler.resample(frame)
        ]
        parts += [piece.to_ndarray().ravel() for piece in resampler.resample(None)]
    return np.concatenate(parts)


def test_the_check_command_finds_every_file_as_recorded():
    outcome = run_check(SAMPLES)
    assert (outcome.returncode, outcome.stderr) == (0, ""), outcome.stdout


@pytest.mark.parametrize("damage", ["changed", "shortened", "removed"])
def test_the_check_command_names_a_damaged_file(tmp_path, damage):
    for file in SAMPLES.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    victim = tmp_path / "voice_menu.txt"
    content = victim.read_bytes()
    if damage == "removed":
        victim.unlink()
    else:
        victim.write_bytes(content[:-1] if damage == "shortened" else b"#" + content[1:])
    outcome = run_check(tmp_path)
    assert outcome.returncode == 1
    assert "voice_menu.txt" in outcome.stdout


def test_all_samples_together_stay_small():
    total = sum(file["size_bytes"] for sample in MANIFEST["sample"] for file in sample["files"])
    assert total < TOTAL_LIMIT_BYTES


def test_every_file_of_the_folder_is_a_script_a_notice_or_in_the_manifest():
    recorded = {file["name"] for sample in MANIFEST["sample"] for file in sample["files"]}
    present = {
        file.name
        for file in SAMPLES.iterdir()
        if file.is_file() and file.suffix not in {".py", ".md"} and file.name != "manifest.toml"
    }
    assert present == recorded


@every_sample
def test_licence_and_attribution_of_each_sample_stand_in_the_notice(sample):
    notice = (SAMPLES / "LICENSES.md").read_text("utf-8")
    assert sample["attribution"] in notice
    assert sample["media"] in notice


@every_sample
def test_the_recorded_duration_is_that_of_the_media(sample):
    with av.open(str(SAMPLES / sample["media"])) as container:
        assert round(container.duration / 1000) == sample["duration_ms"]


@every_sample
def test_the_reference_cues_are_in_order_within_the_media_and_two_short_lines_each(sample):
    cues = srt_cues(sample["name"])
    assert cues
    clock_ms = 0
    for start_ms, end_ms, lines in cues:
        assert clock_ms <= start_ms < end_ms
        assert 1 <= len(lines) <= 2
        assert max(map(len, lines)) <= 42
        clock_ms = end_ms
    assert clock_ms <= sample["duration_ms"]


@every_sample
def test_transcript_and_reference_cues_say_the_same(sample):
    spoken = (SAMPLES / f"{sample['name']}.txt").read_text("utf-8").split()
    shown = [word for _, _, lines in srt_cues(sample["name"]) for word in " ".join(lines).split()]
    assert spoken == shown


@every_sample
def test_somebody_speaks_in_every_reference_cue_and_nobody_before_the_first(sample):
    samples = mono_samples(SAMPLES / sample["media"])
    cues = srt_cues(sample["name"])
    for start_ms, end_ms, lines in cues:
        assert loudness(samples[start_ms * 16 : end_ms * 16]) > 0.1, lines
    # 50 ms of grace: the reference is that exact. A breath before speech stays below 0.05.
    assert loudness(samples[: (cues[0][0] - 50) * 16]) < 0.05


@pytest.fixture(scope="module")
def film_frames():
    """Every frame as a small luma plane: enough to see a cut."""
    with av.open(str(SAMPLES / FILM["media"])) as container:
        return [
            frame.reformat(width=212, height=120, format="gray").to_ndarray().astype(np.int16)
            for frame in container.decode(video=0)
        ]


def test_the_film_has_as_many_frames_as_recorded(film_frames):
    assert len(film_frames) == FILM["frames"]


def test_the_picture_jumps_at_each_recorded_cut_and_nowhere_else(film_frames):
    change = [float(np.abs(after - before).mean()) for before, after in pairwise(film_frames)]
    jumps = [number for number, size in enumerate(change, start=1) if size > 12]
    assert jumps == FILM["cut_frames"]
    calm = max(size for number, size in enumerate(change, start=1) if number not in jumps)
    assert calm < 4


def test_cut_times_are_those_of_the_cut_frames():
    rate = Fraction(FILM["frame_rate"])
    assert FILM["cut_times_ms"] == [round(frame * 1000 / rate) for frame in FILM["cut_frames"]]


def test_the_film_plays_in_a_browser_and_can_be_sought_to_the_second():
    content = (SAMPLES / FILM["media"]).read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(SAMPLES / FILM["media"])) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height) == (FILM["width"], FILM["height"])
        assert video.average_rate == Fraction(FILM["frame_rate"])
        assert audio.codec_context.name == "aac"
        keys = [
            float(packet.pts * packet.time_base)
            for packet in container.demux(video)
            if packet.is_keyframe
        ]
    gaps = np.diff([*keys, FILM["duration_ms"] / 1000])
    assert gaps.max() <= 1.0 + 1e-6
