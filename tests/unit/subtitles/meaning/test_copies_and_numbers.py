"""Comparing a translation with its source: copies and numbers."""

import pytest
from hypothesis import given
from timed_text import any_text

from subtitles.meaning.copies import copied_percent, is_untranslated
from subtitles.meaning.figures import extra_numbers, missing_numbers


@pytest.mark.parametrize(
    ("source", "text", "copied"),
    [
        ("Come over here.", "Come over here.", True),
        ("Come over here.", "come over\nhere!", True),
        ("Don't go now.", "Don’t go now", True),
        ("<i>Come here.</i>", "Come here.", True),
        ("Come over here, will you?", "Well, come over here, will you?", True),
        ("Come over here.", "Venha cá.", False),
        ("Okay.", "Okay.", False),
        ("No, no.", "No, no.", False),
        ("Mr. John Smith", "Mr. John Smith", False),
        ("1984", "1984", False),
        ("...", "...", False),
        ("", "", False),
        ("你去哪里？", "你去哪里？", True),
        ("好", "好", False),
    ],
)
def test_a_copy_of_something_translatable_is_noticed(
    source: str, text: str, *, copied: bool
) -> None:
    assert is_untranslated(source, text) is copied


def test_words_of_the_cue_next_door_are_copies_too() -> None:
    assert (
        copied_percent("And then", "went over there and sat", "we went over there and sat") == 100
    )
    assert copied_percent("And then", "went over there and sat", "") == 0


@pytest.mark.parametrize(
    ("source", "text", "missing"),
    [
        ("It took 25 years.", "Levou 25 anos.", ()),
        ("It took 25 years.", "Levou anos.", ("25",)),
        ("It took 25 years.", "Levou 52 anos.", ("25",)),
        ("All 7 of them.", "Todos os sete.", ()),
        ("10 men", "dez homens", ()),
        ("11 men", "onze homens", ("11",)),
        ("At 11 p.m.", "Às 23h.", ()),
        ("At 11 p.m.", "Às 22h.", ("11",)),
        ("Twelve, not 12.", "À 0h.", ()),
        ("25 past", "37 depois", ("25",)),
        ("1,000 men", "1.000 homens", ()),
        ("1,000 men", "1 000 hommes", ()),
        ("1000 men", "1\u202f000 hommes", ()),
        ("1,000,000 men", "1 000 000 hommes", ()),
        ("chapter 12 345 pages", "chapitre 12 345 pages", ()),
        ("3.5% of it", "3,5 % disso", ()),
        ("42 of them", "٤٢ منهم", ()),
        ("४२ लोग", "42 people", ()),
        ("From 1914 to 1918.", "Até 1918.", ("1914",)),
        ("chapter\n12\n34 pages", "capítulo 12, 34 páginas", ()),
        ("no numbers", "12", ()),
        ("at 12.45 GMT", "às 12h45 GMT", ()),
        ("at 12:45", "um 12.45 Uhr", ()),
        ("at 12.45 GMT", "às 12h15 GMT", ("12.45",)),
        ("<font size=12>hi</font>", "oi", ()),
    ],
)
def test_large_numbers_must_be_there_however_they_are_written(
    source: str, text: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(source, text) == missing


@pytest.mark.parametrize(
    ("source", "text", "context", "extra"),
    [
        ("It took 25 years.", "Levou 25 anos, não 40.", "", ("40",)),
        ("It took 25 years.", "Levou 25 anos, não 40.", "Not 40.", ()),
        ("It took forty years.", "Levou 40 anos.", "", ()),
        ("It took 25 years.", "Levou 25 anos e 3 dias.", "", ()),
        ("at 12.45 GMT", "às 12h45 GMT", "", ()),
    ],
)
def test_a_number_out_of_nowhere_is_noticed_where_the_source_writes_digits(
    source: str, text: str, context: str, extra: tuple[str, ...]
) -> None:
    assert extra_numbers(source, text, context) == extra


@given(any_text(), any_text())
def test_nothing_is_missing_from_the_text_itself(text: str, more: str) -> None:
    assert missing_numbers(text, text) == extra_numbers(text, text) == ()
    assert 0 <= copied_percent(text, more, text) <= 100
    missing_numbers(text, more)


def test_a_number_of_any_length_is_compared() -> None:
    assert missing_numbers("9" * 9999, "none") == ("9" * 9999,)
