"""The part of a track that a step is done on, and what belongs to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from review.errors import InvalidStepError
from review.hearing import HeardWord
from review.measuring import Yardstick
from review.merging.source_cues import SourceCue
from review.tasks import ReviewCue
from subtitles.cues import derive_cue_id
from subtitles.report.timecode import clock
from subtitles.span import Span
from subtitles.timing.grid import Grid

MAX_TIME_MS = 360_000_000
"""A hundred hours: the first time that subtitle files have no digits for."""

Cues = tuple[ReviewCue, ...]
"""Cues in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Cues in a row, with at least one neighbour on each side of what a step touches if there is.

    Attributes:
        task_id: Their task.
        cues: In order; nothing between them is left out.
        by: What they are measured by: the frame grid, and the limits of the language.
        sources: What they render, by its place; those that matter.
        heard: Every word of the film, where a step needs them.
        edition: Grows with every step on the task: new ids are derived from it.
    """

    task_id: str
    cues: Cues
    by: Yardstick
    sources: Mapping[int, SourceCue] = field(default_factory=dict)
    heard: Sequence[HeardWord] = ()
    edition: int = 0

    @property
    def grid(self) -> Grid:
        """The instants at which a cue may come or go."""
        return self.by.standard.grid

    def rendering(self, sources: Mapping[int, SourceCue]) -> "Section":
        """The section with what its cues render."""
        return replace(self, sources=sources)

    def place(self, cue_id: str) -> int:
        """Where a cue stands in the section."""
        return next(place for place, cue in enumerate(self.cues) if cue.cue_id == cue_id)

    def beside(self, place: int, offset: int) -> ReviewCue | None:
        """The cue so many places on; None past either end."""
        wanted = place + offset
        return self.cues[wanted] if 0 <= wanted < len(self.cues) else None

    def new_id(self, *parts: object) -> str:
        """The id of a cue that this step makes."""
        return derive_cue_id("step", self.task_id, self.edition, *parts)

    def with_cues(self, changed: Mapping[str, ReviewCue]) -> Cues:
        """All cues, some of them changed."""
        return tuple(changed.get(cue.cue_id, cue) for cue in self.cues)

    def replacing(self, places: Collection[int], cues: Sequence[ReviewCue]) -> Cues:
        """All cues, with these in the place of a few in a row."""
        first, last = min(places), max(places) + 1
        return self.numbered((*self.cues[:first], *cues, *self.cues[last:]))

    def numbered(self, cues: Iterable[ReviewCue]) -> Cues:
        """These cues in the place of the section's, numbered on from its first."""
        first = self.cues[0].ordinal if self.cues else 0
        return tuple(
            cue if cue.ordinal == ordinal else replace(cue, ordinal=ordinal)
            for ordinal, cue in enumerate(cues, first)
        )


def changed(cue: ReviewCue) -> ReviewCue:
    """The cue under its next version."""
    return replace(cue, version=cue.version + 1)


def span_between(start_ms: int, end_ms: int) -> Span:
    """A time on the screen.

    Raises:
        InvalidStepError: it begins before the title, ends before it begins, or lasts for no time.
    """
    if start_ms < 0:
        raise InvalidStepError("a cue cannot start before the title does")
    if end_ms <= start_ms:
        raise InvalidStepError("a cue has to end after it starts")
    if end_ms >= MAX_TIME_MS:
        raise InvalidStepError("a cue cannot be shown after a hundred hours")
    return Span(start_ms, end_ms)


def require_room(
    span: Span, before: ReviewCue | None, after: ReviewCue | None, *, now: Span | None = None
) -> None:
    """Refuse a time that a neighbour has.

    Args:
        span: The time wanted.
        before: The neighbour before it.
        after: The neighbour after it.
        now: The time a cue has: where it runs into a neighbour already, it may go on to, no more.

    Raises:
        InvalidStepError: naming the neighbour.
    """
    if before is not None:
        earliest_ms = min(before.span.end_ms, before.span.end_ms if now is None else now.start_ms)
        if span.start_ms < earliest_ms:
            raise InvalidStepError(
                f"cue {before.ordinal + 1} is shown until {clock(before.span.end_ms)}: "
                "start no earlier"
            )
    if after is not None:
        latest_ms = max(after.span.start_ms, after.span.start_ms if now is None else now.end_ms)
        if span.end_ms > latest_ms:
            raise InvalidStepError(
                f"cue {after.ordinal + 1} is shown from {clock(after.span.start_ms)}: end no later"
            )
