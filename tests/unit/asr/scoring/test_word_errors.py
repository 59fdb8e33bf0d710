"""Word errors by three readings, in words or in characters."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.scoring.alignment import align
from asr.scoring.readings import Reading, tokens
from asr.scoring.word_errors import ErrorUnit, WordErrors, together, word_errors
from subtitles.language import parse_language

ENGLISH, PORTUGUESE, JAPANESE = map(parse_language, ("en", "pt-BR", "ja"))
VERBATIM, PLAIN, NORMALISED = Reading


def counts(errors):
    return (errors.substitutions, errors.deletions, errors.insertions, errors.words)


@pytest.mark.parametrize(
    ("said", "heard", "verbatim", "plain", "normalised"),
    [
        ("He was not.", "He was not.", 0, 0, 0),
        ("He was not.", "he was not", 2, 0, 0),
        ("Mr. Smith’s dog", "Mister Smith's dog", 2, 1, 0),
        ("well-known", "well known", 2, 0, 0),
        ("twenty five cats", "25 cats", 2, 2, 0),
        ("we're here", "we are here", 2, 2, 0),
        ("'Go,' she said", "Go, she said", 1, 0, 0),
        ("he was not", "he not", 1, 1, 1),
        ("he was", "he was, um, was", 2, 2, 1),
        ("he was", "", 2, 2, 2),
    ],
)
def test_each_reading_counts_what_it_says(said, heard, verbatim, plain, normalised):
    found = [
        word_errors(said, heard, language=ENGLISH, reading=reading).errors for reading in Reading
    ]
    assert found == [verbatim, plain, normalised]


def test_substitutions_deletions_and_insertions_are_told_apart():
    said, heard = "one two three four five six", "one too three five six seven"
    errors = word_errors(said, heard, language=ENGLISH)
    assert counts(errors) == (1, 1, 1, 6)
    assert errors.rate == 0.5


def test_nothing_said_has_no_rate_and_whatever_is_heard_is_too_much():
    errors = word_errors("♪", "thanks for watching", language=ENGLISH)
    assert counts(errors) == (0, 0, 3, 0)
    assert errors.rate is None


def test_other_languages_keep_their_letters_in_every_reading():
    said, heard = "É você, não é?", "é você não é"
    assert word_errors(said, heard, language=PORTUGUESE, reading=PLAIN).errors == 0
    assert word_errors(said, heard, language=PORTUGUESE, reading=NORMALISED).errors == 0
    assert word_errors("não", "nao", language=PORTUGUESE, reading=NORMALISED).errors == 1


def test_vowel_signs_are_letters_to_the_plain_reading():
    assert tokens("नमस्ते दुनिया।", reading=PLAIN, language=parse_language("hi")) == ("नमस्ते", "दुनिया")


@pytest.mark.parametrize("reading", Reading)
def test_languages_without_spaces_are_counted_in_characters(reading):
    errors = word_errors("今日は晴れ", "今日 は 雨れ", language=JAPANESE, reading=reading)
    assert counts(errors) == (1, 0, 0, 5)
    assert errors.unit is ErrorUnit.CHARACTER


def test_errors_of_several_texts_add_up_by_their_words():
    one = word_errors("a b c", "a b", language=ENGLISH)
    other = word_errors("a", "x y", language=ENGLISH)
    assert together([one, other]) == WordErrors(substitutions=1, deletions=1, insertions=1, words=4)


@pytest.mark.parametrize(
    "parts", [[], [("a", ENGLISH), ("あ", JAPANESE)]], ids=["none", "two units"]
)
def test_what_does_not_add_up_is_refused(parts):
    with pytest.raises(ValueError, match="do not add up"):
        together([word_errors(text, text, language=language) for text, language in parts])


def test_error_counts_travel_between_processes():
    errors = word_errors("a b", "a", language=ENGLISH)
    assert pickle.loads(pickle.dumps(errors)) == errors


some_tokens = st.lists(st.sampled_from("abc"), max_size=12)


@given(some_tokens, some_tokens)
def test_an_alignment_accounts_for_every_token_in_order(said, heard):
    alignment = align(said, heard)
    places = [place for place in alignment.in_place if place is not None]
    assert all(one < other for one, other in pairwise(places))
    assert len(places) + alignment.insertions == len(heard)
    assert len(places) + alignment.deletions == len(said)
    for token, place, is_equal in zip(said, alignment.in_place, alignment.equal, strict=True):
        assert is_equal == (place is not None and heard[place] == token)


@given(some_tokens, some_tokens)
def test_errors_are_as_few_as_a_plain_edit_distance_says(said, heard):
    alignment = align(said, heard)
    errors = alignment.substitutions + alignment.deletions + alignment.insertions
    assert errors == distance(said, heard)


def distance(said, heard):
    row = list(range(len(heard) + 1))
    for one in said:
        above, row = row, [row[0] + 1]
        for index, other in enumerate(heard):
            row.append(min(row[-1] + 1, above[index + 1] + 1, above[index] + (one != other)))
    return row[-1]


@given(st.text(max_size=60), st.sampled_from([PLAIN, VERBATIM, NORMALISED]))
def test_any_text_can_be_read_and_a_text_has_no_errors_against_itself(text, reading):
    for language in (ENGLISH, PORTUGUESE, JAPANESE):
        assert not word_errors(text, text, language=language, reading=reading).errors
