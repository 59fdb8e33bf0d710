"""What the queue is searched by, of every task, in columns: filters and counts take milliseconds.

A database counts 100,000 tasks in 85 ms for each filter, and there are seven. In columns all of it
is a few additions over arrays, whatever is combined with what: about 250 bytes a task. The
register is no truth of its own: `review.sql.queue_feed` keeps it as the log says.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from review.queueing.filters import Risk, risk_of
from review.tasks import Priority, TaskState

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Key = TypeVar("Key", bound=Hashable)

STATES = tuple(TaskState)
RISKS = tuple(Risk)
PRIORITIES = tuple(Priority)

NOBODY = 0
"""The number of nobody among people."""

NEVER_S = np.iinfo(np.int64).max
"""A time that does not come, in seconds since 1970."""

_FIRST_ROOM = 256
_CODES_OF_STATES = {state: code for code, state in enumerate(STATES)}
_CODES_OF_RISKS = {risk: code for code, risk in enumerate(RISKS)}
_CODES_OF_PRIORITIES = {int(one): code for code, one in enumerate(PRIORITIES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One task as it is stored; ``place`` is its key in the queue's order."""

    task_id: str
    state: TaskState
    language: str
    project_id: str
    priority: int
    risk: float
    due_at: datetime | None
    assigned_to: str | None
    reserved_for: str | None
    reserved_until: datetime | None
    submitted_by: str | None
    place: str
    title_key: str


class Codes(Generic[Key]):
    """Small numbers for values, in the order in which they came."""

    def __init__(self, *first: Key) -> None:
        self.values: list[Key] = []
        self._numbers: dict[Key, int] = {}
        for value in first:
            self.code(value)

    def code(self, value: Key) -> int:
        """The number of a value, a new one where it is new."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def known(self, value: Key) -> int:
        """The number of a value; -1 for one that never came."""
        return self._numbers.get(value, -1)


class Register:
    """Tasks in columns; a row stays where it is, tasks are never deleted."""

    def __init__(self) -> None:
        self.languages: Codes[str] = Codes()
        self.projects: Codes[str] = Codes()
        self.people: Codes[str | None] = Codes(None)
        self.titles: Codes[str] = Codes()
        self.task_ids: list[str] = []
        self.places: list[str] = []
        self._rows: dict[str, int] = {}
        self._columns = np.zeros((len(_COLUMNS), _FIRST_ROOM), dtype=np.int64)
        self._order: list[int] = []
        self._added: list[int] = []
        self._ranks: Ints | None = None

    def __len__(self) -> int:
        return len(self.task_ids)

    def row(self, task_id: str) -> int | None:
        """Where a task is."""
        return self._rows.get(task_id)

    def column(self, name: str) -> Ints:
        """The numbers of all tasks in one respect; one of `_COLUMNS`."""
        return self._columns[_COLUMNS[name], : len(self)]

    def put(self, entries: Iterable[Entry]) -> None:
        """Add tasks, or what is new about them."""
        for entry in entries:
            row = self._rows.get(entry.task_id)
            if row is None:
                row = self._add(entry)
            elif self.places[row] != entry.place:
                self._move(row, entry.place)
            self._columns[:, row] = self._numbers_of(entry)

    def in_order(self) -> Ints:
        """All rows as they stand in the queue."""
        self._sort_in()
        if self._ranks is None:
            self._ranks = np.array(self._order, dtype=np.int64)
        return self._ranks

    def rank(self, place: str, *, after: bool) -> int:
        """How many tasks stand before a place; with ``after``, up to it."""
        self.in_order()
        bisect = bisect_right if after else bisect_left
        return bisect(self._order, place, key=self.places.__getitem__)

    def titles_with(self, key: str) -> Mask:
        """Of every title whether it holds a text, both as `review.texts.name_key` has them."""
        return np.fromiter((key in title for title in self.titles.values), dtype=np.bool_)

    def _add(self, entry: Entry) -> int:
        row = len(self)
        if row == self._columns.shape[1]:
            self._columns = np.concatenate([self._columns, np.zeros_like(self._columns)], axis=1)
        self._rows[entry.task_id] = row
        self.task_ids.append(entry.task_id)
        self.places.append(entry.place)
        self._added.append(row)
        self._ranks = None
        return row

    def _sort_in(self) -> None:
        """Bring new tasks into the order, which is sorted already but for them."""
        if self._added:
            self._order += self._added
            self._added = []
            self._order.sort(key=self.places.__getitem__)

    def _move(self, row: int, place: str) -> None:
        """Let a task stand elsewhere in the order."""
        self._sort_in()
        del self._order[bisect_left(self._order, self.places[row], key=self.places.__getitem__)]
        self.places[row] = place
        insort(self._order, row, key=self.places.__getitem__)
        self._ranks = None

    def _numbers_of(self, entry: Entry) -> tuple[int, ...]:
        """In the order of `_COLUMNS`."""
        return (
            _CODES_OF_STATES[entry.state],
            self.languages.code(entry.language),
            self.projects.code(entry.project_id),
            _CODES_OF_PRIORITIES[entry.priority],
            _CODES_OF_RISKS[risk_of(entry.risk)],
            seconds(entry.due_at),
            self.people.code(entry.assigned_to),
            self.people.code(entry.reserved_for),
            0 if entry.reserved_until is None else seconds(entry.reserved_until),
            self.people.code(entry.submitted_by),
            self.titles.code(entry.title_key),
        )


_COLUMNS = {
    name: number
    for number, name in enumerate(
        (
            *("state", "language", "project", "priority", "risk", "due"),
            *("assigned_to", "reserved_for", "reserved_until", "submitted_by", "title"),
        )
    )
}


def seconds(time: datetime | None) -> int:
    """A time as the register has it: rounded down to a second."""
    return NEVER_S if time is None else int(time.timestamp())
