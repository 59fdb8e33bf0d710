"""What is checked: a cue, or a text at a time that no `Cue` would accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from subtitles.counting import visible_text
from subtitles.cues import CueKind
from subtitles.span import Span


class Checkable(Protocol):
    """What the checks read of a cue; `Cue` and `Draft` have it."""

    @property
    def cue_id(self) -> str:
        """Goes into the findings."""

    @property
    def span(self) -> Span:
        """When it is shown."""

    @property
    def lines(self) -> Sequence[str]:
        """Its rows."""

    @property
    def speech(self) -> Span | None:
        """When it is said, None when nobody knows."""

    @property
    def kind(self) -> CueKind:
        """What it renders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A cue as typed: any number of rows, blank ones included, for any time, none included."""

    cue_id: str
    span: Span
    lines: Sequence[str]
    speech: Span | None = None
    kind: CueKind = CueKind.DIALOGUE


class Shown:
    """A cue's text in the shapes the checks look at.

    Attributes:
        lines: The rows as they are.
        text: The rows joined by line feeds, tags and all.
        rows: What a viewer sees of each row.
        visible: The same, joined by line feeds.
    """

    __slots__ = ("lines", "rows", "text", "visible")

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = "\n".join(lines)
        # Without these two no row has a tag; other unseen characters are findings of their own.
        self.rows = (
            [visible_text(line) for line in lines]
            if "<" in self.text or "{" in self.text
            else lines
        )
        self.visible = self.text if self.rows is lines else "\n".join(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The cues beside one; None at the ends of a track.

    Attributes:
        previous_end_ms: When the cue before it goes.
        next_start_ms: When the cue after it comes.
    """

    previous_end_ms: int | None = None
    next_start_ms: int | None = None
