"""Borrowing time: a frame or two from either side for a cue that is a little too fast to read.

The published rules let an in-time be one or two frames off its speech. That much, and no more, a
cue may start before it, and the next one after it, when the text can then be read and nobody else
loses anything.
"""

from collections.abc import Sequence

from subtitles.cues import MoveReason
from subtitles.timing.cuts import Cuts
from subtitles.timing.grid import Grid
from subtitles.timing.moves import Heard, Way, readable_until


class Borrowing:
    """Moves in-times that are known already by two frames at most; all in ticks."""

    __slots__ = ("_cuts", "_end", "_grid", "_heard", "_starts", "_tolerance")

    def __init__(self, heard: Sequence[Heard], grid: Grid, cuts: Cuts, end: int | None) -> None:
        """With ``end``, the last tick of the media."""
        self._heard, self._grid, self._cuts, self._end = heard, grid, cuts, end
        self._tolerance = cuts.zones.tolerance
        self._starts: list[int] = []

    def lengthen(self, ways: Sequence[Way]) -> None:
        """Go on with the ways to in-times where borrowing makes a cue readable."""
        self._starts = [way[-1][0] for way in ways]
        for number in range(len(ways)):
            lack = self._readable(number) - self._available(number)
            if 0 < lack <= 2 * self._tolerance:
                self._borrow(number, lack)
        for way, start in zip(ways, self._starts, strict=True):
            if start != way[-1][0]:
                way.append((start, MoveReason.READING_SPEED))

    def _borrow(self, number: int, lack: int) -> None:
        before = min(lack, self._free_before(number))
        self._starts[number] -= before
        # Counted anew: an earlier start may need a frame more, since milliseconds are rounded.
        after = self._readable(number) - self._available(number)
        if after <= 0:
            return
        if self._can_wait(number, after):
            self._starts[number + 1] += after
        else:
            self._starts[number] += before

    def _free_before(self, number: int) -> int:
        """How much earlier a cue may start."""
        start = self._starts[number]
        if self._is_near_cut(start):
            return 0
        earliest = max(0, self._heard[number].first - self._tolerance)
        if number:
            shown = self._starts[number - 1] + self._grid.shortest
            needed = max(self._heard[number - 1].spoken, shown, self._readable(number - 1))
            earliest = max(earliest, needed + self._grid.min_gap)
        return max(0, start - earliest)

    def _can_wait(self, number: int, ticks: int) -> bool:
        """Whether the cue after ``number`` can start that much later, and this is of use."""
        if number + 1 == len(self._starts):
            return False
        later, start = self._heard[number + 1], self._starts[number + 1]
        if start - self._grid.min_gap > self._available(number) or self._is_near_cut(start):
            return False
        late = start + ticks
        needed = max(late + self._grid.shortest, readable_until(later, late, self._grid))
        return late <= later.first + self._tolerance and needed <= self._available(number + 1)

    def _readable(self, number: int) -> int:
        return readable_until(self._heard[number], self._starts[number], self._grid)

    def _available(self, number: int) -> int:
        """Until when a cue may be shown."""
        one, start = self._heard[number], self._starts[number]
        latest = start + self._grid.longest
        if number + 1 < len(self._starts):
            latest = min(latest, self._starts[number + 1] - self._grid.min_gap)
        if self._end is not None:
            latest = min(latest, self._end)
        return self._cuts.shot_end(latest, start, one.spoken)

    def _is_near_cut(self, tick: int) -> bool:
        """Whether a cut has, or could get, a say in an in-time."""
        reach = self._cuts.zones.half + self._tolerance
        cut = self._cuts.first_after(tick - reach)
        return cut is not None and cut < tick + reach
