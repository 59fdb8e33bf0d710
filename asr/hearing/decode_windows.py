"""Choosing the stretches that a recogniser with a fixed window is given (pure).

Whisper listens to 30 seconds at a time. Left alone it cuts where its own time tokens say, which
may be inside a sentence; with silence removed and the rest glued together its times smear. Here
each window is one unbroken stretch of the title, starts and ends in a pause, and holds speech.
Only speech that runs on for longer than a window is cut in the middle of it, twice: both windows
hear what is said around the cut, and `asr.hearing.seams` joins their words.
"""

from collections.abc import Callable, Sequence

from subtitles.span import Span

LONGEST_WINDOW_MS = 29_000
"""A little less than Whisper's 30 s, so that the padding never overflows it."""

WINDOW_OVERLAP_MS = 2_000
"""What two windows share where speech had to be cut: a second on each side of the cut, which is
longer than almost any word, so that every word is heard whole by one of them, and four or five
words by both."""

# A longer pause always ends a window: Whisper invents text for it.
_LONGEST_INNER_PAUSE_MS = 2000
# Among the pauses at which a full window could end, one in its last part keeps windows few.
_EARLIEST_CUT_MS = 12_000
# Kept around speech: what the detector missed at its edges. Pauses shorter than two of them are
# shared between their windows.
_MARGIN_MS = 400
_LONGEST_GROUP_MS = LONGEST_WINDOW_MS - 2 * _MARGIN_MS


def decode_windows(
    regions: Sequence[Span],
    *,
    duration_ms: int,
    weakest_ms: Callable[[Span], int] = lambda within: (within.start_ms + within.end_ms) // 2,
) -> tuple[Span, ...]:
    """Windows in order, none longer than `LONGEST_WINDOW_MS`, covering every region.

    They lie apart or touch, except inside a region that is longer than a window: those inside it
    overlap by `WINDOW_OVERLAP_MS`.

    Args:
        regions: Speech, in order, not overlapping.
        duration_ms: Of the audio; no window ends after it.
        weakest_ms: Where inside a stretch of pauseless speech it is best cut.
    """
    groups: list[Span] = []
    rest = [
        Span(region.start_ms, min(region.end_ms, duration_ms))
        for region in regions
        if region.start_ms < duration_ms
    ]
    while rest:
        count = _group_size(rest)
        group = Span(rest[0].start_ms, rest[count - 1].end_ms)
        if group.duration_ms <= _LONGEST_GROUP_MS:
            groups.append(group)
            rest = rest[count:]
        else:  # a region longer than a window comes alone
            cut_ms = weakest_ms(_where_to_cut(group))
            groups.append(Span(group.start_ms, cut_ms + WINDOW_OVERLAP_MS // 2))
            rest[0] = Span(cut_ms - WINDOW_OVERLAP_MS // 2, group.end_ms)
    return _with_margins(groups, duration_ms=duration_ms)


def _group_size(regions: Sequence[Span]) -> int:
    """How many of the first regions go into one window."""
    start_ms = regions[0].start_ms
    cuts: list[tuple[int, int]] = []  # (pause after that many regions, that many)
    for count in range(1, len(regions)):
        before, after = regions[count - 1], regions[count]
        pause_ms = after.start_ms - before.end_ms
        if pause_ms > _LONGEST_INNER_PAUSE_MS:
            return count
        if before.end_ms - start_ms >= _EARLIEST_CUT_MS:
            cuts.append((pause_ms, count))
        if after.end_ms - start_ms > _LONGEST_GROUP_MS:
            # The longest pause, of equal ones the later; without any, the last that still fits.
            return max(cuts)[1] if cuts else count
    return len(regions)


def _where_to_cut(region: Span) -> Span:
    """Late, so that windows are few, but not so late that the rest is hardly worth a window."""
    latest_ms = region.start_ms + _LONGEST_GROUP_MS - WINDOW_OVERLAP_MS // 2
    before_end_ms = region.end_ms - 2 * WINDOW_OVERLAP_MS
    return Span(region.start_ms + _EARLIEST_CUT_MS, min(latest_ms, before_end_ms))


def _with_margins(groups: Sequence[Span], *, duration_ms: int) -> tuple[Span, ...]:
    padded: list[Span] = []
    for index, group in enumerate(groups):
        lead = trail = _MARGIN_MS
        if index:
            lead = min(lead, _shared_pause_ms(groups[index - 1], group))
        if index + 1 < len(groups):
            trail = min(trail, _shared_pause_ms(group, groups[index + 1]))
        padded.append(Span(max(0, group.start_ms - lead), min(duration_ms, group.end_ms + trail)))
    return tuple(padded)


def _shared_pause_ms(one: Span, other: Span) -> int:
    """Each one's half of the pause between two windows; none where they overlap."""
    return max(0, other.start_ms - one.end_ms) // 2
