"""The ledger of effort in SQLite or PostgreSQL."""

import time
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from sqlalchemy import Engine, Select, Subquery, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.access.roles import Reach
from review.events import Event, EventKind
from review.ledger.doings import doings_of
from review.ledger.effort import Effort, effort_of
from review.ledger.port import MAX_ACTIVE_MS, Entry, OwnTime
from review.release.document import document_of_json
from review.sql.database import reading, writing
from review.sql.reaching import within
from review.sql.rows import event_of, require_task
from review.sql.schema import ProjectRow, TaskRow
from review.sql.schema_log import EventRow, SnapshotRow
from review.sql.schema_people import UserRow
from review.sql.schema_release import EffortRow
from review.sql.schema_work import WorkTimeRow
from review.store import Clock
from review.tasks import Role
from subtitles.language import LanguageTag


class SqlLedger:
    """Implements `review.ledger.port.Ledger`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def record(self, task_id: str, user_id: str, active_ms: int) -> None:
        """See the port."""
        with writing(self._engine) as session:
            require_task(session, task_id)
            # One sign of life of a person after the other, on whichever task.
            session.get_one(UserRow, user_id, with_for_update=True)
            now = self._clock()
            counted_ms = max(0, min(active_ms, _passed_ms(session, user_id, now), MAX_ACTIVE_MS))
            key = (task_id, user_id, f"{now:%Y-%m-%d}")
            row = session.get(WorkTimeRow, key)
            if row is None:
                row = WorkTimeRow(task_id=task_id, user_id=user_id, day=key[2])
                session.add(row)
            row.active_ms += counted_ms
            row.seen_at = now

    def measure(self, *, for_s: float) -> int:
        """See the port."""
        with reading(self._engine) as session:
            waiting = list(session.scalars(_unmeasured()))
        ends_s = time.monotonic() + for_s
        while waiting and time.monotonic() < ends_s:
            self._measure(waiting.pop())
        return len(waiting)

    def entries(self, reach: Reach) -> tuple[Entry, ...]:
        """See the port."""
        listed = (
            select(EffortRow, SnapshotRow.approved_at, TaskRow, ProjectRow.name)
            .join(SnapshotRow, SnapshotRow.snapshot_id == EffortRow.snapshot_id)
            .join(TaskRow, TaskRow.task_id == EffortRow.task_id)
            .join(ProjectRow, ProjectRow.project_id == TaskRow.project_id)
            .where(EffortRow.snapshot_id.in_(select(_latest().c.snapshot_id)))
            .where(within(reach, Role.LEAD))
            .order_by(SnapshotRow.approved_at.desc(), EffortRow.snapshot_id.desc())
        )
        with reading(self._engine) as session:
            times = _times(session)
            return tuple(
                Entry(
                    task_id=task.task_id,
                    title=task.title,
                    project=project,
                    language=LanguageTag(task.language),
                    source_language=LanguageTag(task.source_language),
                    approved_at=approved_at,
                    effort=_effort_of(row),
                    active_ms=sum(times.get(task.task_id, {}).values()),
                    people=frozenset(times.get(task.task_id, {})),
                )
                for row, approved_at, task, project in session.execute(listed)
            )

    def own_times(self, user_id: str) -> tuple[OwnTime, ...]:
        """See the port."""
        total = func.sum(WorkTimeRow.active_ms)
        listed = (
            select(TaskRow.task_id, TaskRow.title, TaskRow.language, total)
            .join(TaskRow, TaskRow.task_id == WorkTimeRow.task_id)
            .where(WorkTimeRow.user_id == user_id)
            .group_by(TaskRow.task_id, TaskRow.title, TaskRow.language)
            .order_by(total.desc(), TaskRow.task_id)
        )
        with reading(self._engine) as session:
            return tuple(
                OwnTime(
                    task_id=task_id,
                    title=title,
                    language=LanguageTag(language),
                    active_ms=int(active_ms),
                )
                for task_id, title, language, active_ms in session.execute(listed)
                if active_ms
            )

    def _measure(self, snapshot_id: int) -> None:
        with reading(self._engine) as session:
            snapshot = session.get_one(SnapshotRow, snapshot_id)
            events = _events_until_approval(session, snapshot.task_id)
            task_id, document = snapshot.task_id, document_of_json(snapshot.document)
        effort = effort_of(document, doings_of(events))
        try:
            with writing(self._engine) as session:
                if session.get(EffortRow, snapshot_id) is None:
                    counts = asdict(effort)
                    session.add(EffortRow(snapshot_id=snapshot_id, task_id=task_id, **counts))
        except IntegrityError:
            pass  # PostgreSQL: somebody else measured the same just now


def _passed_ms(session: Session, user_id: str, now: datetime) -> int:
    """Since the last sign of life of a person; the most that counts where there was none."""
    seen = select(func.max(WorkTimeRow.seen_at)).where(WorkTimeRow.user_id == user_id)
    last = session.scalars(seen).one()
    return MAX_ACTIVE_MS if last is None else (now - last) // timedelta(milliseconds=1)


def _latest() -> Subquery:
    """The last approval of each task."""
    last = func.max(SnapshotRow.snapshot_id).label("snapshot_id")
    return select(last).group_by(SnapshotRow.task_id).subquery()


def _unmeasured() -> Select[int]:
    """Last approvals without their effort, the newest last; those of older versions have none."""
    return (
        select(SnapshotRow.snapshot_id)
        .where(SnapshotRow.snapshot_id.in_(select(_latest().c.snapshot_id)))
        .where(SnapshotRow.document != "")
        .where(SnapshotRow.snapshot_id.not_in(select(EffortRow.snapshot_id)))
        .order_by(SnapshotRow.snapshot_id)
    )


def _events_until_approval(session: Session, task_id: str) -> list[Event]:
    listed = select(EventRow).where(EventRow.task_id == task_id).order_by(EventRow.event_id)
    events = [event_of(row) for row in session.scalars(listed)]
    while events and events[-1].kind is not EventKind.TASK_APPROVED:
        events.pop()
    return events


def _times(session: Session) -> dict[str, dict[str, int]]:
    """Time at work by task and person."""
    total = func.sum(WorkTimeRow.active_ms)
    listed = select(WorkTimeRow.task_id, WorkTimeRow.user_id, total).group_by(
        WorkTimeRow.task_id, WorkTimeRow.user_id
    )
    found: dict[str, dict[str, int]] = {}
    for task_id, user_id, active_ms in session.execute(listed):
        if active_ms:
            found.setdefault(task_id, {})[user_id] = int(active_ms)
    return found


def _effort_of(row: EffortRow) -> Effort:
    return Effort(**{one.name: getattr(row, one.name) for one in fields(Effort)})
