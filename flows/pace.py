"""How fast media goes by and how long the rest will take (pure)."""

from dataclasses import dataclass

from subtitles.span import MS_PER_MINUTE, MS_PER_SECOND

_S_PER_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How work on media goes.

    Attributes:
        speed: Media time per wall time, of what was not stored already.
        left_s: Wall time that the rest takes at this speed.
    """

    speed: float
    left_s: float

    def __str__(self) -> str:
        return f"{self.speed:.1f} x real time, {time_text(self.left_s)} left"


def pace(*, total_ms: int, done_ms: int, stored_ms: int, elapsed_s: float) -> Pace | None:
    """The pace so far; None as long as nothing was done but what is stored.

    Args:
        total_ms: Media in all.
        done_ms: Media done, with what was stored.
        stored_ms: Media that was done before this work began.
        elapsed_s: Wall time since it began.
    """
    made_ms = done_ms - stored_ms
    if made_ms <= 0 or elapsed_s <= 0:
        return None
    speed = made_ms / MS_PER_SECOND / elapsed_s
    left_ms = max(0, total_ms - done_ms)
    return Pace(speed=speed, left_s=left_ms / MS_PER_SECOND / speed)


def minutes_text(done_ms: int, total_ms: int) -> str:
    """``12.5/44.0 min``."""
    return f"{done_ms / MS_PER_MINUTE:.1f}/{total_ms / MS_PER_MINUTE:.1f} min"


def time_text(seconds: float) -> str:
    """``50 s``, ``12 min``, ``2 h 05 min``: as exact as anybody can know it."""
    if seconds < _S_PER_MINUTE:
        return f"{round(seconds)} s"
    minutes = round(seconds / _S_PER_MINUTE)
    if minutes < _S_PER_MINUTE:
        return f"{minutes} min"
    return f"{minutes // _S_PER_MINUTE} h {minutes % _S_PER_MINUTE:02d} min"
