"""Cues of a translation beside those of a reference."""

from hypothesis import given
from hypothesis import strategies as st
from timed_text import track

from subtitles.cues import Cue
from subtitles.span import Span
from translate.scoring.segments import Matching, matched_cues, matched_lines


def spoken(*timed):
    cues = [
        Cue(cue_id=f"{id(timed)}-{number}", span=Span(start, end), lines=tuple(text.split("|")))
        for number, (start, end, text) in enumerate(timed)
    ]
    return track(cues, "de")


def pairs(matched):
    return [(one.shown, one.wanted) for one in matched.segments]


WANTED = spoken((0, 1000, "eins"), (2000, 3000, "zwei"), (4000, 5000, "drei"))


def test_as_many_cues_at_the_same_times_are_compared_one_by_one():
    shown = spoken((100, 900, "one"), (1900, 3500, "<i>two|and</i>"), (4000, 5000, "three"))
    found = matched_cues(shown, WANTED)
    assert found.by is Matching.CUES
    assert pairs(found) == [("one", "eins"), ("two and", "zwei"), ("three", "drei")]


def test_as_many_cues_at_other_times_are_not_taken_for_the_same():
    shown = spoken((0, 1000, "one"), (4000, 4400, "three"), (4500, 5000, "more"))
    found = matched_cues(shown, WANTED)
    assert found.by is Matching.TIMES
    assert pairs(found) == [("one", "eins"), ("", "zwei"), ("three more", "drei")]


def test_a_cue_that_renders_two_is_compared_with_both():
    shown = spoken((0, 3000, "one two"), (4000, 5000, "three"))
    assert pairs(matched_cues(shown, WANTED)) == [("one two", "eins zwei"), ("three", "drei")]


def test_a_cue_where_nothing_is_said_counts_as_too_many_words():
    shown = spoken((0, 1000, "one"), (1200, 1800, "noise"), (2000, 3000, "two"), (4000, 5000, "x"))
    assert pairs(matched_cues(shown, WANTED))[0] == ("one noise", "eins")


def test_nothing_beside_nothing_has_no_segments():
    assert matched_cues(spoken(), spoken()).segments == ()
    assert pairs(matched_cues(spoken((0, 9, "a")), spoken())) == [("a", "")]
    assert pairs(matched_cues(spoken(), spoken((0, 9, "a")))) == [("", "a")]


def test_lines_stand_in_order():
    assert pairs(matched_lines([" a ", ""], ["b", "c"])) == [("a", "b"), ("", "c")]


@st.composite
def timed_words(draw, letter):
    now, found = 0, []
    for number in range(draw(st.integers(0, 8))):
        now += draw(st.integers(0, 1500))
        length = draw(st.integers(1, 3000))
        found.append((now, now + length, f"{letter}{number}"))
        now += length
    return spoken(*found)


@given(timed_words("s"), timed_words("w"))
def test_every_word_of_both_sides_is_in_one_segment_in_its_order(shown, wanted):
    found = matched_cues(shown, wanted).segments
    for side, whole in (("shown", shown), ("wanted", wanted)):
        words = " ".join(getattr(one, side) for one in found).split()
        assert words == [cue.text for cue in whole.cues]
