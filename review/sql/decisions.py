"""Decisions on review tasks in SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine

from review.decisions import RESERVATION
from review.events import EventKind
from review.sql.approval import approve_task, snapshot_of_attempt
from review.sql.database import writing
from review.sql.merging import settle
from review.sql.publishing import record_publication
from review.sql.rows import find_task, snapshot_of
from review.sql.waiving import unwaive_rule, waive_rule
from review.sql.work import Work, begin_work, pipeline_work
from review.store import Clock
from review.tasks import ReviewTask, Snapshot, TaskState
from review.texts import clean_reason
from review.workflow import Action

LEASE = timedelta(minutes=15)
"""How long a task stays taken after the last sign of life: the form gives one every minute."""


class SqlDecisions:
    """Implements `review.decisions.Decisions`; the part of `SqlReviewStore` that decides.

    Every write unit locks the row of its task first, so that two people at one task are served
    one after the other, and decides on what it then reads.
    """

    def __init__(self, engine: Engine, clock: Clock, lease: timedelta = LEASE) -> None:
        self._engine, self._clock, self._lease = engine, clock, lease

    def submit(self, task_id: str, *, user_id: str, epoch: int) -> ReviewTask:
        """See the port."""
        with self._work(task_id, user_id) as work:
            task = work.task
            handed_over = task.state in {TaskState.QC_PENDING, TaskState.IN_QC}
            if not (handed_over and task.submitted_by == user_id and work.had(epoch)):
                work.move(Action.SUBMIT, epoch=epoch)
                work.end_lease()
                task.submitted_by = user_id
                work.log(EventKind.TASK_SUBMITTED)
            return _seen(work)

    def approve(self, task_id: str, *, user_id: str, epoch: int) -> Snapshot:
        """See the port."""
        with self._work(task_id, user_id) as work:
            already = snapshot_of_attempt(work, epoch)
            return snapshot_of(already or approve_task(work, epoch, self._clock))

    def request_changes(self, task_id: str, *, user_id: str, epoch: int, reason: str) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            if not (work.task.state is TaskState.CHANGES_REQUESTED and work.had(epoch)):
                work.move(Action.REQUEST_CHANGES, epoch=epoch)
                work.end_lease()
                _send_back(work, EventKind.TASK_CHANGES_REQUESTED, cleaned)
            return _seen(work)

    def reopen(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            work.move(Action.REOPEN)
            _send_back(work, EventKind.TASK_REOPENED, cleaned)
            return _seen(work)

    def start(self, task_id: str, *, user_id: str) -> ReviewTask:
        """See the port."""
        with self._work(task_id, user_id) as work:
            work.move(Action.OPEN)
            work.log(EventKind.TASK_OPENED)
            return _seen(work)

    def cancel(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            before = work.task.state, work.task.reason
            work.move(Action.CANCEL)
            if before != (TaskState.CANCELLED, cleaned):
                if work.assignment is not None:
                    work.end_lease()
                work.task.reason = cleaned
                work.reserve(None)
                work.log(EventKind.TASK_CANCELLED, cleaned)
            return _seen(work)

    def restore(self, task_id: str, *, user_id: str) -> ReviewTask:
        """See the port."""
        with self._work(task_id, user_id) as work:
            work.move(Action.RESTORE)
            work.task.reason = ""
            work.log(EventKind.TASK_RESTORED)
            if not work.awaits_transcript():
                work.move(Action.OPEN)
            return _seen(work)

    def publish(self, task_id: str, snapshot_sha256: str) -> ReviewTask:
        """See the port."""
        with writing(self._engine) as session:
            work = pipeline_work(session, task_id, self._clock)
            record_publication(work, snapshot_sha256)
            return _seen(work)

    def waive(
        self,
        task_id: str,
        *,
        user_id: str,
        cue_id: str,
        rule: str,
        reason: str,
        epoch: int | None = None,
    ) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            waive_rule(work, cue_id, rule, cleaned, epoch)
            return _seen(work)

    def unwaive(
        self, task_id: str, *, user_id: str, cue_id: str, rule: str, epoch: int | None = None
    ) -> ReviewTask:
        """See the port."""
        with self._work(task_id, user_id) as work:
            unwaive_rule(work, cue_id, rule, epoch)
            return _seen(work)

    @contextmanager
    def _work(self, task_id: str, user_id: str) -> Iterator[Work]:
        """One write unit on one task; a draft that waited goes in once nobody holds it."""
        with writing(self._engine) as session:
            work = begin_work(session, task_id, user_id, self._clock)
            yield work
            settle(work)


def _send_back(work: Work, kind: EventKind, reason: str) -> None:
    """Say what has to change, and keep the task for who made the text."""
    work.task.reason = reason
    work.reserve(RESERVATION)
    work.log(kind, reason)


def _seen(work: Work) -> ReviewTask:
    """The task as this write unit leaves it."""
    work.session.flush()
    return find_task(work.session, work.task.task_id, work.now)
