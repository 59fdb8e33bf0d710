"""The title's language: judged all over the title, and as sure as the stretches agree."""

import pytest

from asr.hearing.language_vote import MOST_STRETCHES, probe_spans, vote
from asr.hearing.listening import ChunkSpeech, Listening
from asr.recognizer import SpokenLanguage
from subtitles.language import parse_language
from subtitles.span import Span

EN, FR, ES = parse_language("en"), parse_language("fr"), parse_language("es")


def chunk(*windows, sure=None):
    return ChunkSpeech(
        span=Span(windows[0].start_ms, windows[-1].end_ms),
        windows=windows,
        audible=windows,
        sure=windows if sure is None else tuple(sure),
    )


def listening(*chunks):
    return Listening(duration_ms=7_200_000, chunks=chunks, non_speech=())


def lines(count, *, start_ms, length_ms=20_000, step_ms=25_000):
    starts = [start_ms + number * step_ms for number in range(count)]
    return [Span(start, start + length_ms) for start in starts]


def test_stretches_are_spread_over_the_speech_of_the_title_not_over_its_time():
    song = chunk(*lines(2, start_ms=0))
    film = [chunk(*lines(10, start_ms=minute * 60_000)) for minute in (60, 65, 70, 75, 80)]
    probes = probe_spans(listening(song, *film))
    assert len(probes) == MOST_STRETCHES
    assert sum(probe.end_ms < 1_000_000 for probe in probes) <= 1
    assert list(probes) == sorted(probes)


def test_of_each_part_the_window_with_most_speech_is_taken():
    windows = [Span(n * 40_000, n * 40_000 + 25_000) for n in range(12)]
    sure = [
        Span(w.start_ms, w.start_ms + (9_000 if n % 2 else 10_000)) for n, w in enumerate(windows)
    ]
    probes = probe_spans(listening(chunk(*windows, sure=sure)))
    assert set(probes) == set(windows[::2])


def test_a_title_with_few_windows_is_judged_by_those():
    windows = lines(2, start_ms=5_000)
    assert probe_spans(listening(chunk(*windows))) == tuple(windows)


def test_whispers_are_judged_where_nobody_surely_speaks():
    windows = lines(3, start_ms=0)
    assert probe_spans(listening(chunk(*windows, sure=[]))) == tuple(windows)


def test_windows_without_sure_speech_have_no_part_in_it():
    sung, spoken = Span(0, 20_000), Span(30_000, 50_000)
    assert probe_spans(listening(chunk(sung, spoken, sure=[spoken]))) == (spoken,)


def test_stretches_of_pauseless_speech_do_not_overlap():
    windows = [Span(0, 28_000), Span(26_000, 54_000)]
    assert probe_spans(listening(chunk(*windows))) == (Span(0, 28_000), Span(28_000, 54_000))


def test_a_silent_title_has_nothing_to_judge():
    assert probe_spans(listening()) == ()


@pytest.mark.parametrize(
    ("heard", "tag", "probability"),
    [
        ([(EN, 0.9, 20_000)], EN, 0.9),
        ([(EN, 1.0, 20_000), (EN, 0.6, 20_000)], EN, 0.8),
        ([(FR, 0.9, 20_000), (EN, 0.9, 20_000), (EN, 0.9, 20_000)], EN, 0.6),
        # An unsure majority loses to a sure minority…
        ([(ES, 0.3, 20_000), (ES, 0.3, 20_000), (EN, 0.9, 20_000)], EN, 0.3),
        # …and a few seconds to a long stretch.
        ([(FR, 1.0, 2_000), (FR, 1.0, 2_000), (EN, 0.8, 20_000)], EN, 2 / 3),
        ([(FR, 0.9, 10_000), (EN, 0.9, 10_000)], FR, 0.45),
    ],
)
def test_the_vote_counts_speech_times_certainty(heard, tag, probability):
    spoken = vote(heard)
    assert (spoken.tag, spoken.probability) == (tag, pytest.approx(probability))
    assert not spoken.is_forced


@pytest.mark.parametrize("heard", [[], [(EN, 0.5, 0)]])
def test_without_speech_there_is_no_language(heard):
    assert vote(heard) is None


def test_a_vote_is_never_surer_than_certain():
    assert vote([(EN, 1.0, 3), (EN, 1.0, 3)]) == SpokenLanguage(tag=EN, probability=1.0)
