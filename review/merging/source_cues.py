"""What a task renders: the cues of its source, on the film's own clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from subtitles.counting import visible_text
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCue:
    """One cue of the track that a task renders.

    Attributes:
        cue_id: As the draft that brought it has it.
        span: When it is shown.
        text: Rows joined by line breaks.
    """

    cue_id: str
    span: Span
    text: str


def content_of(texts: Iterable[str]) -> str:
    """What is said, on one row: two texts of the same content differ in rows and styling alone."""
    rows = (visible_text(row) for text in texts for row in text.split("\n"))
    return " ".join(" ".join(rows).split())
