"""The queue as people see it, in SQLite or PostgreSQL."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.access.roles import Reach
from review.queueing.census import Census
from review.queueing.filters import Filters
from review.queueing.looking import Held, Look
from review.queueing.port import PAGE_TASKS, Cursor, Plan, Planned, QueuePage
from review.queueing.register import Ints, Mask, Register
from review.sql.database import reading, writing
from review.sql.planning import plan_tasks
from review.sql.queue_feed import Feed
from review.sql.rows import select_tasks, task_of
from review.sql.schema import TaskRow
from review.sql.schema_people import UserRow
from review.sql.schema_work import AssignmentRow
from review.store import Clock
from review.tasks import ReviewTask


class SqlQueue:
    """Implements `review.queueing.port.Queue`; safe to share between threads."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        self._feed, self._lock = Feed(), threading.Lock()

    def page(self, filters: Filters, reach: Reach, cursor: Cursor | None = None) -> QueuePage:
        """See the port."""
        now = self._clock()
        with reading(self._engine) as session:
            with self._lock:
                look = self._look(session, reach, now)
                census = Census(look, filters)
                matching = census.matching()
                ranks = _ranks(look.register, matching)
                start, shown = _turned_to(look.register, ranks, cursor)
                free_count = int((matching & look.is_free).sum())
                stands = len(ranks) > 0 and not free_count
                standstill = census.standstill(_names(session)) if stands else None
                counts, seen = census.counts(), census.seen_count()
                places = [look.register.places[row] for row in shown]
                task_ids = [look.register.task_ids[row] for row in shown]
            tasks = _tasks(session, task_ids, now)
        end = start + len(shown)
        return QueuePage(
            tasks=tasks,
            first=start + 1 if len(shown) else 0,
            total=len(ranks),
            free_count=free_count,
            seen=seen,
            counts=counts,
            standstill=standstill,
            before=Cursor(place=places[0], backwards=True) if places and start else None,
            after=Cursor(place=places[-1]) if places and end < len(ranks) else None,
        )

    def matching(self, filters: Filters, reach: Reach, limit: int) -> tuple[str, ...]:
        """See the port."""
        with reading(self._engine) as session, self._lock:
            look = self._look(session, reach, self._clock())
            ranks = _ranks(look.register, Census(look, filters).matching())[:limit]
            return tuple(look.register.task_ids[row] for row in look.register.in_order()[ranks])

    def free(self, filters: Filters, reach: Reach, limit: int) -> tuple[str, ...]:
        """See the port."""
        now = self._clock()
        with reading(self._engine) as session, self._lock:
            look = self._look(session, reach, now)
            matching = Census(look, filters).matching() & look.is_free
            rows = look.register.in_order()[_ranks(look.register, matching)]
            others = look.keeper[rows] != look.me
            first = rows[np.argsort(others, kind="stable")][:limit]
            return tuple(look.register.task_ids[row] for row in first)

    def plan(self, task_ids: Collection[str], plan: Plan, *, user_id: str) -> Planned:
        """See the port."""
        with writing(self._engine) as session:
            return plan_tasks(session, task_ids, plan, user_id=user_id, clock=self._clock)

    def _look(self, session: Session, reach: Reach, now: datetime) -> Look:
        register = self._feed.catch_up(session)
        running = select(
            AssignmentRow.task_id, AssignmentRow.user_id, AssignmentRow.lease_until
        ).where(AssignmentRow.released_at.is_(None), AssignmentRow.lease_until > now)
        leases = [Held(*row) for row in session.execute(running)]
        return Look(register, reach, leases, now)


def _ranks(register: Register, matching: Mask) -> Ints:
    """Where tasks stand in the whole queue, in order."""
    return np.flatnonzero(matching[register.in_order()])


def _turned_to(register: Register, ranks: Ints, cursor: Cursor | None) -> tuple[int, Ints]:
    """How many that match stand before a page, and the rows of the page."""
    start = 0
    if cursor is not None:
        rank = register.rank(cursor.place, after=not cursor.backwards)
        start = int(np.searchsorted(ranks, rank))
        if cursor.backwards:
            start = max(0, start - PAGE_TASKS)
    return start, register.in_order()[ranks[start : start + PAGE_TASKS]]


def _tasks(session: Session, task_ids: Sequence[str], now: datetime) -> tuple[ReviewTask, ...]:
    """Tasks by their ids, in this order."""
    listed = select_tasks(now).where(TaskRow.task_id.in_(task_ids)).order_by(None)
    found = {row[0].task_id: task_of(row) for row in session.execute(listed)}
    return tuple(found[task_id] for task_id in task_ids)


def _names(session: Session) -> Callable[[Sequence[str]], Mapping[str, str]]:
    """Looks up what people are called."""

    def named(user_ids: Sequence[str]) -> Mapping[str, str]:
        listed = select(UserRow.user_id, UserRow.name).where(UserRow.user_id.in_(user_ids))
        return {row.user_id: row.name for row in session.execute(listed)}

    return named
