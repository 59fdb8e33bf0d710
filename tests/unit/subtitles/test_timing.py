"""The timing pass: a table by frame rate, single cases, and what must hold for any cues."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import FRAME_RATES, cue, frame_rates, profile

from subtitles.counting import chars_per_second
from subtitles.picture import NO_PICTURE, Picture
from subtitles.span import Span, ms_from_frames
from subtitles.timing import Grid, fit_spans, fit_times, reading_time_ms

ENGLISH = profile("en")


# From "half a second", two frames, five sixths of a second and seven seconds.
@pytest.mark.parametrize(
    ("rate", "gap", "open_gap", "shortest", "longest"),
    [
        (Fraction(24000, 1001), 2, 12, 20, 168),
        (Fraction(24), 2, 12, 20, 168),
        (Fraction(25), 2, 13, 21, 175),
        (Fraction(30000, 1001), 2, 15, 25, 210),
        (Fraction(30), 2, 15, 25, 210),
        (Fraction(50), 2, 25, 42, 350),
        (Fraction(60000, 1001), 2, 30, 50, 420),
        (Fraction(60), 2, 30, 50, 420),
        (None, 83, 500, 833, 7000),
    ],
)
def test_limits_in_frames_follow_the_frame_rate(
    rate: Fraction | None, gap: int, open_gap: int, shortest: int, longest: int
) -> None:
    grid = Grid(ENGLISH, rate)
    found = (grid.min_gap, grid.min_open_gap, grid.shortest, grid.longest)
    assert found == (gap, open_gap, shortest, longest)


@given(st.integers(0, 10_000_000), frame_rates())
def test_ticks_lie_around_an_instant_and_are_their_own_ticks(
    instant_ms: int, rate: Fraction | None
) -> None:
    grid = Grid(ENGLISH, rate)
    before, after = grid.at_or_before(instant_ms), grid.at_or_after(instant_ms)
    assert grid.ms(before) <= instant_ms <= grid.ms(after)
    assert after - before in (0, 1)
    for tick in (before, after):
        assert grid.at_or_before(grid.ms(tick)) == grid.at_or_after(grid.ms(tick)) == tick
    assert grid.ticks_between(grid.ms(before), grid.ms(after)) == after - before


@given(st.integers(0, 10_000_000), st.sampled_from([rate for rate in FRAME_RATES if rate]))
def test_a_tick_is_the_instant_of_its_frame(frame: int, rate: Fraction) -> None:
    assert Grid(ENGLISH, rate).ms(frame) == ms_from_frames(frame, rate)


def shown(
    *spans: tuple[int, int], reading_ms: int = 0, linger: bool = True
) -> list[tuple[int, int]]:
    """Fit English cues without frames."""
    found = fit_spans(
        [Span(*span) for span in spans],
        [reading_ms] * len(spans),
        ENGLISH,
        NO_PICTURE,
        linger=linger,
    )
    return [(span.start_ms, span.end_ms) for span in found]


def test_a_cue_lingers_half_a_second_when_nothing_follows() -> None:
    assert shown((1000, 3000)) == [(1000, 3500)]
    assert shown((1000, 3000), linger=False) == [(1000, 3000)]


def test_a_short_word_is_shown_for_the_shortest_duration() -> None:
    assert shown((1000, 1100), linger=False) == [(1000, 1833)]


def test_a_cue_stays_until_it_can_be_read_but_not_for_ever() -> None:
    assert shown((1000, 3000), reading_ms=3000) == [(1000, 4000)]
    assert shown((1000, 3000), reading_ms=9000) == [(1000, 4500)]


def test_a_small_gap_is_closed_to_two_frames() -> None:
    assert shown((1000, 3000), (3300, 5000))[0] == (1000, 3217)


def test_a_gap_that_would_be_neither_small_nor_open_becomes_open() -> None:
    # 900 ms of silence: lingering for 500 would leave 400.
    assert shown((1000, 3000), (3900, 5000))[0] == (1000, 3400)


def test_such_a_gap_is_closed_when_reading_needs_the_time() -> None:
    assert shown((1000, 3000), (3900, 5000), reading_ms=2500)[0] == (1000, 3817)


def test_an_open_gap_stays_open() -> None:
    assert shown((1000, 3000), (4000, 5000))[0] == (1000, 3500)


def test_the_longest_duration_ends_a_word_that_never_ends() -> None:
    assert shown((1000, 30_000), (31_000, 32_000))[0] == (1000, 8000)


def test_touching_speech_leaves_the_smallest_gap() -> None:
    assert shown((1000, 3000), (3000, 5000))[0] == (1000, 2917)


def test_words_at_one_instant_come_one_after_the_other() -> None:
    spans = shown((1000, 1000), (1000, 1000), (1000, 1000))
    assert spans == [(1000, 1001), (1084, 1085), (1168, 2001)]


def test_frames_at_24_per_second() -> None:
    found = fit_spans(
        [Span(1010, 3010), Span(3100, 5000)],
        [0, 0],
        ENGLISH,
        Picture(frame_rate=Fraction(24)),
        linger=True,
    )
    assert found == (Span(1000, 3000), Span(3083, 5500))


def test_nothing_gives_nothing() -> None:
    assert fit_spans([], [], ENGLISH, NO_PICTURE, linger=True) == ()
    assert fit_times([], ENGLISH, NO_PICTURE) == ()


def test_reading_time_is_width_over_speed() -> None:
    assert reading_time_ms(("x" * 40,), ENGLISH) == 2000
    assert reading_time_ms(("あ" * 8,), profile("ja")) == 2000
    assert reading_time_ms((), ENGLISH) == 0


def test_a_translation_that_takes_longer_to_read_stays_longer() -> None:
    cues = [cue("x" * 42, 1000, 2500), cue("y", 6000, 8000, cue_id="c2")]
    fitted = fit_times(cues, profile("pt-BR"), NO_PICTURE)
    assert fitted[0].span == Span(1000, 1000 + 2471)
    assert chars_per_second(fitted[0].lines, fitted[0].span.duration_ms, ENGLISH.counting) <= 17
    assert fitted[1] == cues[1]


def test_a_translation_never_runs_into_the_next_cue() -> None:
    cues = [cue("x" * 42, 1000, 2000), cue("y", 2400, 4000, cue_id="c2")]
    assert fit_times(cues, profile("pt-BR"), NO_PICTURE)[0].span == Span(1000, 2317)


@st.composite
def speech(draw: st.DrawFn) -> list[Span]:
    """Spans in order of their start; some overlap, some take no time."""
    spans, now = [], 0
    for _ in range(draw(st.integers(0, 12))):
        now += draw(st.integers(0, 4000) | st.just(0))
        spans.append(Span(now, now + draw(st.integers(0, 9000) | st.just(0))))
    return spans


@given(speech(), st.data(), frame_rates(), st.booleans(), st.sampled_from(["en", "ja"]))
def test_hard_limits_hold_for_any_speech(
    said: list[Span], data: st.DataObject, rate: Fraction | None, linger: bool, tag: str
) -> None:
    limits = profile(tag)
    reading = data.draw(
        st.lists(st.integers(0, 9000), min_size=len(said), max_size=len(said)), label="reading"
    )
    found = fit_spans(said, reading, limits, Picture(frame_rate=rate), linger=linger)
    grid = Grid(limits, rate)
    assert len(found) == len(said)
    for span in found:
        ticks = grid.ticks_between(span.start_ms, span.end_ms)
        assert 1 <= ticks <= grid.longest
        assert span.start_ms == grid.ms(grid.at_or_before(span.start_ms))
        assert span.end_ms == grid.ms(grid.at_or_before(span.end_ms))
    for earlier, later in pairwise(found):
        assert later.start_ms >= earlier.end_ms
        assert grid.ticks_between(earlier.end_ms, later.start_ms) >= grid.min_gap


@given(speech(), frame_rates(), st.booleans())
def test_in_times_stay_on_speech_unless_cues_collide(
    said: list[Span], rate: Fraction | None, linger: bool
) -> None:
    found = fit_spans(said, [0] * len(said), ENGLISH, Picture(frame_rate=rate), linger=linger)
    frame_ms = 1000 / (rate or 1000)
    for number, (heard, span) in enumerate(zip(said, found, strict=True)):
        assert span.start_ms > heard.start_ms - frame_ms - 1
        pushed = number and span.start_ms > heard.start_ms
        if pushed:
            # Later than speech only to leave the cue before it one tick and the gap.
            before = found[number - 1]
            assert before.duration_ms <= frame_ms + 1
        elif not number:
            assert span.start_ms <= heard.start_ms


@given(speech(), st.integers(0, 9000), frame_rates())
def test_out_times_serve_speech_reading_and_the_shortest_duration_where_there_is_room(
    said: list[Span], reading_ms: int, rate: Fraction | None
) -> None:
    found = fit_spans(
        said, [reading_ms] * len(said), ENGLISH, Picture(frame_rate=rate), linger=True
    )
    grid = Grid(ENGLISH, rate)
    for number, (heard, span) in enumerate(zip(said, found, strict=True)):
        if grid.ticks_between(span.start_ms, span.end_ms) == grid.longest:
            continue
        if number + 1 < len(found):
            gap = grid.ticks_between(span.end_ms, found[number + 1].start_ms)
            if gap == grid.min_gap:
                continue  # there is no more room
            assert gap >= grid.min_open_gap, "a gap is the smallest one or an open one"
        assert span.end_ms >= heard.end_ms
        assert grid.ticks_between(span.start_ms, span.end_ms) >= grid.shortest
        can_linger = span.end_ms >= heard.end_ms + ENGLISH.max_linger_ms
        assert span.duration_ms >= reading_ms or can_linger


@given(speech(), frame_rates())
def test_times_that_fit_already_stay(said: list[Span], rate: Fraction | None) -> None:
    first = fit_spans(said, [0] * len(said), ENGLISH, Picture(frame_rate=rate), linger=False)
    assert (
        fit_spans(first, [0] * len(said), ENGLISH, Picture(frame_rate=rate), linger=False) == first
    )


def test_cues_keep_everything_but_their_times() -> None:
    before = cue("text", 1000, 1100, confidence=0.4, source_cue_ids=("s1",))
    (after,) = fit_times([before], ENGLISH, NO_PICTURE)
    assert after == replace(before, span=Span(1000, 1833))


def test_a_longer_linger_is_the_profiles_to_give() -> None:
    patient = replace(ENGLISH, linger_ms=1200)
    found = fit_spans([Span(0, 2000)], [0], patient, NO_PICTURE, linger=True)
    assert found == (Span(0, 3200),)
