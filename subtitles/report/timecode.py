"""Instants as people write them: on a clock, and as SMPTE time codes."""

from fractions import Fraction

from subtitles.span import MS_PER_MINUTE, MS_PER_SECOND

_DROPPING = {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4}
"""Frame numbers left out in each minute but every tenth (SMPTE ST 12-1), so that the time code
keeps up with the clock."""

_MINUTES_PER_HOUR = 60
_TEN_MINUTES = 10


def clock(instant_ms: int) -> str:
    """Hours, minutes, seconds and milliseconds: ``00:01:02.345``."""
    minutes, rest = divmod(instant_ms, MS_PER_MINUTE)
    hours, minutes = divmod(minutes, _MINUTES_PER_HOUR)
    seconds, millis = divmod(rest, MS_PER_SECOND)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{millis:03}"


def short_clock(instant_ms: int) -> str:
    """Hours, minutes and seconds: ``0:01:02``."""
    minutes, rest = divmod(instant_ms, MS_PER_MINUTE)
    hours, minutes = divmod(minutes, _MINUTES_PER_HOUR)
    return f"{hours}:{minutes:02}:{rest // MS_PER_SECOND:02}"


def time_code(instant_ms: int, frame_rate: Fraction | None) -> str:
    """``HH:MM:SS:FF`` of the nearest frame; empty without a frame rate.

    At 29.97 and 59.94 frames a second drop-frame, with a semicolon before the frames; at 23.976 and
    47.952 non-drop, as the trade has it, which falls behind the clock by 3.6 s an hour.
    """
    if frame_rate is None:
        return ""
    frame_unit = MS_PER_SECOND * frame_rate.denominator  # whole numbers: fractions are slow
    frame = (2 * instant_ms * frame_rate.numerator + frame_unit) // (2 * frame_unit)
    rate = round(frame_rate) or 1
    dropped = _DROPPING.get(frame_rate, 0)
    if dropped:
        frame += _left_out(frame, rate, dropped)
    seconds, frames = divmod(frame, rate)
    minutes, seconds = divmod(seconds, _MINUTES_PER_HOUR)
    hours, minutes = divmod(minutes, _MINUTES_PER_HOUR)
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if dropped else ':'}{frames:02}"


def _left_out(frame: int, rate: int, dropped: int) -> int:
    """How many numbers were left out before the one of this frame."""
    a_minute = rate * 60 - dropped
    ten_minutes = a_minute * _TEN_MINUTES + dropped
    tens, rest = divmod(frame, ten_minutes)
    # The first minute of ten is whole; each later one lacks its first numbers.
    minutes = 0 if rest < rate * 60 else 1 + (rest - rate * 60) // a_minute
    return dropped * (tens * (_TEN_MINUTES - 1) + minutes)


def rate_text(frame_rate: Fraction) -> str:
    """``25``, ``23.976``."""
    return f"{float(frame_rate):.3f}".rstrip("0").rstrip(".")
