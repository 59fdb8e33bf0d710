"""One write on one task: the row locked, the person known, the workflow obeyed, the log kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review.errors import NotAllowedError, TaskHeldError, UnknownTaskError
from review.events import EventKind
from review.guards import Circumstances
from review.sql.gate import awaits_transcript
from review.sql.leases import active_assignment, has_held, kept_for, lease_runs, maker_of
from review.sql.reaching import role_at
from review.sql.rows import lease_of, require_known
from review.sql.schema import ProjectRow, TaskRow
from review.sql.schema_log import EventRow
from review.sql.schema_people import UserRow
from review.sql.schema_work import AssignmentRow, CommentRow
from review.store import Clock
from review.tasks import Lease, TaskState, User
from review.workflow import Action, next_state
from subtitles.language import LanguageTag

PIPELINE = "pipeline"
"""Who acted when no person did."""


@dataclass(slots=True, kw_only=True)
class Work:
    """A task locked for one write unit, and who writes.

    Attributes:
        actor: The person who writes, with their role on this task; None for the pipeline.
        assignment: The one not yet released; its lease may have run out.
    """

    session: Session
    task: TaskRow
    actor: User | None
    assignment: AssignmentRow | None
    now: datetime

    @property
    def person(self) -> User:
        """The person who writes; never asked for where the pipeline may write."""
        if self.actor is None:
            raise AssertionError("the pipeline does what only a person may: ask the workflow first")
        return self.actor

    @property
    def _actor_id(self) -> str | None:
        return None if self.actor is None else self.actor.user_id

    def move(self, action: Action, *, epoch: int | None = None) -> None:
        """Do ``action`` as the workflow allows it; ``epoch`` is the lease the person names."""
        self.task.state = next_state(self.task.state, action, self._facts(action, epoch))

    def claim(self, lease: timedelta) -> Lease:
        """Take the task, or renew the lease of who has it; TaskHeldError."""
        held = self.assignment
        if held is not None and held.user_id == self._actor_id:
            self.move(Action.RENEW, epoch=held.epoch)
            return self.renew(lease)
        lapsed_holder = self.expire() if held is not None else ""
        self.move(Action.CLAIM)
        self.task.epoch += 1
        self.assignment = AssignmentRow(
            task_id=self.task.task_id,
            user_id=self.person.user_id,
            epoch=self.task.epoch,
            claimed_at=self.now,
            lease_until=self.now + lease,
            is_check=self.task.state is TaskState.IN_QC,
        )
        self.session.add(self.assignment)
        self.reserve(None)
        self.log(EventKind.TASK_CLAIMED, lapsed_holder)
        return lease_of(self.assignment, self.person.name)

    def renew(self, lease: timedelta) -> Lease:
        """Make the lease last ``lease`` from now; never shorter than it was."""
        held = self._held()
        held.lease_until = max(held.lease_until, self.now + lease)
        return lease_of(held, self.person.name)

    def end_lease(self) -> None:
        """Let the task go."""
        self._held().released_at = self.now
        # Before any other assignment is added: only one may be active at any time.
        self.session.flush()
        self.assignment = None

    def had(self, epoch: int) -> bool:
        """Whether this person once held the task under ``epoch`` and no longer does."""
        return has_held(self.session, self.task.task_id, self._actor_id, epoch)

    def reserve(self, duration: timedelta | None) -> None:
        """Keep the task for who made the text, or for nobody (None).

        That is whoever held it for review last, but for the person who now sends it back, and
        nobody if that account is closed.
        """
        task, task_id = self.task, self.task.task_id
        task.reserved_for = task.reserved_until = None
        if duration is not None:
            task.reserved_for = maker_of(self.session, task_id, but=self._actor_id)
            task.reserved_until = self.now + duration if task.reserved_for else None

    def awaits_transcript(self) -> bool:
        """Whether the task has to wait until the transcript of its title is approved."""
        return awaits_transcript(self.session, self.task)

    def log(
        self,
        kind: EventKind,
        detail: str = "",
        *,
        cue_id: str | None = None,
        implicit: bool = False,
    ) -> EventRow:
        """Write one line into the log; it has its number once the session is flushed."""
        self.task.updated_at = self.now
        line = EventRow(
            task_id=self.task.task_id,
            cue_id=cue_id,
            actor_id=self._actor_id,
            actor=PIPELINE if self.actor is None else self.actor.name,
            kind=kind,
            detail=detail,
            at=self.now,
            is_implicit=implicit,
        )
        self.session.add(line)
        return line

    def _facts(self, action: Action, epoch: int | None) -> Circumstances:
        """What the guards of ``action`` look at; what none of them needs is not looked up."""
        task, held = self.task, self.assignment
        facts = Circumstances(
            task_id=task.task_id,
            role=None if self.actor is None else self.actor.role,
            holds=held is not None and (held.user_id, held.epoch) == (self._actor_id, epoch),
            error_count=task.error_count,
            unconfirmed_count=task.cue_count - task.confirmed_count,
            is_submitter=task.submitted_by is not None and task.submitted_by == self._actor_id,
        )
        if action is Action.CLAIM:
            return replace(facts, kept_for=kept_for(self.session, task, self._actor_id, self.now))
        if action is Action.OPEN:
            return replace(facts, awaits_transcript=self.awaits_transcript())
        if action in {Action.SUBMIT, Action.APPROVE}:
            project = self.session.get_one(ProjectRow, task.project_id)
            blocking = self._blocking_count()
            return replace(facts, two_stages=project.two_stages, blocking_count=blocking)
        return facts

    def _blocking_count(self) -> int:
        wanted = select(func.count()).where(
            CommentRow.task_id == self.task.task_id,
            CommentRow.is_blocking,
            CommentRow.resolved_at.is_(None),
        )
        return self.session.scalars(wanted).one()

    def expire(self) -> str:
        """End another's lease that has run out, and tell whose; TaskHeldError while it runs."""
        held = self._held()
        holder = self.session.get_one(UserRow, held.user_id).name
        if lease_runs(held, self.now):
            until = f"{held.lease_until:%Y-%m-%d %H:%M} UTC"
            raise TaskHeldError(self.task.task_id, holder, until)
        self.move(Action.EXPIRE)
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
    user = session.get(UserRow, user_id)
    if user is None:
        raise UnknownTaskError("user", user_id)
    if not user.is_active:
        raise NotAllowedError("this account is closed: ask an administrator")
    work = _locked(session, task_id, None, clock)
    actor = User(user_id=user.user_id, name=user.name, role=user.role)
    place = work.task.project_id, LanguageTag(work.task.language)
    work.actor = replace(actor, role=role_at(session, actor, task_id, *place))
    return work


def pipeline_work(session: Session, task_id: str, clock: Clock) -> Work:
    """Lock the task for a write of the pipeline's own; UnknownTaskError."""
    require_known("task", task_id)
    return _locked(session, task_id, None, clock)


def _locked(session: Session, task_id: str, actor: User | None, clock: Clock) -> Work:
    task = session.get(TaskRow, task_id, with_for_update=True)
    if task is None:
        raise UnknownTaskError("task", task_id)
    assignment = active_assignment(session, task_id)
    return Work(session=session, task=task, actor=actor, assignment=assignment, now=clock())
