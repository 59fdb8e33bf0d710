"""Comparing a translation with its source: copies and lost numbers."""

import pytest
from hypothesis import given
from timed_text import any_text

from subtitles.source_checks import is_untranslated, missing_numbers


@pytest.mark.parametrize(
    ("source", "text", "copied"),
    [
        ("Come over here.", "Come over here.", True),
        ("Come over here.", "come over\nhere!", True),
        ("Don't go now.", "Don’t go now", True),
        ("<i>Come here.</i>", "Come here.", True),
        ("Come over here.", "Venha cá.", False),
        ("Okay.", "Okay.", False),
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


@pytest.mark.parametrize(
    ("source", "text", "missing"),
    [
        ("It took 25 years.", "Levou 25 anos.", ()),
        ("It took 25 years.", "Levou anos.", ("25",)),
        ("It took 25 years.", "Levou 52 anos.", ("25",)),
        ("All 7 of them.", "Todos os sete.", ()),
        ("10 men", "dez homens", ()),
        ("11 men", "onze homens", ("11",)),
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
        ("<font size=12>hi</font>", "oi", ()),
    ],
)
def test_large_numbers_must_be_there_however_they_are_written(
    source: str, text: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(source, text) == missing


@given(any_text(), any_text())
def test_nothing_is_missing_from_the_text_itself(text: str, more: str) -> None:
    assert missing_numbers(text, text) == ()
    assert not is_untranslated(text, f"{text} another word")
    missing_numbers(text, more)


def test_a_number_of_any_length_is_compared() -> None:
    digits = "7" * 20_000
    assert missing_numbers(digits, digits) == ()
    assert missing_numbers(digits, "77") == (digits,)
