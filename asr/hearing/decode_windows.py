"""Choosing the stretches that a recogniser with a fixed window is given (pure).

Whisper listens to 30 seconds at a time. Left alone it cuts where its own time tokens say, which
may be inside a sentence; with silence removed and the rest glued together its times smear. Here
each window is one unbroken stretch of the chunk, starts and ends in a pause, and holds speech.
"""

from collections.abc import Sequence

from subtitles.span import Span

LONGEST_WINDOW_MS = 29_000
"""A little less than Whisper's 30 s, so that the padding never overflows it."""

# A longer pause always ends a window: Whisper invents text for it.
_LONGEST_INNER_PAUSE_MS = 2000
# Among the pauses at which a full window could end, one in its last part keeps windows few.
_EARLIEST_CUT_MS = 12_000
# Kept around speech: what the detector missed at its edges. Pauses shorter than two of them are
# shared between their windows.
_MARGIN_MS = 400


def decode_windows(regions: Sequence[Span], *, duration_ms: int) -> tuple[Span, ...]:
    """Windows in order, apart or touching, covering every region.

    A window is at most `LONGEST_WINDOW_MS` long, except around a single region that is longer
    still (speech without any pause), which the recogniser must step through itself.

    Args:
        regions: Speech, in order, not overlapping.
        duration_ms: Of the audio; no window ends after it.
    """
    groups: list[Span] = []
    rest = [region for region in regions if region.start_ms < duration_ms]
    while rest:
        count = _group_size(rest)
        groups.append(Span(rest[0].start_ms, min(rest[count - 1].end_ms, duration_ms)))
        rest = rest[count:]
    return _with_margins(groups, duration_ms=duration_ms)


def _group_size(regions: Sequence[Span]) -> int:
    """How many of the first regions go into one window."""
    start_ms = regions[0].start_ms
    longest_ms = LONGEST_WINDOW_MS - 2 * _MARGIN_MS
    cuts: list[tuple[int, int]] = []  # (pause after that many regions, that many)
    for count in range(1, len(regions)):
        before, after = regions[count - 1], regions[count]
        pause_ms = after.start_ms - before.end_ms
        if pause_ms > _LONGEST_INNER_PAUSE_MS:
            return count
        if before.end_ms - start_ms >= _EARLIEST_CUT_MS:
            cuts.append((pause_ms, count))
        if after.end_ms - start_ms > longest_ms:
            # The longest pause, of equal ones the later; without any, the last that still fits.
            return max(cuts)[1] if cuts else count
    return len(regions)


def _with_margins(groups: Sequence[Span], *, duration_ms: int) -> tuple[Span, ...]:
    padded: list[Span] = []
    for index, group in enumerate(groups):
        lead = trail = _MARGIN_MS
        if index:
            lead = min(lead, (group.start_ms - groups[index - 1].end_ms) // 2)
        if index + 1 < len(groups):
            trail = min(trail, (groups[index + 1].start_ms - group.end_ms) // 2)
        padded.append(Span(max(0, group.start_ms - lead), min(duration_ms, group.end_ms + trail)))
    return tuple(padded)
