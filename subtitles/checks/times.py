"""Checks of a cue's own times: long enough, on the grid, with its speech."""

from collections.abc import Iterator
from itertools import chain

from subtitles.checks.checked import Checkable, Neighbours, Shown
from subtitles.checks.standard import Standard
from subtitles.counting import chars_per_second
from subtitles.findings import Finding
from subtitles.span import Span

# Seven seconds are 168 frames, 7,007 ms, at 23.976/s: without a frame rate both must pass.
_WHOLE_FRAME_SLACK_MS = 7
# A time off its frame by no more was only rounded differently.
_ROUNDING_MS = 1
_TOLERANCE_FRAMES = 2
"""In-times this far off the speech pass as on it (Netflix Subtitle Timing Guidelines)."""


def check_speed(cue_id: str, shown: Shown, span: Span, standard: Standard) -> Iterator[Finding]:
    """Whether the text can be read in the time."""
    profile = standard.profile
    speed = chars_per_second(shown.lines, span.duration_ms, profile.counting)
    fastest = profile.max_chars_per_second
    if speed > fastest:
        yield from standard.found("reading-speed", cue_id, speed, fastest, "max_chars_per_second")


def check_times(cue_id: str, span: Span, standard: Standard) -> Iterator[Finding]:
    """Duration, frame grid and the end of the media."""
    grid, profile = standard.grid, standard.profile
    ticks = grid.ticks_between(span.start_ms, span.end_ms)
    slack = 0 if grid.frame_rate else _WHOLE_FRAME_SLACK_MS
    if ticks < grid.shortest:
        limit = profile.min_duration_ms
        yield from standard.found(
            "short-duration", cue_id, span.duration_ms, limit, "min_duration_ms"
        )
    elif ticks > grid.longest + slack:
        limit = profile.max_duration_ms
        yield from standard.found(
            "long-duration", cue_id, span.duration_ms, limit, "max_duration_ms"
        )
    if grid.frame_rate:
        off = max(abs(grid.ms(grid.nearest(at)) - at) for at in (span.start_ms, span.end_ms))
        if off > _ROUNDING_MS:
            yield from standard.found("off-grid", cue_id, off, _ROUNDING_MS)
    end_ms = standard.picture.duration_ms
    if end_ms is not None and span.end_ms > end_ms + standard.frame_ms:
        yield from standard.found("beyond-media-end", cue_id, span.end_ms - end_ms)


def check_speech(cue: Checkable, beside: Neighbours, standard: Standard) -> Iterator[Finding]:
    """Whether the cue comes and goes with what it renders; nothing where nobody knows that."""
    if cue.speech is None:
        return iter(())
    grid = standard.grid
    # From the frame it starts in to the end of the frame it ends in.
    speech = Span(
        grid.ms(grid.at_or_before(cue.speech.start_ms)),
        grid.ms(grid.at_or_after(cue.speech.end_ms)),
    )
    return chain(
        _check_in_time(cue, speech, beside, standard),
        _check_out_time(cue, speech, beside, standard),
    )


def _tolerance_ms(standard: Standard) -> int:
    return round(_TOLERANCE_FRAMES * standard.frame_ms) + _ROUNDING_MS


def _check_in_time(
    cue: Checkable, speech: Span, beside: Neighbours, standard: Standard
) -> Iterator[Finding]:
    """An in-time off the speech, unless it stands where a cut or the cue before puts it."""
    late = cue.span.start_ms - speech.start_ms
    limit = _tolerance_ms(standard)
    if abs(late) <= limit or _pulled_to_a_cut(cue.span.start_ms, standard):
        return
    if late < 0:
        yield from standard.found("early-in-time", cue.cue_id, -late, limit)
    elif not _touches(beside.previous_end_ms, cue.span.start_ms, standard):
        yield from standard.found("late-in-time", cue.cue_id, late, limit)


def _check_out_time(
    cue: Checkable, speech: Span, beside: Neighbours, standard: Standard
) -> Iterator[Finding]:
    """An out-time before the end of the speech, or long after it, for no good reason."""
    over = cue.span.end_ms - speech.end_ms
    profile, grid, limit = standard.profile, standard.grid, _tolerance_ms(standard)
    end = grid.nearest(cue.span.end_ms)
    length = end - grid.nearest(cue.span.start_ms)
    chained = _touches(cue.span.end_ms, beside.next_start_ms, standard)
    cut = standard.cuts.first_at_or_after(end)
    at_cut = cut is not None and cut - end == standard.cuts.zones.margin
    if over < -limit:
        if not (chained or at_cut or length >= grid.longest):
            yield from standard.found("ends-before-speech", cue.cue_id, -over, limit)
        return
    longest = profile.max_linger_ms + (profile.min_open_gap_ms if chained or at_cut else 0)
    # A cue that had to wait for the one before it may stay as long from its shortest time on.
    over = min(over, round((length - grid.shortest) * standard.tick_ms))
    if over > longest + limit:
        yield from standard.found("lingers", cue.cue_id, over, longest, "max_linger_ms")


def _pulled_to_a_cut(start_ms: int, standard: Standard) -> bool:
    """Whether an in-time is on a cut, or half a second before one."""
    start, half = standard.grid.nearest(start_ms), standard.cuts.zones.half
    return (
        standard.cuts.last_at_or_before(start) == start
        or standard.cuts.first_after(start) == start + half
    )


def _touches(end_ms: int | None, start_ms: int | None, standard: Standard) -> bool:
    """Whether no more than the smallest gap lies between one cue and the next."""
    if end_ms is None or start_ms is None:
        return False
    return standard.grid.ticks_between(end_ms, start_ms) <= standard.grid.min_gap
