"""Distances from cuts and from speech, in frames."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import cue, frame_rates

from subtitles.cues import Edge
from subtitles.picture import NO_PICTURE, Picture
from subtitles.span import Span, ms_from_frames
from subtitles.timing.measures import cut_distance_frames, frames_between, speech_offset_frames

FILM = Picture(frame_rate=Fraction(24), shot_changes_ms=(1000, 5000))


@pytest.mark.parametrize(
    ("edge_ms", "frames"),
    [(1000, 0), (917, -2), (958, -1), (1042, 1), (0, -24), (4500, -12), (5500, 12), (3000, 48)],
)
def test_the_nearest_cut_is_so_many_frames_away(edge_ms: int, frames: int) -> None:
    assert cut_distance_frames(edge_ms, FILM) == frames


def test_without_cuts_there_is_no_distance() -> None:
    assert cut_distance_frames(1000, NO_PICTURE) is None


def test_without_a_frame_rate_frames_are_those_of_film() -> None:
    assert cut_distance_frames(917, Picture(shot_changes_ms=(1000,))) == -2


@given(st.integers(0, 500_000), st.integers(0, 500_000), frame_rates())
def test_whole_frames_are_counted_exactly(one: int, other: int, rate: Fraction | None) -> None:
    instants = [ms_from_frames(frame, rate or Fraction(24)) for frame in (one, other)]
    assert frames_between(*instants, rate) == other - one


def test_offset_from_speech_is_positive_when_the_cue_is_later() -> None:
    late = replace(cue("text", 1042, 3500), speech=Span(1000, 3000))
    assert speech_offset_frames(late, Edge.IN_TIME, FILM) == 1
    assert speech_offset_frames(late, Edge.OUT_TIME, FILM) == 12
    early = replace(late, speech=Span(1125, 3625))
    assert speech_offset_frames(early, Edge.IN_TIME, FILM) == -2
    assert speech_offset_frames(early, Edge.OUT_TIME, FILM) == -3


def test_unknown_speech_has_no_offset() -> None:
    assert speech_offset_frames(cue("text"), Edge.IN_TIME, FILM) is None
