"""Words of far scripts and markup, which no engine should change."""

import pytest
from hypothesis import given
from timed_text import any_text
from translate_fakes import pair

from translate.sentencing.kept import kept_stretches, lost_stretches

EN_PT = pair("en", "pt-BR")


def kept(text, languages=EN_PT):
    return [text[start:end] for start, end in kept_stretches(text, languages)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Say שלום to him.", ["שלום"]),
        ("Say مرحبا بك to שלום again.", ["مرحبا بك", "שלום"]),
        ("He wrote любовь, счастье on it.", ["любовь", "счастье"]),
        ("Angle α of the 日 sign.", []),
        ("<script>alert(1)</script>Come in.", ["<script>", "</script>"]),
        ('See <a href="x">here</a>.', ['<a href="x">', "</a>"]),
        ("<sighs> I love <A> and a < b > c.", []),
        ("Zoë went to Málaga.", []),
        ("שלום עליכם, Tom.", []),
    ],
)
def test_what_is_kept_of_an_english_sentence(text, stretches):
    assert kept(text) == stretches


@pytest.mark.parametrize(
    ("languages", "stretches"),
    [
        (pair("en", "he"), []),
        (pair("he", "en"), []),
        (pair("en", "ru"), ["שלום"]),
        (pair("ja", "en"), ["שלום"]),
    ],
)
def test_words_in_the_script_of_either_language_are_not_foreign(languages, stretches):
    assert kept("Say שלום to all of them.", languages) == stretches


def test_what_is_lost_is_told_once_whatever_rows_and_capitals_it_stands_in():
    said = "Say مرحبا بك to <IMG src=x> and مرحبا بك."
    assert lost_stretches(said, "Diga مرحبا\nبك a <img SRC=x>.", EN_PT) == ()
    assert lost_stretches(said, "Diga a <img src=x>.", EN_PT) == ("مرحبا بك",)
    assert lost_stretches(said, "Diga.", EN_PT) == ("مرحبا بك", "<IMG src=x>")


@given(any_text(80))
def test_stretches_are_in_order_apart_and_never_the_whole_of_a_foreign_text(text):
    found = kept_stretches(text, EN_PT)
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end for before, (start, end) in zip(ends, found, strict=False))
    assert lost_stretches(text, text, EN_PT) == ()
