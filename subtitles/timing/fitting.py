"""The timing pass: when cues come and go.

In-times on speech, out-times long enough to read, gaps closed or open, cuts respected. Precedence:
order and no overlap, the smallest gap, the shortest and longest duration and whole frames come
first; then staying with the speech; then cuts; then gaps; then reading speed. A move that would
break a rule further up is not made. Rules and limits are those of the published subtitle timing
guidelines (Netflix partner help, article 360051554394, revision 2025-07-04).
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from math import ceil

from subtitles.counting import text_width
from subtitles.cues import Cue
from subtitles.picture import Picture
from subtitles.span import MS_PER_SECOND
from subtitles.style.profile import StyleProfile
from subtitles.timing.cuts import Cuts
from subtitles.timing.grid import Grid
from subtitles.timing.in_times import InTimes
from subtitles.timing.moves import Heard, heard, with_later_end, with_times
from subtitles.timing.out_times import OutTimes

__all__ = ["TIMING_VERSION", "Grid", "reading_time_ms", "time_cues"]

TIMING_VERSION = "3"
"""Moves with every change that can time differently: part of every cache key."""


def time_cues(
    cues: Sequence[Cue],
    profile: StyleProfile,
    picture: Picture,
    *,
    linger: bool,
    keep_in_times: bool = False,
) -> tuple[Cue, ...]:
    """The same cues, with the times they are best shown at, each move of an end with its reason.

    A cue is timed by its ``speech``; where that is None, by its span as it was before any timing.
    The moves of an edge lead from the speech's own edge to the span's. Timing a timed track again
    changes nothing.

    Args:
        cues: In the order they are said; speech may overlap, or take no time.
        profile: Limits of the text's language.
        picture: Frame grid, cuts and end; with ``NO_PICTURE`` times are plain milliseconds.
        linger: Whether cues stay for a moment after the last word when nothing follows.
        keep_in_times: For a track on the times of another one (a translation on its source's, a
            template): in-times stay to the millisecond and out-times only grow, except where cues
            overlap, come closer than the smallest gap or exceed the longest duration.
    """
    grid = Grid(profile, picture.frame_rate)
    cuts = Cuts(picture.shot_changes_ms, grid)
    end = None if picture.duration_ms is None else grid.at_or_before(picture.duration_ms)
    ready = [heard(cue, reading_time_ms(cue.lines, profile), grid) for cue in cues]
    out_times = OutTimes(grid, cuts, end, linger=linger)
    if keep_in_times:
        return _later_ends(ready, out_times, grid)
    ways = InTimes(ready, grid, cuts, end).ways()
    starts = [way[-1][0] for way in ways]
    return tuple(
        with_times(one, way, out_times.way(one, way[-1][0], following), grid)
        for one, way, following in zip(ready, ways, _nexts(starts), strict=True)
    )


def _later_ends(ready: Sequence[Heard], out_times: OutTimes, grid: Grid) -> tuple[Cue, ...]:
    starts = [grid.at_or_before(one.cue.span.start_ms) for one in ready]
    return tuple(
        with_later_end(one, out_times.way_from_template(one, following), grid)
        for one, following in zip(ready, _nexts(starts), strict=True)
    )


def _nexts(starts: Sequence[int]) -> Iterator[int | None]:
    """The start of the next cue for every cue; the last has none."""
    return islice(chain(starts, [None]), 1, None)


def reading_time_ms(lines: Sequence[str], profile: StyleProfile) -> int:
    """How long the rows take to read at the profile's speed."""
    width = text_width(lines, profile.counting)
    return ceil(width * MS_PER_SECOND / profile.max_chars_per_second)
