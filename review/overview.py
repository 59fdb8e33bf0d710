"""The port of the overview: how the queue stands, read fast and often, changing nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from review.tasks import TaskState
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStanding:
    """Where one title stands in one language.

    Attributes:
        state: As people see it: a task whose lease has run out is pending again.
        holder: The name of who holds it, else of who has it assigned; empty for nobody.
        parked_at: When its newest draft came.
        updated_at: When anything about it changed last.
        published_at: When it was published last; None until then.
        published_sha256: Of the text published last; None until then.
        error_count: Open findings that block approval.
        stale_count: Cues whose source has changed since a person last looked at them.
    """

    task_id: str
    media_id: str
    title: str
    media_path: str
    language: LanguageTag
    is_source: bool
    state: TaskState
    holder: str
    parked_at: datetime
    updated_at: datetime
    published_at: datetime | None
    published_sha256: str | None
    cue_count: int
    confirmed_count: int
    error_count: int
    stale_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStanding:
    """How much there is of what.

    Attributes:
        tasks: (language, state) → how many.
        oldest: (language, state) → when the oldest of the open ones was changed last.
        outbox: Kind of notice → how many wait to be acted upon.
        outbox_oldest: Kind of notice → when the oldest of them was written.
    """

    tasks: dict[tuple[str, TaskState], int]
    oldest: dict[tuple[str, TaskState], datetime]
    outbox: dict[str, int]
    outbox_oldest: dict[str, datetime]


class Overview(Protocol):
    """Looks at the queue; each method raises ReviewDatabaseError when it cannot be read."""

    def tasks_of(self, text: str) -> tuple[TaskStanding, ...]:
        """Tasks of what is named, by title and language.

        Args:
            text: A title, the path of its film, or its media id or the first six letters of that
                or more.
        """
        ...

    def queue(self) -> QueueStanding:
        """All of the queue in numbers."""
        ...
