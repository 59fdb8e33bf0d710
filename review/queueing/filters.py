"""What people ask the queue for."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from review.tasks import Priority, TaskState
from subtitles.language import LanguageTag

SOON = timedelta(days=1)
"""Due so soon is due today, wherever one lives."""

WEEK = timedelta(days=7)

MEDIUM_RISK = 0.1
"""From one cue in ten on, reading past the text is not enough."""

HIGH_RISK = 0.3
"""From about one cue in three on, a text is translated anew rather than corrected."""

MAX_TITLE_CHARS = 200
"""Longest part of a title that is searched for."""


class Stage(StrEnum):
    """Tasks of several states together."""

    OPEN = "open"
    ALL = "all"


class Whose(StrEnum):
    """Tasks by what they have to do with the person who asks.

    Held by them; assigned to them by a lead, or kept for them; free for them to take now; held by
    nobody and kept for nobody.
    """

    HELD = "held"
    ASSIGNED = "assigned"
    FREE = "free"
    NOBODY = "nobody"


class Due(StrEnum):
    """By when a task has to be approved; each within the next, but for ``NEVER``."""

    OVERDUE = "overdue"
    SOON = "soon"
    WEEK = "week"
    NEVER = "never"


class Risk(StrEnum):
    """How much of a text is probably not right as it stands (`ReviewTask.risk`)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def risk_of(share: float) -> Risk:
    """The class of a share of cues, 0…1."""
    if share >= HIGH_RISK:
        return Risk.HIGH
    return Risk.MEDIUM if share >= MEDIUM_RISK else Risk.LOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which tasks are wanted; all conditions hold together, None asks for nothing.

    Attributes:
        state: A state as people see it, or several together.
        project_id: Empty for the titles that are in no project.
        title: A part of the title, however it is spelt in capitals; empty for any title.
    """

    state: TaskState | Stage = Stage.OPEN
    language: LanguageTag | None = None
    project_id: str | None = None
    whose: Whose | None = None
    priority: Priority | None = None
    due: Due | None = None
    risk: Risk | None = None
    title: str = ""
