"""When cues come and go: in-times on speech, out-times long enough to read, gaps kept.

Precedence: order and no overlap, the smallest gap, the longest and shortest duration and whole
frames come first; then staying with the speech; then reading speed.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from subtitles.counting import text_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.profile import StyleProfile, min_gap_ms
from subtitles.span import MS_PER_SECOND, Span


class Grid:
    """The instants a cue may start or end at: whole frames, or milliseconds without a video.

    Limits are whole ticks (frames or milliseconds), rounded so that half a second at 25 frames/s is
    13 frames and five sixths of a second at 24 is 20.
    """

    __slots__ = (
        "_ms_unit",
        "_rate_unit",
        "frame_rate",
        "longest",
        "min_gap",
        "min_open_gap",
        "shortest",
    )

    def __init__(self, profile: StyleProfile, frame_rate: Fraction | None) -> None:
        self.frame_rate = frame_rate
        if frame_rate is None:
            self.min_gap = min_gap_ms(profile, None)
            self.min_open_gap = profile.min_open_gap_ms
            self.shortest, self.longest = profile.min_duration_ms, profile.max_duration_ms
            return
        self._ms_unit = MS_PER_SECOND * frame_rate.denominator
        self._rate_unit = frame_rate.numerator
        per_ms = frame_rate / MS_PER_SECOND
        self.min_gap = profile.min_gap_frames
        self.min_open_gap = floor(profile.min_open_gap_ms * per_ms + Fraction(1, 2))
        self.shortest = ceil(profile.min_duration_ms * per_ms)
        self.longest = round(profile.max_duration_ms * per_ms)

    def ms(self, tick: int) -> int:
        """The instant of a tick: `ms_from_frames` in whole numbers, which is much faster."""
        if self.frame_rate is None:
            return tick
        whole, rest = divmod(tick * self._ms_unit, self._rate_unit)
        # Half way, to the even one, as `round` has it.
        return whole + (2 * rest + (whole & 1) > self._rate_unit)

    def at_or_before(self, instant_ms: int) -> int:
        """The last tick that is not later."""
        if self.frame_rate is None:
            return instant_ms
        tick = instant_ms * self._rate_unit // self._ms_unit
        return tick + 1 if self.ms(tick + 1) <= instant_ms else tick

    def at_or_after(self, instant_ms: int) -> int:
        """The first tick that is not earlier."""
        tick = self.at_or_before(instant_ms)
        return tick if self.ms(tick) == instant_ms else tick + 1

    def ticks_between(self, earlier_ms: int, later_ms: int) -> int:
        """Whole ticks from one instant to another, to the nearest; negative when it lies before."""
        if self.frame_rate is None:
            return later_ms - earlier_ms
        return round((later_ms - earlier_ms) * self.frame_rate / MS_PER_SECOND)


def fit_spans(
    speech: Sequence[Span],
    reading_ms: Sequence[int],
    profile: StyleProfile,
    picture: Picture,
    *,
    linger: bool,
) -> tuple[Span, ...]:
    """When to show what is said at ``speech``, in order, and takes ``reading_ms`` to read.

    In-times are the tick at or just before the speech, later only where cues would collide.
    Out-times are never before the end of speech unless the next cue or the longest duration demands
    it. They go beyond it for the shortest duration, for reading (by ``max_linger_ms`` at most), to
    close a gap under ``min_open_gap_ms``, and by ``linger_ms`` with ``linger``.
    """
    grid = Grid(profile, picture.frame_rate)
    spans: list[Span] = []
    start = grid.at_or_before(speech[0].start_ms) if speech else 0
    for index, said in enumerate(speech):
        ends = _Ends(grid, profile, start, said, reading_ms[index])
        if index + 1 == len(speech):
            end = min(ends.relaxed if linger else ends.wanted, start + grid.longest)
            spans.append(Span(grid.ms(start), grid.ms(end)))
            break
        next_start = max(grid.at_or_before(speech[index + 1].start_ms), start + 1 + grid.min_gap)
        spans.append(Span(grid.ms(start), grid.ms(ends.before(next_start, linger=linger))))
        start = next_start
    return tuple(spans)


class _Ends:
    """Where a cue that starts at a tick may end."""

    __slots__ = ("_grid", "_last", "relaxed", "wanted")

    def __init__(
        self, grid: Grid, profile: StyleProfile, start: int, said: Span, reading_ms: int
    ) -> None:
        spoken = max(grid.at_or_after(said.end_ms), start + 1)
        can_linger = grid.at_or_after(grid.ms(spoken) + profile.max_linger_ms)
        readable = grid.at_or_after(grid.ms(start) + reading_ms)
        self._grid, self._last = grid, start + grid.longest
        self.wanted = max(spoken, start + grid.shortest, min(readable, can_linger))
        self.relaxed = max(self.wanted, grid.at_or_before(grid.ms(spoken) + profile.linger_ms))

    def before(self, next_start: int, *, linger: bool) -> int:
        """The tick to end at when the next cue starts at ``next_start``."""
        grid = self._grid
        latest = min(next_start - grid.min_gap, self._last)
        end = min(self.relaxed if linger else self.wanted, latest)
        if next_start - end >= grid.min_open_gap:
            return end
        # Too near for two cues that look apart: leave a proper gap if nothing is lost, else close.
        open_end = next_start - grid.min_open_gap
        return open_end if open_end >= self.wanted else latest


def reading_time_ms(lines: Sequence[str], profile: StyleProfile) -> int:
    """How long the rows take to read at the profile's speed."""
    width = text_width(lines, profile.counting)
    return ceil(width * MS_PER_SECOND / profile.max_chars_per_second)


def fit_times(cues: Sequence[Cue], profile: StyleProfile, picture: Picture) -> tuple[Cue, ...]:
    """The cues with out-times long enough to read in ``profile``'s language.

    For a translated track, whose spans came from its source: in-times stay (on the frame grid),
    out-times only grow, unless they overlap the next cue or exceed the longest duration.
    """
    spans = fit_spans(
        [cue.span for cue in cues],
        [reading_time_ms(cue.lines, profile) for cue in cues],
        profile,
        picture,
        linger=False,
    )
    return tuple(replace(cue, span=span) for cue, span in zip(cues, spans, strict=True))
