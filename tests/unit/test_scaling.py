"""The laws that the simulation of docs/SCALING.md keeps, and the figures it begins with."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling_model import (
    FILM_MINUTE_S,
    RECOGNIZED,
    SPEECH_MINUTE_S,
    START_S,
    Film,
    catalogue,
)
from scaling_simulation import House, simulate
from scaling_tables import lines

PLAN = Path(__file__).parents[2] / "docs" / "SCALING.md"
WORK = st.lists(st.integers(1, 500_000), max_size=40)
HOUSES = st.builds(
    House,
    workers=st.integers(1, 6),
    queue_ms=st.integers(0, 1_000),
    loss_ms=st.sampled_from([0, 50_000, 1_000_000]),
    notice_ms=st.integers(0, 200_000),
    repair_ms=st.integers(0, 200_000),
    again_ms=st.integers(0, 20_000),
)
SOUND = st.builds(House, workers=st.integers(1, 6), queue_ms=st.integers(0, 1_000))


@given(work=WORK, house=HOUSES, seed=st.integers(0, 99))
def test_no_title_is_lost_and_no_work_but_what_is_done_again_is_added(work, house, seed):
    night = simulate(work, house, seed=seed)
    assert sorted(night.done_ms) == list(range(len(work)))
    assert night.busy_ms == sum(work) + night.redone_ms
    assert night.redone_ms <= night.losses * house.again_ms


@given(work=WORK, house=HOUSES, seed=st.integers(0, 99))
def test_nobody_works_more_than_all_the_time(work, house, seed):
    night = simulate(work, house, seed=seed)
    assert night.most_at_once <= house.workers
    assert 0 <= night.utilisation(house.workers) <= 1


@given(work=WORK, house=HOUSES, seed=st.integers(0, 99))
def test_littles_law(work, house, seed):
    """Titles inside, on average, are their rate times their stay: counted in two ways."""
    night = simulate(work, house, seed=seed)
    assert night.inside_ms == sum(night.stays_ms)


@given(work=WORK, house=SOUND)
def test_without_losses_it_takes_as_long_as_it_must_and_not_much_longer(work, house):
    night = simulate(work, house)
    queued_ms = len(work) * house.queue_ms
    share_ms, longest_ms = -(-sum(work) // house.workers), max(work, default=0)
    assert max(share_ms, longest_ms) <= night.end_ms or not work
    assert night.end_ms <= queued_ms + share_ms + longest_ms
    assert night.losses == 0


@given(work=WORK, house=SOUND)
def test_a_further_worker_never_makes_it_longer(work, house):
    more = House(workers=house.workers + 1, queue_ms=house.queue_ms)
    assert simulate(work, more).end_ms <= simulate(work, house).end_ms


@given(work=WORK, house=HOUSES, seed=st.integers(0, 99))
def test_the_same_seed_is_the_same_night(work, house, seed):
    assert simulate(work, house, seed=seed) == simulate(work, house, seed=seed)


def test_titles_are_taken_in_their_order():
    night = simulate([5, 5, 5], House(workers=1, queue_ms=1))
    assert night.done_ms == {0: 6, 1: 11, 2: 16}
    assert (night.inside_ms, night.utilisation(1)) == (5 + 9 + 13, 15 / 16)


@pytest.mark.parametrize(("minutes", "speech", "seconds"), RECOGNIZED)
def test_the_model_goes_through_what_was_measured(minutes, speech, seconds):
    reckoned = START_S + FILM_MINUTE_S * minutes + SPEECH_MINUTE_S * speech
    assert reckoned == pytest.approx(seconds, rel=0.005)


def test_longer_films_and_more_languages_take_longer():
    works = [Film(minutes=m, speech_minutes=m / 2, languages=1).work_ms for m in (10, 60, 180)]
    works += [Film(minutes=180, speech_minutes=90, languages=n).work_ms for n in (2, 30)]
    assert all(less < more for less, more in pairwise(works))


def test_a_catalogue_is_the_same_for_the_same_seed():
    assert catalogue(9, languages=2, seed=1) == catalogue(9, languages=2, seed=1)
    assert catalogue(9, languages=2, seed=1) != catalogue(9, languages=2, seed=2)


@pytest.mark.slow  # two hundred thousand titles: seconds
def test_the_plan_has_the_tables_that_are_reckoned():
    plan = PLAN.read_text("utf-8").splitlines()
    missing = [line for line in lines() if line not in plan]
    assert not missing, "make scaling prints them"
