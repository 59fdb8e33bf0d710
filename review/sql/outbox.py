"""The outbox in SQLite or PostgreSQL."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, or_, select, update
from sqlalchemy.orm import Session

from review.errors import UnknownTaskError
from review.outbox import UNDETERMINED, Notice, NoticeKind
from review.sql.database import reading, writing
from review.sql.hook_rows import enqueue
from review.sql.schema import TaskRow
from review.sql.schema_log import OutboxRow
from review.store import Clock
from subtitles.language import LanguageTag


class SqlOutbox:
    """Implements `review.outbox.Outbox` beside `review.sql.store.SqlReviewStore`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def undelivered(self, kinds: Collection[NoticeKind], *, limit: int = 100) -> tuple[Notice, ...]:
        """See the port."""
        waiting = (
            select(OutboxRow)
            .where(OutboxRow.delivered_at.is_(None), OutboxRow.kind.in_(kinds))
            .order_by(OutboxRow.message_id)
            .limit(limit)
        )
        with reading(self._engine) as session:
            return tuple(notice_of(row) for row in session.scalars(waiting))

    def due(self, kind: NoticeKind, *, limit: int = 100) -> tuple[Notice, ...]:
        """See the port."""
        waiting = (
            select(OutboxRow)
            .where(OutboxRow.kind == kind, _is_due(self._clock()))
            .order_by(OutboxRow.message_id)
            .limit(limit)
        )
        with reading(self._engine) as session:
            return tuple(notice_of(row) for row in session.scalars(waiting))

    def take(self, notice_id: int, *, for_: timedelta) -> bool:
        """See the port."""
        now = self._clock()
        taking = (
            update(OutboxRow)
            .where(OutboxRow.message_id == notice_id, _is_due(now))
            .values(next_try_at=now + for_)
            .returning(OutboxRow.message_id)
        )
        with writing(self._engine) as session:
            return session.scalar(taking) is not None

    def delivered(self, notice_id: int) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row = _require(session, notice_id)
            row.delivered_at = row.delivered_at or self._clock()

    def failed(self, notice_id: int, *, again_in: timedelta = timedelta(0)) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row = _require(session, notice_id)
            row.attempts += 1
            row.next_try_at = self._clock() + again_in

    def started(self, notice_id: int, *, again_in: timedelta) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row = _require(session, notice_id)
            row.starts += 1
            row.next_try_at = self._clock() + again_in


def tell(
    session: Session, kind: NoticeKind, task: TaskRow, now: datetime, *, snapshot_sha256: str = ""
) -> None:
    """Store a message about a task; it is told if and when the change it tells of is committed."""
    payload = {
        "task_id": task.task_id,
        "media_id": task.media_id,
        "language": task.language,
        "snapshot_sha256": snapshot_sha256,
    }
    _store(session, kind, payload, now)


def tell_of_words(session: Session, project_id: str, now: datetime) -> None:
    """Store a message about the changed words of a project; told with the change, or not at all."""
    _store(session, NoticeKind.GLOSSARY_CHANGED, {"project_id": project_id}, now)


def _store(session: Session, kind: NoticeKind, payload: dict[str, str], now: datetime) -> None:
    message = OutboxRow(kind=kind, payload=payload, created_at=now)
    session.add(message)
    enqueue(session, message)


def _is_due(now: datetime) -> ColumnElement[bool]:
    later = or_(OutboxRow.next_try_at.is_(None), OutboxRow.next_try_at <= now)
    return OutboxRow.delivered_at.is_(None) & later


def notice_of(row: OutboxRow) -> Notice:
    """A message as the port speaks of it."""
    told = row.payload
    return Notice(
        notice_id=row.message_id,
        kind=NoticeKind(row.kind),
        task_id=told.get("task_id", ""),
        media_id=told.get("media_id", ""),
        language=LanguageTag(told.get("language", UNDETERMINED)),
        snapshot_sha256=told.get("snapshot_sha256", ""),
        created_at=row.created_at,
        attempts=row.attempts,
        starts=row.starts,
        project_id=told.get("project_id", ""),
    )


def _require(session: Session, notice_id: int) -> OutboxRow:
    row = session.get(OutboxRow, notice_id, with_for_update=True)
    if row is None:
        raise UnknownTaskError("notice", str(notice_id))
    return row
