"""Where sentences and clauses end, and what lies between two words."""

from dataclasses import replace
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from timed_text import profile

from subtitles.segmentation.break_costs import (
    BreakPlace,
    bare_word,
    break_place,
    break_places,
    ends_sentence,
)


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("gone.", "The", True),
        ("gone.", "the", False),
        ("Really?", "And", True),
        ("Really?", "and", False),
        ('him!"', "she", False),
        ("Stop!”", "He", True),
        ('said."', "He", True),
        ("well…", "Then", True),
        ("well…", "then", False),
        ("Mr.", "Smith", False),
        ("(etc.", "And", False),
        ("J.", "Austen", False),
        ("I.", "Nobody", True),
        ("comma,", "The", False),
        ("word", "Word", False),
        ("终于。", "他", True),
        ("क्या।", "वह", True),
        ("؟", "نعم", True),
    ],
)
def test_a_sentence_ends_or_does_not(before: str, after: str, *, ends: bool) -> None:
    assert ends_sentence(before, after, profile("en")) is ends


def test_abbreviations_belong_to_their_language() -> None:
    assert not ends_sentence("Sra.", "Silva", profile("pt-BR"))
    assert ends_sentence("Sra.", "Silva", profile("en"))


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("end.", "Start", BreakPlace.SENTENCE),
        ("end,", "the", BreakPlace.CLAUSE),
        ("wait--", "no", BreakPlace.CLAUSE),
        ('him!"', "she", BreakPlace.CLAUSE),
        ("well…", "then", BreakPlace.CLAUSE),
        ("-", "no", BreakPlace.CLAUSE),
        ("house", "and", BreakPlace.BEFORE_LINK),
        ("house", "near", BreakPlace.NEUTRAL),
        ("Jane", "Austen", BreakPlace.INSIDE_NAME),
        ("20", "ships", BreakPlace.INSIDE_NAME),
        ("20", "km", BreakPlace.INSIDE_WORD),
        ("20", "km.", BreakPlace.INSIDE_WORD),
        ("20", "m²", BreakPlace.INSIDE_WORD),
        ("20", "%", BreakPlace.INSIDE_WORD),
        ("-5", "°C", BreakPlace.INSIDE_WORD),
        ("3,50", "€", BreakPlace.INSIDE_WORD),
        ("10", "000", BreakPlace.INSIDE_WORD),
        ("20", "km/h", BreakPlace.INSIDE_WORD),
        ("20", "men", BreakPlace.INSIDE_NAME),
        ("twenty", "m", BreakPlace.NEUTRAL),
        ("the", "house", BreakPlace.AFTER_LEANING),
        ("“The", "house", BreakPlace.AFTER_LEANING),
        ("don’t", "go", BreakPlace.AFTER_LEANING),
    ],
)
def test_what_lies_between_two_english_words(before: str, after: str, place: BreakPlace) -> None:
    assert break_place(before, after, spaced=True, profile=profile("en")) is place


def test_a_word_that_never_starts_a_row_clings_to_the_one_before() -> None:
    hindi = replace(profile("hi"), never_break_before=frozenset({"में"}))
    assert break_place("घर", "में", spaced=True, profile=hindi) is BreakPlace.AFTER_LEANING
    assert break_place("घर", "है", spaced=True, profile=hindi) is not BreakPlace.AFTER_LEANING


WORDS = ["the", "house", "and", "20", "km", "Jane", "Austen", "end.", "end,", "Start", "—"]


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_in_a_script_with_spaces_two_words_say_what_lies_between_them(words: list[str]) -> None:
    english = profile("en")
    spaced = [True] * len(words)
    assert break_places(words, spaced, english) == [
        break_place(one, other, spaced=True, profile=english) for one, other in pairwise(words)
    ]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ja", "吾輩は|ここで|始めて|人間と|いう|ものを|見た。"),
        ("zh", "今天|的|天气|非常|好，我们|去|公园|吧。"),
        ("th", "เรา|ไป|เดิน|เล่น|กัน|เถอะ"),
    ],
)
def test_in_a_script_without_spaces_a_row_ends_with_a_phrase(tag: str, text: str) -> None:
    pieces = regex.findall(r"\X", text.replace("|", ""))
    places = break_places(pieces, [False] * len(pieces), profile(tag))
    shown = pieces[0]
    for place, piece in zip(places, pieces[1:], strict=True):
        shown += ("|" if place is BreakPlace.NEUTRAL else "") + piece
    assert shown == text


def test_the_rules_of_typesetting_go_before_phrases() -> None:
    places = break_places(["「", "猫", "」", "。"], [False] * 4, profile("ja"))
    assert places == [BreakPlace.FORBIDDEN] * 3


@pytest.mark.parametrize("texts", [[], ["猫"]])
def test_nothing_lies_between_fewer_than_two_pieces(texts: list[str]) -> None:
    assert break_places(texts, [False] * len(texts), profile("ja")) == []


@pytest.mark.parametrize(
    ("before", "after", "spaced", "place"),
    [
        ("い", "、", False, BreakPlace.FORBIDDEN),
        ("「", "あ", False, BreakPlace.FORBIDDEN),
        ("し", "ょ", False, BreakPlace.FORBIDDEN),
        ("は", "世", False, BreakPlace.NEUTRAL),
        ("は", "テ", False, BreakPlace.NEUTRAL),
        ("を", "た", False, BreakPlace.NEUTRAL),
        ("世", "界", False, BreakPlace.INSIDE_NAME),
        ("食", "べ", False, BreakPlace.INSIDE_WORD),
        ("語", "次", True, BreakPlace.CLAUSE),
        ("ก", "\u0e31", False, BreakPlace.FORBIDDEN),
    ],
)
def test_what_lies_between_two_characters(
    before: str, after: str, place: BreakPlace, *, spaced: bool
) -> None:
    assert break_place(before, after, spaced=spaced, profile=profile("ja")) is place


def test_places_cost_more_the_worse_they_are() -> None:
    assert sorted(BreakPlace, key=lambda place: place.value) == list(BreakPlace)


@pytest.mark.parametrize(
    ("piece", "bare"),
    [("“Don’t,", "don't"), ("(the)", "the"), ("—", ""), ("A.M.", "a.m"), ("में,", "में")],
)
def test_words_are_compared_without_case_and_punctuation(piece: str, bare: str) -> None:
    assert bare_word(piece) == bare
