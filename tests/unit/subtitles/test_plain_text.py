"""Cleaning text: what goes, what stays, and that clean text stays as it is."""

import pytest
from hypothesis import given
from timed_text import any_text

from subtitles.counting import CountingRule, line_width
from subtitles.plain_text import clean_row, clean_rows, clean_text, has_forbidden_characters


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("  both ends \t", "both ends"),
        ("two  spaces stay", "two  spaces stay"),
        ("a\nb\rc\u2028d\u0085e", "a b c d e"),
        ("nul\0 and bell\a", "nul  and bell"),
        ("half \ud83d a character", "half \ufffd a character"),
        ("\u00a0no-break ends\u00a0", "no-break ends"),
        ("non\u00a0breaking", "non\u00a0breaking"),
        ("\u202eoverride stays for the checks", "\u202eoverride stays for the checks"),
        ("", ""),
        ("\n \t", ""),
    ],
)
def test_a_row_loses_only_what_no_file_can_hold(dirty: str, clean: str) -> None:
    assert clean_row(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("two  spaces\u2003become one", "two spaces become one"),
        ("a\r\n  b", "a b"),
        ("12\u00a0\u00a0% \u00a0x", "12\u00a0% \u00a0x"),
        ("日本\u3000\u3000語", "日本\u3000語"),
    ],
)
def test_free_text_has_single_spaces(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_typed_rows_come_apart_and_blank_ones_go() -> None:
    assert clean_rows("top\r\n\r\n  bottom \u2028third\n\n") == ("top", "bottom", "third")
    assert clean_rows(" \n\t") == ()


@given(any_text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_row(clean_row(text)) == clean_row(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(any_text())
def test_a_clean_row_holds_nothing_forbidden_and_can_be_written_as_utf8(text: str) -> None:
    row = clean_row(text)
    assert not has_forbidden_characters(row)
    assert row.encode("utf-8").decode("utf-8") == row
    assert len(row.splitlines()) <= 1


@given(any_text())
def test_cleaning_never_adds_width(text: str) -> None:
    spaced = text.translate(dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " "))
    rule = CountingRule.GRAPHEME
    assert line_width(clean_text(text), rule) <= line_width(spaced, rule)
