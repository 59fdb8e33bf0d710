"""Every shot finder, the fake one included, behaves like this."""

from fractions import Fraction

import pytest
from film_factory import Reel, Shot, make_film, pictures_of
from media_factory import AudioTrack, clicks, make_media
from shot_fakes import ScriptedShotFinder

from asr.picture.av_shots import AvShotFinder
from asr.picture.shots import ShotChanges
from asr.sound.av_media import probe

SHOTS = (Shot(seed=1, frames=20), Shot(seed=2, frames=22), Shot(seed=3, frames=20))
CUT_MS = (800, 1680)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return probe(make_film(tmp_path_factory.mktemp("film") / "film.mp4", pictures_of(*SHOTS)))


@pytest.fixture(params=["fake", "av"])
def finder(request):
    return AvShotFinder() if request.param == "av" else ScriptedShotFinder(at_ms=CUT_MS, frames=62)


def ignored(_done_ms):
    return None


def test_it_finds_the_cuts_and_counts_the_pictures(finder, film):
    assert finder.find(film, advanced=ignored) == ShotChanges(at_ms=CUT_MS, frames=62)
    assert film.frame_rate == Fraction(25)


def test_its_signature_names_engine_and_version_and_stays(finder, film):
    before = finder.signature
    finder.find(film, advanced=ignored)
    assert finder.signature == before
    assert before.engine
    assert before.engine_version


def test_it_tells_how_far_it_is_in_order_and_within_the_title(finder, film):
    told = []
    finder.find(film, advanced=told.append)
    assert told == sorted(told)
    assert told
    assert all(0 <= done <= film.duration_ms for done in told)


def test_what_its_listener_raises_ends_the_work(finder, film):
    def stop(_done_ms):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        finder.find(film, advanced=stop)


def test_sound_alone_has_no_cuts(finder, tmp_path):
    track = AudioTrack(pieces=[(0.0, clicks(1, [0.5]))])
    asset = probe(make_media(tmp_path / "sound.m4a", audio=[track]))
    assert finder.find(asset, advanced=ignored) == ShotChanges()


def test_a_reel_of_one_shot_has_no_cuts(tmp_path):
    path = make_film(tmp_path / "one.mp4", pictures_of(SHOTS[0]), Reel())
    assert AvShotFinder().find(probe(path), advanced=ignored) == ShotChanges(frames=20)
