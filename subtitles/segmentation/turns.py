"""Two speakers in one cue: when they may share it, and how their rows are marked."""

from collections.abc import Sequence

from subtitles.counting import CountingRule
from subtitles.style.profile import StyleProfile
from subtitles.typography.dashes import speaker_rows


def is_turn(before: str, after: str) -> bool:
    """Whether the speaker changes between two labels; an empty one is nobody known."""
    return bool(before and after and before != after)


def turn_starts(speakers: Sequence[str]) -> list[int]:
    """Which of these words begin another speaker's turn; an unlabelled one goes with who spoke."""
    starts, speaking = [], ""
    for number, speaker in enumerate(speakers):
        if is_turn(speaking, speaker):
            starts.append(number)
        speaking = speaker or speaking
    return starts


def turn_marks(profile: StyleProfile) -> tuple[str, str] | None:
    """What the rows of two speakers in one cue start with, in the language's dash style.

    None when they never share a cue: there is one row only, or the language is Japanese, which has
    no such dashes (names in full-width parentheses are for SDH).
    """
    if profile.max_lines == 1 or profile.counting is CountingRule.JAPANESE:
        return None
    first, second = speaker_rows(("", ""), profile)
    return first, second
