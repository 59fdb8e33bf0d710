"""One write on one task: the row locked, the person known, the workflow obeyed, the log kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.errors import NotAllowedError, TaskHeldError, UnknownTaskError
from review.schema import AssignmentRow, EventRow, TaskRow, UserRow
from review.sql_rows import lease_of, require_known
from review.store import Clock
from review.tasks import EventKind, Lease
from review.workflow import Action, Circumstances, next_state, state_now

PIPELINE = "pipeline"
"""Who acted when no person did."""


@dataclass(slots=True, kw_only=True)
class Work:
    """A task locked for one write unit, and who writes.

    Attributes:
        assignment: The one not yet released; its lease may have run out.
    """

    session: Session
    task: TaskRow
    actor: UserRow
    assignment: AssignmentRow | None
    now: datetime

    def move(self, action: Action, *, epoch: int | None = None) -> None:
        """Do ``action`` as the workflow allows it; ``epoch`` is the lease the person names."""
        held = self.assignment
        facts = Circumstances(
            task_id=self.task.task_id,
            role=self.actor.role,
            holds=held is not None and (held.user_id, held.epoch) == (self.actor.user_id, epoch),
            error_count=self.task.error_count,
        )
        self.task.state = next_state(self.task.state, action, facts)

    def claim(self, lease: timedelta) -> Lease:
        """Take the task, or renew the lease of who has it; TaskHeldError."""
        held = self.assignment
        if held is not None and held.user_id == self.actor.user_id:
            self.move(Action.RENEW, epoch=held.epoch)
            return self.renew(lease)
        lapsed_holder = self._expire() if held is not None else ""
        self.move(Action.CLAIM)
        self.task.epoch += 1
        self.assignment = AssignmentRow(
            task_id=self.task.task_id,
            user_id=self.actor.user_id,
            epoch=self.task.epoch,
            claimed_at=self.now,
            lease_until=self.now + lease,
        )
        self.session.add(self.assignment)
        self.log(EventKind.TASK_CLAIMED, lapsed_holder)
        return lease_of(self.assignment, self.actor.name)

    def renew(self, lease: timedelta) -> Lease:
        """Make the lease last ``lease`` from now; never shorter than it was."""
        held = self._held()
        held.lease_until = max(held.lease_until, self.now + lease)
        return lease_of(held, self.actor.name)

    def end_lease(self) -> None:
        """Let the task go."""
        self._held().released_at = self.now
        # Before any other assignment is added: only one may be active at any time.
        self.session.flush()
        self.assignment = None

    def had(self, epoch: int) -> bool:
        """Whether this person once held the task under ``epoch`` and no longer does."""
        past = select(AssignmentRow.assignment_id).where(
            AssignmentRow.task_id == self.task.task_id,
            AssignmentRow.user_id == self.actor.user_id,
            AssignmentRow.epoch == epoch,
            AssignmentRow.released_at.is_not(None),
        )
        return self.session.scalars(past).first() is not None

    def log(self, kind: EventKind, detail: str = "", *, cue_id: str | None = None) -> None:
        """Write one line into the log."""
        self.task.updated_at = self.now
        self.session.add(
            EventRow(
                task_id=self.task.task_id,
                cue_id=cue_id,
                actor_id=self.actor.user_id,
                actor=self.actor.name,
                kind=kind,
                detail=detail,
                at=self.now,
            )
        )

    def _expire(self) -> str:
        """End another's lease that has run out, and tell whose; TaskHeldError while it runs."""
        held = self._held()
        holder = self.session.get_one(UserRow, held.user_id).name
        if lease_runs(held, self.now):
            until = f"{held.lease_until:%Y-%m-%d %H:%M} UTC"
            raise TaskHeldError(self.task.task_id, holder, until)
        self.task.state = state_now(self.task.state, lease_runs=False)
        self.end_lease()
        return holder

    def _held(self) -> AssignmentRow:
        if self.assignment is None:
            raise AssertionError(f"nobody holds {self.task.task_id}: ask the workflow first")
        return self.assignment


def begin_work(session: Session, task_id: str, user_id: str, clock: Clock) -> Work:
    """Lock the task for this write unit; the time is read once the lock is held.

    Raises:
        UnknownTaskError: without such a task or person.
        NotAllowedError: when the account is closed.
    """
    require_known("user", user_id)
    require_known("task", task_id)
    actor = session.get(UserRow, user_id)
    if actor is None:
        raise UnknownTaskError("user", user_id)
    if not actor.is_active:
        raise NotAllowedError("this account is closed: ask an administrator")
    task = session.get(TaskRow, task_id, with_for_update=True)
    if task is None:
        raise UnknownTaskError("task", task_id)
    assignment = active_assignment(session, task_id)
    return Work(session=session, task=task, actor=actor, assignment=assignment, now=clock())


def active_assignment(session: Session, task_id: str) -> AssignmentRow | None:
    """The assignment not yet released, whether its lease runs or not."""
    active = select(AssignmentRow).where(
        AssignmentRow.task_id == task_id, AssignmentRow.released_at.is_(None)
    )
    return session.scalars(active).one_or_none()


def lease_runs(assignment: AssignmentRow | None, now: datetime) -> bool:
    """Whether somebody holds the task right now."""
    return assignment is not None and assignment.lease_until > now
