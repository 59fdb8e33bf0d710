"""What timing starts from and what it leaves behind: speech on the grid, and moves with reasons."""

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from subtitles.cues import Cue, CueKind, Edge, Move, MoveReason
from subtitles.span import Span
from subtitles.timing.grid import Grid

Way: TypeAlias = list[tuple[int, MoveReason]]
"""Where an edge goes, tick by tick, and why; the last tick is where it stays."""


class Heard(NamedTuple):
    """A cue on the grid, before its times are found (a tuple, which is made twice as fast).

    Attributes:
        cue: As it came.
        speech: When its words are said.
        first: The tick at or just before its speech.
        spoken: The tick at or just after its speech.
        reading_ms: How long it takes to read.
        is_said: Spoken or sung, and not something written in the picture.
    """

    cue: Cue
    speech: Span
    first: int
    spoken: int
    reading_ms: int
    is_said: bool


def heard(cue: Cue, reading_ms: int, grid: Grid) -> Heard:
    """The cue with its speech in ticks; without speech its span, as it was before any timing."""
    speech = cue.speech
    if speech is None:
        speech = _untimed(cue) if cue.moves else cue.span
    return Heard(
        cue,
        speech,
        grid.at_or_before(speech.start_ms),
        grid.at_or_after(speech.end_ms),
        reading_ms,
        cue.kind is not CueKind.FORCED_NARRATIVE,
    )


def readable_until(one: Heard, start: int, grid: Grid) -> int:
    """Until when a cue that starts at a tick has to stay to be read, as far as it may."""
    readable = grid.at_or_after(grid.ms(start) + one.reading_ms)
    return min(readable, max(one.spoken, start + 1) + grid.max_linger)


def with_times(one: Heard, in_way: Way, out_way: Way, grid: Grid) -> Cue:
    """The cue at the end of both ways, which start at its speech."""
    speech = one.speech
    in_moves = _moves(Edge.IN_TIME, speech.start_ms, in_way, grid)
    out_moves = _moves(Edge.OUT_TIME, speech.end_ms, out_way, grid)
    span = Span(
        in_moves[-1].to_ms if in_moves else speech.start_ms,
        out_moves[-1].to_ms if out_moves else speech.end_ms,
    )
    return _retimed(one.cue, span, (*in_moves, *out_moves))


def with_later_end(one: Heard, out_way: Way, grid: Grid) -> Cue:
    """The cue with its own in-time, its out-time at the end of a way that starts at its span."""
    cue = one.cue
    in_moves = _template_moves(one, Edge.IN_TIME)
    out_moves = _template_moves(one, Edge.OUT_TIME)
    further = _moves(Edge.OUT_TIME, cue.span.end_ms, out_way, grid)
    end_ms = further[-1].to_ms if further else cue.span.end_ms
    span = Span(cue.span.start_ms, end_ms)
    return _retimed(cue, span, (*in_moves, *out_moves, *further))


def _retimed(cue: Cue, span: Span, moves: tuple[Move, ...]) -> Cue:
    if span == cue.span and moves == cue.moves:
        return cue
    return replace(cue, span=span, moves=moves)


def _moves(edge: Edge, from_ms: int, way: Way, grid: Grid) -> list[Move]:
    moves: list[Move] = []
    for tick, reason in way:
        to_ms = grid.ms(tick)
        if to_ms != from_ms:
            moves.append(Move(edge=edge, from_ms=from_ms, to_ms=to_ms, reason=reason))
            from_ms = to_ms
    return moves


def _template_moves(one: Heard, edge: Edge) -> tuple[Move, ...]:
    """How the cue came by the time it has: its own moves, or one that says "so it was given"."""
    moves = _moves_that_hold(one.cue, edge)
    from_ms, to_ms = _edge_ms(one.speech, edge), _edge_ms(one.cue.span, edge)
    if from_ms == (moves[0].from_ms if moves else to_ms):
        return moves
    return (Move(edge=edge, from_ms=from_ms, to_ms=to_ms, reason=MoveReason.TEMPLATE),)


def _untimed(cue: Cue) -> Span:
    """Where a cue without speech stood before it was timed for the first time."""
    starts, ends = (_moves_that_hold(cue, edge) for edge in (Edge.IN_TIME, Edge.OUT_TIME))
    start_ms = starts[0].from_ms if starts else cue.span.start_ms
    end_ms = ends[0].from_ms if ends else cue.span.end_ms
    return Span(start_ms, end_ms) if start_ms <= end_ms else cue.span


def _moves_that_hold(cue: Cue, edge: Edge) -> tuple[Move, ...]:
    """The cue's moves of an edge; none when somebody has changed the time since."""
    moves = tuple(move for move in cue.moves if move.edge is edge)
    chained = all(one.to_ms == other.from_ms for one, other in pairwise(moves))
    return moves if moves and chained and moves[-1].to_ms == _edge_ms(cue.span, edge) else ()


def _edge_ms(span: Span, edge: Edge) -> int:
    return span.start_ms if edge is Edge.IN_TIME else span.end_ms
