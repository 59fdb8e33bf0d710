"""Styling comes off before translation and goes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, clean_row

from translate.sentencing.markup import plain_cue

ROWS = st.lists(any_text().map(clean_row).filter(bool), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("rows", "plain", "tags", "dropped"),
    [
        (["Hello"], ("Hello",), (), 0),
        (["<i>Hello</i>"], ("Hello",), ("i",), 0),
        (["<i>Hello", "there</i>"], ("Hello", "there"), ("i",), 0),
        (["<i>Hello</i>", "<i>there</i>"], ("Hello", "there"), ("i",), 0),
        (["<b><i>Hi</i></b>"], ("Hi",), ("i", "b"), 0),
        (["<i>Never closed"], ("Never closed",), ("i",), 0),
        (["- <i>Hello</i>!"], ("- Hello!",), ("i",), 0),
        (["a <i>word</i>"], ("a word",), (), 0),
        (["<i>one</i>", "two"], ("one", "two"), (), 0),
        (['<font color="red">red</font>'], ("red",), (), 1),
        (["<I>loud</I>"], ("loud",), ("i",), 0),
        (["a < b > c <3"], ("a < b > c <3",), (), 0),
        (["<script>x</script>"], ("<script>x</script>",), (), 0),
        (["{\\b1}bold{\\b0}"], ("bold",), (), 2),
        (["stray</i>"], ("stray",), (), 0),
        (["<i></i>"], (), (), 0),
    ],
)
def test_tags_are_told_from_dialogue(rows, plain, tags, dropped):
    found = plain_cue(rows)
    assert found.lines == plain
    assert set(found.tags) == set(tags)
    if plain:
        assert found.dropped == dropped


@pytest.mark.parametrize(
    ("rows", "partly"),
    [
        (["a <i>word</i>"], [("i", 1, 5)]),
        (["<i>one</i>", "<i>two</i> <b>three</b>"], [("i", 0, 6), ("b", 6, 11)]),
        (["<i>one</i> two <i>three"], [("i", 0, 3), ("i", 6, 11)]),
        (["<b>all <i>of</i> it</b>"], [("i", 3, 5)]),
        (["<i></i>a", "<font>b</font>"], []),
    ],
)
def test_tags_on_a_part_are_counted_by_characters_without_space(rows, partly):
    found = plain_cue(rows).partly
    assert [(one.name, one.start, one.end) for one in found] == partly


def test_what_held_for_the_whole_cue_goes_back_around_it():
    found = plain_cue(["{\\an8}<i>Hello", "there</i>"])
    assert found.styled(["Olá", "aí"]) == ("{\\an8}<i>Olá", "aí</i>")


@given(ROWS)
def test_taking_off_and_putting_back_whole_styling_changes_nothing_a_viewer_sees(rows):
    plain = plain_cue(rows)
    if plain.lines:
        again = plain_cue(plain.styled(plain.lines))
        assert "".join("".join(again.lines).split()) == "".join("".join(plain.lines).split())
        assert again.tags == plain.tags


@given(ROWS)
def test_plain_rows_are_never_blank(rows):
    assert all(row.strip() for row in plain_cue(rows).lines)
