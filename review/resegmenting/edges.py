"""New cues between neighbours that stay: never over them, never nearer than the smallest gap."""

from collections.abc import Sequence
from dataclasses import replace

from subtitles.cues import Cue
from subtitles.span import Span
from subtitles.timing.grid import Grid


def fitted(
    cues: Sequence[Cue],
    before: Span | None,
    after: Span | None,
    grid: Grid,
    *,
    closes: bool,
) -> tuple[Cue, ...] | None:
    """The cues with an in-time and an out-time that their neighbours leave them; None without room.

    Args:
        cues: In order, none overlapping the next.
        before: The neighbour in front of them.
        after: The neighbour behind them.
        grid: Frames and limits.
        closes: Whether a gap to the neighbour behind that is too small to be left open is closed.
    """
    start_ms, end_ms = cues[0].span.start_ms, cues[-1].span.end_ms
    if before is not None:
        start_ms = max(start_ms, grid.ms(grid.at_or_after(before.end_ms) + grid.min_gap))
    if after is not None:
        last = grid.at_or_before(after.start_ms) - grid.min_gap
        latest_ms = grid.ms(max(0, last))
        is_gap = last - grid.at_or_before(end_ms) < grid.min_open_gap - grid.min_gap
        end_ms = latest_ms if closes and is_gap else min(end_ms, latest_ms)
    shortest_ms = grid.ms(grid.shortest) // 2
    placed = list(cues)
    for place, edge in ((0, {"start_ms": start_ms}), (-1, {"end_ms": end_ms})):
        span = placed[place].span
        wanted_ms = edge.get("end_ms", span.end_ms) - edge.get("start_ms", span.start_ms)
        if wanted_ms < min(shortest_ms, span.duration_ms):
            return None
        placed[place] = replace(placed[place], span=replace(span, **edge))
    return tuple(placed)
