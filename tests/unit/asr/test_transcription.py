"""Chunk transcripts become one transcript: nothing lost, doubled or out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.errors import NoSpeechError, UnjoinablePartsError
from asr.recognizer import ChunkTranscript, SpokenLanguage
from asr.transcription import join
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Word

MADE_BY = EngineSignature(engine="scripted", engine_version="1")
EN, FR = parse_language("en"), parse_language("fr")


def word(text, start_ms, end_ms):
    return Word(text=text, span=Span(start_ms, end_ms), probability=0.9)


def part(*words, language=EN, probability=1.0, doubts=()):
    return ChunkTranscript(
        language=language, language_probability=probability, words=words, doubts=tuple(doubts)
    )


def doubt(start_ms, end_ms, *doubts, aside=""):
    return DoubtfulSpan(span=Span(start_ms, end_ms), doubts=doubts, set_aside=aside)


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


def test_chunks_that_overlap_say_what_both_heard_once():
    parts = [
        part(word(" we", 0, 300), word(" went", 400, 800), word(" ho", 900, 1_000)),
        part(word(" vent", 500, 800), word(" home", 900, 1_300), word(" then", 1_400, 1_600)),
        part(word(" Then", 1_420, 1_600), word(" slept", 1_700, 2_100)),
    ]
    spans = [Span(0, 1_000), Span(500, 1_650), Span(1_300, 2_500)]
    transcript = join("media", parts, MADE_BY, spans=spans)
    assert transcript.text.casefold() == "we went home then slept"


def test_chunks_that_only_touch_are_joined_as_they_are():
    parts = [part(word(" no", 0, 500)), part(word(" no", 500, 900))]
    spans = [Span(0, 500), Span(500, 1_000)]
    assert join("media", parts, MADE_BY, spans=spans).text == "no no"


def test_every_chunk_needs_its_span():
    with pytest.raises(UnjoinablePartsError, match="2 chunks and 1 spans"):
        join("media", [part(), part()], MADE_BY, spans=[Span(0, 1)])


def test_words_keep_their_own_language_and_the_title_the_one_it_was_heard_in():
    foreign = Word(text="oui", span=Span(0, 900), probability=0.9, language=FR)
    spoken = SpokenLanguage(tag=EN, probability=0.7)
    parts = [part(foreign, word(" yes", 1_000, 1_100), language=FR)]
    transcript = join("media", parts, MADE_BY, spoken=spoken)
    assert (transcript.language, transcript.language_probability) == (EN, 0.7)
    assert [one.language for one in transcript.words] == [FR, None]


def test_in_a_language_that_a_person_named_silence_is_a_transcript_too():
    spoken = SpokenLanguage(tag=FR, is_forced=True)
    transcript = join("media", [], MADE_BY, spoken=spoken)
    assert (transcript.language, transcript.words) == (FR, ())


def test_in_a_language_that_was_only_detected_silence_is_reported():
    with pytest.raises(NoSpeechError):
        join("media", [silent()], MADE_BY, spoken=SpokenLanguage(tag=FR, probability=0.9))


@pytest.mark.parametrize(
    ("doubts", "merged"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [doubt(500, 900, Doubt.UNSURE), doubt(0, 200, Doubt.NO_SPEECH)],
            [doubt(0, 200, Doubt.NO_SPEECH), doubt(500, 900, Doubt.UNSURE)],
            id="in order",
        ),
        pytest.param(
            [doubt(0, 500, Doubt.UNSURE), doubt(500, 900, Doubt.UNSURE)],
            [doubt(0, 900, Doubt.UNSURE)],
            id="touching, of the same kind",
        ),
        pytest.param(
            [doubt(0, 900, Doubt.UNSURE), doubt(300, 500, Doubt.UNSURE)],
            [doubt(0, 900, Doubt.UNSURE)],
            id="one within the other",
        ),
        pytest.param(
            [doubt(0, 500, Doubt.UNSURE), doubt(500, 900, Doubt.FOREIGN)],
            [doubt(0, 500, Doubt.UNSURE), doubt(500, 900, Doubt.FOREIGN)],
            id="touching, of another kind",
        ),
        pytest.param(
            [doubt(0, 500, Doubt.UNSURE), doubt(501, 900, Doubt.UNSURE)],
            [doubt(0, 500, Doubt.UNSURE), doubt(501, 900, Doubt.UNSURE)],
            id="apart",
        ),
        pytest.param(
            [
                doubt(0, 500, Doubt.NO_SPEECH, aside="Thanks"),
                doubt(500, 900, Doubt.NO_SPEECH, aside="for watching"),
            ],
            [doubt(0, 900, Doubt.NO_SPEECH, aside="Thanks for watching")],
            id="both set text aside",
        ),
        pytest.param(
            [
                doubt(0, 500, Doubt.NO_SPEECH, aside="Thanks for"),
                doubt(100, 500, Doubt.NO_SPEECH, aside="Thanks"),
                doubt(200, 500, Doubt.NO_SPEECH, aside=""),
            ],
            [doubt(0, 500, Doubt.NO_SPEECH, aside="Thanks for")],
            id="the same text set aside twice",
        ),
    ],
)
def test_doubts_of_all_chunks_are_those_of_the_title(doubts, merged):
    parts = [part(word("a", 0, 10), doubts=[one]) for one in doubts] or [part(word("a", 0, 10))]
    assert join("media", parts, MADE_BY).doubts == tuple(merged)
