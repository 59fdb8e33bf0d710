"""A cue and all that follow, earlier or later."""

from dataclasses import replace

from review.errors import InvalidStepError
from review.steps.kinds import Shift
from review.steps.section import MAX_TIME_MS, Cues, Section, changed, require_room
from subtitles.span import Span
from subtitles.timing.grid import Grid


def shifted(section: Section, step: Shift) -> Cues:
    """The cues, those from the one named on at other times; the section holds them all.

    By a whole number of frames, what stands on a frame of the picture stands on one again.
    """
    if not step.by_ms:
        return section.cues
    place = section.place(step.cue_id)
    before, moving = section.beside(place, -1), section.cues[place:]
    if moving[0].span.start_ms + step.by_ms < 0:
        raise InvalidStepError("a cue cannot start before the title does")
    if moving[-1].span.end_ms + step.by_ms >= MAX_TIME_MS:
        raise InvalidStepError("a cue cannot be shown after a hundred hours")
    by = _Offset(section.grid, step.by_ms)
    moved = [
        changed(replace(cue, span=Span(by.from_ms(cue.span.start_ms), by.from_ms(cue.span.end_ms))))
        for cue in moving
    ]
    require_room(moved[0].span, before, None, now=moving[0].span)
    return (*section.cues[:place], *moved)


class _Offset:
    """A distance in time: in frames where it is whole frames, rounded; otherwise as it is."""

    def __init__(self, grid: Grid, by_ms: int) -> None:
        self._grid, self._by_ms = grid, by_ms
        ticks = grid.nearest(abs(by_ms))
        is_whole = abs(grid.ms(ticks) - abs(by_ms)) <= 1
        self._ticks = (ticks if by_ms > 0 else -ticks) if is_whole else None

    def from_ms(self, at_ms: int) -> int:
        """The instant at that distance from another."""
        grid = self._grid
        tick = grid.nearest(at_ms)
        if self._ticks is None or grid.ms(tick) != at_ms:
            return at_ms + self._by_ms
        return max(grid.ms(tick + self._ticks), 0)
