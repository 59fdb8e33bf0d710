"""What the timing pass keeps for any speech over any picture."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import track
from timing_cases import Scene, scenes

from subtitles.cues import Cue, Edge, MoveReason
from subtitles.span import Span
from subtitles.timing.cuts import Cuts
from subtitles.timing.fitting import reading_time_ms, time_cues
from subtitles.timing.grid import Grid
from subtitles.timing.in_times import FARTHEST_MS


class Timed:
    """One cue of a timed scene, in ticks."""

    def __init__(self, scene: Scene, cue: Cue, following: Cue | None) -> None:
        assert cue.speech is not None
        limits, picture = scene.limits, scene.picture
        self.cue, self.speech = cue, cue.speech
        self.grid = grid = Grid(limits, picture.frame_rate)
        self.cuts = Cuts(picture.shot_changes_ms, grid)
        self.cut_ticks = [grid.nearest(change) for change in picture.shot_changes_ms]
        self.start, self.end = grid.nearest(cue.span.start_ms), grid.nearest(cue.span.end_ms)
        self.following = None if following is None else grid.nearest(following.span.start_ms)
        self.heard = grid.at_or_before(cue.speech.start_ms)
        self.spoken = max(grid.at_or_after(cue.speech.end_ms), self.start + 1)
        self.farthest = self.spoken + grid.max_linger
        reading_ms = reading_time_ms(cue.lines, limits)
        self.readable = min(grid.at_or_after(cue.span.start_ms + reading_ms), self.farthest)
        self.room = self.start + grid.longest
        if self.following is not None:
            self.room = min(self.room, self.following - grid.min_gap)
        self.media_end = None
        if picture.duration_ms is not None:
            self.media_end = end = grid.at_or_before(picture.duration_ms)
            self.room = min(self.room, end) if end > self.start else self.room
        self.least = min(self.start + grid.shortest, self.room)
        # Where a cut that it does not cross ends it.
        cut = self.cuts.first_at_or_after(self.end)
        self.shot_room = self.room if cut is None else min(self.room, cut - self.cuts.zones.margin)

    def reasons(self, edge: Edge) -> list[MoveReason]:
        return [move.reason for move in self.cue.moves if move.edge is edge]

    @property
    def gap(self) -> int:
        """To the next cue; an open one after the last."""
        return self.grid.min_open_gap if self.following is None else self.following - self.end


def timed(scene: Scene, *, linger: bool = True) -> list[Timed]:
    """Every cue of the scene, timed."""
    cues = time_cues(scene.cues, scene.limits, scene.picture, linger=linger)
    return [
        Timed(scene, cue, following)
        for cue, following in zip(cues, [*cues[1:], None], strict=False)
    ]


def assert_hard_rules(scene: Scene) -> None:
    """No cue lost or reordered; all on the grid and apart; neither too long nor too short."""
    found = timed(scene)
    assert [(one.cue.cue_id, one.cue.lines, one.speech) for one in found] == [
        (cue.cue_id, cue.lines, cue.speech) for cue in scene.cues
    ]
    track([one.cue for one in found])  # which refuses overlaps
    for one in found:
        grid = one.grid
        assert one.cue.span == Span(grid.ms(one.start), grid.ms(one.end))
        assert 1 <= one.end - one.start <= grid.longest
        assert one.gap >= grid.min_gap
    at_the_end = any(
        one.end == one.media_end or MoveReason.MEDIA_END in one.reasons(Edge.IN_TIME)
        for one in found
    )
    for one, following in pairwise(found):
        if one.end - one.start < one.grid.shortest and not at_the_end:
            assert one.end == one.room
            # The next one has waited for it as long as it may.
            assert following.start >= following.heard + one.grid.nearest(FARTHEST_MS)


def assert_in_times_follow_the_speech(scene: Scene) -> None:
    """Each in-time is on its speech, on a cut near by, or where the cue before leaves room."""
    before: Timed | None = None
    for one in timed(scene):
        reasons, zones = one.reasons(Edge.IN_TIME), one.cuts.zones
        if MoveReason.COLLISION in reasons:
            assert before is not None
            assert before.start + 1 < one.start
            if MoveReason.SHOT_CHANGE not in reasons:
                # Either of the two may have lent or borrowed a frame or two.
                lent = 2 * zones.tolerance
                assert one.start <= before.start + one.grid.shortest + one.grid.min_gap + lent
        elif MoveReason.MEDIA_END not in reasons:
            assert one.heard - zones.half < one.start <= one.heard + zones.snap
        if reasons[-1:] == [MoveReason.READING_SPEED]:
            assert abs(one.start - one.heard) <= zones.tolerance
        if reasons[-1:] == [MoveReason.SHOT_CHANGE]:
            assert {one.start, one.start + zones.half} & set(one.cut_ticks)
        elif not set(reasons) - {MoveReason.FRAME_GRID}:
            assert one.start == one.heard
        before = one


def assert_out_times_keep_off_cuts(scene: Scene) -> None:
    """Never on a cut or just before; beyond one only with the speech, and then well beyond."""
    for one in timed(scene):
        zones, clear = one.cuts.zones, one.cuts.clear_of_cuts
        assert clear(one.end) == one.end or clear(one.end) < one.least or one.end == one.room
        crossed = [cut for cut in one.cut_ticks if one.start < cut < one.end]
        for cut in crossed:
            assert cut < one.spoken or clear(cut - zones.margin) < one.start + one.grid.shortest
        if crossed and one.end < crossed[-1] + zones.half:
            beyond = crossed[-1] + zones.half
            back = clear(crossed[-1] - zones.margin)
            assert beyond > one.shot_room or clear(beyond) != beyond
            assert back < max(one.start + one.grid.shortest, one.readable)


def assert_out_times_serve_speech_gap_and_reading(scene: Scene) -> None:
    """As late as all three want, where nothing stands against it."""
    for one in timed(scene):
        grid, left = one.grid, MoveReason.SHOT_CHANGE in one.reasons(Edge.OUT_TIME)
        assert one.end >= min(one.spoken, one.room) or left
        closed = one.end + one.gap - grid.min_gap
        if grid.min_gap < one.gap < grid.min_open_gap:
            late = one.end >= one.spoken + grid.min_open_gap and closed > one.farthest
            assert closed > one.shot_room or late
        # An out-time that a cut decided is not moved again.
        if one.end < min(one.readable, one.shot_room) and not left:
            # Or the longest duration keeps a gap from being closed, and reading alone may not.
            assert one.gap == grid.min_open_gap or closed > one.room


def assert_moves_lead_from_speech_to_span(scene: Scene) -> None:
    """Edge by edge, without a step that goes nowhere."""
    for one in timed(scene):
        span, speech = one.cue.span, one.speech
        ends = {
            Edge.IN_TIME: (speech.start_ms, span.start_ms),
            Edge.OUT_TIME: (speech.end_ms, span.end_ms),
        }
        for edge, (from_ms, to_ms) in ends.items():
            moves = [move for move in one.cue.moves if move.edge is edge]
            steps = [(from_ms, from_ms), *((move.from_ms, move.to_ms) for move in moves)]
            assert all(step[1] == following[0] for step, following in pairwise(steps))
            assert all(move.from_ms != move.to_ms for move in moves)
            assert steps[-1][1] == to_ms


def assert_timing_again_changes_nothing(scene: Scene) -> None:
    """Neither from scratch, nor as a template, with speech or without."""
    limits, picture = scene.limits, scene.picture
    speechless = tuple(replace(cue, speech=None) for cue in scene.cues)
    for cues in (scene.cues, speechless):
        once = time_cues(cues, limits, picture, linger=True)
        assert time_cues(once, limits, picture, linger=True) == once
        assert time_cues(once, limits, picture, linger=False, keep_in_times=True) == once


PROPERTIES = (
    assert_hard_rules,
    assert_in_times_follow_the_speech,
    assert_out_times_keep_off_cuts,
    assert_out_times_serve_speech_gap_and_reading,
    assert_moves_lead_from_speech_to_span,
    assert_timing_again_changes_nothing,
)


@pytest.mark.parametrize("holds", PROPERTIES)
def test_it_holds_for_any_scene(holds: Callable[[Scene], None]) -> None:
    given(scenes())(holds)()


@pytest.mark.slow
@settings(max_examples=2000)
@given(scenes())
def test_everything_holds_for_two_thousand_scenes(scene: Scene) -> None:
    for holds in PROPERTIES:
        holds(scene)


@st.composite
def templates(draw: st.DrawFn) -> tuple[Cue, ...]:
    """Cues with times of their own, whose speech may be elsewhere or unknown."""
    cues, now = [], 0
    for number, width in enumerate(draw(st.lists(st.integers(1, 84), max_size=8))):
        start = now + draw(st.sampled_from([0, 1, 40, 83, 300, 480]) | st.integers(0, 3000))
        now = start + draw(st.sampled_from([1, 41, 833]) | st.integers(1, 8000))
        speech = None
        if draw(st.booleans()):
            heard = max(0, start + draw(st.integers(-600, 600)))
            speech = Span(heard, heard + draw(st.integers(0, 8000)))
        cue = Cue(cue_id=f"t{number}", span=Span(start, now), lines=("x" * width,), speech=speech)
        cues.append(cue)
    return tuple(cues)


@given(templates(), scenes(), st.booleans())
def test_a_template_keeps_its_in_times_and_never_shrinks_but_for_hard_rules(
    given_cues: tuple[Cue, ...], scene: Scene, linger: bool
) -> None:
    limits, picture = scene.limits, scene.picture
    grid = Grid(limits, picture.frame_rate)
    found = time_cues(given_cues, limits, picture, linger=linger, keep_in_times=True)
    track(found)
    for before, after, following in zip(given_cues, found, [*given_cues[1:], None], strict=False):
        assert after.span.start_ms == before.span.start_ms
        room = grid.at_or_before(before.span.start_ms) + grid.longest
        if picture.duration_ms is not None:
            end = grid.at_or_before(picture.duration_ms)
            room = min(room, end) if end > grid.at_or_after(before.span.start_ms) else room
        if following is not None:
            room = min(room, grid.at_or_before(following.span.start_ms) - grid.min_gap)
        room_ms = grid.ms(max(0, room))
        assert after.span.end_ms >= min(before.span.end_ms, room_ms)
        assert after.span.end_ms <= max(before.span.end_ms, room_ms)
    again = time_cues(found, limits, picture, linger=linger, keep_in_times=True)
    assert again == found
