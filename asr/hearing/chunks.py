"""Gathering windows into chunks: what is recognised, cached and tried again as one (pure)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from asr.hearing.exact_edges import NOISE_REACH_MS
from asr.hearing.listening import ChunkSpeech
from asr.sound.chunking import ChunkPlan
from subtitles.span import Span


def gather(
    windows: Sequence[Span],
    *,
    audible: Sequence[Span],
    sure: Sequence[Span],
    plan: ChunkPlan,
    duration_ms: int,
) -> tuple[ChunkSpeech, ...]:
    """Consecutive windows, cut at the longest pause that makes a chunk as long as planned.

    A window is never split, so that one longer than the whole plan is a chunk of its own. After a
    long time in which nobody speaks a chunk may be shorter than planned. Around its windows a
    chunk holds a little of what surrounds them (the noise there tells where words begin), but
    nothing of its neighbours.

    Args:
        windows: In order, see `asr.hearing.decode_windows`.
        audible: Regions worth listening to, in order.
        sure: Regions that are surely speech, in order.
        plan: How long chunks are.
        duration_ms: Of the stream.
    """
    groups = _groups(windows, _pauses(windows, audible), plan)
    spans = _spans(groups, duration_ms)
    return tuple(
        ChunkSpeech(
            span=span,
            windows=tuple(group),
            audible=_touching(audible, group),
            sure=_touching(sure, group),
        )
        for group, span in zip(groups, spans, strict=True)
    )


def _pauses(windows: Sequence[Span], audible: Sequence[Span]) -> list[int]:
    """How long nobody is heard between each two windows; negative where they overlap."""
    starts = [region.start_ms for region in audible]
    ends = [region.end_ms for region in audible]
    pauses = []
    for one, other in pairwise(windows):
        if other.start_ms < one.end_ms:
            pauses.append(other.start_ms - one.end_ms)
            continue
        last = bisect_left(starts, one.end_ms) - 1
        following = bisect_right(ends, other.start_ms)
        pauses.append(starts[following] - ends[last])
    return pauses


def _groups(
    windows: Sequence[Span], pauses: Sequence[int], plan: ChunkPlan
) -> list[Sequence[Span]]:
    groups = []
    first = 0
    while first < len(windows):
        following = _end_of_group(windows, pauses, first, plan)
        groups.append(windows[first:following])
        first = following
    return groups


def _end_of_group(
    windows: Sequence[Span], pauses: Sequence[int], first: int, plan: ChunkPlan
) -> int:
    """Number of the first window that is not in the group any more."""
    start_ms = windows[first].start_ms
    cuts: list[tuple[int, int]] = []  # (pause before a window, its number)
    for number in range(first + 1, len(windows)):
        if windows[number - 1].end_ms - start_ms >= plan.shortest_ms:
            cuts.append((pauses[number - 1], number))
        if windows[number].end_ms - start_ms > plan.longest_ms:
            # The longest pause, of equal ones the later; without any, the last that still fits.
            return max(cuts)[1] if cuts else number
    return len(windows)


def _spans(groups: Sequence[Sequence[Span]], duration_ms: int) -> list[Span]:
    """What each chunk holds: its windows and up to `NOISE_REACH_MS` around them."""
    bounds = [Span(group[0].start_ms, group[-1].end_ms) for group in groups]
    spans = []
    for index, bound in enumerate(bounds):
        lead = trail = NOISE_REACH_MS
        if index:
            lead = min(lead, max(0, bound.start_ms - bounds[index - 1].end_ms) // 2)
        if index + 1 < len(bounds):
            trail = min(trail, max(0, bounds[index + 1].start_ms - bound.end_ms) // 2)
        spans.append(Span(max(0, bound.start_ms - lead), min(duration_ms, bound.end_ms + trail)))
    return spans


def _touching(regions: Sequence[Span], windows: Sequence[Span]) -> tuple[Span, ...]:
    """The regions that are in the windows, cut off where those end."""
    bound = Span(windows[0].start_ms, windows[-1].end_ms)
    first = bisect_right([region.end_ms for region in regions], bound.start_ms)
    last = bisect_left([region.start_ms for region in regions], bound.end_ms)
    return tuple(
        Span(max(region.start_ms, bound.start_ms), min(region.end_ms, bound.end_ms))
        for region in regions[first:last]
    )
