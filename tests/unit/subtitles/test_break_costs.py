"""Where sentences and clauses end, and what lies between two words."""

import pytest
from timed_text import profile

from subtitles.break_costs import BreakPlace, bare_word, break_place, ends_sentence


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
        ("the", "house", BreakPlace.AFTER_LEANING),
        ("“The", "house", BreakPlace.AFTER_LEANING),
        ("don’t", "go", BreakPlace.AFTER_LEANING),
    ],
)
def test_what_lies_between_two_english_words(before: str, after: str, place: BreakPlace) -> None:
    assert break_place(before, after, spaced=True, profile=profile("en")) is place


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
    ("piece", "bare"), [("“Don’t,", "don't"), ("(the)", "the"), ("—", ""), ("A.M.", "a.m")]
)
def test_words_are_compared_without_case_and_punctuation(piece: str, bare: str) -> None:
    assert bare_word(piece) == bare
