"""The stretches of speech whose voices are compared (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from subtitles.span import Span

WINDOW_MS = 1500
"""Long enough for a voice, short enough for one speaker: what diarization commonly uses."""

STEP_MS = 750
"""From one window of a region to the next: half of it, so that every moment is in two."""

SHORTEST_MS = 300
"""A shorter call holds hardly a syllable, and nothing of a voice."""

TELLING_MS = 700
"""Voices of shorter windows are too blurred to found a speaker; they join one that is known."""

LONGEST_REGION_MS = 60_000
"""Speech without a pause is decoded in pieces of this length, for the sake of memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRegion:
    """A region of speech and its windows, which follow each other without a pause.

    Attributes:
        span: On the title's own clock.
        windows: In order; half over each other where there are several.
    """

    span: Span
    windows: tuple[Span, ...]


def voice_regions(speech: Sequence[Span]) -> tuple[VoiceRegion, ...]:
    """Every region of speech that is long enough to hear a voice in, with its windows.

    Args:
        speech: Where somebody speaks, in order.
    """
    return tuple(
        VoiceRegion(span=piece, windows=_windows(piece))
        for region in speech
        for piece in _pieces(region)
        if piece.duration_ms >= SHORTEST_MS
    )


def _pieces(region: Span) -> list[Span]:
    count = max(1, -(-region.duration_ms // LONGEST_REGION_MS))
    cuts = [region.start_ms + region.duration_ms * number // count for number in range(count + 1)]
    return [Span(cuts[number], cuts[number + 1]) for number in range(count)]


def _windows(region: Span) -> tuple[Span, ...]:
    if region.duration_ms <= WINDOW_MS:
        return (region,)
    last = region.end_ms - WINDOW_MS
    starts = [*range(region.start_ms, last, STEP_MS), last]
    return tuple(Span(start, start + WINDOW_MS) for start in starts)


def shares(region: VoiceRegion) -> tuple[Span, ...]:
    """Which part of the region each window speaks for: up to halfway to its neighbours' middles."""
    middles = [(window.start_ms + window.end_ms) // 2 for window in region.windows]
    halfway = [(one + other) // 2 for one, other in pairwise(middles)]
    edges = [region.span.start_ms, *halfway, region.span.end_ms]
    return tuple(Span(start, end) for start, end in pairwise(edges))
