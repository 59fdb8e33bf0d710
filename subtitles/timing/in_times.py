"""In-times: the first frame of the speech, moved to a cut near by where nothing is lost."""

from collections.abc import Sequence

from subtitles.cues import MoveReason
from subtitles.timing.borrowing import Borrowing
from subtitles.timing.cuts import Cuts
from subtitles.timing.grid import Grid
from subtitles.timing.moves import Heard, Way, readable_until

FARTHEST_MS = 1500
"""No in-time is farther from its speech for the sake of another cue's shortest duration (BBC
subtitle guidelines: at most 1.5 s before or after the words)."""


class InTimes:
    """The in-times of cues whose words are said in order.

    By precedence: cues stay in order, the smallest gap apart; each leaves the one before it its
    shortest duration; each starts with its speech; each goes to a cut within half a second.
    """

    __slots__ = ("_cuts", "_end", "_farthest", "_grid", "_heard")

    def __init__(self, heard: Sequence[Heard], grid: Grid, cuts: Cuts, end: int | None) -> None:
        """With ``end``, the last tick of the media."""
        self._heard, self._grid, self._cuts, self._end = heard, grid, cuts, end
        self._farthest = grid.nearest(FARTHEST_MS)

    def ways(self) -> list[Way]:
        """From the speech to the in-time, for every cue."""
        ways: list[Way] = []
        before: int | None = None
        for number, one in enumerate(self._heard):
            tick = one.first
            way: Way = [(tick, MoveReason.FRAME_GRID)]
            if before is not None and (apart := self._apart(before, tick)) > tick:
                tick = apart
                way.append((tick, MoveReason.COLLISION))
            if self._cuts and one.is_said:
                at_cut = self._at_cut(number, tick, before)
                if at_cut != tick:
                    tick = at_cut
                    way.append((tick, MoveReason.SHOT_CHANGE))
            ways.append(way)
            before = tick
        Borrowing(self._heard, self._grid, self._cuts, self._end).lengthen(ways)
        if self._end is not None:
            self._leave_time_to_end(ways, self._end)
        return ways

    def _apart(self, before: int, tick: int) -> int:
        """``tick``, or later, so that the cue which starts at ``before`` can be shown."""
        grid = self._grid
        polite = min(before + grid.shortest + grid.min_gap, tick + self._farthest)
        return max(tick, polite, before + 1 + grid.min_gap)

    def _at_cut(self, number: int, tick: int, before: int | None) -> int:
        """The in-time for a cue that would start at ``tick``; ``tick`` where no cut is near."""
        cuts, zones = self._cuts, self._cuts.zones
        ours, next_cut = cuts.last_at_or_before(tick), cuts.first_after(tick)
        since = zones.half if ours is None else tick - ours
        until = zones.half if next_cut is None else next_cut - tick
        if ours is not None and since < zones.half and since <= until:
            return ours if self._is_free(number, ours, before) else tick
        if next_cut is None or until >= zones.half:
            return tick
        if self._heard[number].spoken <= next_cut + zones.tolerance:
            return tick  # all of it is said in the shot that ends there
        if until <= zones.snap:
            return next_cut if self._can_wait(number, next_cut) else tick
        early = next_cut - zones.half
        # Not over the cut that began the shot.
        within = ours is None or ours <= early
        return early if within and self._is_free(number, early, before) else tick

    def _is_free(self, number: int, tick: int, before: int | None) -> bool:
        """Whether the cue before loses nothing when the next one starts at ``tick``."""
        if tick < 0:
            return False
        if before is None:
            return True
        previous, grid = self._heard[number - 1], self._grid
        latest = tick - grid.min_gap
        # What is said before a cut is shown no longer than to the cut, whatever comes after it.
        ends_here = previous.spoken <= tick == self._cuts.last_at_or_before(tick)
        return (
            previous.spoken <= tick + self._cuts.zones.tolerance
            and before + grid.shortest <= latest
            and (ends_here or readable_until(previous, before, grid) <= latest)
        )

    def _can_wait(self, number: int, tick: int) -> bool:
        """Whether a cue that starts only at ``tick`` still has its time to be read."""
        one, grid = self._heard[number], self._grid
        latest = tick + grid.longest
        if number + 1 < len(self._heard):
            latest = min(latest, self._heard[number + 1].first - grid.min_gap)
        if self._end is not None:
            latest = min(latest, self._end)
        latest = self._cuts.shot_end(latest, tick, one.spoken)
        readable = grid.at_or_after(grid.ms(tick) + one.reading_ms)
        return tick + grid.shortest <= latest and readable <= min(
            latest, one.spoken + grid.max_linger
        )

    def _leave_time_to_end(self, ways: list[Way], end: int) -> None:
        """Start the last cues earlier where the media ends too soon for their shortest duration."""
        earlier: list[int] = []
        latest = end - self._grid.shortest
        for way, one in zip(reversed(ways), reversed(self._heard), strict=True):
            tick = way[-1][0]
            # Order and gap come first, then staying near the speech.
            bound = max(latest, one.first - self._farthest)
            if earlier:
                bound = min(bound, earlier[-1] - self._grid.min_gap - 1)
            if tick <= bound:
                break
            earlier.append(bound)
            latest = bound - self._grid.min_gap - self._grid.shortest
        if earlier and earlier[-1] < 0:
            return  # more cues than the media has room for
        for way, tick in zip(reversed(ways), earlier, strict=False):
            way.append((tick, MoveReason.MEDIA_END))
