"""The instants a cue may start or end at, and the limits of timing counted in them."""

from fractions import Fraction

from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile, min_gap_ms


class Grid:
    """Whole frames, or milliseconds where there is no constant frame rate.

    Limits are whole ticks (frames or milliseconds), rounded so that half a second at 25 frames/s is
    13 frames and five sixths of a second at 24 is 20.

    Attributes:
        frame_rate: None for milliseconds.
        min_gap: Smallest gap between cues.
        min_open_gap: A gap between the smallest one and this is closed.
        shortest: Shortest cue.
        longest: Longest cue.
        linger: How long a cue stays after its last word when nothing follows.
        max_linger: How long it may stay for the sake of reading speed.
    """

    __slots__ = (
        "_ms_unit",
        "_rate_unit",
        "frame_rate",
        "linger",
        "longest",
        "max_linger",
        "min_gap",
        "min_open_gap",
        "shortest",
    )

    def __init__(self, profile: StyleProfile, frame_rate: Fraction | None) -> None:
        self.frame_rate = frame_rate
        # A tick is _ms_unit / _rate_unit milliseconds: whole numbers, since fractions are slow.
        self._ms_unit = self._rate_unit = 1
        if frame_rate is None:
            self.min_gap = min_gap_ms(profile, None)
        else:
            self._ms_unit = MS_PER_SECOND * frame_rate.denominator
            self._rate_unit = frame_rate.numerator
            self.min_gap = profile.min_gap_frames
        self.min_open_gap = self.nearest(profile.min_open_gap_ms)
        self.shortest = -(-profile.min_duration_ms * self._rate_unit // self._ms_unit)
        self.longest = self.nearest(profile.max_duration_ms)
        self.linger = self.nearest(profile.linger_ms)
        self.max_linger = self.nearest(profile.max_linger_ms)

    def ms(self, tick: int) -> int:
        """The instant of a tick: `ms_from_frames` in whole numbers, which is much faster."""
        if self.frame_rate is None:
            return tick
        whole, rest = divmod(tick * self._ms_unit, self._rate_unit)
        # Half way, to the even one, as `round` has it.
        return whole + (2 * rest + (whole & 1) > self._rate_unit)

    def nearest(self, length_ms: int) -> int:
        """The nearest whole number of ticks, half a tick upwards; of an instant, its tick."""
        return (2 * length_ms * self._rate_unit + self._ms_unit) // (2 * self._ms_unit)

    def at_or_before(self, instant_ms: int) -> int:
        """The last tick that is not later."""
        if self.frame_rate is None:
            return instant_ms
        # The tick before the next half millisecond; one on it is rounded to the even millisecond.
        tick, rest = divmod((2 * instant_ms + 1) * self._rate_unit, 2 * self._ms_unit)
        return tick if rest or not instant_ms & 1 else tick - 1

    def at_or_after(self, instant_ms: int) -> int:
        """The first tick that is not earlier."""
        return self.at_or_before(instant_ms - 1) + 1

    def ticks_between(self, earlier_ms: int, later_ms: int) -> int:
        """Whole ticks from one instant to another, to the nearest; negative when it lies before."""
        return self.nearest(later_ms - earlier_ms)
