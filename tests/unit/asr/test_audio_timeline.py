"""Where decoded audio lies on the title's clock: gaps, overlaps, drift and broken clocks."""

import logging
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.sound.audio_timeline import AudioClock, PlacedAudio, lay_out

FRAME_S = Fraction(1024, 48_000)
RATE = 16_000


def clock():
    return AudioClock(latest_s=Fraction(100))


def seconds(value):
    return Fraction(value).limit_denominator(1_000_000)


def test_frames_that_follow_each_other_are_one_run():
    audio = clock()
    starts = [audio.admit(index * FRAME_S, FRAME_S) for index in range(500)]
    assert starts == [0] + [None] * 499


def test_timestamps_rounded_to_a_millisecond_are_one_run():
    audio = clock()
    stamps = [Fraction(round(index * FRAME_S * 1000), 1000) for index in range(2000)]
    assert [audio.admit(stamp, FRAME_S) for stamp in stamps] == [0] + [None] * 1999


def test_the_first_frame_says_where_the_run_starts_also_before_the_video():
    assert clock().admit(seconds("2.5"), FRAME_S) == seconds("2.5")
    assert clock().admit(seconds("-0.5"), FRAME_S) == seconds("-0.5")


def test_a_gap_starts_a_new_run():
    audio = clock()
    audio.admit(seconds(0), seconds(1))
    assert audio.admit(seconds("1.5"), seconds(1)) == seconds("1.5")


def test_a_short_overlap_starts_a_new_run_earlier():
    audio = clock()
    audio.admit(seconds(0), seconds(1))
    assert audio.admit(seconds("0.6"), seconds(1)) == seconds("0.6")


def test_drift_is_corrected_once_it_adds_up():
    """A sound card that is 0.1 % slow: the run restarts every 20 s and is never 21 ms off."""
    audio = clock()
    frame = seconds("0.02")
    heard = Fraction(0)
    restarts = 0
    for index in range(3000):
        stamp = index * frame * Fraction(1001, 1000)
        start = audio.admit(stamp, frame)
        if start is not None:
            heard = start
            restarts += index > 0
        assert abs(heard - stamp) <= Fraction(21, 1000)
        heard += frame
    assert 1 <= restarts <= 4


@pytest.mark.parametrize("jump", ["-30", "99999", "-1.5"])
def test_a_clock_that_jumps_is_taken_as_continuous_and_reported(jump, caplog):
    audio = clock()
    audio.admit(seconds(40), seconds(1))
    with caplog.at_level(logging.WARNING):
        assert audio.admit(41 + seconds(jump), seconds(1)) is None
    assert "jumps" in caplog.text
    # From now on the jumped clock is followed.
    assert audio.admit(42 + seconds(jump), seconds(1)) is None
    assert audio.admit(44 + seconds(jump), seconds(1)) == 44


def test_a_first_timestamp_beyond_the_end_of_the_title_starts_at_zero(caplog):
    audio = clock()
    assert audio.admit(seconds(95_443), FRAME_S) == 0
    assert "jumps" in caplog.text
    assert audio.admit(95_443 + FRAME_S, FRAME_S) is None


def test_a_gap_of_many_hours_is_not_believed(caplog):
    audio = AudioClock(latest_s=Fraction(10**9))
    audio.admit(seconds(0), seconds(1))
    assert audio.admit(seconds(7 * 3600), seconds(1)) is None
    assert "jumps" in caplog.text


def test_audio_that_runs_past_the_stated_end_is_not_a_jump(caplog):
    audio = AudioClock(latest_s=Fraction(2))
    starts = [audio.admit(seconds(index), seconds(1)) for index in range(6)]
    assert starts == [0] + [None] * 5
    assert not caplog.records


def test_frames_without_timestamps_follow_each_other():
    audio = clock()
    assert audio.admit(None, FRAME_S) == 0
    assert audio.admit(None, FRAME_S) is None
    assert audio.admit(None, FRAME_S) is None


def piece(at_sample, *values):
    return PlacedAudio(at_sample=at_sample, samples=np.array(values, dtype=np.float32))


def laid(pieces, start_sample=0):
    blocks = list(lay_out(pieces, start_sample=start_sample))
    return np.concatenate(blocks).tolist() if blocks else []


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], []),
        ([piece(0, 1, 2), piece(2, 3)], [1, 2, 3]),
        ([piece(2, 1)], [0, 0, 1]),
        ([piece(0, 1), piece(3, 2)], [1, 0, 0, 2]),
        ([piece(0, 1, 2, 3), piece(1, 8, 9, 4)], [1, 2, 3, 4]),
        ([piece(-2, 8, 9, 1)], [1]),
        ([piece(-5, 8, 9), piece(1, 5)], [0, 5]),
        ([piece(0), piece(0, 1)], [1]),
    ],
)
def test_gaps_become_silence_and_overlaps_and_what_is_before_zero_are_dropped(pieces, expected):
    assert laid(pieces) == expected


def test_laying_out_can_start_in_the_middle():
    assert laid([piece(0, 1, 2, 3, 4)], start_sample=2) == [3, 4]
    assert laid([piece(5, 1)], start_sample=3) == [0, 0, 1]


@given(st.lists(st.tuples(st.integers(-50, 300), st.integers(0, 60)), max_size=12))
def test_each_sample_is_heard_at_its_own_time_or_not_at_all(places):
    pieces = [
        PlacedAudio(at_sample=at, samples=np.arange(at, at + length, dtype=np.float32))
        for at, length in sorted(places)
    ]
    result = laid(pieces)
    end = max((at + length for at, length in places if length), default=0)
    latest = max([at for at, _ in places] + [0])
    assert len(result) >= max(0, end)
    assert len(result) <= max(0, end, latest)
    assert all(value in {index, 0.0} for index, value in enumerate(result))
    sounding = {sample for at, length in places for sample in range(max(at, 1), at + length)}
    assert sounding == {index for index, value in enumerate(result) if value}


def test_an_hour_of_silence_is_handed_on_in_small_pieces():
    blocks = [len(block) for block in lay_out([piece(3600 * RATE, 1)])]
    assert sum(blocks) == 3600 * RATE + 1
    assert max(blocks) <= 10 * RATE
