"""Better times for cues whose text people have kept, where the machine has moved them a little."""

from collections.abc import Sequence
from dataclasses import replace

from review.merging.hands import is_retimed
from review.merging.links import Places
from review.merging.source_cues import SourceCue
from review.tasks import ReviewCue
from subtitles.span import Span

SMALL_MOVE_MS = 120
"""Three frames of film: a cue whose ends move less than that renders the same words. Further away
it may have been cut otherwise, and then its time says nothing about a text that was kept."""


def retimed(
    cues: Sequence[ReviewCue], places: Sequence[Places], new: Sequence[SourceCue]
) -> tuple[ReviewCue, ...]:
    """The cues, those at new times that may have them.

    A cue takes the time of the one source cue it renders if nobody gave it its own, the move is
    small, and none of its neighbours stands in the way.

    Args:
        cues: In order of time.
        places: The new source cues that each renders.
        new: The new source.
    """
    found = list(cues)
    waiting = {
        number: new[one.start].span
        for number, (cue, one) in enumerate(zip(cues, places, strict=True))
        if len(one) == 1 and _may_move(cue, new[one.start].span)
    }
    while settled := [number for number in waiting if _is_free(waiting[number], number, found)]:
        number = settled[0]  # one at a time: it may stand in the way of the next, or give way to it
        span = waiting.pop(number)
        found[number] = replace(
            found[number], span=span, machine_span=span, version=found[number].version + 1
        )
    return tuple(found)


def _may_move(cue: ReviewCue, span: Span) -> bool:
    moves_ms = (abs(span.start_ms - cue.span.start_ms), abs(span.end_ms - cue.span.end_ms))
    return not is_retimed(cue) and 0 < max(moves_ms) < SMALL_MOVE_MS and span.duration_ms > 0


def _is_free(span: Span, number: int, cues: Sequence[ReviewCue]) -> bool:
    starts_free = number == 0 or cues[number - 1].span.end_ms <= span.start_ms
    ends_free = number + 1 == len(cues) or span.end_ms <= cues[number + 1].span.start_ms
    return starts_free and ends_free
