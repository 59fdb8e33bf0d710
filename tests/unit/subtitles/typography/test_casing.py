"""Capitals and small letters by language."""

import pytest
from hypothesis import given
from timed_text import any_text, language

from subtitles.typography.casing import capitalized, lower_case, upper_case


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "it's over", "IT'S OVER"),
        ("tr", "ışık için", "IŞIK İÇİN"),
        ("az", "işıq", "İŞIQ"),
        ("el", "Ελλάδα, άνθρωποι", "ΕΛΛΑΔΑ, ΑΝΘΡΩΠΟΙ"),
        ("el", "Μάιος, ρολόι, άυλος", "ΜΑΪΟΣ, ΡΟΛΟΪ, ΑΫΛΟΣ"),
        ("el", "προϊόν ή ϋ", "ΠΡΟΪΟΝ Ή Ϋ"),
        ("el", "ή", "Ή"),
        ("de", "Straße", "STRASSE"),
        ("nl", "ijs", "IJS"),
        ("lt", "i\u0307\u0300", "I\u0300"),
        ("fr", "l'été", "L'ÉTÉ"),
        ("ar", "نعم", "نعم"),
    ],
)
def test_capitals_are_those_of_the_language(tag, text, expected):
    assert upper_case(text, language(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [("tr", "IŞIK İÇİN", "ışık için"), ("en", "IN", "in"), ("el", "ΟΔΟΣ", "οδος")],
)
def test_small_letters_are_those_of_the_language(tag, text, expected):
    assert lower_case(text, language(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [("nl", "ijsland", "IJsland"), ("en", "ijs", "Ijs"), ("tr", "izmir", "İzmir"), ("en", "", "")],
)
def test_a_sentence_starts_with_the_languages_capital(tag, text, expected):
    assert capitalized(text, language(tag)) == expected


@given(any_text())
def test_capitals_of_capitals_are_the_same(text):
    for tag in ("en", "tr", "el", "lt", "de", "nl"):
        once = upper_case(text, language(tag))
        assert upper_case(once, language(tag)) == once
