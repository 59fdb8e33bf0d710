"""Out-times: as long as the speech, the eye and the next cue need, and never on a cut."""

from subtitles.cues import MoveReason
from subtitles.timing.cuts import Cuts
from subtitles.timing.grid import Grid
from subtitles.timing.moves import Heard, Way


class _Ending:
    """One cue while its out-time is sought; all in ticks.

    Attributes:
        way: Where the out-time went.
        end: Where it is.
        room: The last tick that no hard rule forbids.
        least: The first tick of the shortest duration, ``room`` where there is less.
        spoken: End of the speech.
        readable: When it has been read, or has to go all the same.
        farthest: How long it may stay at all.
        following: Start of the next cue.
        cut: The first cut that it does not cross.
        latest: The last tick it may stay to by its own wish: before ``cut``, within ``room``.
    """

    __slots__ = (
        *("cut", "end", "farthest", "following", "latest", "least"),
        *("readable", "room", "spoken", "start", "way"),
    )

    def __init__(self, start: int, end: int, following: int | None) -> None:
        self.start, self.end, self.following = start, end, following
        self.way: Way = [(end, MoveReason.FRAME_GRID)]
        self.cut: int | None = None
        self.room = self.least = self.latest = self.readable = self.farthest = self.spoken = end

    def to(self, tick: int, reason: MoveReason) -> None:
        """Move the out-time."""
        if tick != self.end:
            self.end = tick
            self.way.append((tick, reason))


class OutTimes:
    """The out-times of cues whose in-times are known.

    By precedence: within the next cue's gap, the longest duration and the media; the shortest
    duration; the end of the speech; off the cuts; the gap to the next cue; reading speed; half a
    second of rest.
    """

    __slots__ = ("_cuts", "_grid", "_linger", "_media_end")

    def __init__(self, grid: Grid, cuts: Cuts, media_end: int | None, *, linger: bool) -> None:
        """With ``linger``, cues stay after the last word when nothing follows."""
        self._grid, self._cuts, self._media_end = grid, cuts, media_end
        self._linger = grid.linger if linger else 0

    def way(self, one: Heard, start: int, following: int | None) -> Way:
        """From the end of the speech to the out-time of a cue that starts at ``start``."""
        ending = _Ending(start, one.spoken, following)
        self._measure(ending, one, self._grid.ms(start), start)
        if self._cuts:
            self._leave_cuts(ending)
        return self._lengthened(ending, one)

    def way_from_template(self, one: Heard, following: int | None) -> Way:
        """From the out-time the cue has to a later one, earlier only where a hard rule is broken.

        ``following`` is the start of the next cue. A cue that leaves no room at all stays.
        """
        span, grid = one.cue.span, self._grid
        # An in-time between two ticks: the longest duration counts from the first, others from
        # the second.
        start, first = grid.at_or_before(span.start_ms), grid.at_or_after(span.start_ms)
        if following is not None and following - grid.min_gap <= first:
            return []
        ending = _Ending(start, grid.at_or_after(span.end_ms), following)
        self._measure(ending, one, span.start_ms, first)
        if self._cuts:
            self._stay_off_cuts(ending)
        return self._lengthened(ending, one)

    def _measure(self, ending: _Ending, one: Heard, start_ms: int, first: int) -> None:
        """How long the cue may and must stay, apart from cuts."""
        grid, following = self._grid, ending.following
        room, reason = ending.start + grid.longest, MoveReason.MAX_DURATION
        if self._media_end is not None and first < self._media_end < room:
            room, reason = self._media_end, MoveReason.MEDIA_END
        if following is not None and following - grid.min_gap < room:
            room, reason = following - grid.min_gap, MoveReason.COLLISION
        least = min(first + grid.shortest, room)
        if ending.end > room:
            ending.to(room, reason)
        if ending.end < least:
            ending.to(least, MoveReason.MIN_DURATION)
        # Speech without length, or of a cue that had to start later, still takes one tick.
        ending.spoken = max(one.spoken, ending.start + 1)
        ending.farthest = ending.spoken + grid.max_linger
        ending.readable = min(grid.at_or_after(start_ms + one.reading_ms), ending.farthest)
        ending.room, ending.latest, ending.least = room, room, least

    def _leave_cuts(self, ending: _Ending) -> None:
        """Off the half second after a cut and the two frames before one."""
        zones = self._cuts.zones
        crossed = self._cuts.last_before(ending.end)
        while crossed is not None and ending.start < crossed and ending.end < crossed + zones.half:
            end = ending.end
            self._leave_zone(ending, crossed)
            if ending.end >= end:
                break
            # Back before one cut may be just after another.
            crossed = self._cuts.last_before(ending.end)
        cut = self._cuts.first_at_or_after(ending.end)
        if cut is not None and cut - ending.end < zones.margin:
            self._leave_cut(ending, cut)
        self._stay_off_cuts(ending)

    def _leave_zone(self, ending: _Ending, crossed: int) -> None:
        """From within half a second after a cut: beyond it, or back to before the cut."""
        zones = self._cuts.zones
        beyond = crossed + zones.half
        back = self._cuts.clear_of_cuts(crossed - zones.margin)
        can_stay = beyond <= ending.room and self._crosses_nothing(ending.end, beyond)
        can_go = back >= max(ending.start + self._grid.shortest, ending.readable)
        # Speech that is over within two frames of the cut is taken to end with the shot.
        if can_go and (not can_stay or ending.spoken <= crossed + zones.tolerance):
            ending.to(back, MoveReason.SHOT_CHANGE)
        elif can_stay:
            ending.to(beyond, MoveReason.SHOT_CHANGE)

    def _leave_cut(self, ending: _Ending, cut: int) -> None:
        """From a cut, or the frame before it: back if the shortest duration allows, else beyond."""
        back = self._cuts.clear_of_cuts(ending.end)
        if back >= ending.least:
            ending.to(back, MoveReason.SHOT_CHANGE)
            return
        over: int | None = cut
        while over is not None and over < ending.room:
            for beyond in (over + self._cuts.zones.half, over + 1):
                if beyond <= ending.room and self._crosses_nothing(over + 1, beyond):
                    ending.to(beyond, MoveReason.SHOT_CHANGE)
                    return
            over = self._cuts.first_after(over)

    def _crosses_nothing(self, end: int, later: int) -> bool:
        """Whether no cut lies between two out-times, nor just after the later one."""
        cut = self._cuts.first_at_or_after(end)
        return cut is None or later <= cut - self._cuts.zones.margin

    def _stay_off_cuts(self, ending: _Ending) -> None:
        """From here on the cue stays within the shot it ends in."""
        ending.cut = self._cuts.first_at_or_after(ending.end)
        if ending.cut is not None:
            ending.latest = min(ending.room, ending.cut - self._cuts.zones.margin)
            ending.latest = max(ending.latest, ending.end)

    def _lengthened(self, ending: _Ending, one: Heard) -> Way:
        self._read(ending)
        if self._linger and one.is_said:
            self._rest(ending)
        self._reach_cut(ending)
        self._close_gap(ending)
        return ending.way

    def _read(self, ending: _Ending) -> None:
        """Long enough to be read, if it can be."""
        wanted = min(ending.readable, ending.latest)
        if wanted <= ending.end:
            return
        opened = self._with_open_gap(ending, wanted)
        if opened < wanted and not self._may_close(ending, wanted):
            wanted = opened
        if wanted > ending.end:
            ending.to(wanted, MoveReason.READING_SPEED)

    def _rest(self, ending: _Ending) -> None:
        """Half a second after the last word; less where that would close in on a cut or a cue."""
        zones = self._cuts.zones
        rest = min(ending.spoken + self._linger, ending.latest)
        if ending.cut is not None and zones.margin < ending.cut - rest < zones.half:
            rest = ending.cut - zones.half
        if ending.following is not None:
            rest = min(rest, ending.following - self._grid.min_open_gap)
        if rest > ending.end:
            ending.to(rest, MoveReason.LINGER)

    def _reach_cut(self, ending: _Ending) -> None:
        """From within half a second before a cut to two frames before it."""
        zones = self._cuts.zones
        if ending.cut is None or ending.cut - ending.end >= zones.half:
            return
        before = ending.cut - zones.margin
        if ending.end < before <= ending.latest:
            ending.to(before, MoveReason.SHOT_CHANGE)

    def _close_gap(self, ending: _Ending) -> None:
        """Up to the next cue where the gap is neither the smallest nor an open one."""
        if ending.following is None or self._with_open_gap(ending, ending.end) == ending.end:
            return
        if self._may_close(ending, ending.end):
            ending.to(ending.following - self._grid.min_gap, MoveReason.CHAINING)

    def _with_open_gap(self, ending: _Ending, tick: int) -> int:
        """``tick``, or the last one before it that leaves an open gap or the smallest one."""
        if ending.following is None:
            return tick
        gap = ending.following - tick
        if self._grid.min_gap < gap < self._grid.min_open_gap:
            return ending.following - self._grid.min_open_gap
        return tick

    def _may_close(self, ending: _Ending, tick: int) -> bool:
        """Whether an out-time at ``tick`` may go on to the next cue.

        Not over a cut. Not from half a second past the speech, unless the cue had to stay that long
        anyway and the next one comes before it has to go.
        """
        if ending.following is None:
            return False
        closed = ending.following - self._grid.min_gap
        near_speech = tick < ending.spoken + self._grid.min_open_gap
        return closed <= ending.latest and (near_speech or closed <= ending.farthest)
