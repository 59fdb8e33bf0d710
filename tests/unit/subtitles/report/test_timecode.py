"""Time codes by the counting of frames, drop-frame included."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subtitles.report.timecode import clock, rate_text, short_clock, time_code
from subtitles.span import ms_from_frames

NTSC_FILM, NTSC, NTSC_60 = Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)


@pytest.mark.parametrize(
    ("instant_ms", "rate", "code"),
    [
        (0, Fraction(25), "00:00:00:00"),
        (3_599_960, Fraction(25), "00:59:59:24"),
        (3_600_000, Fraction(24), "01:00:00:00"),
        (3_603_600, NTSC_FILM, "01:00:00:00"),
        (1000, NTSC, "00:00:01;00"),
        (60_027, NTSC, "00:00:59;29"),
        (60_060, NTSC, "00:01:00;02"),
        (600_000, NTSC, "00:10:00;00"),
        (3_600_000, NTSC, "01:00:00;00"),
        (60_060, NTSC_60, "00:01:00;04"),
        (3_600_000, NTSC_60, "01:00:00;00"),
        (1234, None, ""),
    ],
)
def test_an_instant_has_the_time_code_of_its_frame(instant_ms, rate, code) -> None:
    assert time_code(instant_ms, rate) == code


@given(st.integers(0, 500_000), st.sampled_from([NTSC, NTSC_60, Fraction(25), NTSC_FILM]))
def test_time_codes_ascend_with_the_frames_and_drop_frame_keeps_up_with_the_clock(frame, rate):
    def seconds(code: str) -> float:
        hours, minutes, rest = code.split(":", 2)
        whole, frames = rest.replace(";", ":").split(":")
        return int(hours) * 3600 + int(minutes) * 60 + int(whole) + int(frames) / round(rate)

    now, later = (ms_from_frames(one, rate) for one in (frame, frame + 1))
    assert seconds(time_code(now, rate)) < seconds(time_code(later, rate))
    if rate in (NTSC, NTSC_60):
        assert abs(seconds(time_code(now, rate)) - now / 1000) < 0.1


def test_clocks_are_written_as_people_read_them() -> None:
    assert clock(3_723_004) == "01:02:03.004"
    assert short_clock(3_723_999) == "1:02:03"
    assert [rate_text(one) for one in (NTSC_FILM, Fraction(25), NTSC)] == ["23.976", "25", "29.97"]
