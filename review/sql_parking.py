"""Machine drafts into the queue: once, and never over people's work."""

from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.drafts import derive_task_id
from review.machine_drafts import Draft
from review.passages import cue_qualities
from review.schema import CueRow, EventRow, FindingRow, SentenceRow, TaskRow
from review.sql_rows import finding_row, recount
from review.sql_sentences import store_sentences
from review.sql_work import PIPELINE, active_assignment, lease_runs
from review.tasks import CueState, EventKind, TaskState
from review.workflow import may_replace_draft, state_now


def park_draft(session: Session, draft: Draft, now: datetime) -> tuple[str, bool]:
    """The task of this draft, and whether its cues went in by this call."""
    task = _locked_task(session, draft)
    if task is None:
        task = _new_task(session, draft, now)
        if task is not None:
            _fill(session, task, draft)
            _log(session, task, EventKind.DRAFT_PARKED, draft.draft_id, now)
            return task.task_id, True
        # Another process parked it between our look and our insert; now its row is there.
        task = _locked_task(session, draft)
        if task is None:
            raise AssertionError("a task that stood in the way is gone: tasks are never deleted")
    return task.task_id, _offer(session, task, draft, now)


def _offer(session: Session, task: TaskRow, draft: Draft, now: datetime) -> bool:
    """A draft for a task that is there already; whether it was taken."""
    if draft.draft_id in {task.draft_id, task.offered_draft_id}:
        return False
    task.offered_draft_id = draft.draft_id
    assignment = active_assignment(session, task.task_id)
    state = state_now(task.state, lease_runs=lease_runs(assignment, now))
    if not may_replace_draft(state, human_work=_human_work(session, task)):
        _log(session, task, EventKind.DRAFT_SUPERSEDED, draft.draft_id, now)
        return False
    if assignment is not None:  # run out: its holder must not write into the new cues
        assignment.released_at = now
    task.state = TaskState.PENDING
    task.draft_id, task.made_by = draft.draft_id, draft.made_by
    task.title, task.media_path, task.frame_rate = draft.title, draft.media_path, draft.frame_rate
    task.source_language = draft.source_language
    task.audience, task.kind, task.client = draft.audience, draft.kind, draft.client
    for rows in (FindingRow, SentenceRow, CueRow):
        session.execute(delete(rows).where(rows.task_id == task.task_id))
    _fill(session, task, draft)
    _log(session, task, EventKind.DRAFT_REPLACED, draft.draft_id, now)
    return True


def _locked_task(session: Session, draft: Draft) -> TaskRow | None:
    wanted = select(TaskRow).where(
        TaskRow.media_id == draft.media_id, TaskRow.language == draft.language
    )
    return session.scalars(wanted.with_for_update()).one_or_none()


def _new_task(session: Session, draft: Draft, now: datetime) -> TaskRow | None:
    """A fresh row; None when another process was faster."""
    task = TaskRow(
        task_id=derive_task_id(draft),
        media_id=draft.media_id,
        title=draft.title,
        media_path=draft.media_path,
        frame_rate=draft.frame_rate,
        source_language=draft.source_language,
        language=draft.language,
        audience=draft.audience,
        kind=draft.kind,
        client=draft.client,
        draft_id=draft.draft_id,
        offered_draft_id=draft.draft_id,
        made_by=draft.made_by,
        state=TaskState.PENDING,
        created_at=now,
        updated_at=now,
    )
    try:
        with session.begin_nested():
            session.add(task)
    except IntegrityError:
        return None
    return task


def _fill(session: Session, task: TaskRow, draft: Draft) -> None:
    """Cues, sentences and findings of a draft into a task that has none."""
    if draft.cues:
        session.execute(insert(CueRow), _cue_values(task.task_id, draft))
    store_sentences(session, task.task_id, draft)
    session.add_all(finding_row(task.task_id, finding) for finding in draft.findings)
    recount(session, task)


def _cue_values(task_id: str, draft: Draft) -> list[dict[str, object]]:
    qualities = cue_qualities(draft.sentences)
    return [
        {
            "task_id": task_id,
            "cue_id": cue.cue_id,
            "ordinal": ordinal,
            "start_ms": cue.span.start_ms,
            "end_ms": cue.span.end_ms,
            "text": cue.text,
            "source_text": cue.source_text,
            "machine_text": cue.text,
            "confidence": cue.confidence,
            "state": CueState.MACHINE,
            "version": 1,
            "quality": qualities.get(cue.cue_id),
        }
        for ordinal, cue in enumerate(draft.cues)
    ]


def _human_work(session: Session, task: TaskRow) -> bool:
    """Whether a person decided on the task, or changed or ticked off any cue."""
    if task.reason or task.snapshot_sha256 is not None:
        return True
    touched = select(CueRow.cue_id).where(
        CueRow.task_id == task.task_id, or_(CueRow.version > 1, CueRow.state != CueState.MACHINE)
    )
    return session.scalars(touched.limit(1)).first() is not None


def _log(session: Session, task: TaskRow, kind: EventKind, detail: str, now: datetime) -> None:
    task.updated_at = now
    session.add(
        EventRow(
            task_id=task.task_id,
            cue_id=None,
            actor_id=None,
            actor=PIPELINE,
            kind=kind,
            detail=detail,
            at=now,
        )
    )
