"""Drafts into the queue: at once, or when what they waited for is there."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from review.events import EventKind
from review.sql.schema import TaskRow
from review.sql.work import Work, pipeline_work
from review.store import Clock
from review.tasks import TaskState
from review.workflow import Action


def open_if_ready(work: Work) -> bool:
    """Put a draft into the queue unless it has to wait; whether this call put it there."""
    if work.task.state is not TaskState.DRAFT or work.awaits_transcript():
        return False
    work.move(Action.OPEN)
    return True


def open_translations(session: Session, transcript: TaskRow, clock: Clock) -> None:
    """The drafts that waited for the approval of this transcript."""
    _open_all(
        session,
        (TaskRow.media_id == transcript.media_id)
        & (TaskRow.source_language == transcript.language),
        clock,
    )


def open_project(session: Session, project_id: str, clock: Clock) -> None:
    """The drafts of a project that need not wait any more, since it was set up otherwise."""
    _open_all(session, TaskRow.project_id == project_id, clock)


def _open_all(session: Session, which: ColumnElement[bool], clock: Clock) -> None:
    waiting = select(TaskRow.task_id).where(which, TaskRow.state == TaskState.DRAFT)
    for task_id in session.scalars(waiting.order_by(TaskRow.task_id)).all():
        work = pipeline_work(session, task_id, clock)
        if open_if_ready(work):
            work.log(EventKind.TASK_OPENED, implicit=True)
