"""Words after pauses start with speech, words before pauses end with it, in good order."""

import pickle
from itertools import accumulate, chain, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asr.hearing.settling import CrowdedWordsError, settle
from asr.hearing.word_times import LEAST_WORD_MS, TimedText
from subtitles.span import Span

WITHIN = Span(0, 10_000)


def word(text, start_ms, end_ms):
    return TimedText(text=f" {text}", start_ms=start_ms, end_ms=end_ms, probability=0.9)


def times(words):
    return [(word.start_ms, word.end_ms) for word in words]


def test_the_first_word_after_a_pause_starts_with_speech_and_the_last_before_it_ends_there():
    # As measured: the boundary comes before the pause, and the next word is stretched over it.
    heard = [word("now", 500, 900), word("then.", 900, 1_300), word("Well", 1_300, 2_400)]
    speech = [Span(700, 1_500), Span(2_000, 3_000)]
    assert times(settle(heard, speech=speech, within=WITHIN)) == [
        (700, 900),
        (900, 1_500),
        (2_000, 2_400),
    ]


def test_a_word_that_attention_put_into_the_pause_follows_it():
    heard = [word("done.", 500, 1_000), word("He", 1_050, 1_250), word("was", 1_250, 1_900)]
    speech = [Span(500, 1_050), Span(1_600, 3_000)]
    settled = settle(heard, speech=speech, within=WITHIN)
    assert settled[0].end_ms == 1_050
    assert settled[1].start_ms == 1_600
    assert settled[1].end_ms <= settled[2].start_ms


def test_nobody_speaks_before_the_first_region_nor_after_the_last():
    # From a real reading: attention put the whole first word into the silence before it.
    heard = [word("If", 35_248, 35_608), word("the", 35_608, 35_708), word("end.", 35_708, 38_300)]
    settled = settle(heard, speech=[Span(35_640, 38_000)], within=Span(35_248, 38_400))
    assert settled[0].start_ms == 35_640
    assert settled[-1].end_ms == 38_000


def test_a_short_word_over_a_whole_pause_belongs_after_it():
    # From a real reading: "… the Exhibition [pause] in being comparatively modern."
    heard = [
        word("Exhibition", 9_372, 9_972),
        word("in", 9_972, 10_572),
        word("being", 10_572, 10_772),
    ]
    speech = [Span(5_050, 10_272), Span(10_490, 12_320)]
    settled = settle(heard, speech=speech, within=Span(400, 22_000))
    assert times(settled)[0] == (9_372, 10_272)
    assert settled[1].start_ms == 10_490


def test_punctuation_decides_between_boundaries_that_fit_alike():
    heard = [word("one", 600, 900), word("two,", 900, 1_000), word("three", 1_000, 2_000)]
    speech = [Span(500, 1_050), Span(1_400, 2_000)]
    settled = settle(heard, speech=speech, within=WITHIN)
    assert settled[1].end_ms == 1_050
    assert settled[2].start_ms == 1_400


def test_a_start_a_little_late_is_pulled_back_and_an_end_a_little_early_stretched():
    heard = [word("one.", 500, 800), word("two", 2_200, 2_600)]
    speech = [Span(500, 1_000), Span(2_000, 2_600)]
    assert times(settle(heard, speech=speech, within=WITHIN)) == [(500, 1_000), (2_000, 2_600)]


def test_a_start_much_too_late_is_left_since_something_else_was_said_before():
    heard = [word("one.", 500, 1_000), word("two", 2_500, 2_900)]
    speech = [Span(500, 1_000), Span(2_000, 3_000)]
    assert settle(heard, speech=speech, within=WITHIN)[1].start_ms == 2_500


def test_a_pause_inside_a_word_moves_nothing():
    heard = [word("one", 500, 800), word("extraordinarily", 800, 3_500), word("x", 3_500, 3_900)]
    speech = [Span(500, 3_000), Span(3_200, 3_900)]
    assert times(settle(heard, speech=speech, within=WITHIN)) == times(heard)


def test_a_word_stretched_far_over_noise_and_pauses_starts_after_them():
    # From a sentence in music: the detector takes a drum for speech, and so does attention.
    heard = [word("However,", 100, 2_160), word("due", 2_160, 2_700)]
    speech = [Span(480, 800), Span(1_400, 2_160), Span(2_400, 2_700)]
    settled = settle(heard, speech=speech, within=WITHIN)
    assert times(settled) == [(1_400, 2_160), (2_400, 2_700)]


def test_two_pauses_with_speech_between_have_a_word_between():
    # From a reading: "… of printing. And [pause] it is worth mentioning …"
    heard = [
        word("printing.", 35_304, 35_664),
        word("And", 36_144, 36_404),
        word("it", 36_404, 36_764),
        word("is", 36_764, 36_944),
    ]
    speech = [Span(33_880, 35_860), Span(36_120, 36_490), Span(36_700, 41_680)]
    assert times(settle(heard, speech=speech, within=Span(33_000, 42_000))) == [
        (35_304, 35_860),
        (36_120, 36_490),
        (36_700, 36_764),
        (36_764, 36_944),
    ]


def test_a_pause_shorter_than_a_plosive_moves_nothing():
    heard = [word("stop", 500, 900), word("it", 900, 1_300)]
    speech = [Span(500, 1_000), Span(1_100, 1_300)]
    assert times(settle(heard, speech=speech, within=WITHIN)) == times(heard)


def test_words_far_from_any_detected_speech_stay_where_whisper_heard_them():
    heard = [word("psst", 500, 800), word("loud", 5_100, 5_600)]
    settled = settle(heard, speech=[Span(5_000, 5_600)], within=WITHIN)
    assert times(settled)[0] == (500, 800)


def test_without_detected_speech_words_are_only_put_in_order():
    heard = [word("b", 900, 700), word("a", 400, 500)]
    settled = settle(heard, speech=[], within=WITHIN)
    assert [word.text for word in settled] == [" b", " a"]
    assert settled[0].end_ms <= settled[1].start_ms


def test_more_words_than_there_is_time_are_refused():
    heard = [word(str(index), 0, 10) for index in range(11)]
    with pytest.raises(CrowdedWordsError, match="11 words cannot be said within 219 ms") as caught:
        settle(heard, speech=[], within=Span(0, 219))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_no_words_give_no_words():
    assert settle([], speech=[Span(0, 100)], within=WITHIN) == ()


any_words = st.lists(
    st.builds(
        TimedText,
        text=st.sampled_from([" a", " b,", " c.", "d", " e?”"]),
        start_ms=st.integers(-500, 12_000),
        end_ms=st.integers(-500, 12_000),
        probability=st.just(0.5),
    ),
    max_size=20,
)
any_speech = st.lists(st.tuples(st.integers(1, 1_500), st.integers(1, 2_000)), max_size=8).map(
    lambda steps: [
        Span(sum(map(sum, steps[:index])) + pause, sum(map(sum, steps[: index + 1])))
        for index, (pause, _) in enumerate(steps)
    ]
)
any_window = st.tuples(st.integers(0, 3_000), st.integers(400, 9_000)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


any_case = (any_words, any_speech, any_window, st.integers(0, 600))


def assert_good_order(words, speech, within, vague_ms):
    assume(len(words) * LEAST_WORD_MS <= within.duration_ms)
    vague = [Span(max(0, one.start_ms - vague_ms), one.start_ms) for one in speech[::2]]
    settled = settle(words, speech=speech, within=within, vague=vague)
    assert [word.text for word in settled] == [word.text for word in words]
    for one in settled:
        assert one.end_ms - one.start_ms >= LEAST_WORD_MS
        assert within.start_ms <= one.start_ms
        assert one.end_ms <= within.end_ms
    for one, other in pairwise(settled):
        assert one.end_ms <= other.start_ms


@given(*any_case)
def test_whatever_comes_in_words_come_out_in_order_apart_long_enough_and_inside(
    words, speech, within, vague_ms
):
    assert_good_order(words, speech, within, vague_ms)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(*any_case)
def test_the_same_with_many_more_examples(words, speech, within, vague_ms):
    assert_good_order(words, speech, within, vague_ms)


good_order = st.lists(
    st.tuples(st.integers(0, 900), st.integers(LEAST_WORD_MS + 1, 900)), min_size=1, max_size=12
)


@given(good_order)
def test_words_in_good_order_are_not_moved(steps):
    edges = list(accumulate(chain.from_iterable(steps)))
    words = [word("so", start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert settle(words, speech=[], within=Span(0, edges[-1])) == tuple(words)


def test_words_without_time_share_that_of_the_word_after_them():
    # As a recogniser gives them: two words at one moment, the third long enough for all.
    heard = [word("out", 500, 800), word("of", 800, 800), word("the", 800, 800)]
    settled = settle([*heard, word("window", 800, 1_400)], speech=[], within=WITHIN)
    # "of" takes 140 ms, "the" 180 ms when spoken fast, "window" 300 ms: there are 600 ms for 620.
    assert times(settled) == [(500, 800), (800, 935), (935, 1_109), (1_109, 1_400)]


def test_words_share_no_time_across_a_pause():
    heard = [word("one", 500, 600), word("two", 1_040, 1_040), word("three", 2_000, 2_400)]
    settled = settle(heard, speech=[Span(500, 1_060), Span(2_000, 2_400)], within=WITHIN)
    assert times(settled)[1:] == [(1_040, 1_060), (2_000, 2_400)]


def test_a_word_that_begins_in_a_pause_is_not_taken_for_the_last_before_it():
    # From a sentence in music: "To" fills the pause from its middle to its very end.
    heard = [word("sentence.", 800, 1_200), word("To", 2_440, 3_020), word("the", 3_020, 3_200)]
    settled = settle(heard, speech=[Span(800, 1_340), Span(3_000, 4_000)], within=WITHIN)
    assert times(settled)[0] == (800, 1_340)
    assert settled[1].start_ms == 3_000


@pytest.mark.parametrize(
    ("heard", "start_ms"),
    [
        # It ends before the detector hears anything: as long as "if" takes, not longer.
        ((1_200, 1_600), 1_460),
        # It begins shortly before.
        ((1_900, 2_000), 1_900),
        # Nearly all of it is where the detector hears it.
        ((1_900, 2_400), 2_000),
        # Earlier than a detector can be late.
        ((1_400, 1_500), 1_450),
    ],
)
def test_where_noise_is_as_loud_as_the_voice_a_word_may_come_before_its_region(heard, start_ms):
    words = [word("if", *heard), word("we", 2_400, 2_600)]
    vague, speech = [Span(1_450, 2_000)], [Span(2_000, 3_000)]
    settled = settle(words, speech=speech, vague=vague, within=WITHIN)
    assert settled[0].start_ms == start_ms
    assert settle(words, speech=speech, within=WITHIN)[0].start_ms == 2_000


sentences = st.lists(
    st.tuples(st.integers(500, 1_500), st.lists(st.integers(120, 500), min_size=2, max_size=6)),
    min_size=1,
    max_size=5,
)


@given(sentences, st.data())
def test_starts_are_exact_for_the_errors_that_attention_makes(plan, data):
    """Sentences with pauses between; boundaries at pauses early by up to 0.35 s, others exact."""
    words, speech, truth, position = [], [], [], 0
    for pause, lengths in plan:
        start = position + pause
        speech.append(Span(start, start + sum(lengths)))
        truth.append(start)
        early = data.draw(st.integers(0, 350)) if words else data.draw(st.integers(0, pause))
        if words:
            # The last word ended early, and this one begins there.
            early = min(early, words[-1].end_ms - words[-1].start_ms - 60)
            words[-1] = TimedText(
                text=" end.",
                start_ms=words[-1].start_ms,
                end_ms=words[-1].end_ms - early,
                probability=1,
            )
            begin = words[-1].end_ms
        else:
            begin = start - early
        position = start
        for index, length in enumerate(lengths):
            words.append(word("so", begin if index == 0 else position, position + length))
            position += length
    within = Span(0, position + 400)
    settled = settle(words, speech=speech, within=within)
    starts = {one.start_ms for one in settled}
    assert set(truth) <= starts
