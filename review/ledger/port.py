"""The port of the ledger: what people did to approved texts, and how long they were at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from review.access.roles import Reach
from review.ledger.effort import Effort
from subtitles.language import LanguageTag

MAX_ACTIVE_MS = 60_000
"""Most that one sign of life can tell of: the form gives one every minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One task whose text has been approved.

    Attributes:
        project: Name of its project.
        approved_at: Of the last approval, which is what ``effort`` is of.
        active_ms: How long people were really at work on it, all together.
        people: Ids of those people.
    """

    task_id: str
    title: str
    project: str
    language: LanguageTag
    source_language: LanguageTag
    approved_at: datetime
    effort: Effort
    active_ms: int
    people: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTime:
    """How long one person was at work on one task, for that person alone."""

    task_id: str
    title: str
    language: LanguageTag
    active_ms: int


class Ledger(Protocol):
    """Counts work; it never judges a person.

    How long somebody was at work is shown to that person alone. Others see sums over at least two
    people (`review.ledger.sums`).
    """

    def record(self, task_id: str, user_id: str, active_ms: int) -> None:
        """Somebody was at work: typing, playing, going through cues.

        Never more is counted than has passed since the last sign of life of that person, on any
        task, nor than `MAX_ACTIVE_MS`.
        """
        ...

    def measure(self, *, for_s: float) -> int:
        """Measure approved texts that nobody has measured yet, for about so long.

        Returns how many are left.
        """
        ...

    def entries(self, reach: Reach) -> tuple[Entry, ...]:
        """Measured tasks where this person leads, by their last approval, latest first."""
        ...

    def own_times(self, user_id: str) -> tuple[OwnTime, ...]:
        """How long a person was at work on what, the longest first."""
        ...
