"""A steady rate is known exactly, whatever the container makes of it; an unsteady one is none."""

from fractions import Fraction

import pytest
from film_factory import Reel, Shot, make_film, pictures_of
from hypothesis import assume, given
from hypothesis import strategies as st

from asr.picture.frame_rates import STANDARD_RATES, constant_rate, plausible, standard
from asr.sound.av_media import probe

TICKS = [Fraction(1, ticks) for ticks in (1000, 600, 12_800, 24_000, 90_000)]


def stamped(rate, tick_s, *, first=0, count=250, without=()):
    """Times of pictures as a container rounds them."""
    return [
        round(number / rate / tick_s) * tick_s
        for number in range(first, first + count)
        if number not in without
    ]


@given(
    st.sampled_from(STANDARD_RATES),
    st.sampled_from(TICKS),
    st.lists(st.integers(0, 170_000), min_size=1, max_size=4),
    st.sets(st.integers(0, 249), max_size=40),
)
def test_a_steady_rate_is_exact_through_any_rounding_and_dropped_pictures(
    rate, tick_s, firsts, dropped
):
    windows = [
        stamped(rate, tick_s, first=first, without={first + one for one in dropped})
        for first in firsts
    ]
    # What a container states is off by its rounding.
    stated = [Fraction(round(rate * 100), 100), rate * Fraction(997, 1000)]
    assert constant_rate(windows, tick_s=tick_s, stated=stated) == rate
    assert constant_rate(windows, tick_s=tick_s, stated=[]) == rate


@given(st.sampled_from(TICKS), st.data())
def test_an_unsteady_rate_is_none(tick_s, data):
    steps_ms = data.draw(st.lists(st.integers(17, 60), min_size=40, max_size=200))
    assume(len(set(steps_ms)) > 5)
    times, now = [], Fraction(0)
    for step in steps_ms:
        times.append(round(now / tick_s) * tick_s)
        now += Fraction(step, 1000)
    assert constant_rate([times], tick_s=tick_s, stated=[Fraction(30)]) is None


def test_two_rates_in_one_file_are_none_though_each_stretch_is_steady():
    tick_s = Fraction(1, 90_000)
    windows = [stamped(Fraction(24), tick_s), stamped(Fraction(30), tick_s)]
    assert constant_rate(windows, tick_s=tick_s, stated=[Fraction(24)]) is None


def test_film_pulled_down_to_alternating_steps_is_none():
    times = [Fraction(number * 5 // 2, 60) for number in range(100)]
    assert constant_rate([times], tick_s=Fraction(1, 90_000), stated=[Fraction(24)]) is None


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("23.98", Fraction(24000, 1001)),
        ("2997/125", Fraction(24000, 1001)),
        ("29.97", Fraction(30000, 1001)),
        ("59.94", Fraction(60000, 1001)),
        ("24", Fraction(24)),
        ("23.99", Fraction("23.99")),
        ("12.5", Fraction("12.5")),
        ("48", Fraction(48)),
    ],
)
def test_a_rate_written_with_few_digits_is_the_standard_one_and_any_other_stays(stated, meant):
    assert standard(Fraction(stated)) == meant


@pytest.mark.parametrize(("rate", "is_one"), [("25", True), ("90000", False), ("1/5", False)])
def test_time_bases_and_slide_shows_are_no_frame_rates(rate, is_one):
    assert plausible(Fraction(rate)) is is_one


SHORT = pictures_of(Shot(seed=1, frames=60), size=(64, 48))


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts", "avi"])
@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(60000, 1001)])
def test_the_rate_of_a_file_is_exact(tmp_path, suffix, rate):
    path = make_film(tmp_path / f"film.{suffix}", SHORT, Reel(rate=rate, codec="mpeg4", options={}))
    assert probe(path).frame_rate == rate


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_a_file_of_a_variable_rate_has_none(tmp_path, suffix):
    steps = [(2200, 3600, 2900, 4100, 3003)[number % 5] for number in range(len(SHORT))]
    stamps = [sum(steps[:number]) for number in range(len(SHORT))]
    path = make_film(tmp_path / f"film.{suffix}", SHORT, Reel(rate=Fraction(30), stamps=stamps))
    asset = probe(path)
    assert (asset.frame_rate, asset.has_video) == (None, True)
    assert asset.video_index == 0
