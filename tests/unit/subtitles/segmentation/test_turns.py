"""Two speakers in one cue: who may share one, and how the rows say who speaks."""

from dataclasses import replace

import pytest
from timed_text import profile

from subtitles.segmentation.turns import is_turn, turn_marks, turn_starts
from subtitles.style.profile import DashStyle


@pytest.mark.parametrize(
    ("style", "marks"),
    [
        (DashStyle.SPACED_BOTH, ("- ", "- ")),
        (DashStyle.BOTH, ("-", "-")),
        (DashStyle.SECOND, ("", "-")),
        (DashStyle.SPACED_SECOND, ("", "- ")),
    ],
)
def test_rows_are_marked_in_the_languages_dash_style(
    style: DashStyle, marks: tuple[str, str]
) -> None:
    typography = replace(profile().typography, dash=style)
    assert turn_marks(replace(profile(), typography=typography)) == marks


def test_speakers_share_no_cue_in_japanese_or_on_a_single_row() -> None:
    assert turn_marks(profile("ja")) is None
    assert turn_marks(replace(profile(), max_lines=1)) is None


@pytest.mark.parametrize(
    ("speakers", "starts"),
    [
        ("", []),
        ("AAA", []),
        ("AB", [1]),
        ("ABBA", [1, 3]),
        ("..A.", []),
        ("A.B", [2]),
        ("A.A", []),
        ("A..BA", [3, 4]),
    ],
)
def test_a_turn_starts_where_another_known_voice_is_heard(speakers: str, starts: list[int]) -> None:
    labels = [label.replace(".", "") for label in speakers]
    assert turn_starts(labels) == starts


def test_nobody_known_takes_no_turn() -> None:
    assert is_turn("A", "B")
    assert not is_turn("", "B")
    assert not is_turn("A", "")
