"""The outbox in SQLite or PostgreSQL."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.database import reading, writing
from review.errors import UnknownTaskError
from review.outbox import ApprovalNotice
from review.schema import OutboxRow, SnapshotRow, TaskRow
from review.store import Clock
from subtitles.language import LanguageTag

TASK_APPROVED = "task.approved"
"""The one kind of message there is."""


class SqlOutbox:
    """Implements `review.outbox.Outbox` beside `review.sql_store.SqlReviewStore`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def undelivered(self, *, limit: int = 100) -> tuple[ApprovalNotice, ...]:
        """See the port."""
        waiting = (
            select(OutboxRow)
            .where(OutboxRow.delivered_at.is_(None), OutboxRow.kind == TASK_APPROVED)
            .order_by(OutboxRow.message_id)
            .limit(limit)
        )
        with reading(self._engine) as session:
            return tuple(_notice_of(row) for row in session.scalars(waiting))

    def delivered(self, notice_id: int) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row = _require(session, notice_id)
            row.delivered_at = row.delivered_at or self._clock()

    def failed(self, notice_id: int) -> None:
        """See the port."""
        with writing(self._engine) as session:
            _require(session, notice_id).attempts += 1


def approval_message(task: TaskRow, snapshot: SnapshotRow) -> OutboxRow:
    """The message to store with an approval."""
    return OutboxRow(
        kind=TASK_APPROVED,
        payload={
            "task_id": task.task_id,
            "media_id": task.media_id,
            "language": task.language,
            "snapshot_sha256": snapshot.sha256,
        },
        created_at=snapshot.approved_at,
    )


def _require(session: Session, notice_id: int) -> OutboxRow:
    row = session.get(OutboxRow, notice_id, with_for_update=True)
    if row is None:
        raise UnknownTaskError("notice", str(notice_id))
    return row


def _notice_of(row: OutboxRow) -> ApprovalNotice:
    return ApprovalNotice(
        notice_id=row.message_id,
        task_id=row.payload["task_id"],
        media_id=row.payload["media_id"],
        language=LanguageTag(row.payload["language"]),
        snapshot_sha256=row.payload["snapshot_sha256"],
        approved_at=row.created_at,
        attempts=row.attempts,
    )
