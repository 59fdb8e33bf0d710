"""Who holds a task, who held it, and who has it first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.sql.schema import TaskRow
from review.sql.schema_people import UserRow
from review.sql.schema_work import AssignmentRow


def active_assignment(session: Session, task_id: str) -> AssignmentRow | None:
    """The assignment not yet released, whether its lease runs or not."""
    active = select(AssignmentRow).where(
        AssignmentRow.task_id == task_id, AssignmentRow.released_at.is_(None)
    )
    return session.scalars(active).one_or_none()


def lease_runs(assignment: AssignmentRow | None, now: datetime) -> bool:
    """Whether somebody holds the task right now."""
    return assignment is not None and assignment.lease_until > now


def has_held(session: Session, task_id: str, user_id: str | None, epoch: int) -> bool:
    """Whether this person once held the task under ``epoch`` and no longer does."""
    past = select(AssignmentRow.assignment_id).where(
        AssignmentRow.task_id == task_id,
        AssignmentRow.user_id == user_id,
        AssignmentRow.epoch == epoch,
        AssignmentRow.released_at.is_not(None),
    )
    return session.scalars(past).first() is not None


def maker_of(session: Session, task_id: str, *, but: str | None) -> str | None:
    """Who held the task for review last, passing over one person; None with the account closed."""
    past = (
        select(AssignmentRow.user_id, UserRow.is_active)
        .join(UserRow, UserRow.user_id == AssignmentRow.user_id)
        .where(
            AssignmentRow.task_id == task_id,
            AssignmentRow.is_check.is_(False),
            AssignmentRow.user_id != (but or ""),
        )
        .order_by(AssignmentRow.epoch.desc())
    )
    found = session.execute(past.limit(1)).first()
    return found.user_id if found is not None and found.is_active else None


def kept_for(session: Session, task: TaskRow, user_id: str | None, now: datetime) -> str:
    """The name of somebody else who has the task first: reserved for, or assigned to; or empty."""
    runs = task.reserved_until is not None and task.reserved_until > now
    first = (task.reserved_for if runs else None) or task.assigned_to
    return "" if first in {None, user_id} else session.get_one(UserRow, first).name
