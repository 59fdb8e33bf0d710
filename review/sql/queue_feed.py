"""Keeps the register of the queue as the log says."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from review.queueing.register import Entry, Register
from review.sql.schema import TaskRow
from review.sql.schema_log import EventRow

_OVERLAP = 200
"""Lines of the log that are looked at once more: in PostgreSQL a line gets its number before it can
be seen, so that lines with later numbers may come first."""

_IN_PASSING = 50
"""How many tasks are read again with every look, in turn: letters typed within 30 s of an edit
leave no line (`review.store.EDIT_EVENT_WINDOW`), and a risk may lag until then."""

_AT_ONCE = 500
"""How many tasks one statement asks for."""


class Feed:
    """A register and how much of the log it knows; one thread at a time."""

    def __init__(self) -> None:
        self.register = Register()
        self._last = 0
        self._seen: set[int] = set()
        self._turn = 0
        self._is_made = False

    def catch_up(self, session: Session) -> Register:
        """The register as this transaction sees the tasks."""
        newest = session.scalars(select(func.max(EventRow.event_id))).one() or 0
        if not self._is_made or newest < self._last:  # a shorter log: another database
            self._make_anew(session)
        lines = self._new_lines(session)
        changed = sorted({*(task_id for _, task_id in lines), *self._next_in_turn()})
        for start in range(0, len(changed), _AT_ONCE):
            batch = changed[start : start + _AT_ONCE]
            self.register.put(_entries(session, TaskRow.task_id.in_(batch)))
        self._last = max(self._last, newest)
        self._seen = {one for one in self._seen if one > self._last - _OVERLAP}
        self._seen.update(event_id for event_id, _ in lines)
        return self.register

    def _make_anew(self, session: Session) -> None:
        self.register = Register()
        self.register.put(_entries(session))
        self._last = session.scalars(select(func.max(EventRow.event_id))).one() or 0
        self._seen = set()
        self._is_made = True

    def _next_in_turn(self) -> list[str]:
        """Some tasks, other ones each time until all have had their turn."""
        start = self._turn if self._turn < len(self.register) else 0
        self._turn = start + _IN_PASSING
        return self.register.task_ids[start : self._turn]

    def _new_lines(self, session: Session) -> list[tuple[int, str]]:
        """Those not seen yet."""
        listed = select(EventRow.event_id, EventRow.task_id).where(
            EventRow.event_id > self._last - _OVERLAP
        )
        return [
            (event_id, task_id)
            for event_id, task_id in session.execute(listed)
            if event_id not in self._seen
        ]


def _entries(session: Session, *which: ColumnElement[bool]) -> list[Entry]:
    listed = select(
        TaskRow.task_id,
        TaskRow.state,
        TaskRow.language,
        TaskRow.project_id,
        TaskRow.priority,
        TaskRow.risk,
        TaskRow.due_at,
        TaskRow.assigned_to,
        TaskRow.reserved_for,
        TaskRow.reserved_until,
        TaskRow.submitted_by,
        TaskRow.place,
        TaskRow.title_key,
    ).where(*which)
    return [Entry(**row) for row in session.execute(listed).mappings()]
