"""Turns: named as first heard, joined over short pauses."""

from speaker_fakes import turn

from asr.speakers.turns import joined, named_by_appearance


def test_speakers_are_named_as_they_are_first_heard():
    found = named_by_appearance([turn("7", 500, 900), turn("3", 0, 400), turn("7", 950, 990)])
    assert found == (turn("S1", 0, 400), turn("S2", 500, 900), turn("S2", 950, 990))


def test_turns_of_one_speaker_join_over_a_pause_and_no_further():
    turns = [turn("S1", 0, 100), turn("S1", 200, 300), turn("S1", 401, 500)]
    assert joined(turns, pause_ms=100) == (turn("S1", 0, 300), turn("S1", 401, 500))


def test_turns_do_not_join_over_another_speaker():
    turns = (turn("S1", 0, 100), turn("S2", 100, 120), turn("S1", 120, 300))
    assert joined(turns, pause_ms=1000) == turns


def test_a_turn_inside_the_one_before_does_not_shorten_it():
    assert joined([turn("S1", 0, 900), turn("S1", 100, 200)], pause_ms=0) == (turn("S1", 0, 900),)
