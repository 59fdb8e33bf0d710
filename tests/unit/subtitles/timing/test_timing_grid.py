"""The grid of frames and the zones around cuts, row by row of the published table."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import FRAME_RATES, frame_rates, profile

from subtitles.picture import Picture
from subtitles.span import ms_from_frames
from subtitles.timing.cuts import Cuts, CutZones
from subtitles.timing.grid import Grid

ENGLISH = profile("en")

# frames/s: smallest gap, open gap (half a second), shortest cue, its milliseconds, longest cue.
_LIMITS = [
    (Fraction(24000, 1001), 2, 12, 20, 834, 168),
    (Fraction(24), 2, 12, 20, 833, 168),
    (Fraction(25), 2, 13, 21, 840, 175),
    (Fraction(30000, 1001), 2, 15, 25, 834, 210),
    (Fraction(30), 2, 15, 25, 833, 210),
    (Fraction(50), 2, 25, 42, 840, 350),
    (Fraction(60000, 1001), 2, 30, 50, 834, 420),
    (Fraction(60), 2, 30, 50, 833, 420),
    (None, 83, 500, 833, 833, 7000),
]


@pytest.mark.parametrize(("rate", "gap", "open_gap", "shortest", "shortest_ms", "longest"), _LIMITS)
def test_limits_in_frames_follow_the_frame_rate(
    rate: Fraction | None, gap: int, open_gap: int, shortest: int, shortest_ms: int, longest: int
) -> None:
    grid = Grid(ENGLISH, rate)
    found = (grid.min_gap, grid.min_open_gap, grid.shortest, grid.longest)
    assert found == (gap, open_gap, shortest, longest)
    assert grid.ms(shortest) == shortest_ms


# frames/s: an in-time this far before a cut moves to it, or (to, and) back to half a second before.
@pytest.mark.parametrize(
    ("rate", "to_the_cut", "back", "half", "margin"),
    [
        (Fraction(24000, 1001), 8, (9, 11), 12, 2),
        (Fraction(24), 8, (9, 11), 12, 2),
        (Fraction(25), 9, (10, 12), 13, 2),
        (Fraction(30000, 1001), 10, (11, 14), 15, 2),
        (Fraction(30), 10, (11, 14), 15, 2),
        (Fraction(50), 18, (19, 24), 25, 2),
        (Fraction(60000, 1001), 22, (23, 29), 30, 2),
        (Fraction(60), 22, (23, 29), 30, 2),
        (None, 374, (375, 499), 500, 83),
    ],
)
def test_zones_around_a_cut_follow_the_frame_rate(
    rate: Fraction | None, to_the_cut: int, back: tuple[int, int], half: int, margin: int
) -> None:
    zones = CutZones(rate)
    assert (zones.snap, (zones.snap + 1, zones.half - 1)) == (to_the_cut, back)
    assert (zones.half, zones.margin, zones.tolerance) == (half, margin, margin)


@given(st.integers(0, 10_000_000), frame_rates())
def test_ticks_lie_around_an_instant_and_are_their_own_ticks(
    instant_ms: int, rate: Fraction | None
) -> None:
    grid = Grid(ENGLISH, rate)
    before, after = grid.at_or_before(instant_ms), grid.at_or_after(instant_ms)
    assert grid.ms(before) <= instant_ms <= grid.ms(after)
    assert after - before in (0, 1)
    assert before <= grid.nearest(instant_ms) <= after
    for tick in (before, after):
        assert grid.at_or_before(grid.ms(tick)) == grid.at_or_after(grid.ms(tick)) == tick
        assert grid.nearest(grid.ms(tick)) == tick
    assert grid.ticks_between(grid.ms(before), grid.ms(after)) == after - before
    assert grid.ticks_between(grid.ms(after), grid.ms(before)) == before - after


@given(st.integers(0, 10_000_000), st.sampled_from([rate for rate in FRAME_RATES if rate]))
def test_a_tick_is_the_instant_of_its_frame(frame: int, rate: Fraction) -> None:
    assert Grid(ENGLISH, rate).ms(frame) == ms_from_frames(frame, rate)


def test_an_odd_frame_rate_scales_like_the_others() -> None:
    grid, zones = Grid(ENGLISH, Fraction(12)), CutZones(Fraction(12))
    assert (grid.min_gap, grid.min_open_gap, grid.shortest, grid.longest) == (2, 6, 10, 84)
    assert (zones.snap, zones.half) == (4, 6)


def _cuts(*frames: int) -> Cuts:
    picture = Picture(
        frame_rate=Fraction(25), shot_changes_ms=tuple(frame * 40 for frame in frames)
    )
    return Cuts(picture.shot_changes_ms, Grid(ENGLISH, picture.frame_rate))


def test_a_cut_belongs_to_the_shot_it_begins() -> None:
    cuts = _cuts(100, 200)
    assert cuts
    assert [cuts.last_at_or_before(frame) for frame in (99, 100, 250)] == [None, 100, 200]
    assert [cuts.first_after(frame) for frame in (99, 100, 200)] == [100, 200, None]


def test_a_cue_that_ends_on_a_cut_has_not_crossed_it() -> None:
    cuts = _cuts(100, 200)
    assert [cuts.last_before(frame) for frame in (100, 101, 300)] == [None, 100, 200]
    assert [cuts.first_at_or_after(frame) for frame in (100, 101, 201)] == [100, 200, None]


def test_clear_of_cuts_steps_back_until_two_frames_before_one() -> None:
    cuts = _cuts(100, 101, 103, 200)
    found = [cuts.clear_of_cuts(frame) for frame in (98, 99, 100, 102, 104, 150, 199)]
    assert found == [98, 98, 98, 98, 104, 150, 198]


def test_audio_alone_has_no_cuts() -> None:
    cuts = _cuts()
    assert not cuts
    assert cuts.last_at_or_before(5) is cuts.first_after(5) is None
    assert cuts.clear_of_cuts(5) == 5
