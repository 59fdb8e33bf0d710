"""Long texts are cut where it hurts least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text

from subtitles.counting import clusters
from translate.sentencing.pieces import cut_points, pieces_within


@given(st.lists(any_text(80), max_size=5).map(" ".join), st.integers(8, 60))
def test_pieces_join_to_the_text_and_fit_unless_one_character_is_longer(text, limit):
    pieces = pieces_within(text, lambda piece: len(piece) <= limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit or len(clusters(piece)) == 1 for piece in pieces)


@given(any_text(80))
def test_no_character_is_parted_from_its_accents(text):
    pieces = pieces_within(text, lambda piece: len(piece) <= 1)
    assert [one for piece in pieces for one in clusters(piece)] == clusters(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three. Four five six.", ["One two three. ", "Four five six."]),
        ("He came, he saw the town; he went away", ["He came, he saw the town; ", "he went away"]),
        ("when it rains, we stay in", ["when it rains, ", "we stay in"]),
        ("今日はいい天気。明日は雨です。", ["今日はいい天気。", "明日は雨です。"]),
        ("abcdefghijklmnop", ["abcdefgh", "ijklmnop"]),
    ],
)
def test_sentence_ends_are_better_than_clauses_and_clauses_than_spaces(text, expected):
    whole = len(text)
    assert list(pieces_within(text, lambda piece: len(piece) < whole)) == expected


def test_a_preferred_place_wins_among_equals():
    text = "aaaa bbbb cccc dddd eeee"
    assert cut_points(text, lambda piece: len(piece) < 24, preferred={15}) == (15,)
    assert cut_points(text, lambda piece: len(piece) < 24) == (10,)


def test_what_fits_is_not_cut():
    assert cut_points("One. Two.", lambda piece: True) == ()
