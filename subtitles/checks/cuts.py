"""Checks of a cue's times against the shot changes.

Zones and tolerances are those of the timing pass (`subtitles.timing.cuts`).
"""

from collections.abc import Iterator

from subtitles.checks.checked import Checkable, Neighbours
from subtitles.checks.standard import Standard
from subtitles.findings import Finding
from subtitles.span import Span

# The half second around a cut is that of the gaps, from the same publication.
_GUIDE = "min_open_gap_ms"


def check_cuts(cue: Checkable, beside: Neighbours, standard: Standard) -> Iterator[Finding]:
    """Ends on a cut, comes or goes too near one, stands over one; nothing without cuts."""
    if not standard.cuts:
        return
    grid = standard.grid
    start, end = grid.nearest(cue.span.start_ms), grid.nearest(cue.span.end_ms)
    crossed = _crossed_in_silence(start, end, cue.speech, standard)
    if crossed is not None:
        over_ms = grid.ms(end) - grid.ms(crossed)
        before_ms = grid.ms(crossed) - grid.ms(start)
        yield from standard.found("crosses-cut", cue.cue_id, min(over_ms, before_ms), 0, _GUIDE)
        return
    yield from _check_in_time(cue.cue_id, start, standard)
    if not _chained(end, beside, standard):
        yield from _check_out_time(cue.cue_id, start, end, standard)


def _chained(end: int, beside: Neighbours, standard: Standard) -> bool:
    """Whether the next cue decides where this one ends: a fault is then found at its in-time."""
    if beside.next_start_ms is None:
        return False
    return standard.grid.nearest(beside.next_start_ms) - end <= standard.grid.min_gap


def _crossed_in_silence(
    start: int, end: int, speech: Span | None, standard: Standard
) -> int | None:
    """A cut under the cue that its speech does not run over; None without, and without speech."""
    if speech is None:
        return None
    cuts, grid = standard.cuts, standard.grid
    said_from, said_to = grid.nearest(speech.start_ms), grid.nearest(speech.end_ms)
    tolerance = cuts.zones.tolerance
    cut = cuts.first_after(start)
    while cut is not None and cut < end:
        if not said_from - tolerance < cut < said_to + tolerance:
            return cut
        cut = cuts.first_after(cut)
    return None


def _check_in_time(cue_id: str, start: int, standard: Standard) -> Iterator[Finding]:
    cuts, half = standard.cuts, standard.cuts.zones.half
    before, after = cuts.last_at_or_before(start), cuts.first_after(start)
    if before == start:
        return
    near = [
        abs(start - cut) for cut in (before, after) if cut is not None and abs(start - cut) < half
    ]
    if near:
        yield from _found("in-time-near-cut", cue_id, min(near), half, standard)


def _check_out_time(cue_id: str, start: int, end: int, standard: Standard) -> Iterator[Finding]:
    cuts, zones = standard.cuts, standard.cuts.zones
    ahead, behind = cuts.first_at_or_after(end), cuts.last_before(end)
    if ahead is not None and ahead - end < zones.margin:
        yield from _found("out-time-at-cut", cue_id, ahead - end, zones.margin, standard)
    elif (ahead is not None and zones.margin < ahead - end < zones.half) or (
        behind is not None and start < behind and end - behind < zones.half
    ):
        distances = [abs(end - cut) for cut in (ahead, behind) if cut is not None]
        yield from _found("out-time-near-cut", cue_id, min(distances), zones.half, standard)


def _found(
    rule_id: str, cue_id: str, ticks: int, limit: int, standard: Standard
) -> Iterator[Finding]:
    """With the distance in frames, whatever a tick is."""
    grid = standard.grid
    measured, allowed = (
        (ticks, limit) if grid.frame_rate else (standard.frames(ticks), standard.frames(limit))
    )
    yield from standard.found(rule_id, cue_id, measured, allowed, _GUIDE)
