"""Rows of the review database as the values the port speaks of, and how they are looked up."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Nullable, Row, Select, and_, case, select
from sqlalchemy.orm import Session, aliased

from review.errors import UnknownTaskError
from review.events import Event, EventKind
from review.sql.findings import Found, find_findings
from review.sql.schema import CueRow, ProjectRow, TaskRow
from review.sql.schema_log import EventRow, SnapshotRow
from review.sql.schema_people import UserRow
from review.sql.schema_work import AssignmentRow
from review.tasks import Lease, Priority, Reservation, ReviewCue, ReviewTask, Snapshot, TaskState
from review.texts import is_storable
from review.workflow import HELD, RESERVABLE, state_now
from subtitles.language import LanguageTag
from subtitles.span import Span

TaskColumns: TypeAlias = tuple[
    TaskRow, AssignmentRow | None, str | None, bool, str | None, str | None
]
"""A task, the lease that runs and its holder's name, the stages, and whom it is kept for."""


def select_tasks(now: datetime) -> Select[*TaskColumns]:
    """Tasks, oldest first, with who holds them at ``now`` and for whom they are kept."""
    running = and_(
        AssignmentRow.task_id == TaskRow.task_id,
        AssignmentRow.released_at.is_(None),
        AssignmentRow.lease_until > now,
    )
    keeper = aliased(UserRow)
    first = case((TaskRow.reserved_until > now, TaskRow.reserved_for), else_=TaskRow.assigned_to)
    return (
        select(
            TaskRow,
            Nullable(AssignmentRow),
            Nullable(UserRow.name),
            ProjectRow.two_stages,
            Nullable(keeper.user_id),
            Nullable(keeper.name),
        )
        .join(ProjectRow, ProjectRow.project_id == TaskRow.project_id)
        .outerjoin(AssignmentRow, running)
        .outerjoin(UserRow, UserRow.user_id == AssignmentRow.user_id)
        .outerjoin(keeper, keeper.user_id == first)
        .order_by(TaskRow.created_at, TaskRow.task_id)
    )


def has_state(state: TaskState) -> ColumnElement[bool]:
    """`review.workflow.state_now` as a condition on `select_tasks`."""
    nobody = AssignmentRow.assignment_id.is_(None)
    lapsed = [(and_(TaskRow.state == held, nobody), free.value) for held, free in HELD.items()]
    return case(*lapsed, else_=TaskRow.state) == state.value


def find_task(session: Session, task_id: str, now: datetime) -> ReviewTask:
    """One task as it stands at ``now``; UnknownTaskError."""
    require_known("task", task_id)
    row = session.execute(select_tasks(now).where(TaskRow.task_id == task_id)).first()
    if row is None:
        raise UnknownTaskError("task", task_id)
    return task_of(row)


def require_task(session: Session, task_id: str) -> None:
    """UnknownTaskError without such a task."""
    require_known("task", task_id)
    if session.get(TaskRow, task_id) is None:
        raise UnknownTaskError("task", task_id)


def require_cue(session: Session, task_id: str, cue_id: str) -> CueRow:
    """A cue's row; UnknownTaskError without such a cue."""
    require_known("cue", cue_id)
    row = session.get(CueRow, (task_id, cue_id))
    if row is None:
        raise UnknownTaskError("cue", cue_id)
    return row


def require_known(what: str, wanted_id: str) -> None:
    """UnknownTaskError for an id that nothing can have, and that a database could not look up."""
    if not is_storable(wanted_id):
        raise UnknownTaskError(what, wanted_id)


def find_cues(
    session: Session, task_id: str, cue_ids: Collection[str] | None = None
) -> tuple[ReviewCue, ...]:
    """Cues of a task in order, each with its findings: all, or those of some ids."""
    cues = select(CueRow).where(CueRow.task_id == task_id).order_by(CueRow.ordinal)
    if cue_ids is not None:
        cue_ids = [one for one in cue_ids if is_storable(one)]  # of others there can be no row
        cues = cues.where(CueRow.cue_id.in_(cue_ids))
    found = find_findings(session, task_id, cue_ids)
    return tuple(cue_of(row, found.get(row.cue_id, Found())) for row in session.scalars(cues))


def find_snapshot(session: Session, task_id: str) -> SnapshotRow | None:
    """The text approved last."""
    listed = select(SnapshotRow).where(SnapshotRow.task_id == task_id)
    return session.scalars(listed.order_by(SnapshotRow.snapshot_id.desc()).limit(1)).first()


def task_of(row: Row[*TaskColumns]) -> ReviewTask:
    """A row of `select_tasks` as the port's value."""
    task, assignment, holder, two_stages, keeper_id, keeper = row
    lease = None if assignment is None else lease_of(assignment, str(holder))
    state = state_now(task.state, lease_runs=lease is not None)
    return ReviewTask(
        task_id=task.task_id,
        media_id=task.media_id,
        title=task.title,
        media_path=task.media_path,
        frame_rate=task.frame_rate,
        source_language=LanguageTag(task.source_language),
        language=LanguageTag(task.language),
        draft_id=task.draft_id,
        made_by=task.made_by,
        state=state,
        cue_count=task.cue_count,
        confirmed_count=task.confirmed_count,
        error_count=task.error_count,
        warning_count=task.warning_count,
        lease=lease,
        snapshot_sha256=task.snapshot_sha256,
        reason=task.reason,
        created_at=task.created_at,
        updated_at=task.updated_at,
        audience=task.audience,
        kind=task.kind,
        client=task.client,
        published_sha256=task.published_sha256,
        project_id=task.project_id,
        two_stages=two_stages,
        submitted_by=task.submitted_by,
        kept_for=_reservation(task, state, keeper_id, str(keeper)),
        comment_count=task.comment_count,
        assigned_to=task.assigned_to,
        due_at=task.due_at,
        priority=Priority(task.priority),
        risk=task.risk,
    )


def _reservation(
    task: TaskRow, state: TaskState, keeper_id: str | None, keeper: str
) -> Reservation | None:
    """For whom the task is kept; it is for nobody any more once somebody has taken it up."""
    if keeper_id is None or state not in RESERVABLE:
        return None
    until = task.reserved_until if keeper_id == task.reserved_for else None
    return Reservation(user_id=keeper_id, user_name=keeper, until=until)


def lease_of(assignment: AssignmentRow, holder: str) -> Lease:
    """An assignment as a lease."""
    return Lease(
        user_id=assignment.user_id,
        user_name=holder,
        epoch=assignment.epoch,
        until=assignment.lease_until,
    )


def cue_of(row: CueRow, found: Found) -> ReviewCue:
    """A cue with what stands on it."""
    return ReviewCue(
        cue_id=row.cue_id,
        ordinal=row.ordinal,
        span=Span(row.start_ms, row.end_ms),
        text=row.text,
        source_text=row.source_text,
        machine_text=row.machine_text,
        confidence=row.confidence,
        state=row.state,
        version=row.version,
        findings=tuple(found.findings),
        quality=row.quality,
        waivers=tuple(found.waivers),
        machine_span=_machine_span(row),
        first_source=row.first_source,
        last_source=row.last_source,
        is_stale=row.is_stale,
        earlier_source=row.earlier_source,
        offered_text=row.offered_text,
        made_by=row.made_by,
    )


def _machine_span(row: CueRow) -> Span | None:
    if row.machine_start_ms is None or row.machine_end_ms is None:
        return None
    return Span(row.machine_start_ms, row.machine_end_ms)


def event_of(row: EventRow) -> Event:
    """A line of the log."""
    return Event(
        event_id=row.event_id,
        task_id=row.task_id,
        cue_id=row.cue_id,
        actor=row.actor,
        kind=EventKind(row.kind),
        detail=row.detail,
        at=row.at,
        is_implicit=row.is_implicit,
    )


def snapshot_of(row: SnapshotRow) -> Snapshot:
    """A snapshot."""
    return Snapshot(
        sha256=row.sha256,
        task_id=row.task_id,
        language=LanguageTag(row.language),
        srt=row.srt,
        vtt=row.vtt,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )
