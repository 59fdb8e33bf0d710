"""Shot changes on the grid, and how near to one a cue may start or end.

Source of the zones: the published subtitle timing guidelines (Netflix partner help, article
360051554394, revision 2025-07-04), stated at 24 frames/s: half a second is 12 frames, an in-time 1
to 8 frames before a cut moves to it, one 9 to 11 frames before moves back to half a second before
it. Other rates scale the half second and its last quarter; the two frames stay two frames.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import FALLBACK_FRAME_RATE
from subtitles.timing.grid import Grid

ZONE_MS = 500
"""How far the pull of a cut reaches: half a second."""

_CUT_MARGIN_FRAMES = 2


class CutZones:
    """The distances that matter, in ticks.

    Attributes:
        half: Half a second: how far the pull of a cut reaches.
        snap: An in-time at most this long before a cut moves to it, a longer one (under ``half``)
            moves back to ``half`` before it.
        margin: An out-time is never less than this before a cut: two frames.
        tolerance: In-times this far off the speech still pass as on it: two frames.
    """

    __slots__ = ("half", "margin", "snap", "tolerance")

    def __init__(self, frame_rate: Fraction | None) -> None:
        rate, unit = MS_PER_SECOND, MS_PER_SECOND
        self.margin = int(_CUT_MARGIN_FRAMES * MS_PER_SECOND / FALLBACK_FRAME_RATE)
        if frame_rate is not None:
            rate, unit = frame_rate.numerator, MS_PER_SECOND * frame_rate.denominator
            self.margin = _CUT_MARGIN_FRAMES
        self.tolerance = self.margin
        self.half = (2 * ZONE_MS * rate + unit) // (2 * unit)
        # The last quarter of the half second, rounded half down: 3 frames at 24, 7 at 60.
        pulled_back = -((unit - 2 * (ZONE_MS // 4) * rate) // (2 * unit))
        self.snap = self.half - 1 - pulled_back


class Cuts:
    """The shot changes of a title as ticks, for asking many times."""

    __slots__ = ("_ticks", "zones")

    def __init__(self, shot_changes_ms: Sequence[int], grid: Grid) -> None:
        self.zones = CutZones(grid.frame_rate)
        self._ticks = [grid.nearest(change_ms) for change_ms in shot_changes_ms]

    def __bool__(self) -> bool:
        return bool(self._ticks)

    def last_at_or_before(self, tick: int) -> int | None:
        """The cut that the shot on the screen at ``tick`` began with."""
        index = bisect_right(self._ticks, tick)
        return self._ticks[index - 1] if index else None

    def first_after(self, tick: int) -> int | None:
        """The cut that ends the shot on the screen at ``tick``."""
        index = bisect_right(self._ticks, tick)
        return self._ticks[index] if index < len(self._ticks) else None

    def last_before(self, tick: int) -> int | None:
        """The last cut that a cue which ends at ``tick`` may have crossed."""
        index = bisect_left(self._ticks, tick)
        return self._ticks[index - 1] if index else None

    def first_at_or_after(self, tick: int) -> int | None:
        """The first cut that a cue which ends at ``tick`` has not crossed."""
        index = bisect_left(self._ticks, tick)
        return self._ticks[index] if index < len(self._ticks) else None

    def shot_end(self, latest: int, start: int, spoken: int) -> int:
        """``latest``, or earlier where a cut ends a cue that is said from ``start`` before it."""
        cut = self.first_after(max(start, spoken - 1))
        return latest if cut is None else min(latest, cut - self.zones.margin)

    def clear_of_cuts(self, tick: int) -> int:
        """The last tick at or before ``tick`` where a cue may end: not on a cut nor just before."""
        cut = self.first_at_or_after(tick)
        while cut is not None and cut - tick < self.zones.margin:
            tick = cut - self.zones.margin
            cut = self.first_at_or_after(tick)
        return tick
