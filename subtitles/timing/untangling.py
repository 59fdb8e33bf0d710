"""The cues of any file as a track holds them: one after the other, never two at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from subtitles.cues import Cue, Edge, Move, MoveReason
from subtitles.span import Span

UNTANGLING_VERSION = "1"
"""Part of every cache key; raised when output changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untangled:
    """Cues in order of their in-times, and what had to be done to them.

    Attributes:
        cues: None overlaps another.
        shortened: Ids of those that end earlier than in the file.
        joined: Ids of those that hold the rows of others as well.
    """

    cues: tuple[Cue, ...]
    shortened: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


def untangled(cues: Iterable[Cue], shortest_ms: int) -> Untangled:
    """Cues that may overlap and be out of order, brought into order.

    A cue ends where the next one begins; where that would leave it less than the shortest time,
    the two are one cue, with the rows of both (the same rows once), for as long as either.

    Args:
        cues: Of a file.
        shortest_ms: What a viewer needs for the shortest cue.
    """
    found: list[Cue] = []
    shortened: dict[str, None] = {}
    joined: dict[str, None] = {}
    for cue in sorted(cues, key=lambda one: one.span):
        if not found or found[-1].span.end_ms <= cue.span.start_ms:
            found.append(cue)
            continue
        last = found[-1]
        if cue.span.start_ms - last.span.start_ms >= shortest_ms:
            found[-1] = _ending(last, cue.span.start_ms)
            found.append(cue)
            shortened[last.cue_id] = None
        else:
            found[-1] = _both(last, cue)
            joined[last.cue_id] = None
    return Untangled(cues=tuple(found), shortened=tuple(shortened), joined=tuple(joined))


def _ending(cue: Cue, end_ms: int) -> Cue:
    move = Move(
        edge=Edge.OUT_TIME,
        from_ms=cue.span.end_ms,
        to_ms=end_ms,
        reason=MoveReason.COLLISION,
    )
    return replace(cue, span=Span(cue.span.start_ms, end_ms), moves=(*cue.moves, move))


def _both(cue: Cue, other: Cue) -> Cue:
    lines = cue.lines if other.lines == cue.lines else (*cue.lines, *other.lines)
    end_ms = max(cue.span.end_ms, other.span.end_ms)
    return replace(cue, span=Span(cue.span.start_ms, end_ms), lines=lines)
