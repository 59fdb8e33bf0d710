"""The port of the outbox: approvals on their way to the publisher, told at least once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalNotice:
    """That a text was approved and may be published.

    Attributes:
        notice_id: Grows; unique. Good as an idempotency key, since a notice may come twice.
        snapshot_sha256: As in `Snapshot`; a later approval has a notice of its own.
        attempts: How often delivery has failed so far.
    """

    notice_id: int
    task_id: str
    media_id: str
    language: LanguageTag
    snapshot_sha256: str
    approved_at: datetime
    attempts: int


class Outbox(Protocol):
    """Notices written in the same transaction as the approval they tell of."""

    def undelivered(self, *, limit: int = 100) -> tuple[ApprovalNotice, ...]:
        """What waits, oldest first."""
        ...

    def delivered(self, notice_id: int) -> None:
        """Tick a notice off; twice is once. UnknownTaskError for none of that id."""
        ...

    def failed(self, notice_id: int) -> None:
        """Count a failed attempt; the notice stays. UnknownTaskError for none of that id."""
        ...
