"""What every keeper of timelines promises."""

import pytest
from review_desks import engine_of
from review_drafts import SteppingClock

from review.hearing import HeardWord
from review.sql.timelines import SqlTimelines
from review.timeline import Timeline
from subtitles.span import Span

HEARD = Timeline(
    duration_ms=90_000,
    peaks_hz=25,
    peaks="gH8=",
    shot_changes_ms=(1_000, 4_170),
    speech=(Span(500, 900), Span(2_000, 3_000)),
)


@pytest.fixture
def timelines(database_url):
    engine = engine_of(database_url)
    yield SqlTimelines(engine, SteppingClock())
    engine.dispose()


def test_what_is_kept_is_told(timelines):
    timelines.keep("film", HEARD)
    assert timelines.timeline("film") == HEARD


def test_the_latest_counts_and_twice_is_once(timelines):
    silent = Timeline(duration_ms=1, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    for one in (silent, HEARD, HEARD):
        timelines.keep("film", one)
    assert timelines.timeline("film") == HEARD


def test_of_an_unknown_film_nothing_is_known(timelines):
    assert timelines.timeline("other") is None
    assert timelines.timeline("\x00") is None
    assert timelines.words("other") == timelines.words("\x00") == ()


def test_words_are_kept_with_the_film_and_go_with_what_was_known_before(timelines):
    words = (
        HeardWord(text="“Não", span=Span(500, 700), percent=41, doubts=("unsure", "no-speech")),
        HeardWord(text="é.”", span=Span(700, 900), percent=100, speaker="B"),
        HeardWord(text="Ja", span=Span(900, 950), percent=3, doubts=("unsure",), speaker="A"),
    )
    timelines.keep("film", HEARD, words)
    assert timelines.words("film") == words
    assert timelines.timeline("film") == HEARD
    timelines.keep("film", HEARD)
    assert timelines.words("film") == ()
