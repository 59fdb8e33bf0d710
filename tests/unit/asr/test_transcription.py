"""Chunk transcripts become one transcript: nothing lost, doubled or out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.errors import NoSpeechError, UnjoinablePartsError
from asr.recognizer import ChunkTranscript
from asr.transcription import join
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

MADE_BY = EngineSignature(engine="scripted", engine_version="1")
EN, FR = parse_language("en"), parse_language("fr")


def word(text, start_ms, end_ms):
    return Word(text=text, span=Span(start_ms, end_ms), probability=0.9)


def part(*words, language=EN, probability=1.0):
    return ChunkTranscript(language=language, language_probability=probability, words=words)


def silent(language=None):
    return part(language=language, probability=1.0 if language else 0.0)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_every_word_comes_once_and_in_order(counts):
    words = [word(f" w{index}", index * 100, index * 100 + 80) for index in range(sum(counts))]
    left, parts = list(words), []
    for count in counts:
        parts.append(part(*left[:count]))
        del left[:count]
    transcript = join("media", parts, MADE_BY)
    assert list(transcript.words) == words
    assert transcript.made_by == MADE_BY
    assert transcript.media_id == "media"


def test_the_language_spoken_longest_wins_and_silence_has_no_vote():
    parts = [
        silent(),
        part(word("a", 0, 100), language=FR),
        part(word("b", 200, 1_200), language=EN, probability=0.8),
        silent(FR),
    ]
    transcript = join("media", parts, MADE_BY)
    assert (transcript.language, transcript.language_probability) == (EN, pytest.approx(0.8))


def test_a_chunk_that_is_unsure_of_its_language_counts_less():
    parts = [
        part(word("a", 0, 1_000), language=FR, probability=0.3),
        part(word("b", 2_000, 2_500), language=EN, probability=0.9),
    ]
    assert join("media", parts, MADE_BY).language == EN


def test_the_probability_is_weighted_by_how_long_each_chunk_speaks():
    parts = [
        part(word("a", 0, 300), probability=0.6),
        part(word("b", 500, 600), probability=1.0),
    ]
    assert join("media", parts, MADE_BY).language_probability == pytest.approx(0.7)


def test_a_word_that_runs_over_the_seam_ends_where_the_next_chunk_speaks():
    parts = [part(word("a", 0, 320)), part(word("b", 300, 500))]
    spans = [one.span for one in join("media", parts, MADE_BY).words]
    assert spans == [Span(0, 300), Span(300, 500)]


def test_a_silent_title_in_a_given_language_has_no_words():
    transcript = join("media", [silent(FR), silent(FR)], MADE_BY)
    assert (transcript.language, transcript.words) == (FR, ())


@pytest.mark.parametrize("parts", [[], [silent()], [silent(), silent()]])
def test_a_silent_title_without_a_language_is_reported(parts):
    with pytest.raises(NoSpeechError, match="give the spoken language"):
        join("media", parts, MADE_BY)


def test_parts_out_of_order_are_refused():
    with pytest.raises(UnjoinablePartsError, match="chunk 1 speaks before"):
        join("media", [part(word("b", 900, 950)), part(word("a", 0, 100))], MADE_BY)
