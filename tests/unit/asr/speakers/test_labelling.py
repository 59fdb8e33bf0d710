"""Whose words are whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speaker_fakes import turn
from timed_text import word

from asr.speakers.labelling import BREATH_MS, REACH_MS, SETTLING_MS, label_words


def labels(words, turns):
    return [one.speaker for one in label_words(words, turns)]


def said(*texts, start_ms=0, word_ms=200, pause_ms=0):
    """Words of equal length one after the other."""
    step = word_ms + pause_ms
    return [
        word(f" {t}", start_ms + n * step, start_ms + n * step + word_ms)
        for n, t in enumerate(texts)
    ]


def test_a_word_belongs_to_the_turn_it_overlaps_most():
    words = [word(" a", 0, 400), word(" b", 900, 1300)]
    assert labels(words, [turn("S1", 0, 1000), turn("S2", 1000, 2000)]) == ["S1", "S2"]


def test_overlaps_of_several_turns_of_one_speaker_add_up():
    turns = [turn("S1", 0, 150), turn("S2", 150, 330), turn("S1", 330, 400)]
    assert labels([word(" a", 0, 400)], turns) == ["S1"]


def test_a_word_in_no_turn_goes_to_the_nearest_within_reach():
    turns = [turn("S1", 0, 1000), turn("S2", 5000, 6000)]
    beside = [word(" a", 1000 + REACH_MS, 1000 + REACH_MS + 100), word(" b", 4700, 4800)]
    assert labels(beside, turns) == ["S1", "S2"]


def test_a_word_out_of_reach_is_nobodys():
    turns = [turn("S1", 0, 1000)]
    words = [word(" a", 1001 + REACH_MS, 1600 + REACH_MS)]
    assert labels(words, turns) == [""]
    assert labels(words, []) == [""]


def test_a_word_without_length_is_labelled_by_where_it_is():
    assert labels([word(" a", 500, 500)], [turn("S1", 0, 400), turn("S2", 450, 900)]) == ["S2"]


def test_a_long_turn_far_back_still_counts():
    turns = [turn("S1", 0, 60_000), turn("S2", 1000, 1500), turn("S2", 3000, 3100)]
    assert labels([word(" a", 50_000, 50_400)], turns) == ["S1"]


def test_a_lone_word_with_weak_evidence_inside_a_breath_stays_with_its_neighbours():
    words = said("one", "two", "three")
    turns = [turn("S1", 0, 290), turn("S2", 290, 410), turn("S1", 410, 600)]
    assert labels(words, turns) == ["S1"] * 3


def test_a_lone_word_with_strong_evidence_keeps_its_speaker():
    words = said("Really?", "Yes.", "Good.")
    turns = [turn("S1", 0, 200), turn("S2", 200, 400), turn("S1", 400, 600)]
    assert labels(words, turns) == ["S1", "S2", "S1"]


def test_a_lone_word_after_a_pause_is_a_turn_even_when_weak():
    pause = BREATH_MS + 1
    words = said("one", "two", "three", pause_ms=pause)
    middle = words[1].span
    half = (middle.start_ms + middle.end_ms) // 2 - 10
    turns = [turn("S1", 0, half), turn("S2", half, middle.end_ms), turn("S1", middle.end_ms, 2000)]
    assert labels(words, turns) == ["S1", "S2", "S1"]


@pytest.mark.parametrize("change_ms", [600, 800, 1000, 1400])
def test_a_change_in_mid_sentence_moves_to_the_sentence_end_near_it(change_ms):
    words = said("How", "are", "you", "today?", "I", "am", "well", "thanks", "indeed")
    turns = [turn("S1", 0, change_ms), turn("S2", change_ms, 2000)]
    assert labels(words, turns) == ["S1"] * 4 + ["S2"] * 5


def test_a_change_in_mid_sentence_moves_to_a_pause_near_it():
    words = [*said("well", "then"), *said("what", "now", start_ms=400 + BREATH_MS + 1)]
    turns = [turn("S1", 0, 905), turn("S2", 905, 2000)]
    assert labels(words, turns) == ["S1", "S1", "S2", "S2"]


def test_a_change_far_from_any_sentence_end_stays_where_it_is():
    count = 2 * (SETTLING_MS // 200) + 6
    words = said(*["and"] * count)
    change = 200 * (count // 2)
    found = labels(words, [turn("S1", 0, change), turn("S2", change, 200 * count)])
    assert found == ["S1"] * (count // 2) + ["S2"] * (count - count // 2)


def test_a_closing_quotation_mark_does_not_hide_a_sentence_end():
    words = said("he", "said", "“go.”", "So", "I", "went")
    assert labels(words, [turn("S1", 0, 800), turn("S2", 800, 1200)]) == ["S1"] * 3 + ["S2"] * 3


words_and_turns = st.tuples(
    st.lists(
        st.tuples(st.sampled_from(["a", "b.", "c?"]), st.integers(0, 900), st.integers(0, 700)),
        max_size=25,
    ),
    st.lists(
        st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.integers(0, 2500), st.integers(1, 2000)),
        max_size=12,
    ),
)


@given(words_and_turns)
def test_labelling_changes_nothing_but_labels_and_invents_no_speaker(case):
    at, words = 0, []
    for text, gap, length in case[0]:
        words.append(word(f" {text}", at + gap, at + gap + length))
        at = words[-1].span.end_ms
    begin, turns = 0, []
    for speaker, gap, length in case[1]:
        turns.append(turn(speaker, begin + gap, begin + gap + length))
        begin = turns[-1].span.start_ms
    labelled = label_words(words, turns)
    assert [(w.text, w.span, w.probability) for w in labelled] == [
        (w.text, w.span, w.probability) for w in words
    ]
    assert {w.speaker for w in labelled} <= {t.speaker for t in turns} | {""}
    assert label_words(labelled, turns) == labelled, "labels they have already do not matter"
    if len({t.speaker for t in turns}) == 1:
        assert {w.speaker for w in labelled} <= {turns[0].speaker, ""}
