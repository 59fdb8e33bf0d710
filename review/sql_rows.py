"""Rows of the review database as the values the port speaks of, and how they are looked up."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Nullable, Row, Select, and_, case, func, select
from sqlalchemy.orm import Session

from review.errors import UnknownTaskError
from review.schema import (
    AssignmentRow,
    CueRow,
    EventRow,
    FindingRow,
    SnapshotRow,
    TaskRow,
    UserRow,
)
from review.tasks import (
    CueState,
    Event,
    EventKind,
    Lease,
    ReviewCue,
    ReviewTask,
    Snapshot,
    TaskState,
)
from review.texts import is_storable
from review.workflow import state_now
from subtitles.findings import Finding, Severity
from subtitles.language import LanguageTag
from subtitles.span import Span


def select_tasks(now: datetime) -> Select[TaskRow, AssignmentRow | None, str | None]:
    """Tasks, oldest first, with the lease that runs at ``now`` and its holder's name."""
    running = and_(
        AssignmentRow.task_id == TaskRow.task_id,
        AssignmentRow.released_at.is_(None),
        AssignmentRow.lease_until > now,
    )
    return (
        select(TaskRow, Nullable(AssignmentRow), Nullable(UserRow.name))
        .outerjoin(AssignmentRow, running)
        .outerjoin(UserRow, UserRow.user_id == AssignmentRow.user_id)
        .order_by(TaskRow.created_at, TaskRow.task_id)
    )


def has_state(state: TaskState) -> ColumnElement[bool]:
    """`review.workflow.state_now` as a condition on `select_tasks`."""
    lapsed = and_(TaskRow.state == TaskState.IN_REVIEW, AssignmentRow.assignment_id.is_(None))
    expired = state_now(TaskState.IN_REVIEW, lease_runs=False)
    return case((lapsed, expired.value), else_=TaskRow.state) == state.value


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
    findings: dict[str, list[Finding]] = defaultdict(list)
    listed = select(FindingRow).where(FindingRow.task_id == task_id).order_by(FindingRow.finding_id)
    cues = select(CueRow).where(CueRow.task_id == task_id).order_by(CueRow.ordinal)
    if cue_ids is not None:
        cue_ids = [one for one in cue_ids if is_storable(one)]  # of others there can be no row
        listed = listed.where(FindingRow.cue_id.in_(cue_ids))
        cues = cues.where(CueRow.cue_id.in_(cue_ids))
    for row in session.scalars(listed):
        findings[row.cue_id].append(finding_of(row))
    return tuple(cue_of(row, tuple(findings[row.cue_id])) for row in session.scalars(cues))


def find_cue_findings(session: Session, task_id: str, cue_id: str) -> tuple[Finding, ...]:
    """The open findings of one cue; of the whole track when it is empty."""
    listed = (
        select(FindingRow)
        .where(FindingRow.task_id == task_id, FindingRow.cue_id == cue_id)
        .order_by(FindingRow.finding_id)
    )
    return tuple(finding_of(row) for row in session.scalars(listed))


def find_snapshot(session: Session, task_id: str) -> SnapshotRow | None:
    """The text approved last."""
    listed = select(SnapshotRow).where(SnapshotRow.task_id == task_id)
    return session.scalars(listed.order_by(SnapshotRow.snapshot_id.desc()).limit(1)).first()


def recount(session: Session, task: TaskRow) -> None:
    """Make the counts on the task true again; call it after every change of cues or findings."""
    session.flush()
    per_cue_state = (
        select(CueRow.state, func.count()).where(CueRow.task_id == task.task_id)
    ).group_by(CueRow.state)
    cues = dict(session.execute(per_cue_state).all())
    per_severity = (
        select(FindingRow.severity, func.count()).where(FindingRow.task_id == task.task_id)
    ).group_by(FindingRow.severity)
    findings = dict(session.execute(per_severity).all())
    task.cue_count = sum(cues.values())
    task.confirmed_count = cues.get(CueState.CONFIRMED, 0)
    task.error_count = findings.get(Severity.ERROR, 0)
    task.warning_count = findings.get(Severity.WARNING, 0)


def task_of(row: Row[TaskRow, AssignmentRow | None, str | None]) -> ReviewTask:
    """A row of `select_tasks` as the port's value."""
    task, assignment, holder = row
    lease = None if assignment is None else lease_of(assignment, str(holder))
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
        state=state_now(task.state, lease_runs=lease is not None),
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
    )


def lease_of(assignment: AssignmentRow, holder: str) -> Lease:
    """An assignment as a lease."""
    return Lease(
        user_id=assignment.user_id,
        user_name=holder,
        epoch=assignment.epoch,
        until=assignment.lease_until,
    )


def cue_of(row: CueRow, findings: tuple[Finding, ...]) -> ReviewCue:
    """A cue with its findings."""
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
        findings=findings,
        quality=row.quality,
    )


def finding_of(row: FindingRow) -> Finding:
    """A finding."""
    return Finding(
        rule=row.rule,
        severity=row.severity,
        cue_id=row.cue_id,
        measured=row.measured,
        limit=row.allowed,
        unit=row.unit,
        source=row.source,
        note=row.note,
    )


def finding_row(task_id: str, finding: Finding) -> FindingRow:
    """A finding, ready to be stored."""
    return FindingRow(
        task_id=task_id,
        cue_id=finding.cue_id,
        rule=finding.rule,
        severity=finding.severity,
        measured=finding.measured,
        allowed=finding.limit,
        unit=finding.unit,
        source=finding.source,
        note=finding.note,
    )


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
