"""The port of the outbox: what happened in review, on its way to whoever acts on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from subtitles.language import LanguageTag

UNDETERMINED = LanguageTag("und")
"""The language of a notice that is about no text: BCP 47 has it for this."""


class NoticeKind(StrEnum):
    """What a notice tells: a draft is there; a text may be published; it was; translate now.

    And of the house's own affairs: the words of a project have changed.
    """

    TASK_PARKED = "task.parked"
    TASK_APPROVED = "task.approved"
    TASK_PUBLISHED = "task.published"
    SOURCE_APPROVED = "source.approved"
    GLOSSARY_CHANGED = "glossary.changed"


TOLD_OUTSIDE = frozenset(NoticeKind) - {NoticeKind.GLOSSARY_CHANGED}
"""What webhooks may be told of; the others concern nobody but the pipeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message, told at least once.

    Attributes:
        notice_id: Grows; unique. Good as an idempotency key, since a notice may come twice.
        task_id: Empty where it is about no task.
        media_id: With it.
        language: With it; then `UNDETERMINED`.
        snapshot_sha256: As in `Snapshot`; a later approval has a notice of its own. Empty for a
            draft that was parked.
        attempts: How often delivery has failed so far.
        starts: How often work on it was accepted and not seen done so far.
        project_id: The project it is about; empty for the one without a name, and for a notice
            about a task.
    """

    notice_id: int
    kind: NoticeKind
    task_id: str
    media_id: str
    language: LanguageTag
    snapshot_sha256: str
    created_at: datetime
    attempts: int
    starts: int = 0
    project_id: str = ""


class Outbox(Protocol):
    """Notices written in the same transaction as the change they tell of.

    It has one reader for each kind of notice, who ticks off what he has acted upon.
    """

    def undelivered(self, kinds: Collection[NoticeKind], *, limit: int = 100) -> tuple[Notice, ...]:
        """What waits of these kinds, oldest first."""
        ...

    def due(self, kind: NoticeKind, *, limit: int = 100) -> tuple[Notice, ...]:
        """Of these, what nobody has taken or put off until later, oldest first."""
        ...

    def take(self, notice_id: int, *, for_: timedelta) -> bool:
        """Have a notice alone for so long; False when somebody else was faster or it is not due.

        Who dies with one in hand leaves it to others once the time is over.
        """
        ...

    def delivered(self, notice_id: int) -> None:
        """Tick a notice off; twice is once. UnknownTaskError for none of that id."""
        ...

    def failed(self, notice_id: int, *, again_in: timedelta = timedelta(0)) -> None:
        """Count a failed attempt; the notice stays, and is due after that time.

        UnknownTaskError for none of that id.
        """
        ...

    def started(self, notice_id: int, *, again_in: timedelta) -> None:
        """Work that ticks the notice off itself was accepted; it is due again when it does not.

        UnknownTaskError for none of that id.
        """
        ...
