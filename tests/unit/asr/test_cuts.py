"""Hard cuts in constructed films: all of them, at the very frame, and nothing else."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from film_factory import Shot, cuts_of, dissolved, faded, flashed, pictures_of
from hypothesis import given
from hypothesis import strategies as st

from asr.picture.cuts import HEIGHT, WIDTH, CutDetector

THUMBNAIL = (WIDTH, HEIGHT)
FILM_RATE = Fraction(24000, 1001)


def film(*shots):
    return pictures_of(*shots, size=THUMBNAIL)


def found(pictures, rate=FILM_RATE):
    """Numbers of the frames that start a shot."""
    detector, cuts = CutDetector(), []
    for number, picture in enumerate(pictures):
        cuts += detector.feed(number / rate, picture)
    cuts += detector.finish()
    return [int(cut * rate) for cut in cuts]


WIDE = Shot(seed=1, frames=30)
CALM = (Shot(seed=2, frames=24, grain=2), Shot(seed=3, frames=24, grain=2))
RESTLESS = (
    Shot(seed=4, frames=24, pan=(0.06, 0.02), grain=3),
    Shot(seed=5, frames=20, shake=0.03, grain=3),
    Shot(seed=6, frames=24, zoom=0.03),
    Shot(seed=7, frames=24, pan=(-0.08, 0.0)),
)


@pytest.mark.parametrize(
    "shots",
    [
        pytest.param(CALM, id="calm"),
        pytest.param(RESTLESS, id="restless"),
        pytest.param((WIDE, Shot(seed=1, frames=30, close=1.8)), id="the same scene, closer"),
        pytest.param(
            (WIDE, Shot(seed=1, frames=30, at=(0.9, 0.2))), id="the same scene, elsewhere"
        ),
        pytest.param(
            tuple(Shot(seed=seed, frames=20, light=0.08, grain=0.2) for seed in (8, 9, 10)),
            id="night",
        ),
        pytest.param(tuple(Shot(seed=seed, frames=5) for seed in range(20, 40)), id="quick"),
        pytest.param(
            (Shot(seed=11, frames=20), Shot(seed=12, frames=20, light=0), Shot(seed=13, frames=20)),
            id="to black and back",
        ),
    ],
)
def test_every_hard_cut_is_found_at_its_frame(shots):
    assert found(film(*shots)) == cuts_of(*shots)


STILL = film(Shot(seed=14, frames=40))
MOVING = film(Shot(seed=15, frames=40, pan=(0.05, 0.0), grain=2))
OTHER = film(Shot(seed=16, frames=40, grain=2))


def whip_pan():
    """Stands still, is thrown round by a quarter of a picture a frame, stands still."""
    thrown = film(Shot(seed=17, frames=12, at=(0.0, 0.5), pan=(0.25, 0.0)))
    return [*[thrown[0]] * 20, *thrown, *[thrown[-1]] * 20]


@pytest.mark.parametrize(
    "pictures",
    [
        pytest.param(STILL * 3, id="a title that stands"),
        pytest.param(flashed(STILL, [10]), id="one flash"),
        pytest.param(flashed(MOVING, [10, 11, 12, 13]), id="a long flash while the camera moves"),
        pytest.param(flashed(STILL, [8, 10, 13, 14, 17, 21]), id="photographers"),
        pytest.param(flashed(STILL, range(0, 40, 2)), id="a strobe"),
        pytest.param(faded(STILL, 20) + faded(OTHER, 20)[::-1], id="out to black and in again"),
        pytest.param(faded(MOVING, 12, to=255), id="out to white"),
        pytest.param(faded(MOVING, 6)[::-1], id="a quick fade in"),
        *(
            pytest.param(dissolved(MOVING, OTHER, frames), id=f"a dissolve of {frames} frames")
            for frames in (5, 8, 12, 24, 36)
        ),
        pytest.param(whip_pan(), id="a whip pan"),
        pytest.param(film(Shot(seed=18, frames=40, zoom=0.08)), id="a fast zoom"),
        pytest.param(film(Shot(seed=19, frames=40, shake=0.03, grain=6)), id="a running camera"),
        pytest.param(film(Shot(seed=2, frames=40, light=0.03, grain=3)), id="noise in the dark"),
    ],
)
def test_nothing_else_is_taken_for_a_cut(pictures):
    assert found(pictures) == []


def test_a_flash_beside_the_cut_does_not_hide_it():
    pictures = film(*CALM)
    assert found(flashed(pictures, [23])) == [24]
    # Whose first picture the flash is, nobody can tell: the new shot starts where it is seen.
    assert found(flashed(pictures, [24])) == [25]
    assert found(flashed(pictures, [15])) == [24]


def test_a_cut_that_a_frame_rate_conversion_smeared_is_where_the_new_shot_is_clean():
    before, after = film(CALM[0]), film(CALM[1])
    smeared = [*before, (before[-1] + after[0]) / 2, *after]
    assert found(smeared) == [25]


@pytest.mark.parametrize("pattern", [(2, 3), (2,), (3,), (4,), (1, 1, 1, 2)])
def test_repeated_frames_are_no_rest_from_movement(pattern):
    pictures, shown, starts = film(*RESTLESS), [], []
    for number, picture in enumerate(pictures):
        starts.append(len(shown))
        shown += [picture] * pattern[number % len(pattern)]
    assert found(shown, Fraction(60)) == [starts[cut] for cut in cuts_of(*RESTLESS)]


def test_no_pictures_one_picture_and_equal_pictures_have_no_cut():
    grey = np.full((HEIGHT, WIDTH), 128, dtype=np.float32)
    assert found([]) == found([grey]) == found([grey] * 50) == []


def test_a_slide_show_is_cut_where_the_slides_change():
    slides = [film(Shot(seed=seed, frames=1))[0] for seed in (1, 2, 3)]
    assert found(slides, Fraction(1, 5)) == [1, 2]


def test_memory_is_bounded_however_long_the_film_and_fast_its_pictures():
    detector = CutDetector()
    pictures = film(*RESTLESS)
    for start, rate in ((0, Fraction(24)), (1000, Fraction(2000))):
        for number in range(2 * len(pictures)):
            list(detector.feed(start + number / rate, pictures[number % len(pictures)]))
            assert len(detector._seen) <= 125


def a_film(rng):
    """Up to five shots that pan, zoom and grain at random, and a frame rate."""
    pans, zooms = [(0.0, 0.0), (0.02, 0.01), (-0.035, 0.0), (0.0, 0.03)], [0.0, 0.01, -0.01]
    shots = [
        Shot(
            seed=int(seed),
            frames=int(rng.integers(16, 27)),
            pan=pans[rng.integers(4)],
            zoom=zooms[rng.integers(3)],
            light=[1.0, 0.7][rng.integers(2)],
            grain=[0.0, 2.0][rng.integers(2)],
        )
        for seed in rng.choice(500, rng.integers(2, 6), replace=False)
    ]
    return shots, [FILM_RATE, Fraction(25), Fraction(30000, 1001), Fraction(60)][rng.integers(4)]


@pytest.mark.parametrize("films", [15, pytest.param(1000, marks=pytest.mark.slow)])
def test_rows_of_shots_are_cut_where_they_were_joined(films):
    rng, joined, missed, invented = np.random.default_rng(7), 0, 0, 0
    for _ in range(films):
        shots, rate = a_film(rng)
        wanted, got = set(cuts_of(*shots)), set(found(film(*shots), rate))
        joined, missed, invented = (
            joined + len(wanted),
            missed + len(wanted - got),
            invented + len(got - wanted),
        )
    assert joined >= 2 * films
    # Two random scenes are alike now and then.
    assert missed <= joined // 200
    assert invented <= joined // 200


PALETTE = [*film(Shot(seed=1, frames=4, pan=(0.1, 0.0))), *film(Shot(seed=2, frames=2))]
PALETTE += [np.full((HEIGHT, WIDTH), level, dtype=np.float32) for level in (0, 3, 255)]


@given(
    st.lists(st.sampled_from(range(len(PALETTE))), max_size=60),
    st.lists(st.sampled_from([0, 1, 8, 17, 40, 42, 400]), min_size=60, max_size=60),
)
def test_whatever_is_shown_and_when_cuts_are_pictures_in_order_and_apart(shown, steps_ms):
    detector, cuts, times = CutDetector(), [], []
    for picture, step_ms in zip(shown, steps_ms, strict=False):
        times.append(times[-1] + Fraction(step_ms, 1000) if times else Fraction(0))
        cuts += detector.feed(times[-1], PALETTE[picture])
    cuts += detector.finish()
    assert set(cuts) <= set(times)
    assert not cuts or cuts[0] > 0 or times.count(0) > 1
    assert all(later - earlier >= Fraction(3, 20) for earlier, later in pairwise(cuts))
